import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { checkRegistro } from '../../metadata-schemas/registro/index.ts'
import { readTesto } from '../support/lettore.ts'
import { assertVero, impronta, leggiZip } from './prove.ts'
import { API, of } from './storia.ts'
import type { Passo } from './storia.ts'

interface Giornaliero {
  id: string
  giorno: string
  identificativo: string
  registrazioni: number
  primo: number | null
}

/** The daily register, and what a stranger can verify of it with nothing in his hands but Node. */
export const passiRegistro: readonly Passo[] = [
  {
    titolo: 'Il registro giornaliero di un giorno concluso: PDF, XML, righe e intestazione dicono la stessa cosa',
    svolgi: async (_, s) => {
      const { marta } = of(s)
      const [dal, al] = periodo()
      const { elementi } = (await marta.leggi(`${API}/registri-giornalieri?dal=${dal}&al=${al}`)) as unknown as { elementi: Giornaliero[] }
      const giorno = elementi.toSorted((a, b) => b.registrazioni - a.registrazioni)[0]
      assertVero(giorno !== undefined && giorno.registrazioni > 0, 'nessun registro giornaliero con registrazioni')
      const base = `${API}/registri-giornalieri/${String(giorno?.id)}`
      const parti: Record<string, Buffer> = {}
      for (const nome of ['registro.pdf', 'registro.xml', 'righe.txt', 'giorno.json', 'consultazione.pdf'])
        parti[nome] = await marta.file(`${base}/${nome}`)
      const dettaglio = (await marta.leggi(base)) as unknown as { impronta: string }
      assertVero(
        impronta(parti['giorno.json'] ?? Buffer.alloc(0)) === dettaglio.impronta,
        'l’impronta del giorno non è quella di giorno.json',
      )
      const xml = String(parti['registro.xml'])
      const esito = checkRegistro(xml)
      assertVero(esito.valido, `registro.xml non è valido: ${esito.valido ? '' : esito.errori.map((e) => e.messaggio).join('; ')}`)
      const righe = String(parti['righe.txt']).trimEnd().split('\n')
      for (const riga of righe) assertVero(xml.includes(`impronta="${riga.slice(0, 64)}"`), `nell’XML manca la riga ${riga.slice(0, 64)}`)
      const parole = (await readTesto(parti['registro.pdf'] ?? Buffer.alloc(0))).join(' ').replaceAll(/\s+/gu, '')
      assertVero(parole.includes(dettaglio.impronta), 'il PDF non porta l’impronta del giorno')
      return [`${String(giorno?.identificativo)}: ${righe.length} righe, impronta ${dettaglio.impronta} in intestazione, XML e PDF`]
    },
  },
  {
    titolo: 'Il registro esportato si verifica da una cartella vuota con il solo Node; alterato, dice dove',
    svolgi: async (_, s) => {
      const { marta } = of(s)
      const [dal, al] = periodo()
      const zip = await marta.file(`${API}/registri-giornalieri/esportazione.zip?dal=${dal}&al=${al}&conPdf=si`, 'registro-esportato.zip')
      const folder = mkdtempSync(join(tmpdir(), 'faldone-perito-'))
      try {
        return await verificaTutto(zip, folder)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  },
]

function periodo(): [string, string] {
  const day = (back: number): string => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10)
  return [day(40), day(1)]
}

/** The verifier of the export in an empty folder, without environment: the verdict and its text. */
function perito(folder: string, cosa: string): { codice: number | null; testo: string } {
  const { status, stdout } = spawnSync(process.execPath, ['verifica-registro.js', cosa], { cwd: folder, env: {}, encoding: 'utf8' })
  return { codice: status, testo: stdout }
}

async function verificaTutto(zip: Buffer, folder: string): Promise<string[]> {
  const files = new Map([...(await leggiZip(zip))].map(([nome, byte]) => [nome.slice(nome.indexOf('/') + 1), byte]))
  writeFileSync(join(folder, 'verifica-registro.js'), files.get('verifica-registro.js') ?? '')
  for (const [nome, byte] of files) {
    mkdirSync(dirname(join(folder, 'intero', nome)), { recursive: true })
    writeFileSync(join(folder, 'intero', nome), byte)
  }
  writeFileSync(join(folder, 'intero.zip'), zip)
  const prove: string[] = []
  for (const cosa of ['intero', 'intero.zip']) {
    const { codice, testo } = perito(folder, cosa)
    assertVero(codice === 0 && testo.includes('ESITO: INTEGRO.'), `la verifica di ${cosa} esce con ${String(codice)}: ${testo}`)
    prove.push(`${cosa}: ${testo.split('\n')[1] ?? ''} ${testo.trimEnd().split('\n').at(-1) ?? ''}`)
  }
  const pieni = [...files.keys()].filter((n) => n.endsWith('/righe.txt') && (files.get(n)?.length ?? 0) > 0).map((n) => dirname(n))
  const lungo = pieni.find((n) =>
    String(files.get(`${n}/righe.txt`))
      .trimEnd()
      .includes('\n'),
  )
  const [primo, secondo] = [lungo ?? '', pieni.find((n) => n !== lungo) ?? '']
  for (const [nome, danno, dice] of danni(primo, secondo)) {
    cpSync(join(folder, 'intero'), join(folder, 'guasto'), { recursive: true })
    danno(join(folder, 'guasto'))
    prove.push(`${nome}: ${assertScoperto(perito(folder, 'guasto'), dice, nome)}`)
    rmSync(join(folder, 'guasto'), { recursive: true })
  }
  prove.push(...guastiNelloZip(zip, folder, primo))
  return prove
}

type Danno = readonly [nome: string, danno: (cartella: string) => void, dice: string]

/** What a forger would try, each with the day that the verifier must name. */
function danni(primo: string, secondo: string): readonly Danno[] {
  const giorno = (cartella: string): string => cartella.replace('giorni/', '')
  const righe = (cartella: string, work: (righe: string[]) => string[]): void => {
    const path = join(cartella, primo, 'righe.txt')
    const all = readFileSync(path, 'utf8').split('\n').slice(0, -1)
    writeFileSync(
      path,
      work(all)
        .map((r) => `${r}\n`)
        .join(''),
    )
  }
  const scambia = (cartella: string): void => {
    renameSync(join(cartella, primo), join(cartella, 'altrove'))
    renameSync(join(cartella, secondo), join(cartella, primo))
    renameSync(join(cartella, 'altrove'), join(cartella, secondo))
  }
  const byte = (cartella: string): void => righe(cartella, ([r = '', ...altre]) => [flip(r, r.indexOf('"oggetto"') + 12), ...altre])
  return [
    ['Un byte alterato', byte, `${giorno(primo)}: riga 1`],
    ['Una riga tolta', (cartella) => righe(cartella, (all) => all.slice(1)), `${giorno(primo)}: al posto della riga 1 c'è la riga 2`],
    ['Due giorni scambiati', scambia, `${giorno(primo)}: qui c'è il registro del ${giorno(secondo)}`],
  ]
}

function flip(testo: string, at: number): string {
  return `${testo.slice(0, at)}${testo[at] === 'x' ? 'y' : 'x'}${testo.slice(at + 1)}`
}

function guastiNelloZip(zip: Buffer, folder: string, primo: string): string[] {
  const indice = zip.lastIndexOf(Buffer.from('PK\u0001\u0002', 'latin1'))
  const righe = `/${primo}/righe.txt`
  const places: readonly (readonly [nome: string, at: number, dice: string])[] = [
    ['Un byte del contenuto, nello ZIP', zip.indexOf(Buffer.from(righe)) + righe.length + 200, primo.replace('giorni/', '')],
    ['Un byte degli attributi, nello ZIP', indice + 38, 'attributi'],
    ['Un byte della data, nello ZIP', indice + 12, 'attributi'],
    ['L’ultimo byte dello ZIP', zip.length - 1, 'ZIP'],
  ]
  return places.map(([nome, at, dice]) => {
    const guasto = Buffer.from(zip)
    guasto[at] = (guasto[at] ?? 0) ^ 1
    writeFileSync(join(folder, 'guasto.zip'), guasto)
    return `${nome}: ${assertScoperto(perito(folder, 'guasto.zip'), dice, nome)}`
  })
}

function assertScoperto({ codice, testo }: { codice: number | null; testo: string }, dice: string, nome: string): string {
  assertVero(codice === 1 && testo.includes('ESITO: NON INTEGRO'), `${nome}: la verifica esce con ${String(codice)}: ${testo}`)
  const riga = testo.split('\n').find((r) => r.startsWith('ERRORE') && r.includes(dice))
  assertVero(riga !== undefined, `${nome}: la verifica non nomina «${dice}»: ${testo}`)
  return String(riga).replace(/^ERRORE\s+/u, '')
}
