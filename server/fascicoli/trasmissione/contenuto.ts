import { Readable } from 'node:stream'
import { writeIndice, writeTabella } from '../../../metadata-schemas/trasmissione/index.ts'
import type {
  DocumentoTrasmesso,
  FascicoloTrasmesso,
  FileTrasmesso,
  IndiceTrasmissione,
} from '../../../metadata-schemas/trasmissione/index.ts'
import { openVerified } from '../../../storage/index.ts'
import { findFiles } from '../../documenti/index.ts'
import type { FileRow } from '../../documenti/index.ts'
import type { Ports } from '../../kernel/endpoint.ts'
import { query } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { romeDay } from '../../kernel/time.ts'
import type { FascicoloDto } from '../schema.ts'
import { listDocumenti, presentFascicoloById } from '../service/read.ts'
import { textStream } from './pacchetto.ts'
import type { Voce } from './pacchetto.ts'

/** Documents composed at a time. */
const PARTE = 100

type Documento = FascicoloDto['documenti'][number]

/** What other rooms write of a fascicolo that leaves: wired where the jobs are. Only the documents named are in what they write. */
export interface Compositori {
  /** Metadata of the aggregation (Allegato 5), null while they cannot be emitted. */
  aggregazione(scope: Scope, fascicoloId: string, documenti: ReadonlySet<string>): Promise<string | null>
  /** Metadata of some documents by id, null for those that cannot be emitted. */
  metadati(scope: Scope, documenti: readonly string[]): Promise<ReadonlyMap<string, string | null>>
  /** The cover, PDF/A, a piece at a time. */
  frontespizio(scope: Scope, f: FascicoloDto, documenti: ReadonlySet<string>, ports: Ports): AsyncIterable<Uint8Array>
}

/** What a package is made from, and what was written of it so far: only these lists grow with it, never the files. */
export class Contenuto {
  readonly fascicoli: FascicoloTrasmesso[] = []
  readonly documenti: DocumentoTrasmesso[] = []
  readonly file: FileTrasmesso[] = []
  readonly somme: string[] = []
  esclusi = 0
  letti = 0
  readonly scope: Scope
  readonly ports: Ports
  readonly compositori: Compositori
  readonly conRiservati: boolean
  readonly indice: Pick<IndiceTrasmissione, 'mittente' | 'destinatario' | 'motivo' | 'autore' | 'istante'>
  readonly avanti: (letti: number) => Promise<void>

  constructor(d: {
    scope: Scope
    ports: Ports
    compositori: Compositori
    conRiservati: boolean
    indice: Contenuto['indice']
    avanti: (letti: number) => Promise<void>
  }) {
    this.scope = d.scope
    this.ports = d.ports
    this.compositori = d.compositori
    this.conRiservati = d.conRiservati
    this.indice = d.indice
    this.avanti = d.avanti
  }
}

/**
 * True for a document that goes into the package: one this person may read and, unless the reserved ones were asked for too, neither in the reserved area nor
 * of a level that is not ordinary. The others are not named anywhere in it (CAD 41 c. 2-quater).
 */
export function isTrasmissibile(d: Pick<Documento, 'leggibile' | 'area'>, riservato: boolean, conRiservati: boolean): boolean {
  return d.leggibile && (conRiservati || (d.area === 'comune' && !riservato))
}

/** Every file of the package in its order: documents with their metadata, the aggregation, its cover; the parts of the fascicolo; then index, table and sums. */
export async function* composeContenuto(c: Contenuto, fascicoloId: string, prefisso = ''): AsyncGenerator<Voce> {
  yield* composeFascicolo(c, fascicoloId, prefisso)
  const indice = { ...c.indice, fascicoli: c.fascicoli, documenti: c.documenti, file: c.file }
  yield summed(c, 'indice.xml', () => textStream(writeIndice(indice)))
  yield summed(c, 'indice.csv', () => textStream(writeTabella(indice)))
  // Last: it says of every other file what `sha256sum -c` checks.
  yield { percorso: 'SHA256SUMS', testo: true, apri: async () => await Promise.resolve(textStream(c.somme)) }
}

function summed(c: Contenuto, percorso: string, open: () => Readable): Voce {
  return {
    percorso,
    testo: true,
    apri: async () => await Promise.resolve(open()),
    scritta: ({ impronta }) => c.somme.push(`${impronta}  ${percorso}\n`),
  }
}

async function* composeFascicolo(c: Contenuto, fascicoloId: string, prefisso: string): AsyncGenerator<Voce> {
  const f = await presentFascicoloById(c.scope, fascicoloId)
  const ids = new Set<string>()
  c.fascicoli.push(toFascicolo(f))
  for await (const parte of readParti(c, f)) {
    for (const d of parte.documenti) {
      ids.add(d.documentoId)
      yield* composeDocumento(c, f, prefisso, ids.size, d, parte)
    }
    await c.avanti(c.letti)
  }
  const cartacei = f.cartacei.filter((p) => c.conRiservati || p.area === 'comune')
  for (const p of cartacei) c.documenti.push(toCartaceo(f, p, ids.size + cartacei.indexOf(p) + 1))
  yield* composeCopertine(c, { ...f, cartacei, totaleDocumenti: ids.size }, prefisso, ids)
  for (const p of f.parti) yield* composeFascicolo(c, p.id, `${prefisso}sottofascicoli/${p.slug}/`)
}

