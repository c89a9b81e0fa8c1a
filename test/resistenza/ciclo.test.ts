import { spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it, jest } from '@jest/globals'
import { isAlive, kill, until } from './processi.ts'
import { Prodotto, esiste, nuovaCartella, rimasti, ripulisci } from './prodotto.ts'

jest.setTimeout(300_000)

const ROOT = process.getuid?.() === 0
/** Ids of a user that owns nothing. */
const NESSUNO = { uid: 65_534, gid: 65_534 }

const altri: number[] = []
const porte: Server[] = []

afterEach(async () => {
  for (const pid of altri.splice(0)) kill(pid, 'SIGKILL')
  for (const porta of porte.splice(0)) porta.close()
  await ripulisci()
})

/** Starts on the folder, sees that it answers, stops with Ctrl+C: exit code and what was left running. */
async function startsAndStops(
  cartella: string,
  env: Record<string, string> = {},
): Promise<{ codice: number | null; rimasti: string[]; secondi: number }> {
  const started = performance.now()
  const prodotto = new Prodotto(cartella, env)
  const indirizzo = await prodotto.pronto()
  const secondi = (performance.now() - started) / 1000
  expect((await fetch(`${indirizzo}/health/ready`)).status).toBe(200)
  const { codice } = await prodotto.ferma()
  return { codice, rimasti: rimasti(cartella), secondi }
}

async function takePort(): Promise<number> {
  const server = createServer()
  porte.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
  return (server.address() as AddressInfo).port
}

describe('start and stop', () => {
  it('first start makes everything and prints address and logins; Ctrl+C leaves nothing; the second start finds the data in seconds', async () => {
    const cartella = nuovaCartella()
    const primo = new Prodotto(cartella, { FALDONE_DEMO: 'minima' })
    const indirizzo = await primo.pronto()
    expect(indirizzo).toMatch(/^http:\/\/localhost:\d+$/u)
    expect(primo.stampato).toMatch(/Lidia Torrebruna .*\/accesso\/avvia\?per=operatore&suggerimento=lidia/u)
    expect(primo.stampato).toMatch(/Dati dimostrativi caricati: [1-9]\d* registrazioni/u)
    expect(await primo.ferma()).toEqual({ codice: 0, segnale: null })
    expect(rimasti(cartella)).toEqual([])

    const started = performance.now()
    const secondo = new Prodotto(cartella, { FALDONE_DEMO: 'minima' })
    await secondo.pronto()
    const secondi = (performance.now() - started) / 1000
    expect(secondo.stampato).not.toContain('Dati dimostrativi caricati')
    expect((await secondo.ferma()).codice).toBe(0)
    console.log(`second start: ready in ${secondi.toFixed(1)} s`)
    // About 5 s on a machine that does nothing else: the bound leaves room for one that does.
    expect(secondi).toBeLessThan(15)
  })

  it.each([
    ['SIGINT to the launcher alone', 'SIGINT'],
    ['SIGTERM to the launcher alone', 'SIGTERM'],
    ['SIGHUP, the terminal closed', 'SIGHUP'],
  ] as const)('%s stops everything in order', async (_, segnale) => {
    const cartella = nuovaCartella()
    const prodotto = new Prodotto(cartella)
    await prodotto.pronto()
    kill(prodotto.lanciatore, segnale)
    expect((await prodotto.fine).codice).toBe(0)
    expect(rimasti(cartella)).toEqual([])
  })

  it('a launcher killed takes everything with it', async () => {
    const cartella = nuovaCartella()
    const prodotto = new Prodotto(cartella)
    await prodotto.pronto()
    kill(prodotto.lanciatore, 'SIGKILL')
    await until('the product follows its launcher', 15, () => rimasti(cartella).length === 0)
    expect((await startsAndStops(cartella)).codice).toBe(0)
  })

  it.each([
    ['while the cluster is being made', 'postgres/cluster.in-creazione'],
    ['while the database is being prepared', 'postgres/cluster/postmaster.pid'],
  ])('Ctrl+C %s leaves nothing, and the next start is whole', async (_, momento) => {
    const cartella = nuovaCartella()
    const prodotto = new Prodotto(cartella)
    await until(momento, 30, () => esiste(cartella, momento))
    expect((await prodotto.ferma()).codice).toBe(130)
    expect(prodotto.stampato).not.toContain('è pronto')
    expect(rimasti(cartella)).toEqual([])
    expect(await startsAndStops(cartella)).toMatchObject({ codice: 0, rimasti: [] })
  })

  it('when PostgreSQL dies the product says so and ends: a start repairs it', async () => {
    const cartella = nuovaCartella()
    const prodotto = new Prodotto(cartella)
    await prodotto.pronto()
    kill(prodotto.postgres, 'SIGKILL')
    expect((await prodotto.fine).codice).toBe(1)
    expect(prodotto.errori).toContain('La base dati incorporata si è fermata')
    expect((await startsAndStops(cartella)).codice).toBe(0)
  })
})

