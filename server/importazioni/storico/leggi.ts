import type { Tabella } from '../../kernel/csv.ts'

/** A registration of the past as the file says it. */
export interface RigaStorica {
  readonly riga: number
  readonly numero: number
  readonly giorno: string
  readonly ora: string | null
  readonly tipo: 'E' | 'U' | 'I'
  readonly oggetto: string
  readonly mittenti: string
  readonly destinatari: string
  readonly protocolloMittente: string | null
  readonly classificazione: string
  readonly fascicolo: string
  readonly ufficio: string
  readonly riservata: boolean
  readonly annullata: boolean
  readonly annullamento: string
  readonly note: string
  readonly file: readonly { readonly nome: string; readonly impronta: string | null }[]
}

/** What is wrong in a row: the import of the whole file stops on it. */
export interface ErroreRiga {
  readonly riga: number
  readonly campo: string
  readonly messaggio: string
}

export const colonneObbligatorie = ['numero', 'data', 'tipo', 'oggetto'] as const
/** Every column the file may have; a column that is not here is refused, because its data would be lost without a word. */
export const colonneStoriche = [
  ...colonneObbligatorie,
  'ora',
  'mittenti',
  'destinatari',
  'protocollo_mittente',
  'classificazione',
  'fascicolo',
  'ufficio',
  'riservato',
  'annullato',
  'annullamento',
  'note',
  'file',
  'impronte',
] as const

const TIPI: Readonly<Record<string, RigaStorica['tipo']>> = {
  e: 'E',
  entrata: 'E',
  arrivo: 'E',
  u: 'U',
  uscita: 'U',
  partenza: 'U',
  i: 'I',
  interno: 'I',
}
const SI = new Set(['si', 'sì', 's', '1', 'true', 'vero', 'x'])
const NO = new Set(['', 'no', 'n', '0', 'false', 'falso'])

/** `2019-03-07` or `7/3/2019` as a day that exists; null otherwise. */
export function leggiGiorno(value: string): string | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(value)
  const italian = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/u.exec(value)
  const [y, m, d] = iso !== null ? [iso[1], iso[2], iso[3]] : italian !== null ? [italian[3], italian[2], italian[1]] : []
  if (y === undefined || m === undefined || d === undefined) return null
  const day = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  const instant = new Date(`${day}T12:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day) ? day : null
}

/** Reads the rows of a register of `anno`. A row with an error is not among the rows; every error of every row is told. */
export function leggiRighe(tabella: Tabella, anno: number): { righe: RigaStorica[]; errori: ErroreRiga[] } {
  const errori: ErroreRiga[] = [
    ...colonneObbligatorie
      .filter((nome) => !tabella.colonne.includes(nome))
      .map((nome) => ({ riga: 1, campo: nome, messaggio: `Manca la colonna ${nome}.` })),
    ...tabella.colonne
      .filter((nome) => !(colonneStoriche as readonly string[]).includes(nome))
      .map((nome) => ({ riga: 1, campo: nome, messaggio: `La colonna ${nome} non si riconosce: i suoi dati andrebbero perduti.` })),
    ...tabella.storte.map((riga) => ({ riga, campo: '', messaggio: 'La riga ha un numero di colonne diverso dalla prima.' })),
  ]
  const righe: RigaStorica[] = []
  if (errori.some((errore) => errore.riga === 1)) return { righe, errori }
  for (const row of tabella.righe) {
    const found = leggiRiga(row.riga, row.valori, anno)
    if ('errori' in found) errori.push(...found.errori)
    else righe.push(found)
  }
  return { righe, errori }
}

function leggiRiga(riga: number, v: Readonly<Record<string, string>>, anno: number): RigaStorica | { errori: ErroreRiga[] } {
  const errori: ErroreRiga[] = []
  const wrong = (campo: string, messaggio: string): void => void errori.push({ riga, campo, messaggio })
  const of = (nome: string): string => v[nome] ?? ''
  const numero = /^\d{1,9}$/u.test(of('numero')) ? Number(of('numero')) : 0
  if (numero < 1) wrong('numero', `Il numero «${of('numero')}» non è un numero di protocollo.`)
  const giorno = leggiGiorno(of('data'))
  if (giorno === null) wrong('data', `La data «${of('data')}» non esiste.`)
  else if (Number(giorno.slice(0, 4)) !== anno) wrong('data', `La data ${of('data')} non è dell’anno ${anno}.`)
  const ora = of('ora') === '' ? null : of('ora')
  if (ora !== null && !/^([01]?\d|2[0-3])[:.][0-5]\d([:.][0-5]\d)?$/u.test(ora)) wrong('ora', `L’ora «${ora}» non esiste.`)
  const tipo = TIPI[of('tipo').toLowerCase()]
  if (tipo === undefined) wrong('tipo', `Il tipo «${of('tipo')}» non è entrata, uscita o interno.`)
  if (of('oggetto') === '') wrong('oggetto', 'Manca l’oggetto.')
  const flag = (nome: string): boolean => {
    const value = of(nome).toLowerCase()
    if (!SI.has(value) && !NO.has(value)) wrong(nome, `«${of(nome)}» non è sì o no.`)
    return SI.has(value)
  }
  const [riservata, annullata] = [flag('riservato'), flag('annullato')]
  const names = of('file')
    .split('|')
    .map((nome) => nome.trim())
    .filter((nome) => nome !== '')
  const digests = of('impronte')
    .split('|')
    .map((one) => one.trim())
  if (of('impronte') !== '' && digests.length !== names.length) wrong('impronte', 'Le impronte non sono tante quanti i file.')
  if (errori.length > 0 || giorno === null || tipo === undefined) return { errori }
  return {
    riga,
    numero,
    giorno,
    ora: ora === null ? null : ora.replaceAll('.', ':').padStart(ora.length === 4 || ora.length === 7 ? ora.length + 1 : ora.length, '0'),
    tipo,
    oggetto: of('oggetto'),
    mittenti: of('mittenti'),
    destinatari: of('destinatari'),
    protocolloMittente: of('protocollo_mittente') === '' ? null : of('protocollo_mittente'),
    classificazione: of('classificazione'),
    fascicolo: of('fascicolo'),
    ufficio: of('ufficio'),
    riservata,
    annullata,
    annullamento: of('annullamento'),
    note: of('note'),
    file: names.map((nome, index) => ({ nome, impronta: (digests[index] ?? '') === '' ? null : (digests[index] ?? '') })),
  }
}
