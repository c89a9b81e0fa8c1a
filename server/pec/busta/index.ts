export { parseMessaggio, cleanOggetto } from './messaggio.ts'
export { parseDaticert, DaticertMalformato } from './daticert.ts'
export { displayName } from './parti.ts'
export { DOMINI_SDI } from './proposta.ts'
export { hasAncoraDimostrativa, loadAncore } from './catena.ts'
export {
  CLASSI_MESSAGGIO,
  ESITI_FIRMA,
  LIMITI,
  MessaggioIlleggibile,
  MOTIVI_ILLEGGIBILE,
  RUOLI_PARTE,
  TIPI_RICEVUTA,
  VARIANTI_CONSEGNA,
  VERSIONE_ANALISI,
} from './tipi.ts'
export type {
  ClasseMessaggio,
  Controllo,
  Daticert,
  EsitoFirma,
  FatturaRiconosciuta,
  Indirizzo,
  Messaggio,
  MotivoIlleggibile,
  OpzioniAnalisi,
  ParteMessaggio,
  RuoloParte,
  TipoRicevuta,
  VarianteConsegna,
  VerificaFirma,
} from './tipi.ts'
