/** The static register of a day or a year: model, schema, writer. */
export { NS_REGISTRO } from './model.ts'
export type { AnnullamentoXml, IntestazioneXml, ModificaXml, RegistrazioneXml, RegistroXml } from './model.ts'
export { checkRegistro, readRegistroXsd } from './schema.ts'
export { writeRegistro } from './write.ts'
