import { createHash, randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { reactions } from '../server/reactions.ts'

/** What the bare writer needs to know: the same ente, register and ids the product uses. */
export interface Terreno {
  readonly url: string
  readonly enteId: string
  readonly registroId: string
  readonly aooId: string
  readonly voceId: string
  readonly ufficioId: string
  readonly contenutoId: string
  readonly segnaturaXml: string
}

/**
 * The ceiling: the rows of one registration written by bare pg in one transaction of five statements, with nothing of the product in between. Without
 * `lavori` nothing is queued, so that the price of the queue and of its NOTIFY can be told.
 */
export async function openSoffitto(
  t: Terreno,
  connections: number,
  lavori = true,
): Promise<{ act: (cliente: number) => Promise<void>; close: () => Promise<void> }> {
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client({ connectionString: t.url })
      await client.connect()
      return client
    }),
  )
  return {
    act: async (cliente) => await writeOne(clients[cliente] as pg.Client, t, lavori),
    close: async () => void (await Promise.all(clients.map(async (c) => await c.end()))),
  }
}

async function writeOne(client: pg.Client, t: Terreno, lavori: boolean): Promise<void> {
  const [id, documento] = [uuidv7(), uuidv7()]
  await client.query('begin')
  try {
    await client.query(`select set_config('role', 'faldone_app', true), set_config('app.ente_id', $1, true)`, [t.enteId])
    await client.query(UNNUMBERED, [
      t.enteId,
      id,
      documento,
      t.aooId,
      t.voceId,
      t.ufficioId,
      t.contenutoId,
      randomUUID(),
      uuidv7(),
      uuidv7(),
      uuidv7(),
      uuidv7(),
    ])
    if (lavori) await client.query(JOBS, [JSON.stringify({ id })])
    const { rows } = await client.query<{
      anno: number
      numero: number
      istante: string
      giorno: string
      progressivo: string | null
      impronta: string | null
    }>(
      `select anno, numero, istante::text, giorno::text, catena_progressivo as progressivo, catena_impronta as impronta from app.prendi_numero($1)`,
      [t.registroId],
    )
    const n = rows[0] as (typeof rows)[number]
    const previous = n.impronta ?? '0'.repeat(64)
    const digest = createHash('sha256').update(`${previous}${id}${n.istante}`).digest('hex')
    await client.query(NUMBERED, [
      t.enteId,
      id,
      t.registroId,
      n.anno,
      n.numero,
      n.istante,
      n.giorno,
      documento,
      t.segnaturaXml,
      uuidv7(),
      Number(n.progressivo ?? 0) + 1,
      previous,
      digest,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

const UNNUMBERED = `with d as (insert into documento (ente_id, id, aoo_id, oggetto, tipologia, modalita_formazione, formazione, riservatezza, versione, voce_id, creato_il)
    values ($1, $3, $4, 'Misura della velocità di registrazione', 'Comunicazione', 'b', 'file', 'ORDINARIO', 1, $5, clock_timestamp())),
  f as (insert into documento_file (ente_id, id, documento_id, contenuto_id, ruolo, posizione, nome, descrizione) values ($1, $9, $3, $7, 'principale', 1, 'misura.pdf', '')),
  s as (insert into soggetto (ente_id, id, registrazione_id, ruolo, posizione, tipo, nome, cognome) values ($1, $10, $2, 'mittente', 1, 'PF', 'Ortensia', 'Ventaglio')),
  c as (insert into classificazione (ente_id, id, documento_id, voce_id, dal, autore_id, autore_nome, motivo) values ($1, $11, $3, $5, clock_timestamp(), 'bench', 'Bench', 'Prima classificazione')),
  k as (insert into chiave_idempotenza (ente_id, operazione, chiave, richiesta, risultato_id, creata_il) values ($1, 'registrazione', $8, '', $2, clock_timestamp()))
  insert into assegnazione (ente_id, id, registrazione_id, documento_id, ufficio_id, tipo, stato, dal, autore_id, autore_nome)
    values ($1, $12, $2, $3, $6, 'competenza', 'da_prendere_in_carico', clock_timestamp(), 'bench', 'Bench')`

/** As many later works as a registration of the product queues, in the one call it uses. */
const JOBS = `select app.accoda_tutti(jsonb_agg(jsonb_build_object('tipo', 'bench.nulla', 'carico', $1::jsonb, 'chiave', null, 'tentativi', 1, 'quando', now() + interval '1 year')))
  from generate_series(1, ${(reactions['registrazioneCreata'] ?? []).length})`

const NUMBERED = `with r as (insert into registrazione (ente_id, id, registro_id, anno, numero, istante, giorno, tipo, oggetto, mezzo, data_arrivo, documento_id, impronta, segnatura, riservato, operatore_id,
      operatore_nome, note)
    values ($1, $2, $3, $4, $5, $6, $7, 'E', 'Misura della velocità di registrazione', 'A_MANO', clock_timestamp(), $8, repeat('a', 64), 'bench', false, 'bench', 'Bench', '')),
  s as (insert into segnatura (ente_id, registrazione_id, xml) values ($1, $2, $9))
  insert into evento_audit (ente_id, id, istante, attore_tipo, attore_id, attore_nome, azione, oggetto_tipo, oggetto_id, documento_id, dati, richiesta, registro_id, progressivo, impronta_precedente, impronta)
    values ($1, $10, $6, 'operatore', 'bench', 'Bench', 'registrata', 'registrazione', $2::uuid::text, $8, '{"prima":null,"dopo":{"oggetto":"Misura della velocità di registrazione"},"motivo":null}', 'bench', $3, $11, $12, $13)`

/** Ids ordered by time, as the product makes them: random ones would spread the index writes and lower the ceiling. */
function uuidv7(): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(Date.now(), 0, 6)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
