import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { zipEsportazione } from '../../../server/registro/esportazione.ts'
import { digest } from '../../../server/registro/righe.ts'
import { componiGiorni, esporta, rifaiManifesto } from '../../support/registro-esempio.ts'
import type { GiornoEsempio } from '../../support/registro-esempio.ts'

type File = Map<string, Buffer>

let vuota: string
let giorni: GiornoEsempio[]
let mese: File
let serial = 0

// An empty folder with the script of the export and nothing else: no package, no server, no environment.
beforeAll(() => {
  vuota = mkdtempSync(join(tmpdir(), 'perito-'))
  giorni = componiGiorni('2026-01-01', 31)
  mese = esporta(giorni)
  writeFileSync(join(vuota, 'verifica-registro.js'), mese.get('verifica-registro.js') ?? '')
})
afterAll(() => rmSync(vuota, { recursive: true, force: true }))

function write(file: File): string {
  const cartella = join(vuota, `registro-${++serial}`)
  for (const [nome, byte] of file) {
    mkdirSync(dirname(join(cartella, nome)), { recursive: true })
    writeFileSync(join(cartella, nome), byte)
  }
  return cartella
}

function run(...args: string[]): { codice: number | null; testo: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['verifica-registro.js', ...args], {
    cwd: vuota,
    env: {},
    encoding: 'utf8',
  })
  return { codice: status, testo: stdout + stderr }
}

/** Verdict on the files; the folder does not stay. */
function verify(file: File, ...altro: string[]): { codice: number | null; testo: string } {
  const cartella = write(file)
  try {
    return run(cartella, ...altro)
  } finally {
    rmSync(cartella, { recursive: true, force: true })
  }
}

/** The rows of a day, changed by `work`. */
function withRighe(file: File, giorno: string, work: (righe: string[]) => string[]): File {
  const nome = `giorni/${giorno}/righe.txt`
  const righe = String(file.get(nome)).split('\n').slice(0, -1)
  return new Map([
    ...file,
    [
      nome,
      Buffer.from(
        work(righe)
          .map((r) => `${r}\n`)
          .join(''),
      ),
    ],
  ])
}

/** Rewrites header and manifest around rows that were changed, with every digest of that day right: only the later days know better. */
function withGiorno(file: File, giorno: string, work: (g: Record<string, unknown>) => void): File {
  const nome = `giorni/${giorno}/giorno.json`
  const g = JSON.parse(String(file.get(nome))) as Record<string, unknown>
  work(g)
  return new Map([...file, [nome, Buffer.from(`${JSON.stringify(g, null, 2)}\n`)]])
}