async function* composeCopertine(c: Contenuto, f: FascicoloDto, prefisso: string, ids: ReadonlySet<string>): AsyncGenerator<Voce> {
  const agg = await c.compositori.aggregazione(c.scope, f.id, ids)
  const own = { fascicolo: f.codice, ordine: null }
  if (agg !== null) {
    const percorso = `${prefisso}aggregazione.xml`
    yield listed(c, { ...own, percorso, ruolo: 'aggregazione' }, async () => await Promise.resolve(textStream([agg])), true)
  }
  const open = async (): Promise<Readable> =>
    await Promise.resolve(Readable.from(c.compositori.frontespizio(c.scope, f, ids, c.ports), { objectMode: false }))
  yield listed(c, { ...own, percorso: `${prefisso}frontespizio.pdf`, ruolo: 'frontespizio' }, open)
}

interface Parte {
  readonly documenti: readonly Documento[]
  readonly files: ReadonlyMap<string, readonly FileRow[]>
  readonly metadati: ReadonlyMap<string, string | null>
}

/** The documents that go, a part at a time, with their files and metadata. */
async function* readParti(c: Contenuto, f: FascicoloDto): AsyncGenerator<Parte> {
  for (let da = 0; ; da += PARTE) {
    const { elementi } = await listDocumenti(c.scope, f.id, { da, quanti: PARTE })
    const riservati = await findRiservati(
      c.scope,
      elementi.map((d) => d.documentoId),
    )
    const documenti = elementi.filter((d) => isTrasmissibile(d, riservati.has(d.documentoId), c.conRiservati))
    c.esclusi += elementi.length - documenti.length
    c.letti += elementi.length
    const ids = documenti.map((d) => d.documentoId)
    const files = Map.groupBy(await findFiles(c.scope, ids), (file) => file.documentoId)
    yield { documenti, files, metadati: await c.compositori.metadati(c.scope, ids) }
    if (elementi.length < PARTE) return
  }
}

async function findRiservati(scope: Scope, ids: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ id: string }>(
    scope,
    'select d.id from documento d where d.ente_id = $1 and d.id = any($2::uuid[]) and app.documento_riservato(d.ente_id, d.id)',
    [scope.ente.id, ids],
  )
  return new Set(rows.map((r) => r.id))
}

async function* composeDocumento(
  c: Contenuto,
  f: FascicoloDto,
  prefisso: string,
  ordine: number,
  d: Documento,
  parte: Parte,
): AsyncGenerator<Voce> {
  c.documenti.push({
    fascicolo: f.codice,
    ordine,
    registrazione: d.registrazione?.etichetta ?? null,
    data: romeDay(new Date(d.registrazione?.istante ?? d.inseritoIl)),
    oggetto: d.oggetto,
    tipologia: d.tipologia,
    posizioneFisica: null,
  })
  const folder = `${prefisso}documenti/${String(ordine).padStart(5, '0')}`
  for (const [i, file] of (parte.files.get(d.documentoId) ?? []).entries()) {
    const percorso = `${folder}/${String(i).padStart(2, '0')}-${safeName(file.nome)}`
    const open = async (): Promise<Readable> => await openVerified(c.ports.store, c.scope.ente.id, file.sha256)
    yield listed(c, { percorso, fascicolo: f.codice, ordine, ruolo: file.ruolo }, open)
  }
  const xml = parte.metadati.get(d.documentoId) ?? null
  if (xml === null) return
  const own = { percorso: `${folder}/metadati.xml`, fascicolo: f.codice, ordine, ruolo: 'metadati' as const }
  yield listed(c, own, async () => await Promise.resolve(textStream([xml])), true)
}

/** A name that is one segment on every system. */
function safeName(nome: string): string {
  // oxlint-disable-next-line no-control-regex
  return nome.replaceAll(/[\u0000-\u001F\u007F\\/:*?"<>|]/gu, '_').slice(-150)
}

/** A file that the index lists, and the sums too. */
function listed(
  c: Contenuto,
  f: Pick<FileTrasmesso, 'percorso' | 'fascicolo' | 'ordine' | 'ruolo'>,
  apri: () => Promise<Readable>,
  testo = false,
): Voce {
  return {
    percorso: f.percorso,
    apri,
    testo,
    scritta: (esito) => {
      c.file.push({ ...f, ...esito })
      c.somme.push(`${esito.impronta}  ${f.percorso}\n`)
    },
  }
}

function toFascicolo(f: FascicoloDto): FascicoloTrasmesso {
  return {
    codice: f.codice,
    oggetto: f.oggetto,
    tipo: f.tipo,
    classificazione: `${f.voce.codice} ${f.voce.denominazione}`,
    apertoIl: f.apertoIl,
    chiusoIl: f.chiusoIl,
    responsabile: f.responsabile.nome,
  }
}

function toCartaceo(f: FascicoloDto, p: FascicoloDto['cartacei'][number], ordine: number): DocumentoTrasmesso {
  return {
    fascicolo: f.codice,
    ordine,
    registrazione: null,
    data: p.dataDocumento ?? romeDay(new Date(p.inseritoIl)),
    oggetto: `${p.oggetto} (${p.consistenza})`,
    tipologia: p.tipologia,
    posizioneFisica: p.posizioneFisica,
  }
}
