import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { Persona } from '../test/racconto/client.ts'
import { misura, riga } from './misura.ts'
import { memoria, startProdotto } from './prodotto.ts'
import type { Prodotto } from './prodotto.ts'

const { values } = parseArgs({ options: { documenti: { type: 'string', default: '5000' }, secondi: { type: 'string', default: '8' } } })
const DOCUMENTI = Number(values.documenti)
const OBIETTIVO_MS = 1000
const OBIETTIVO_MB = 64

console.log(`macchina: ${cpus().length} processori ${cpus()[0]?.model ?? ''}, carico ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`)
const prodotto = await startProdotto({ env: { FALDONE_RUOLI: 'web' } })
try {
  const rgd = new Persona('Marta', prodotto.indirizzo)
  await rgd.entra('operatore', 'marta')
  const headers = rgd.intestazioni()
  const [piccolo, grande] = [await load(prodotto, 50), await load(prodotto, DOCUMENTI)]
  const get = async (path: string): Promise<Response> => {
    const answer = await fetch(`${prodotto.indirizzo}/api/v1/castelvento/fascicoli/${path}`, { headers })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return answer
  }
  const opened = (await (await get(grande)).json()) as { totaleDocumenti: number; documenti: unknown[] }
  console.log(`fascicolo di ${opened.totaleDocumenti} documenti, ${opened.documenti.length} nella prima risposta`)
  for (const [nome, path] of [
    ['apertura, 50 documenti', piccolo],
    [`apertura, ${DOCUMENTI} documenti`, grande],
    ['altri 200 documenti dal mezzo', `${grande}/documenti?da=${Math.floor(DOCUMENTI / 2)}&quanti=200`],
  ] as const) {
    const m = await misura(nome, 1, Number(values.secondi), async () => void (await (await get(path)).arrayBuffer()))
    console.log(riga(m))
    if (nome.startsWith('apertura'))
      console.log(`  p95 ${m.p95.toFixed(0)} ms (obiettivo < ${OBIETTIVO_MS} ms): ${m.p95 < OBIETTIVO_MS ? 'raggiunto' : 'NON raggiunto'}`)
  }
  // Twice: what the first takes for good (faces, code) is not growth.
  await index(get, piccolo)
  await index(get, grande)
  const growth = await index(get, grande)
  console.log(`  memoria in più (obiettivo < ${OBIETTIVO_MB} MB): ${growth < OBIETTIVO_MB ? 'raggiunto' : 'NON raggiunto'}`)
} finally {
  await prodotto.stop()
}

/** Reads the index whole while the server's memory is sampled; MB of growth over what it held before. */
async function index(get: (path: string) => Promise<Response>, id: string): Promise<number> {
  const before = memoria(prodotto.pid)
  let peak = before
  const timer = setInterval(() => (peak = Math.max(peak, memoria(prodotto.pid))), 50)
  const started = performance.now()
  let bytes = 0
  for await (const piece of (await get(`${id}/indice.pdf`)).body ?? []) bytes += (piece as Uint8Array).length
  clearInterval(timer)
  console.log(
    `indice: ${(bytes / 2 ** 20).toFixed(1)} MB in ${((performance.now() - started) / 1000).toFixed(1)} s, memoria +${(peak - before).toFixed(0)} MB`,
  )
  return peak - before
}

/** A fascicolo with so many unregistered documents, written by the owner of the database as the product would. */
async function load(p: Prodotto, documenti: number): Promise<string> {
  const client = new pg.Client({ connectionString: p.databaseUrl })
  await client.connect()
  try {
    await client.query('begin; set local role faldone_app')
    const ente = (await client.query<{ id: string }>(`select id from ente where slug = 'castelvento'`)).rows[0]?.id ?? ''
    await client.query(`select set_config('app.ente_id', $1, true)`, [ente])
    const base = (
      await client.query<{ id: string; serie: string; anno: number }>(
        `select id, serie, anno from fascicolo where ente_id = $1 and stato = 'APERTO' and livello = 0 order by creato_il limit 1`,
        [ente],
      )
    ).rows[0]
    if (base === undefined) throw new Error('the demo has no open fascicolo')
    await client.query(`update contatore_fascicolo set ultimo = ultimo + 1 where ente_id = $1 and anno = $2 and serie = $3`, [
      ente,
      base.anno,
      base.serie,
    ])
    const id = (
      await client.query<{ id: string }>(
        `insert into fascicolo select r.* from fascicolo f join contatore_fascicolo c on c.ente_id = f.ente_id and c.aoo_id = f.aoo_id and c.anno = f.anno and c.serie = f.serie
           cross join lateral jsonb_populate_record(null::fascicolo, to_jsonb(f) || jsonb_build_object('id', gen_random_uuid(), 'codice', f.anno || '-' || f.serie || '.' || c.ultimo,
             'slug', f.slug || '-b' || c.ultimo, 'progressivo', c.ultimo, 'oggetto', 'Fascicolo della misura')) r
          where f.ente_id = $1 and f.id = $2 returning id`,
        [ente, base.id],
      )
    ).rows[0]?.id
    await client.query(
      `with nuovi as (insert into documento select r.* from (select * from documento where ente_id = $1 limit 1) d cross join generate_series(1, $3::int) n
           cross join lateral jsonb_populate_record(null::documento, to_jsonb(d) || jsonb_build_object('id', gen_random_uuid(), 'oggetto', 'Documento ' || n || ' della misura, con un oggetto lungo quanto quelli veri')) r returning ente_id, id),
         file as (insert into documento_file select r.* from (select * from documento_file where ente_id = $1 and ruolo = 'principale' limit 1) x cross join nuovi n
           cross join lateral jsonb_populate_record(null::documento_file, to_jsonb(x) || jsonb_build_object('id', gen_random_uuid(), 'documento_id', n.id)) r returning 1)
       insert into fascicolo_documento (ente_id, id, fascicolo_id, documento_id, area, principale, inserito_il, inserito_da)
       select ente_id, gen_random_uuid(), $2, id, 'comune', true, now(), 'Misura' from nuovi`,
      [ente, id, documenti],
    )
    await client.query('commit')
    // What the database does by itself some minutes after so many rows.
    const owner = new pg.Client({ connectionString: p.superutenteUrl })
    await owner.connect()
    await owner.query('analyze')
    await owner.end()
    return id ?? ''
  } finally {
    await client.end()
  }
}
