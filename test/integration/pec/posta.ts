import { Buffer } from 'node:buffer'
import { Readable } from 'node:stream'
import { createMemoryStore } from '../../../storage/memory.ts'
import { createGestore, DOMINIO_SDI_DIMOSTRATIVO } from '../../../server/demo/posta/index.ts'
import type { Gestore } from '../../../server/demo/posta/index.ts'
import type { Ports } from '../../../server/kernel/endpoint.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inTransaction, insertRows } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import type { Casella } from '../../../server/ports/casella.ts'
import { openScope } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { buildPdf, sistema } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import type { MessaggioDaSpedire } from '../../../server/demo/posta/index.ts'

/** A mailbox in memory: what is delivered stays until it is completed, unless `ostinata`, and then it is offered again for ever. */
export class CasellaInMemoria implements Casella {
  readonly messaggi = new Map<string, { bytes: Buffer; arrivatoIl?: Date }>()
  readonly completate: string[] = []
  ostinata = false
  guasta = false

  deliver(bytes: Buffer, arrivatoIl?: Date): string {
    const uid = newId()
    this.messaggi.set(uid, arrivatoIl === undefined ? { bytes } : { bytes, arrivatoIl })
    return uid
  }

  async *elenca(): AsyncIterable<{ uid: string; dimensione: number; arrivatoIl?: Date }> {
    if (this.guasta) throw new Error('connessione rifiutata')
    for (const [uid, message] of this.messaggi)
      yield await Promise.resolve({
        uid,
        dimensione: message.bytes.length,
        ...(message.arrivatoIl === undefined ? {} : { arrivatoIl: message.arrivatoIl }),
      })
  }

  async scarica(uid: string): Promise<Readable> {
    return await Promise.resolve(Readable.from([this.messaggi.get(uid)?.bytes ?? Buffer.alloc(0)]))
  }

  async completata(uid: string): Promise<void> {
    this.completate.push(uid)
    if (!this.ostinata) this.messaggi.delete(uid)
    await Promise.resolve()
  }
}

export type PosteDiProva = Pick<Ports, 'store' | 'caselle' | 'maxUploadBytes'> & { readonly box: CasellaInMemoria }

/** Store, mailbox and trust of a test: every address opens the same mailbox. */
export function buildPorts(gestore: Gestore, box = new CasellaInMemoria()): PosteDiProva {
  return {
    store: createMemoryStore(),
    box,
    maxUploadBytes: 50_000_000,
    caselle: { apri: () => box, ancore: [gestore.ancoraPem], dominiSdi: [DOMINIO_SDI_DIMOSTRATIVO] },
  }
}

let gestore: Promise<Gestore> | null = null

export function gestoreDiProva(): Promise<Gestore> {
  gestore ??= createGestore({
    seme: 'integrazione',
    nome: 'Postaviva di prova',
    dominio: 'postaviva.example',
    validoDal: new Date('2025-01-01T00:00:00Z'),
    validoAl: new Date('2035-01-01T00:00:00Z'),
  })
  return gestore
}

/** A mailbox row of the ente; answers its id. */
export async function createCasella(db: TestDatabase, e: EnteDiProva, indirizzo = `protocollo@${e.ente.slug}.example`): Promise<string> {
  const id = newId()
  const scope: Scope = openScope(db.orm, e.ente, sistema)
  await inTransaction(
    scope,
    async (tx) =>
      await insertRows(tx, 'casella', [
        { id, aoo_id: e.aooId, indirizzo, tipo: 'pec', attiva: true, ultimo_controllo: null, errore: null },
      ]),
  )
  return id
}

let serial = 0

/** A different message each time, with one PDF. */
export async function messaggio(more: Partial<MessaggioDaSpedire> = {}): Promise<MessaggioDaSpedire> {
  serial++
  return {
    mittente: { nome: 'Ada Però', indirizzo: 'ada.pero@cittadini.example' },
    destinatari: [{ indirizzo: 'protocollo@pec.prova.example' }],
    oggetto: `Istanza di prova ${serial}`,
    testo: 'Si trasmette l’istanza allegata.',
    allegati: [{ nome: 'istanza è firmata.pdf', tipo: 'application/pdf', contenuto: await buildPdf(`Istanza ${serial}`) }],
    istante: new Date(Date.parse('2026-03-10T08:00:00Z') + serial * 60_000),
    ...more,
  }
}
