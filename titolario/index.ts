export { compareNumeri, formatCodice, formatEtichetta, fromRoman, LIVELLI_MASSIMI, parseCodice, readCodice, toRoman } from './codici.ts'
export { readTitolarioComuni } from './comuni.ts'
export {
  COLONNE,
  COLONNE_AIUTI,
  parseTitolarioCsv,
  writeTitolarioCsv,
  type Colonna,
  type RapportoImportazione,
  type Rilievo,
} from './importazione.ts'
export {
  buildTitolario,
  codicePadreOf,
  CONSERVAZIONE_PERMANENTE,
  formatPercorso,
  LIVELLI_ACCESSO,
  LIVELLI_COMUNI,
  STATI_VERSIONE,
  TIPI_FASCICOLO,
  type AiutiVoce,
  type DatiVoce,
  type Livello,
  type StatoVersione,
  type Titolario,
  type VersioneTitolario,
  type Voce,
} from './modello.ts'
export { normalizeWords, searchVoci, type OpzioniRicerca, type VoceTrovata } from './ricerca.ts'
export {
  DECORRENZE,
  formatConservazione,
  longestConservazione,
  resolveRegola,
  type Decorrenza,
  type Oggetto,
  type Regola,
  type Tempo,
} from './conservazione.ts'
export {
  compareVersioni,
  nextNumero,
  proposeLegami,
  TIPI_PREDECESSORE,
  type Cambiamento,
  type Legame,
  type TipoPredecessore,
} from './confronto.ts'
export {
  COLONNE_PIANO,
  parsePianoCsv,
  writePianoCsv,
  type ColonnaPiano,
  type NomiPiano,
  type RapportoPiano,
  type RegolaVoce,
  type RilievoPiano,
} from './piano-csv.ts'
export { findDestinazioni, FONTI, type Destinazione, type Fonte, type OpzioniProva, type Ragione, type TestiVoce } from './prova.ts'
export { espandi, SINONIMI_COMUNI, type Espansione } from './sinonimi.ts'
