import { spawnSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Persona } from '../test/racconto/client.ts'
import { carica } from './grande/carica.ts'
import { ELENCHI, misuraLetture, misuraRegistrazioni, RICERCHE, RISCALDAMENTO, SUGGERIMENTI } from './grande/misure.ts'
import type { Serie } from './grande/misure.ts'
import { GRANDE, UFFICI, UFFICI_PERSONA, VUOTO } from './grande/terreno.ts'
import { startProdotto } from './prodotto.ts'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
// `--cartella`: a data folder already loaded by `npm run demo:grande`, kept afterwards; only the measures are made.
const { values } = parseArgs({
  options: { righe: { type: 'string', default: '1000000' }, campioni: { type: 'string', default: '240' }, cartella: { type: 'string' } },
})
const [righe, campioni] = [Number(values.righe), Number(values.campioni)]

console.log(`Macchina: ${cpus().length} × ${cpus()[0]?.model ?? '?'}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.version}`)
console.log(
  `${values.cartella === undefined ? `${righe} registrazioni` : 'Cartella già caricata'}, ${UFFICI} uffici, una persona con ${UFFICI_PERSONA} incarichi; riscaldamento ${RISCALDAMENTO}, campioni ${campioni} per riga\n`,
)

// The demo first, then the product again without jobs: what they do on a new register of three years is not what is measured here.
const cartella = values.cartella === undefined ? await prepareCartella() : resolve(values.cartella)
const prodotto = await startProdotto({ cartella, env: { FALDONE_RUOLI: 'web' } })
let catena = 0
try {
  if (values.cartella === undefined) {
    console.log('Caricamento:')
    const carico = await carica(prodotto.superutenteUrl, righe, console.log)
    console.log(`  in tutto ${carico.secondi.toFixed(0)} s: ${(righe / carico.secondi).toFixed(0)} registrazioni al secondo\n`)
  }
  const [noemi, marta, lidia] = [
    await entra('noemi', 'Noemi (20 uffici)'),
    await entra('marta', 'Marta (tutto)'),
    await entra('lidia', 'Lidia'),
  ]
  console.log(`${'richiesta'.padEnd(40)} ${'campioni'.padStart(8)} ${'p50'.padStart(9)} ${'p95'.padStart(9)} ${'p99'.padStart(9)}`)
  const elenchi = print(await misuraLetture([noemi, marta], GRANDE, 'elenco del registro', ELENCHI, campioni))
  const ricerche = print(await misuraLetture([noemi, marta], GRANDE, 'ricerca', RICERCHE, campioni))
  print(await misuraLetture([noemi, marta], GRANDE, 'suggerimenti', SUGGERIMENTI, campioni / 2))
  const registrazioni = print(await misuraRegistrazioni(prodotto, lidia, [GRANDE, VUOTO], campioni))
  console.log('\nObiettivi:')
  for (const [nome, serie] of [
    ['elenco', elenchi],
    ['ricerca', ricerche],
  ] as const) {
    const [persona, amministratore] = serie as [Serie, Serie]
    goal(`${nome}: p95 di una persona con ${UFFICI_PERSONA} uffici ≤ 300 ms`, persona.p95, 300, 'ms')
    goal(`${nome}: p95 della persona / di chi vede tutto ≤ 1,2`, persona.p95 / amministratore.p95, 1.2, '')
  }
  const [grande, vuoto] = registrazioni as [Serie, Serie]
  goal('registrazione: p95 su grande / su vuoto ≤ 1,2', grande.p95 / vuoto.p95, 1.2, '')
} finally {
  await prodotto.stop(false)
  catena = verifyCatena(prodotto.cartella)
  if (values.cartella === undefined) prodotto.clean()
}
process.exit(catena)

async function prepareCartella(): Promise<string> {
  const demo = await startProdotto()
  await demo.stop(false)
  return demo.cartella
}

async function entra(suggerimento: string, nome: string): Promise<Persona> {
  const persona = new Persona(nome, prodotto.indirizzo)
  await persona.entra('operatore', suggerimento)
  return persona
}

function print(serie: Serie[]): Serie[] {
  const ms = (value: number): string => `${value.toFixed(1)} ms`.padStart(9)
  for (const s of serie) console.log(`${s.nome.padEnd(40)} ${String(s.campioni).padStart(8)} ${ms(s.p50)} ${ms(s.p95)} ${ms(s.p99)}`)
  return serie
}

function goal(nome: string, value: number, most: number, unita: string): void {
  console.log(`  ${value <= most ? 'raggiunto    ' : 'NON raggiunto'} ${nome}: ${value.toFixed(2)} ${unita}`)
}

/** The product's own command over the loaded database: the chain of every register must hold. */
function verifyCatena(cartella: string): number {
  const started = performance.now()
  const result = spawnSync(process.execPath, [join(root, 'server/faldone.js'), 'verifica-catena', GRANDE], {
    cwd: root,
    env: { ...process.env, FALDONE_DATA_DIR: cartella, FALDONE_DEMO: 'no' },
    encoding: 'utf8',
  })
  console.log(
    `\nCarico della macchina nell’ultimo quarto d’ora: ${loadavg()[2]?.toFixed(1)}\nfaldone verifica-catena (${((performance.now() - started) / 1000).toFixed(1)} s): ${result.stdout.trim()}${result.stderr.trim()}`,
  )
  return result.status ?? 1
}
