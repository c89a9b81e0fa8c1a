import { randomBytes, randomUUID } from 'node:crypto'
import { cpus, loadavg, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { PDFDocument } from 'pdf-lib'
import pg from 'pg'
import { Persona } from '../test/racconto/client.ts'
import { misura, riga } from './misura.ts'
import type { Misura } from './misura.ts'
import { memoria, post, startProdotto } from './prodotto.ts'
import type { Prodotto } from './prodotto.ts'
import { openSoffitto } from './soffitto.ts'
import type { Terreno } from './soffitto.ts'

const { values } = parseArgs({ options: { secondi: { type: 'string', default: '8' }, ruoli: { type: 'string', default: 'web,lavori' } } })
const secondi = Number(values.secondi)
const CLIENTI = [1, 8, 32] as const

console.log(
  `macchina: ${cpus().length} processori ${cpus()[0]?.model ?? ''}, ${Math.round(totalmem() / 2 ** 30)} GB, carico ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`,
)
console.log(`riscaldamento 1 s e campione ${secondi} s per riga; parti del prodotto: ${values.ruoli}`)
const prodotto = await startProdotto({ env: { FALDONE_RUOLI: values.ruoli } })
try {
  const headers = await login(prodotto)
  const contenuto = await stagePdf(prodotto, headers)
  const terreno = await survey(prodotto, contenuto)
  await post(
    `${prodotto.indirizzo}/api/v1/castelvento/registrazioni`,
    { ...headers, 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
    '{}',
  )
  console.log(
    `${'percorso'.padEnd(34)} ${'clienti'.padStart(7)} ${'al sec.'.padStart(10)} ${'p50'.padStart(8)} ${'p95'.padStart(8)} ${'p99'.padStart(8)}`,
  )
  const soffitto: Misura[] = []
  const http: Misura[] = []
  for (const clienti of CLIENTI) {
    const bare = await openSoffitto(terreno, clienti)
    soffitto.push(await misura('a) pg nudo, una transazione', clienti, secondi, bare.act))
    await bare.close()
    console.log(riga(soffitto.at(-1) as Misura))
  }
  const bare = await openSoffitto(terreno, 1, false)
  const senzaCoda = await misura('a) senza lavori in coda', 1, secondi, bare.act)
  await bare.close()
  console.log(riga(senzaCoda))
  for (const clienti of CLIENTI) {
    http.push(await misura('b) registrazione via API HTTP', clienti, secondi, async () => await register(prodotto, headers, terreno)))
    console.log(riga(http.at(-1) as Misura))
  }
  console.log('\nRapporti b/a:')
  CLIENTI.forEach((clienti, i) => console.log(`  ${String(clienti).padStart(3)} clienti: ${percent(http[i], soffitto[i])}`))
  console.log(`  32 clienti rispetto al soffitto uno alla volta (obiettivo > 100 %): ${percent(http[2], soffitto[0])}`)
  console.log(`  prezzo della coda e del suo NOTIFY per registrazione: ${(millis(soffitto[0]) - millis(senzaCoda)).toFixed(1)} ms`)
  await measureUpload(prodotto, headers)
} finally {
  await prodotto.stop()
}

function millis(m: Misura | undefined): number {
  return 1000 / (m?.perSecondo ?? Number.NaN)
}

function percent(part: Misura | undefined, whole: Misura | undefined): string {
  return `${((100 * (part?.perSecondo ?? 0)) / (whole?.perSecondo ?? 1)).toFixed(0)} %`
}

async function login(p: Prodotto): Promise<Record<string, string>> {
  const lidia = new Persona('Lidia', p.indirizzo)
  await lidia.entra('operatore', 'lidia')
  return lidia.intestazioni()
}

/** One PDF of 200 kB, staged once: the bench measures the act, not the upload. */
async function stagePdf(p: Prodotto, headers: Record<string, string>): Promise<string> {
  const pdf = await PDFDocument.create()
  pdf.addPage().drawText('Misura della registrazione')
  await pdf.attach(randomBytes(200 * 1024), 'peso.bin')
  const bytes = Buffer.from(await pdf.save())
  const answer = await post(
    `${p.indirizzo}/api/v1/castelvento/contenuti`,
    { ...headers, 'Content-Type': 'application/pdf', 'X-Nome-File': 'misura.pdf' },
    bytes,
  )
  if (answer.status !== 201) throw new Error(`upload answered ${answer.status}: ${JSON.stringify(answer.json)}`)
  return (answer.json as { id: string }).id
}

async function survey(p: Prodotto, contenutoId: string): Promise<Terreno> {
  const client = new pg.Client({ connectionString: p.databaseUrl })
  await client.connect()
  await client.query('begin; set local role faldone_app')
  const ente = (await client.query<{ id: string }>(`select id from ente where slug = 'castelvento'`)).rows[0]?.id ?? ''
  await client.query(`select set_config('app.ente_id', $1, true)`, [ente])
  const row = (
    await client.query<Omit<Terreno, 'url' | 'enteId' | 'contenutoId'>>(
      `select r.id as "registroId", r.aoo_id as "aooId", (select id from voce_titolario where codice = 'VI/3') as "voceId",
              (select id from ufficio where al is null order by denominazione limit 1) as "ufficioId", (select xml from segnatura limit 1) as "segnaturaXml"
         from registro r where r.generale`,
    )
  ).rows[0]
  await client.query('commit')
  await client.end()
  if (row === undefined) throw new Error('the demo has no register')
  return { ...row, url: p.databaseUrl, enteId: ente, contenutoId }
}

async function register(p: Prodotto, headers: Record<string, string>, t: Terreno): Promise<void> {
  const body = JSON.stringify({
    oggetto: 'Misura della velocità di registrazione',
    mittenti: [{ tipo: 'PF', nome: 'Ortensia', cognome: 'Ventaglio' }],
    mezzo: 'A_MANO',
    dataArrivo: new Date().toISOString(),
    voceId: t.voceId,
    assegnazione: { ufficioId: t.ufficioId },
    documento: { contenutoId: t.contenutoId, nome: 'misura.pdf', formazione: 'file' },
  })
  const answer = await post(
    `${p.indirizzo}/api/v1/castelvento/registrazioni`,
    { ...headers, 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
    body,
  )
  if (answer.status !== 201) throw new Error(`registration answered ${answer.status}: ${JSON.stringify(answer.json)}`)
}

/** Memory growth of the server during one upload of 100 MB, sampled while it runs. */
async function measureUpload(p: Prodotto, headers: Record<string, string>): Promise<void> {
  const before = memoria(p.pid)
  let peak = before
  const timer = setInterval(() => (peak = Math.max(peak, memoria(p.pid))), 20)
  const started = performance.now()
  const answer = await post(
    `${p.indirizzo}/api/v1/castelvento/contenuti`,
    { ...headers, 'Content-Type': 'application/octet-stream', 'X-Nome-File': 'grande.bin', 'Content-Length': String(100 * 1024 * 1024) },
    chunks(100),
  )
  clearInterval(timer)
  if (answer.status !== 201) throw new Error(`upload of 100 MB answered ${answer.status}`)
  console.log(
    `\nCaricamento di 100 MB: ${((performance.now() - started) / 1000).toFixed(1)} s, memoria +${(peak - before).toFixed(0)} MB (obiettivo < 64 MB)`,
  )
}

async function* chunks(megabytes: number): AsyncIterable<Buffer> {
  for (let i = 0; i < megabytes; i++) yield await Promise.resolve(randomBytes(1024 * 1024))
}
