import type { ErroreRiga, RigaStorica } from './leggi.ts'

/** Most findings of one kind that a report lists; beyond it only their number is told. */
const MAX_ELENCO = 2000

/** What comes out of comparing the file with itself and with the files it names. `errori` stop the import; the rest must be accepted with a reason. */
export interface Rapporto {
  readonly righe: number
  readonly primo: number
  readonly ultimo: number
  readonly perTipo: { readonly E: number; readonly U: number; readonly I: number }
  readonly annullate: number
  readonly riservate: number
  readonly file: number
  readonly errori: readonly ErroreRiga[]
  readonly quantiErrori: number
  /** Numbers that are not there between 1 and the last. */
  readonly buchi: readonly { readonly da: number; readonly a: number }[]
  readonly quantiNumeriMancanti: number
  readonly fileMancanti: readonly { readonly riga: number; readonly numero: number; readonly nome: string }[]
  readonly quantiFileMancanti: number
  readonly impronteDiverse: readonly {
    readonly riga: number
    readonly numero: number
    readonly nome: string
    readonly dichiarata: string
    readonly calcolata: string
  }[]
  readonly quanteImpronteDiverse: number
  /** Numbers whose day comes before that of the number before. */
  readonly disordini: readonly { readonly numero: number; readonly giorno: string; readonly precedente: string }[]
  readonly quantiDisordini: number
  /** Files of the archive that no row names. */
  readonly fileNonCitati: readonly string[]
  readonly quantiFileNonCitati: number
  /** Codes of offices that are none of ours: those rows are read only by who sees everything. */
  readonly ufficiSconosciuti: readonly string[]
  readonly importabile: boolean
  /** There are findings that somebody must answer for. */
  readonly daAccettare: boolean
}

/**
 * Reconciles the rows of a past register: every number once, its gaps, its order, the files and their digests. `archivio` holds the SHA-256 of each file of
 * the archive by name, `uffici` the codes of the offices. The same input gives the same report: the real run repeats it and compares.
 */
export function riconcilia(
  letto: { readonly righe: readonly RigaStorica[]; readonly errori: readonly ErroreRiga[] },
  archivio: ReadonlyMap<string, string>,
  uffici: ReadonlySet<string>,
): Rapporto {
  const { righe } = letto
  const errori = [...letto.errori, ...doubles(righe)].toSorted((a, b) => a.riga - b.riga)
  const numeri = righe.map((riga) => riga.numero).toSorted((a, b) => a - b)
  const buchi = gaps(numeri)
  const files = righe.flatMap((riga) => riga.file.map((file) => ({ riga: riga.riga, numero: riga.numero, ...file })))
  const fileMancanti = files.filter((file) => !archivio.has(file.nome)).map(({ riga, numero, nome }) => ({ riga, numero, nome }))
  const impronteDiverse = files.flatMap(({ riga, numero, nome, impronta }) => {
    const calcolata = archivio.get(nome)
    return impronta === null || calcolata === undefined || isSame(impronta, calcolata)
      ? []
      : [{ riga, numero, nome, dichiarata: impronta, calcolata }]
  })
  const disordini = disorders(righe)
  const named = new Set(files.map((file) => file.nome))
  const fileNonCitati = [...archivio.keys()].filter((nome) => !named.has(nome)).toSorted()
  const ufficiSconosciuti = [...new Set(righe.map((riga) => riga.ufficio).filter((code) => code !== '' && !uffici.has(code)))].toSorted()
  const few = <T>(list: readonly T[]): T[] => list.slice(0, MAX_ELENCO)
  return {
    righe: righe.length,
    primo: numeri[0] ?? 0,
    ultimo: numeri.at(-1) ?? 0,
    perTipo: { E: count(righe, 'E'), U: count(righe, 'U'), I: count(righe, 'I') },
    annullate: righe.filter((riga) => riga.annullata).length,
    riservate: righe.filter((riga) => riga.riservata).length,
    file: files.length,
    errori: few(errori),
    quantiErrori: errori.length,
    buchi: few(buchi),
    quantiNumeriMancanti: buchi.reduce((sum, gap) => sum + gap.a - gap.da + 1, 0),
    fileMancanti: few(fileMancanti),
    quantiFileMancanti: fileMancanti.length,
    impronteDiverse: few(impronteDiverse),
    quanteImpronteDiverse: impronteDiverse.length,
    disordini: few(disordini),
    quantiDisordini: disordini.length,
    fileNonCitati: few(fileNonCitati),
    quantiFileNonCitati: fileNonCitati.length,
    ufficiSconosciuti: few(ufficiSconosciuti),
    importabile: errori.length === 0 && righe.length > 0,
    daAccettare:
      buchi.length + fileMancanti.length + impronteDiverse.length + disordini.length + fileNonCitati.length + ufficiSconosciuti.length > 0,
  }
}

const count = (righe: readonly RigaStorica[], tipo: string): number => righe.filter((riga) => riga.tipo === tipo).length

function doubles(righe: readonly RigaStorica[]): ErroreRiga[] {
  const first = new Map<number, number>()
  return righe.flatMap(({ numero, riga }) => {
    const before = first.get(numero)
    if (before === undefined) first.set(numero, riga)
    return before === undefined ? [] : [{ riga, campo: 'numero', messaggio: `Il numero ${numero} è già alla riga ${before}.` }]
  })
}

/** Numbers missing between 1 and the last; `numeri` in order. */
function gaps(numeri: readonly number[]): { da: number; a: number }[] {
  const found: { da: number; a: number }[] = []
  let expected = 1
  for (const numero of numeri) {
    if (numero > expected) found.push({ da: expected, a: numero - 1 })
    expected = Math.max(expected, numero + 1)
  }
  return found
}

function disorders(righe: readonly RigaStorica[]): Rapporto['disordini'] {
  const ordered = righe.toSorted((a, b) => a.numero - b.numero)
  let latest = ''
  return ordered.flatMap(({ numero, giorno }) => {
    const precedente = latest
    if (giorno > latest) latest = giorno
    return giorno < precedente ? [{ numero, giorno, precedente }] : []
  })
}

/** A declared digest may be hexadecimal or base64. */
function isSame(dichiarata: string, calcolata: string): boolean {
  return dichiarata.toLowerCase() === calcolata || dichiarata === Buffer.from(calcolata, 'hex').toString('base64')
}
