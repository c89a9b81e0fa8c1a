export { fascicoliEntities } from './entities.ts'
export { fascicoloAssente } from './errors.ts'
export { canDecideFascicolo, canFileDocumento, canSeeRiservata, isGestore, sightOf, visibilitaFascicoliOf } from './policy.ts'
export type { FascicoloVisto, VisibilitaFascicoli } from './policy.ts'
export { findDocumenti, findFascicoloSoggetti, findFasi } from './repository-contenuto.ts'
export { FASCICOLO, FROM as FASCICOLO_FROM, RISERVATO, lockFascicolo, visibleCondition } from './repository.ts'
export type { FascicoloRow } from './repository.ts'
export { findVisibili } from './repository-contorno.ts'
export { MASCHERA } from './presenter.ts'
export { readClock, takeProgressivoParte } from './numbering.ts'
export type { DocumentoInFascicolo } from './repository-contenuto.ts'
export { createFascicoliEndpoints } from './routes.ts'
export { areaProposta, azioniFascicolo, formatCodice, formatSlug, isAperto, isDiPersona, serieOf, termineOf } from './rules.ts'
export {
  aree,
  esitiChiusura,
  fascicoloDto,
  fasiProcedimento,
  nuovoFascicolo,
  rigaFascicoloDto,
  statiFascicolo,
  tipiFascicolo,
} from './schema.ts'
export type {
  Area,
  FaseProcedimento,
  Chiusura,
  EsitoChiusura,
  FascicoloDto,
  NuovoFascicolo,
  RigaFascicoloDto,
  RilievoChiusura,
  StatoFascicolo,
  TipoFascicolo,
} from './schema.ts'
export { closeFascicolo, closeFascicoloWithin, verifyChiusura } from './service/close.ts'
export type { ControlloChiusura } from './service/close.ts'
export { changeArea, changeVisibilita, fileDocumento, fileDocumentoWithin } from './service/file.ts'
export { openFascicolo, openFascicoloWithin } from './service/open.ts'
export { lockVisibleFascicolo } from './service/file.ts'
export { bindProcedimentoWithin, moveFaseWithin, moveSospensioneWithin, moveTermineWithin } from './service/procedimento.ts'
export { wholeCondition } from './interi.ts'
export { countProposte, proposeWithin } from './service/proposte.ts'
export type { NuovaProposta } from './schema-proposte.ts'
export { countTrasferimenti } from './service/trasferisci.ts'
export type { FascicoloAperto } from './service/open.ts'
export {
  findVisibleFascicolo,
  listDocumenti,
  listFascicoli,
  presentFascicoloById,
  proposeFascicoli,
  readFascicolo,
} from './service/read.ts'
export { createFascicoliJobs } from './trasmissione/lavoro.ts'
export type { Compositori } from './trasmissione/contenuto.ts'
