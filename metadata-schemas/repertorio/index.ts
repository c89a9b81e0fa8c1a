import { readFileSync } from 'node:fs'
import { cleanLine, cleanText, compileSchema, el, writeXml } from '../xml/index.ts'
import type { EsitoXml, SchemaXml } from '../xml/index.ts'

/** Namespace of the static extraction of the repertorio dei fascicoli. */
export const NS_REPERTORIO = 'urn:faldone:repertorio-fascicoli:1'

/** The data of a fascicolo in the repertorio, in their order: element of the XML, heading of the CSV. */
export const CAMPI_REPERTORIO = [
  'Identificativo',
  'ParteDi',
  'Tipo',
  'Classificazione',
  'DenominazioneVoce',
  'Oggetto',
  'Apertura',
  'Chiusura',
  'UOR',
  'RUP',
  'Stato',
  'Documenti',
  'Conservazione',
  'Trasferimenti',
  'Riaperture',
] as const
export type CampoRepertorio = (typeof CAMPI_REPERTORIO)[number]
/** One fascicolo, every datum as text; absent ones are empty. */
export type RigaRepertorioXml = Readonly<Record<CampoRepertorio, string>>

/** The extraction of a year of an AOO. */
export interface RepertorioXml {
  readonly ente: { readonly codice: string; readonly denominazione: string }
  readonly aoo: { readonly codice: string; readonly denominazione: string }
  readonly anno: number
  readonly revisione: number
  /** ISO instant in UTC. */
  readonly estrattoIl: string
  readonly estrattoDa: string
  readonly variazioni: readonly string[]
  readonly righe: readonly RigaRepertorioXml[]
  /** SHA-256 of the CSV of the same extraction. */
  readonly impronta: string
}

let schema: SchemaXml | undefined

/** Verdict of our schema on an extraction. Never throws for a faulty document. */
export function checkRepertorio(xml: string | Uint8Array): EsitoXml {
  schema ??= compileSchema('repertorio.xsd', readFileSync(new URL('./repertorio.xsd', import.meta.url), 'utf8'))
  return schema.validate(xml)
}

/** The XML of an extraction (REQ-FASC-032). Same data, same bytes. */
export function writeRepertorio(r: RepertorioXml): string {
  return writeXml(
    el(
      'RepertorioDeiFascicoli',
      [
        el('Amministrazione', cleanLine(r.ente.denominazione), { codice: r.ente.codice }),
        el('AOO', cleanLine(r.aoo.denominazione), { codice: r.aoo.codice }),
        el('Anno', String(r.anno)),
        el('Revisione', String(r.revisione)),
        el('EstrattoIl', r.estrattoIl),
        el('EstrattoDa', cleanLine(r.estrattoDa)),
        r.variazioni.map((v) => el('Variazione', cleanText(v))),
        el('NumeroFascicoli', String(r.righe.length)),
        r.righe.map((riga) =>
          el(
            'Fascicolo',
            CAMPI_REPERTORIO.map((campo) => el(campo, cleanText(riga[campo]))),
          ),
        ),
        el('ImprontaDati', r.impronta),
      ],
      { xmlns: NS_REPERTORIO },
    ),
  )
}
