import { DECORRENZE, type Decorrenza, type Regola } from './conservazione.ts'
import { joinCsv, splitCsv, type RigaCsv } from './csv.ts'

/** Columns of the file of a piano di conservazione; `codice` is mandatory, an empty type stands for all. */
export const COLONNE_PIANO = ['codice', 'tipologia', 'tipo_fascicolo', 'anni', 'condizione', 'decorrenza', 'sfoltimento'] as const
export type ColonnaPiano = (typeof COLONNE_PIANO)[number]

/** A rule with the voice it is of. */
export interface RegolaVoce extends Regola {
  readonly codice: string
}

/** One remark on a file. Errors forbid the import, warnings do not. */
export interface RilievoPiano {
  readonly gravita: 'errore' | 'avviso'
  readonly riga: number
  readonly colonna?: ColonnaPiano
  readonly messaggio: string
}

export interface RapportoPiano {
  readonly valido: boolean
  readonly rilievi: readonly RilievoPiano[]
  readonly regole: readonly RegolaVoce[]
}

/** What a file may name. */
export interface NomiPiano {
  readonly codici: ReadonlySet<string>
  readonly tipologie: readonly string[]
  readonly tipiFascicolo: readonly string[]
}

/** Reads a piano di conservazione and says everything that is wrong with it at once, with the number of the line. Never throws for faulty content. */
export function parsePianoCsv(text: string, nomi: NomiPiano): RapportoPiano {
  const rilievi: RilievoPiano[] = []
  const add = (gravita: 'errore' | 'avviso', riga: number, messaggio: string, colonna?: ColonnaPiano): void =>
    void rilievi.push({ gravita, riga, messaggio, ...(colonna === undefined ? {} : { colonna }) })
  let rows: RigaCsv[]
  try {
    rows = splitCsv(text)
  } catch (error) {
    return {
      valido: false,
      regole: [],
      rilievi: [{ gravita: 'errore', riga: 0, messaggio: `Il file non si può leggere: ${(error as Error).message}.` }],
    }
  }
  const [header, ...body] = rows
  if (header === undefined)
    return { valido: false, regole: [], rilievi: [{ gravita: 'errore', riga: 0, messaggio: 'Il file non contiene righe.' }] }
  const columns = new Map(header.campi.map((name, index) => [name.trim().toLowerCase(), index]))
  if (!columns.has('codice')) add('errore', header.riga, 'Manca la colonna «codice».', 'codice')
  for (const name of columns.keys())
    if (!(COLONNE_PIANO as readonly string[]).includes(name))
      add('avviso', header.riga, `La colonna «${name}» non è prevista e non viene letta.`)
  const seen = new Map<string, number>()
  const regole = rilievi.some((r) => r.gravita === 'errore')
    ? []
    : body.map((row) => readRule(row, (c) => row.campi[columns.get(c) ?? -1]?.trim() ?? '', nomi, seen, add))
  if (body.length === 0) add('errore', header.riga, 'Il file non contiene regole.')
  rilievi.sort((left, right) => left.riga - right.riga)
  const valido = rilievi.every((r) => r.gravita !== 'errore')
  return { valido, rilievi, regole: valido ? regole : [] }
}

function readRule(
  { riga }: RigaCsv,
  field: (colonna: ColonnaPiano) => string,
  nomi: NomiPiano,
  seen: Map<string, number>,
  add: (gravita: 'errore' | 'avviso', riga: number, messaggio: string, colonna?: ColonnaPiano) => void,
): RegolaVoce {
  const codice = field('codice')
  if (!nomi.codici.has(codice)) add('errore', riga, `«${codice}» non è una voce di questo titolario.`, 'codice')
  const tipologia = nameOf(field('tipologia'), nomi.tipologie, (v) =>
    add('avviso', riga, `Nessun documento ha finora la tipologia «${v}»: controlla come è scritta.`, 'tipologia'),
  )
  const tipoFascicolo = nameOf(field('tipo_fascicolo'), nomi.tipiFascicolo, (v) =>
    add('errore', riga, `«${v}» non è un tipo di fascicolo: ${nomi.tipiFascicolo.join(', ')}.`, 'tipo_fascicolo'),
  )
  const years = field('anni').toLowerCase()
  const anni = years === '' ? null : years === 'permanente' || years === 'illimitato' ? 9999 : Number(years)
  if (anni !== null && (!Number.isInteger(anni) || anni < 1 || anni > 9999))
    add('errore', riga, `«${field('anni')}» non è un tempo: scrivi gli anni oppure «permanente».`, 'anni')
  const condizione = field('condizione') === '' ? null : field('condizione')
  if (anni === null && condizione === null) add('errore', riga, 'La regola non dice né gli anni né una condizione.', 'anni')
  const decorrenza = field('decorrenza') === '' ? 'chiusura' : field('decorrenza').toLowerCase()
  if (!(DECORRENZE as readonly string[]).includes(decorrenza))
    add('errore', riga, `«${decorrenza}» non è una decorrenza: scrivi «chiusura» o «documento».`, 'decorrenza')
  const thinning = field('sfoltimento').toLowerCase()
  if (!['', 'si', 'sì', 'no'].includes(thinning)) add('errore', riga, '«sfoltimento» si scrive «si» o «no».', 'sfoltimento')
  const key = [codice, tipologia ?? '', tipoFascicolo ?? ''].join('|')
  const earlier = seen.get(key)
  if (earlier !== undefined) add('errore', riga, `La stessa regola è già alla riga ${earlier}.`, 'codice')
  else seen.set(key, riga)
  return {
    codice,
    tipologia,
    tipoFascicolo,
    anni,
    condizione,
    decorrenza: decorrenza as Decorrenza,
    sfoltimento: thinning === 'si' || thinning === 'sì',
  }
}

function nameOf(value: string, known: readonly string[], refuse: (value: string) => void): string | null {
  if (value === '') return null
  const found = known.find((name) => name.toLocaleLowerCase('it') === value.toLocaleLowerCase('it'))
  if (found === undefined) refuse(value)
  return found ?? value
}

/** The same layout out again: what `parsePianoCsv` reads back into equal rules. */
export function writePianoCsv(regole: readonly RegolaVoce[]): string {
  return joinCsv([
    [...COLONNE_PIANO],
    ...regole.map((r) => [
      r.codice,
      r.tipologia ?? '',
      r.tipoFascicolo ?? '',
      r.anni === null ? '' : r.anni === 9999 ? 'permanente' : String(r.anni),
      r.condizione ?? '',
      r.decorrenza,
      r.sfoltimento ? 'si' : 'no',
    ]),
  ])
}
