import { nuovaRegistrazione } from '../../protocollo/index.ts'
import type { NuovaRegistrazione } from '../../protocollo/index.ts'
import type { Tabella } from '../../kernel/csv.ts'
import type { CampoErrato } from '../../kernel/errors.ts'
import { leggiGiorno } from '../storico/leggi.ts'

/** A row of a mass registration: its own key and either the request it amounts to or everything that is wrong in it. */
export interface RigaSerie {
  readonly riga: number
  readonly chiave: string
  readonly oggetto: string
  readonly input: NuovaRegistrazione | null
  readonly errori: readonly CampoErrato[]
}

/** What the words of the table stand for: codes of voices and offices, names of uploaded files. */
export interface Nomi {
  readonly voci: ReadonlyMap<string, string>
  readonly uffici: ReadonlyMap<string, string>
  readonly file: ReadonlyMap<string, string>
}

/** What only the system assigns: a table that brings it is refused whole (REQ-PROT-021). */
const VIETATE =
  /^(numero|n|num|numero_(di_)?(registrazione|protocollo)|protocollo|n_protocollo|data|ora|(data|ora)_(di_)?(registrazione|protocollo)|impronta|impronte|hash|sha256|algoritmo|segnatura|istante|anno|anno_registro)$/u

export const colonneSerie = [
  'chiave',
  'tipo',
  'oggetto',
  'classificazione',
  'ufficio',
  'ufficio_mittente',
  'per_conoscenza',
  'mezzo',
  'data_arrivo',
  'ora_arrivo',
  'data_documento',
  'protocollo_mittente',
  'data_protocollo_mittente',
  'cognome',
  'nome',
  'denominazione',
  'codice_fiscale',
  'codice_ipa',
  'indirizzo_digitale',
  'tipologia',
  'riservatezza',
  'note',
  'file',
  'allegati',
  'descrizione_cartaceo',
] as const

/** Columns that a table may not have because the system assigns what they hold. */
export function findVietate(colonne: readonly string[]): string[] {
  return colonne.filter((nome) => VIETATE.test(nome))
}

/** Columns that nobody knows: their data would be lost without a word. */
export function findSconosciute(colonne: readonly string[]): string[] {
  return colonne.filter((nome) => !VIETATE.test(nome) && !(colonneSerie as readonly string[]).includes(nome))
}

/** Reads the rows of a table, each with everything that is wrong in it. A key twice is wrong the second time. */
export function leggiSerie(tabella: Tabella, nomi: Nomi): RigaSerie[] {
  const bent = tabella.storte.map((riga): RigaSerie => ({
    riga,
    chiave: '',
    oggetto: '',
    input: null,
    errori: [{ campo: '', messaggio: 'La riga ha un numero di colonne diverso dalla prima.' }],
  }))
  const rows = [...tabella.righe.map(({ riga, valori }) => toRiga(riga, valori, nomi)), ...bent].toSorted((a, b) => a.riga - b.riga)
  const seen = new Map<string, number>()
  return rows.map((row) => {
    const before = seen.get(row.chiave)
    if (row.chiave === '' || before === undefined) {
      seen.set(row.chiave, row.riga)
      return row
    }
    return { ...row, input: null, errori: [...row.errori, { campo: 'chiave', messaggio: `La chiave è già alla riga ${before}.` }] }
  })
}

function toRiga(riga: number, v: Readonly<Record<string, string>>, nomi: Nomi): RigaSerie {
  const errori: CampoErrato[] = []
  const raw = toRichiesta(v, nomi, (campo, messaggio) => void errori.push({ campo, messaggio }))
  const parsed = nuovaRegistrazione.safeParse(raw)
  if (!parsed.success) {
    const told = new Set(errori.map((errore) => errore.campo))
    errori.push(
      ...parsed.error.issues
        .map((issue) => ({ campo: issue.path.join('.'), messaggio: issue.message }))
        .filter((one) => ![...told].some((campo) => one.campo === campo || one.campo.startsWith(`${campo}.`))),
    )
  }
  const chiave = v['chiave'] ?? ''
  if (chiave === '' || chiave.length > 100)
    errori.push({ campo: 'chiave', messaggio: 'Manca la chiave della riga, al massimo 100 caratteri.' })
  return { riga, chiave, oggetto: v['oggetto'] ?? '', errori, input: parsed.success && errori.length === 0 ? parsed.data : null }
}

type Wrong = (campo: string, messaggio: string) => void

