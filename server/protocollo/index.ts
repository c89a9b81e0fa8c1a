export { protocolloEntities } from './entities.ts'
export { chiaveGiaUsata, datiDaCorreggere, nonVisibile, registrazioneAssente, sottoclasseRiservata } from './errors.ts'
export { protocolloJobs } from './jobs.ts'
export { condizioneNuova, findCondizioni, findVariazioni, formatAnnullamento, formatProvvedimento } from './condizioni.ts'
export type { Condizione, Correzione, Variazione } from './condizioni.ts'
export { findAssegnazioni, findCopie, findRighe, findRigheById, readableCondition, riservataCondition } from './lists.ts'
export type { AssegnazioneRow, CopiaRow } from './lists.ts'
export { canChooseSottoclasse, canWorkAssegnazione, isRgd, visibilitaOf } from './policy.ts'
export {
  claimKey,
  findByDocumento,
  findById,
  findByNumero,
  findSoggetti,
  findUfficiAttivi,
  isIncaricato,
  lockRegistro,
} from './repository.ts'
export type { RegistrazioneRow } from './repository.ts'
export { protocolloEndpoints } from './routes.ts'
export { campiRettificabili, livelli } from './schema/condizione.ts'
export type { CampoRettificabile, CondizioneDto, Livello } from './schema/condizione.ts'
export { findAvvisi, soggettoErrors } from './controlli.ts'
export { findDoppioni } from './duplicati.ts'
export type { Candidato } from './duplicati.ts'
export { digestRequest, formatEtichetta, formatNumero } from './rules.ts'
export { fromSoggettoRow, nameOf, toCorrispondente, toSoggettoColumns } from './soggetti.ts'
export type { SoggettoRow } from './soggetti.ts'
export {
  campiEntrata,
  destinatarioIn,
  mezzi,
  nuovaRegistrazione,
  nuovaRegistrazioneEntrata,
  nuovaRegistrazioneInterna,
  nuovaRegistrazioneUscita,
  registrazioneDto,
  rigaRegistroDto,
  soggettoDto,
  tipiCollegamento,
  tipologie,
} from './schema.ts'
export type {
  CorrispondenteDto,
  DestinatarioIn,
  NuovaRegistrazione,
  NuovaRegistrazioneEntrata,
  NuovaRegistrazioneInterna,
  NuovaRegistrazioneUscita,
  RegistrazioneDto,
  RigaRegistroDto,
  SoggettoDto,
} from './schema.ts'
export { reclassifyDocumentoWithin, reclassifyWithin, writePrimaClassificazione } from './service/classify.ts'
export { findVisibleByDocumento, findVisibleById, presentById } from './service/read.ts'
export type { Registrata } from './service/insieme.ts'
export type { OpzioniRegistrazione } from './service/membro.ts'
export {
  inTurno,
  register,
  registerInArrivo,
  registerInArrivoWithin,
  registerSingly,
  registerWithin,
  translate,
} from './service/register.ts'
export { authoriseDifferimento, traceDestinazioneErrata } from './service/arrivo.ts'
export { attachScansione } from './service/scansione.ts'
export { completeSigillo, isInSigillatura } from './service/sigillo.ts'
export { linkArrivoWithin, unlinkArrivoWithin } from './service/arrivi.ts'
export { avanzamentoSerieDto, campoErratoDto, rigaSerieDto } from './schema/serie.ts'
export { ulterioreArrivoIn, visteAssegnazioni } from './schema/lavoro.ts'
export type { VistaAssegnazioni } from './schema/lavoro.ts'
export { countAssegnazioni } from './service/worklist.ts'
export { requestAnnullamento, requestRettifica } from './service/annulla.ts'
export { authorizeRichiesta, refuseRichiesta } from './service/decidi.ts'
export { listProvvedimenti } from './service/richieste.ts'
export { changeRiserva, recordRiservatiLetti } from './service/riserva.ts'
export { onConsegna, onFlussoAperto } from './flussi.ts'
export { verifyRegistrazione } from './service/verifica.ts'