describe('after a kill', () => {
  it('Node killed alone: the orphan PostgreSQL is stopped and its data found', async () => {
    const cartella = nuovaCartella()
    const prodotto = new Prodotto(cartella)
    await prodotto.pronto()
    const orfano = prodotto.postgres
    kill(prodotto.node, 'SIGKILL')
    await prodotto.fine
    expect(isAlive(orfano)).toBe(true)
    expect(await startsAndStops(cartella)).toMatchObject({ codice: 0, rimasti: [] })
    expect(isAlive(orfano)).toBe(false)
  })

  it('everything killed: the pid file of the dead server does not stop the next start', async () => {
    const cartella = nuovaCartella()
    const prodotto = new Prodotto(cartella)
    await prodotto.pronto()
    await prodotto.uccidiTutto()
    expect(existsSync(prodotto.filePid)).toBe(true)
    expect(await startsAndStops(cartella)).toMatchObject({ codice: 0, rimasti: [] })
  })

  it('the number in the pid file now belongs to an unrelated process, which is left alone', async () => {
    const cartella = nuovaCartella()
    const prodotto = new Prodotto(cartella)
    await prodotto.pronto()
    await prodotto.uccidiTutto()
    const estraneo = spawn('/bin/sleep', ['600'], { cwd: prodotto.cluster, stdio: 'ignore' }).pid ?? 0
    altri.push(estraneo)
    writeFileSync(prodotto.filePid, `${estraneo}\n${prodotto.cluster}\n1\n5432\n\n127.0.0.1\n`)
    const nuovo = new Prodotto(cartella)
    await nuovo.pronto()
    expect(nuovo.postgres).not.toBe(estraneo)
    expect((await nuovo.ferma()).codice).toBe(0)
    expect(isAlive(estraneo)).toBe(true)
  })

  it('killed while the cluster is being made: the next start makes it again', async () => {
    const cartella = nuovaCartella()
    const prodotto = new Prodotto(cartella)
    await until('initialisation', 30, () => esiste(cartella, 'postgres/cluster.in-creazione/base'))
    await prodotto.uccidiTutto()
    expect(existsSync(prodotto.cluster)).toBe(false)
    expect(await startsAndStops(cartella)).toMatchObject({ codice: 0, rimasti: [] })
  })

  it('killed while the demo is loading: the next start loads it whole', async () => {
    const cartella = nuovaCartella()
    const prodotto = new Prodotto(cartella, { FALDONE_DEMO: 'minima' })
    await until('loading', 60, () => esiste(cartella, 'dimostrazione.in-corso'))
    await new Promise((done) => setTimeout(done, 700))
    await prodotto.uccidiTutto()
    expect(esiste(cartella, 'dimostrazione.caricata')).toBe(false)
    const nuovo = new Prodotto(cartella, { FALDONE_DEMO: 'minima' })
    await nuovo.pronto()
    expect(nuovo.stampato).toMatch(/Dati dimostrativi caricati: [1-9]\d* registrazioni/u)
    expect((await nuovo.ferma()).codice).toBe(0)
  })
})

