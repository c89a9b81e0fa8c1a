import type { JobDefinition } from '../kernel/jobs/index.ts'

export { emergenzaEntities } from './entities.ts'
export { chainNext, chainStart, fileText, readFileEmergenza, signedText, verificationCode, verifyFirma } from './formato.ts'
export type { FileLetto } from './formato.ts'
export { emergenzaEndpoints } from './routes.ts'
export { formatNumeroEmergenza, readGiornale } from './rules.ts'
export type { DotazioneDto, FattoEmergenza, SerieDocumento } from './schema.ts'
export {
  authoriseProsecuzione,
  closeApertura,
  createRegistro,
  declareGiornata,
  openApertura,
  overrideSospensione,
} from './service/aperture.ts'
export { checkCodice, readQuadro, readRecupero, readRiepilogo, readStato } from './service/letture.ts'
export { recover, tryRecupero } from './service/recupero.ts'
export { activateSerie, authoriseSerie, revokeSerie } from './service/serie.ts'
export { moduloStampa, riepilogoStampa, verbaleStampa } from './stampe.ts'

/** Nothing of the emergency register happens by itself. */
export const emergenzaJobs: readonly JobDefinition[] = []
