import { createHash } from 'node:crypto'
import { stringify } from 'csv-stringify/sync'
import { NAMESPACE_ESPORTAZIONE, elementoTesto } from '../../../metadata-schemas/esportazione/index.ts'
import { formatItalianInstant } from '../../kernel/time.ts'
import type { Stampa, Stampatrice } from '../../ports/stampa.ts'
import { CAMPI, rigaCanonica } from './righe.ts'
import type { RigaEsportata } from './righe.ts'

export const formati = ['csv', 'json', 'xml', 'pdf'] as const
export type Formato = (typeof formati)[number]

export const mimeDi: Readonly<Record<Formato, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
  pdf: 'application/pdf',
}

/** What an export says of itself (REQ-PROT-154). */
export interface Intestazione {
  readonly ente: string
  readonly origine: 'registro' | 'ricerca'
  readonly filtri: readonly string[]
  readonly autore: string
  readonly istante: Date
}

/** Rows in pieces: an export of any length is written without being kept in memory. */
export type Righe = AsyncIterable<readonly RigaEsportata[]>

/** What was written, known when the last piece has left. */
export interface Conto {
  righe: number
  improntaRighe: string
}

/** Most rows of a print: beyond them nobody turns the pages. */
export const MASSIMO_PDF = 20_000

/** The pieces of an export in a format. `conto` is complete when they end. */
export function writeEsportazione(
  formato: Formato,
  testa: Intestazione,
  righe: Righe,
  conto: Conto,
  stampa: Stampatrice,
): AsyncIterable<string | Uint8Array> {
  const counted = count(righe, conto)
  if (formato === 'csv') return writeCsv(counted)
  if (formato === 'json') return writeJson(testa, counted, conto)
  if (formato === 'xml') return writeXml(testa, counted, conto)
  return writePdf(testa, counted, conto, stampa)
}

async function* count(righe: Righe, conto: Conto): Righe {
  const hash = createHash('sha256')
  for await (const batch of righe) {
    for (const riga of batch) hash.update(`${rigaCanonica(riga)}\n`)
    conto.righe += batch.length
    yield batch
  }
  conto.improntaRighe = hash.digest('hex')
}

const cell = (value: RigaEsportata[keyof RigaEsportata]): string => (typeof value === 'boolean' ? (value ? 'si' : 'no') : String(value))

/** UTF-8, `;`, header row, ISO dates. A text that a spreadsheet would take for a formula is preceded by an apostrophe. */
async function* writeCsv(righe: Righe): AsyncIterable<string> {
  const options = { delimiter: ';', record_delimiter: 'windows', escape_formulas: true } as const
  yield stringify([[...CAMPI]], options)
  for await (const batch of righe)
    yield stringify(
      batch.map((r) => CAMPI.map((campo) => cell(r[campo]))),
      options,
    )
}

async function* writeJson(testa: Intestazione, righe: Righe, conto: Conto): AsyncIterable<string> {
  const { ente, origine, filtri, autore, istante } = testa
  const head = JSON.stringify({ ente, origine, filtri, autore, istante: istante.toISOString() })
  yield `${head.slice(0, -1)},"righe":[\n`
  let first = true
  for await (const batch of righe) {
    if (batch.length === 0) continue
    yield `${first ? '' : ',\n'}${batch.map(rigaCanonica).join(',\n')}`
    first = false
  }
  yield `\n],"numeroRighe":${conto.righe},"improntaRighe":"${conto.improntaRighe}"}\n`
}

async function* writeXml(testa: Intestazione, righe: Righe, conto: Conto): AsyncIterable<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<Esportazione xmlns="${NAMESPACE_ESPORTAZIONE}">\n`
  yield [
    elementoTesto('Ente', testa.ente),
    elementoTesto('Origine', testa.origine),
    ...testa.filtri.map((f) => elementoTesto('Filtro', f)),
    elementoTesto('Autore', testa.autore),
    elementoTesto('Istante', testa.istante.toISOString()),
  ].join('\n')
  for await (const batch of righe)
    yield batch
      .map((r) => `\n<Registrazione>${CAMPI.map((campo) => elementoTesto(campo, String(r[campo]))).join('')}</Registrazione>`)
      .join('')
  yield `\n${elementoTesto('NumeroRighe', String(conto.righe))}\n${elementoTesto('ImprontaRighe', conto.improntaRighe)}\n</Esportazione>\n`
}

async function* writePdf(testa: Intestazione, righe: Righe, conto: Conto, stampa: Stampatrice): AsyncIterable<Uint8Array> {
  const all: RigaEsportata[] = []
  for await (const batch of righe) {
    all.push(...batch)
    if (all.length > MASSIMO_PDF) throw new TroppeRighe()
  }
  yield await stampa.print(toStampa(testa, all, conto))
}

/** Too many rows for a print. */
export class TroppeRighe extends Error {}

const TIPI = { E: 'entrata', U: 'uscita', I: 'interno' } as const

/** The print of an export: register in landscape, annulled rows struck and named (REQ-PROT-048). */
export function toStampa(testa: Intestazione, righe: readonly RigaEsportata[], conto: Conto): Stampa {
  const barrate = new Set(righe.flatMap((r, i) => (r.annullata ? [i] : [])))
  return {
    titolo: testa.origine === 'registro' ? 'Registro di protocollo' : 'Risultati di una ricerca nel registro di protocollo',
    intestazione: [testa.ente],
    formato: 'A4-orizzontale',
    autore: testa.autore,
    creatoIl: testa.istante,
    piede: `${testa.ente} · estratto da ${testa.autore} il ${formatItalianInstant(testa.istante)}`,
    blocchi: [
      {
        tipo: 'dati',
        voci: [
          ['Filtri', testa.filtri.length === 0 ? 'nessuno' : testa.filtri.join('; ')],
          ['Estratto da', `${testa.autore}, il ${formatItalianInstant(testa.istante)}`],
          ['Righe', String(conto.righe)],
          ['Impronta delle righe (SHA-256)', conto.improntaRighe],
        ],
      },
      {
        tipo: 'tabella',
        colonne: ['Numero', 'Data', 'Tipo', 'Mittente o destinatario', 'Oggetto', 'Class.', 'Ufficio', 'Stato'],
        larghezze: [9, 10, 7, 20, 30, 6, 10, 12],
        righe: righe.map((r) => [
          `${String(r.numero).padStart(7, '0')}/${r.anno}`,
          formatItalianInstant(new Date(r.istante)),
          TIPI[r.tipo],
          r.tipo === 'E' ? r.mittenti : r.destinatari,
          r.oggetto,
          r.classificazione,
          r.ufficio,
          r.annullata ? r.annullamento : r.stato.replaceAll('_', ' '),
        ]),
        barrate,
      },
    ],
  }
}