function toRichiesta(v: Readonly<Record<string, string>>, nomi: Nomi, wrong: Wrong): Record<string, unknown> {
  const of = (nome: string): string | undefined => (v[nome] === undefined || v[nome] === '' ? undefined : v[nome])
  const named = (map: ReadonlyMap<string, string>, campo: string, name: string | undefined, what: string): string | undefined => {
    if (name === undefined) return undefined
    const id = map.get(name)
    if (id === undefined) wrong(campo, `${what} «${name}» non esiste.`)
    return id
  }
  const day = (campo: string, nome: string): string | undefined => {
    const value = of(nome)
    if (value === undefined) return undefined
    const found = leggiGiorno(value)
    if (found === null) wrong(campo, `La data «${value}» non esiste.`)
    return found ?? undefined
  }
  const list = (nome: string): string[] =>
    (of(nome) ?? '')
      .split('|')
      .map((one) => one.trim())
      .filter((one) => one !== '')
  const tipo = (of('tipo') ?? 'E').toUpperCase().slice(0, 1)
  const file = (name: string, campo: string): Record<string, unknown> | undefined => {
    const contenutoId = named(nomi.file, campo, name, 'Il file')
    return contenutoId === undefined ? undefined : { contenutoId, nome: name }
  }
  const main = of('file')
  const documento = main === undefined ? undefined : file(main, 'documento')
  const ufficioId = named(nomi.uffici, 'assegnazione', of('ufficio'), 'L’ufficio')
  const numero = of('protocollo_mittente')
  return {
    tipo,
    oggetto: of('oggetto'),
    voceId: named(nomi.voci, 'voceId', of('classificazione'), 'La classificazione'),
    mezzo: of('mezzo')
      ?.toUpperCase()
      .replaceAll(/[^A-Z]+/gu, '_'),
    dataDocumento: day('dataDocumento', 'data_documento'),
    tipologia: of('tipologia'),
    riservatezza: of('riservatezza')
      ?.toUpperCase()
      .replaceAll(/[^A-Z]+/gu, '_'),
    note: of('note') ?? '',
    perConoscenza: list('per_conoscenza').flatMap((code) => named(nomi.uffici, 'perConoscenza', code, 'L’ufficio') ?? []),
    allegati: list('allegati').flatMap((name) => file(name, 'allegati') ?? []),
    documento: documento === undefined ? undefined : { ...documento, formazione: 'file' },
    ...(tipo === 'E' && main === undefined ? { scansioneAttesa: true, descrizioneCartaceo: of('descrizione_cartaceo') } : {}),
    ...(tipo === 'E' ? { mittenti: soggetti(of), dataArrivo: arrivo(of, day, wrong) } : {}),
    ...(tipo === 'U' ? { destinatari: soggetti(of) } : {}),
    ...(tipo === 'U' ? {} : { assegnazione: ufficioId === undefined ? undefined : { ufficioId } }),
    ...(tipo === 'E' ? {} : { ufficioMittenteId: named(nomi.uffici, 'ufficioMittenteId', of('ufficio_mittente'), 'L’ufficio') }),
    ...(numero === undefined ? {} : { protocolloMittente: { numero, data: day('protocolloMittente', 'data_protocollo_mittente') } }),
  }
}

type Of = (nome: string) => string | undefined

/** The one correspondent of a row: an administration by its code, a body by its name, a person otherwise; nobody when the row names none. */
function soggetti(of: Of): unknown[] {
  const digital = { indirizzoDigitale: of('indirizzo_digitale') }
  const denominazione = of('denominazione')
  if (of('codice_ipa') !== undefined) return [{ tipo: 'PAI', denominazione, codiceIpa: of('codice_ipa'), ...digital }]
  if (denominazione !== undefined) return [{ tipo: 'PG', denominazione, codiceFiscalePartitaIva: of('codice_fiscale'), ...digital }]
  if (of('cognome') === undefined && of('nome') === undefined) return []
  return [{ tipo: 'PF', cognome: of('cognome'), nome: of('nome'), codiceFiscale: of('codice_fiscale'), ...digital }]
}

/** Day and hour of arrival in Rome as an instant; noon when the hour is not said. */
function arrivo(of: Of, day: (campo: string, nome: string) => string | undefined, wrong: Wrong): string | undefined {
  const giorno = day('dataArrivo', 'data_arrivo')
  const ora = of('ora_arrivo') ?? '12:00'
  if (!/^([01]?\d|2[0-3])[:.][0-5]\d$/u.test(ora)) {
    wrong('dataArrivo', `L’ora «${ora}» non esiste.`)
    return undefined
  }
  return giorno === undefined ? undefined : romeInstant(giorno, ora.replace('.', ':').padStart(5, '0'))
}

/** The instant of a day and hour in Rome. At the two changes of the clock the summer hour is tried first. */
function romeInstant(giorno: string, ora: string): string {
  const shown = (instant: Date): string =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome', dateStyle: 'short', timeStyle: 'short' }).format(instant)
  const summer = new Date(`${giorno}T${ora}:00+02:00`)
  return (shown(summer) === `${giorno} ${ora}` ? summer : new Date(`${giorno}T${ora}:00+01:00`)).toISOString()
}
