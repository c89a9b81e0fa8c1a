import { readFileSync } from 'node:fs'
import { cleanText, compileSchema, el, writeXml } from '../xml/index.ts'
import type { EsitoXml, SchemaXml } from '../xml/index.ts'
import { NS_SEGNATURA, NS_SEGNATURA_PEC } from './model.ts'
import type { IdentificatoreSegnatura } from './model.ts'
import { identificatore } from './write.ts'

/** The annulment of one of our registrations, told to the other AOO. */
export interface AnnullamentoProtocollazione {
  readonly identificatore: IdentificatoreSegnatura & { readonly ora: string }
  readonly motivo: string
  /** Number and day of the authorising act, as everywhere. */
  readonly provvedimento: string
}

let schema: SchemaXml | undefined

function annullamentoSchema(): SchemaXml {
  const read = (nome: string): string => readFileSync(new URL(`./${nome}`, import.meta.url), 'utf8')
  schema ??= compileSchema('annullamento.xsd', read('annullamento.xsd'), { 'segnatura.xsd': read('segnatura.xsd') })
  return schema
}

/**
 * The annulment message by PEC (Allegato 6 §3.1.3, `pec:AnnullamentoProtocollazione`): our identifier, the reason, the provvedimento (REQ-SEGN-060). The
 * published type has no place for a signature. Pure: the same facts give the same bytes. Throws RangeError for a number that is not one.
 */
export function writeAnnullamento(a: AnnullamentoProtocollazione): string {
  return writeXml(
    el(
      'pec:AnnullamentoProtocollazione',
      [
        el('pec:Identificatore', identificatore('Identificatore', a.identificatore).contenuto),
        el('pec:Motivo', cleanText(a.motivo)),
        el('pec:Provvedimento', cleanText(a.provvedimento)),
      ],
      { 'xmlns:pec': NS_SEGNATURA_PEC, 'xmlns:p': NS_SEGNATURA, 'pec:versione': '3.0.0', 'pec:lang': 'it' },
    ),
  )
}

/** Checks an annulment message against our schema, narrower than the published one. Never throws for a faulty document. */
export function checkAnnullamento(xml: string | Uint8Array): EsitoXml {
  return annullamentoSchema().validate(xml)
}