describe('refusals at the start', () => {
  it('a port already used is named, with exit code 1 and nothing left', async () => {
    const cartella = nuovaCartella()
    const porta = await takePort()
    const prodotto = new Prodotto(cartella, { PORT: String(porta) })
    expect((await prodotto.fine).codice).toBe(1)
    expect(prodotto.errori.trim()).toBe(`La porta ${porta} è già usata da un altro programma: chiudilo, oppure scegline un’altra con PORT.`)
    expect(rimasti(cartella)).toEqual([])
    expect(existsSync(cartella)).toBe(false)
  })

  it('a second product on the same folder is refused and the first one goes on', async () => {
    const cartella = nuovaCartella()
    const primo = new Prodotto(cartella)
    const indirizzo = await primo.pronto()
    const { postgres, node } = primo
    const secondo = new Prodotto(cartella)
    expect((await secondo.fine).codice).toBe(1)
    expect(secondo.errori).toContain(`è già usata da un altro Faldone in esecuzione (processo ${node})`)
    expect(primo.postgres).toBe(postgres)
    expect((await fetch(`${indirizzo}/health/ready`)).status).toBe(200)
    expect((await primo.ferma()).codice).toBe(0)
    expect(rimasti(cartella)).toEqual([])
  })

  it('of two started together on one folder exactly one goes on', async () => {
    const cartella = nuovaCartella()
    const due = [new Prodotto(cartella), new Prodotto(cartella)]
    const codici = await Promise.all(
      due.map(
        async (p) =>
          await Promise.race([
            p.fine.then((f) => f.codice),
            p.pronto().then(
              () => 'pronto',
              () => 1,
            ),
          ]),
      ),
    )
    expect(codici.toSorted()).toEqual([1, 'pronto'])
    const vivo = due[codici.indexOf('pronto')]
    expect((await vivo?.ferma())?.codice).toBe(0)
    expect(rimasti(cartella)).toEqual([])
  })

  it('a data folder under a file, and one that cannot be written, are named with the reason', async () => {
    const cartella = nuovaCartella()
    writeFileSync(join(dirname(cartella), 'file'), '')
    const sottoFile = new Prodotto(join(dirname(cartella), 'file/dati'))
    expect((await sottoFile.fine).codice).toBe(1)
    expect(sottoFile.errori).toMatch(
      /^La cartella dei dati .*file\/dati non si può usare: un elemento del percorso non è una cartella\. Correggi, oppure scegline un’altra con FALDONE_DATA_DIR\.$/mu,
    )

    mkdirSync(cartella, { mode: ROOT ? 0o755 : 0o555 })
    const chiusa = new Prodotto(cartella, {}, ROOT ? NESSUNO : {})
    expect((await chiusa.fine).codice).toBe(1)
    expect(chiusa.errori).toContain('non hai il permesso di scriverci')
    expect(rimasti(dirname(cartella))).toEqual([])
  })
})

describe('places', () => {
  it('a data folder under a closed parent works, also as root', async () => {
    const cartella = nuovaCartella()
    chmodSync(dirname(cartella), 0o700)
    expect(await startsAndStops(cartella)).toMatchObject({ codice: 0, rimasti: [] })
    // Under root the server's own user cannot cross the parent: its files are elsewhere.
    expect(esiste(cartella, 'postgres/altrove')).toBe(ROOT)
    expect(esiste(cartella, 'postgres/cluster')).toBe(!ROOT)
    expect((await startsAndStops(cartella)).codice).toBe(0)
    if (ROOT) rmSync(readFileSync(join(cartella, 'postgres/altrove'), 'utf8').trim(), { recursive: true })
  })

  it('an ordinary user needs nothing of root', async () => {
    const cartella = nuovaCartella()
    mkdirSync(cartella)
    if (ROOT) chownSync(cartella, NESSUNO.uid, NESSUNO.gid)
    const prodotto = new Prodotto(cartella, { HOME: cartella }, ROOT ? NESSUNO : {})
    const indirizzo = await prodotto.pronto()
    expect((await fetch(`${indirizzo}/health/ready`)).status).toBe(200)
    expect((await prodotto.ferma()).codice).toBe(0)
    expect(rimasti(cartella)).toEqual([])
  })
})
