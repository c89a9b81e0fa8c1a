export { compareNumeri, formatCodice, formatEtichetta, fromRoman, LIVELLI_MASSIMI, parseCodice, readCodice, toRoman } from './codici.ts'
export { readTitolarioComuni } from './comuni.ts'
export { COLONNE, parseTitolarioCsv, writeTitolarioCsv, type Colonna, type RapportoImportazione, type Rilievo } from './importazione.ts'
export {
  buildTitolario,
  codicePadreOf,
  CONSERVAZIONE_PERMANENTE,
  formatPercorso,
  LIVELLI_COMUNI,
  STATI_VERSIONE,
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
