export { documentiEntities } from './entities.ts'
export { contenutoAssente, documentoAssente } from './errors.ts'
export { presentFile } from './presenter.ts'
export { findContenuti, findFiles, findScartato } from './repository.ts'
export type { ContenutoRow, FileRow } from './repository.ts'
export { documentiEndpoints } from './routes.ts'
export { contenutoDto, fileDto, formazioni, firme, formatoDto, riservatezze } from './schema.ts'
export type { ContenutoDto, FileDto, Formato, Formazione, Riservatezza } from './schema.ts'
export { extractContenuto } from './formato/index.ts'
export {
  addPrincipaleWithin,
  buildDocumento,
  contenutiOf,
  createDocumentoWithin,
  documentoRows,
  insertContenuti,
  openStagedContenuto,
  replyWith,
  storeBuffer,
} from './service.ts'
export type { DocumentoCreato, FileCreato, FileScelto, NuovoContenuto, NuovoDocumento } from './service.ts'
export { modalitaFormazioneOf } from './rules.ts'