describe('faldone verifica-registro, from an empty folder with only Node', () => {
  it('accepts a whole month and says what it holds', () => {
    const { codice, testo } = verify(mese)
    expect(testo).toContain('Giorni 31, registrazioni 63, annullamenti 1, modifiche 1.')
    expect(testo).toContain('ESITO: INTEGRO.')
    expect(testo).toContain(giorni.at(-1)?.impronta)
    expect(codice).toBe(0)
  })

  it('accepts a year end: numbers and progressive start again from 1', () => {
    expect(verify(esporta(componiGiorni('2025-12-28', 8))).codice).toBe(0)
  })

  it('reads the ZIP of the export, compressed or not, and finds a byte changed in it', async () => {
    const files = [...mese].map(([percorso, byte]) => ({ percorso, byte, dimensione: byte.length, sha256: '' }))
    const { flusso, dimensione } = zipEsportazione('registro-PG', files, async () => await Promise.reject(new Error('no')))
    const zip = await buffer(flusso)
    expect(zip.length).toBe(dimensione)
    const path = join(vuota, 'export.zip')
    writeFileSync(path, zip)
    expect(run(path)).toMatchObject({ codice: 0 })
    const place = zip.indexOf('Istanza n. 5 ')
    zip[place] = (zip[place] ?? 0) ^ 1
    writeFileSync(path, zip)
    const { codice, testo } = run(path)
    expect(codice).toBe(1)
    expect(testo).toContain('2026-01-02: riga 2 (registrazione, numero 5): è stata alterata')
  })

  it('finds any altered byte of the ZIP, also where no content is: names, attributes, dates, sizes', async () => {
    const small = esporta(componiGiorni('2026-01-01', 2))
    const files = [...small].map(([percorso, byte], i) => ({
      percorso,
      byte: i % 2 === 0 ? byte : null,
      dimensione: byte.length,
      sha256: percorso,
    }))
    const { flusso } = zipEsportazione('registro-PG', files, async (nome) => await Promise.resolve(Readable.from([small.get(nome) ?? ''])))
    const zip = await buffer(flusso)
    const path = join(vuota, 'intero.zip')
    writeFileSync(path, zip)
    expect(run(path)).toMatchObject({ codice: 0 })
    const indice = zip.readUInt32LE(zip.length - 6)
    const places = (firma: number[], lunghezza: number): number[] => {
      const found: number[] = []
      for (let at = zip.indexOf(Buffer.from(firma)); at >= 0; at = zip.indexOf(Buffer.from(firma), at + 1))
        found.push(...Array.from({ length: lunghezza }, (_, n) => at + n))
      return found
    }
    const testate = places([0x50, 0x4b, 3, 4], 30)
    const code = places([0x50, 0x4b, 7, 8], 16)
    expect(code.length).toBeGreaterThan(0)
    const place = fc.oneof(
      fc.integer({ min: 0, max: zip.length - 1 }),
      fc.integer({ min: indice, max: zip.length - 1 }),
      fc.integer({ min: indice, max: zip.length - 1 }),
      fc.constantFrom(...testate),
      fc.constantFrom(...code),
    )
    fc.assert(
      fc.property(place, fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const altered = Buffer.from(zip)
        altered[at] = (altered[at] ?? 0) ^ (1 << bit)
        writeFileSync(path, altered)
        expect(run(path)).toMatchObject({ codice: 1, testo: expect.stringContaining('ESITO: NON INTEGRO') })
      }),
      { numRuns: 100 },
    )
  }, 120_000)

  it.each([false, true])('names day, row and number of one altered character (manifest made again: %s)', (again) => {
    const changed = withRighe(mese, '2026-01-05', (r) => r.map((x, i) => (i === 1 ? x.replace('Istanza n. 10', 'Istanza n. 1O') : x)))
    const { codice, testo } = verify(again ? rifaiManifesto(changed) : changed)
    expect(codice).toBe(1)
    expect(testo).toContain('2026-01-05: riga 2 (registrazione, numero 10): è stata alterata')
    if (!again) expect(testo).toContain('giorni/2026-01-05/righe.txt: il file è stato alterato')
  })

  it('names a deleted row and the missing number', () => {
    const { codice, testo } = verify(rifaiManifesto(withRighe(mese, '2026-01-02', (r) => r.toSpliced(1, 1))))
    expect(codice).toBe(1)
    expect(testo).toContain("2026-01-02: al posto della riga 2 c'è la riga 3")
    expect(testo).toContain('2026-01-02: manca il numero 5')
  })

  it('names a missing number also when the rows of the day were all sealed again', () => {
    const forged = componiGiorni('2026-01-01', 31)
    const day = forged[1]
    if (day === undefined) throw new Error('no day')
    let chain = digest(day.intestazione.identificativo)
    const kept = day.righe.filter((r) => !(r.tipo === 'registrazione' && r.numero === 5))
    const lines = kept.map((r, i) => {
      const dati = JSON.stringify({ ...r, impronta: undefined, riga: i + 1 })
      chain = digest(`${chain} ${dati}`)
      return `${chain} ${dati}\n`
    })
    const file = withGiorno(new Map([...mese, ['giorni/2026-01-02/righe.txt', Buffer.from(lines.join(''))]]), '2026-01-02', (g) => {
      g['righe'] = { numero: lines.length, impronta: chain }
      g['registrazioni'] = 3
    })
    const { codice, testo } = verify(rifaiManifesto(file))
    expect(codice).toBe(1)
    expect(testo).toContain('2026-01-02: manca il numero 5')
    expect(testo).toContain("2026-01-03: la catena dei giorni è rotta: l'impronta del giorno precedente (2026-01-02)")
    expect(testo).toContain("2026-01-02: registro.xml non porta l'impronta di questo giorno")
  })

  it.each([false, true])('names two days that were swapped (manifest made again: %s)', (again) => {
    const swap = new Map(mese)
    for (const part of ['giorno.json', 'righe.txt', 'registro.xml']) {
      swap.set(`giorni/2026-01-10/${part}`, mese.get(`giorni/2026-01-11/${part}`) ?? Buffer.alloc(0))
      swap.set(`giorni/2026-01-11/${part}`, mese.get(`giorni/2026-01-10/${part}`) ?? Buffer.alloc(0))
    }
    const { codice, testo } = verify(again ? rifaiManifesto(swap) : swap)
    expect(codice).toBe(1)
    expect(testo).toContain("2026-01-10: qui c'è il registro del 2026-01-11")
    expect(testo).toContain("2026-01-11: qui c'è il registro del 2026-01-10")
  })

  it('names a day taken away together with its place in the manifest', () => {
    const without = new Map([...mese].filter(([nome]) => !nome.startsWith('giorni/2026-01-20/')))
    const m = JSON.parse(String(without.get('manifesto.json'))) as { giorni: { giorno: string }[] }
    m.giorni = m.giorni.filter((g) => g.giorno !== '2026-01-20')
    without.set('manifesto.json', Buffer.from(`${JSON.stringify(m, null, 2)}\n`))
    const { codice, testo } = verify(rifaiManifesto(without))
    expect(codice).toBe(1)
    expect(testo).toContain("2026-01-21: dichiara come giorno precedente 2026-01-20, qui prima c'è il 2026-01-19: manca un giorno")
  })

  it('names a wrong continuity: a first number that is not the last one plus one', () => {
    const { codice, testo } = verify(
      rifaiManifesto(
        withGiorno(mese, '2026-01-06', (g) => {
          g['ultimoPrecedente'] = 9
        }),
      ),
    )
    expect(codice).toBe(1)
    expect(testo).toContain("2026-01-06: il primo numero deve essere 11 (l'ultimo del 2026-01-05 è 10), l'intestazione parte da 10")
    expect(testo).toContain('2026-01-06: manca il numero 10')
  })

  it('names a broken chain of the trail and a day that was made again', () => {
    const { testo } = verify(
      rifaiManifesto(
        withGiorno(mese, '2026-01-07', (g) => {
          g['traccia'] = { ...(g['traccia'] as object), fatti: 99 }
        }),
      ),
    )
    expect(testo).toContain('2026-01-07: il sigillo della traccia degli accessi non torna')
    expect(testo).toContain('2026-01-08: la catena dei giorni è rotta')
  })

  it('a register rewritten from a row to its end is unmasked by a digest that was not in the forger’s hands', () => {
    const known = giorni.at(-1)?.impronta ?? ''
    expect(verify(mese, known).codice).toBe(0)
    const { codice, testo } = verify(esporta(componiGiorni('2026-01-01', 30)), known)
    expect(codice).toBe(1)
    expect(testo).toContain(`nessun giorno di questa esportazione ha l'impronta ${known}`)
  })

  it('finds any altered byte of any file, and any file taken away or added', () => {
    const small = esporta(componiGiorni('2026-01-01', 3))
    const names = [...small.keys()]
    const choice = fc.record({
      nome: fc.constantFrom(...names),
      where: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      bit: fc.integer({ min: 0, max: 7 }),
      how: fc.constantFrom('flip', 'flip', 'flip', 'flip', 'drop', 'cut', 'add'),
    })
    fc.assert(
      fc.property(choice, ({ nome, where, bit, how }) => {
        const byte = Buffer.from(small.get(nome) ?? Buffer.alloc(0))
        const place = Math.floor(where * byte.length)
        const changed = new Map(small)
        if (how === 'drop') changed.delete(nome)
        else if (how === 'cut') changed.set(nome, Buffer.concat([byte.subarray(0, place), byte.subarray(place + 1)]))
        else if (how === 'add') changed.set(`${nome}.bis`, byte)
        else {
          // An empty day has no row to alter.
          if (byte.length === 0) return
          byte[place] = (byte[place] ?? 0) ^ (1 << bit)
          changed.set(nome, byte)
        }
        if (how === 'cut' && byte.length === 0) return
        expect(verify(changed)).toMatchObject({ codice: 1, testo: expect.stringContaining('ESITO: NON INTEGRO') })
      }),
      { numRuns: 80 },
    )
  }, 120_000)

  it('finds any altered byte of the rows also behind a manifest that was made again, and names the day', () => {
    const small = esporta(componiGiorni('2026-01-01', 3))
    fc.assert(
      fc.property(
        fc.constantFrom('2026-01-01', '2026-01-02'),
        fc.constantFrom('righe.txt', 'giorno.json'),
        fc.nat(),
        fc.integer({ min: 0, max: 7 }),
        (giorno, parte, n, bit) => {
          const byte = Buffer.from(small.get(`giorni/${giorno}/${parte}`) ?? '')
          byte[n % byte.length] = (byte[n % byte.length] ?? 0) ^ (1 << bit)
          const { codice, testo } = verify(rifaiManifesto(new Map([...small, [`giorni/${giorno}/${parte}`, byte]])))
          expect(codice).toBe(1)
          expect(testo).toMatch(new RegExp(`ERRORE {2}(${giorno}|2026-01-0[23]|giorni/${giorno})`, 'u'))
        },
      ),
      { numRuns: 30 },
    )
  }, 120_000)

  it('says how it is used when there is nothing to verify', () => {
    expect(run()).toMatchObject({ codice: 2, testo: expect.stringContaining('Uso: node verifica-registro.js') })
    expect(run('non-esiste').codice).toBe(2)
  })

  it('is one small script that imports nothing but Node’s own modules', () => {
    const testo = readFileSync(join(vuota, 'verifica-registro.js'), 'utf8')
    expect(testo.split('\n').length).toBeLessThan(300)
    expect(testo.match(/(?:import|require)\(['"]([^'"]+)['"]\)/gu)?.every((x) => x.includes('node:'))).toBe(true)
  })
})
