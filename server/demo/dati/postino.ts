import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CasellaCartella } from '../../adapters/casella-cartella/index.ts'
import type { Caselle } from '../../ports/casella.ts'
import { buildBusta, createGestore, spedisci } from '../posta/index.ts'
import type { AllegatoDaSpedire, Gestore } from '../posta/index.ts'
import type { Corrispondente } from './rubrica.ts'
import type { FileDaFare } from './trama.ts'

/** Beside the mailboxes: the test authority to trust for the simulated gestore. The demo reads it; production refuses it. */
export const FILE_AUTORITA = 'autorita-di-prova.pem'

/** The simulated gestore with the folder it delivers to. */
export interface Postino {
  readonly gestore: Gestore
  readonly cartella: string
  /** The mailboxes as the product sees them. */
  readonly caselle: Caselle
}

/** Makes the gestore from the seed and leaves its authority where the demo looks for it. */
export async function createPostino(cartella: string, seme: string): Promise<Postino> {
  const gestore = await createGestore({
    seme,
    nome: 'Posta Serena',
    dominio: 'posta-serena.pec.example',
    validoDal: new Date('2020-01-01T00:00:00Z'),
    validoAl: new Date('2045-01-01T00:00:00Z'),
  })
  await mkdir(cartella, { recursive: true })
  await writeFile(join(cartella, FILE_AUTORITA), gestore.ancoraPem)
  return {
    gestore,
    cartella,
    caselle: { apri: (_, indirizzo) => new CasellaCartella(join(cartella, indirizzo), { quieteMs: 0 }), ancore: [gestore.ancoraPem] },
  }
}

/** Makes the folder of a mailbox, so that it can be read even when nothing arrived. */
export async function openFolder(cartella: string, indirizzo: string): Promise<void> {
  await mkdir(join(cartella, indirizzo, 'new'), { recursive: true })
}

/** Puts a message in a mailbox as if it had arrived at that instant. */
export async function deliver(p: Postino, indirizzo: string, m: { nome: string; istante: Date; bytes: Buffer }): Promise<void> {
  await openFolder(p.cartella, indirizzo)
  const file = join(p.cartella, indirizzo, 'new', `${m.nome}.eml`)
  await writeFile(file, m.bytes)
  await utimes(file, m.istante, m.istante)
}

/** A message as its author writes it. */
export interface Scritto {
  readonly da: Corrispondente
  readonly a: readonly string[]
  readonly oggetto: string
  readonly corpo: readonly string[]
  readonly file: readonly FileDaFare[]
  readonly istante: Date
}

const TIPI: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  p7m: 'application/pkcs7-mime',
  csv: 'text/csv',
  odt: 'application/vnd.oasis.opendocument.text',
  dwg: 'application/octet-stream',
}

/** What the gestore is given, with every file made. */
export async function toMessaggio(s: Scritto, indirizzo = s.da.pec): Promise<Parameters<typeof spedisci>[1]> {
  const allegati: AllegatoDaSpedire[] = []
  for (const f of s.file)
    allegati.push({
      nome: f.nome,
      tipo: TIPI[f.nome.slice(f.nome.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
      contenuto: await f.crea(),
    })
  return {
    mittente: { nome: s.da.nome, indirizzo },
    destinatari: s.a.map((address) => ({ indirizzo: address })),
    oggetto: s.oggetto,
    testo: [...s.corpo, '', s.da.nome, ...s.da.recapiti].join('\n'),
    allegati,
    istante: s.istante,
  }
}

/** The certified envelope of a message. */
export async function seal(p: Postino, s: Scritto): Promise<Buffer> {
  return await buildBusta(p.gestore, spedisci(p.gestore, await toMessaggio(s)))
}
