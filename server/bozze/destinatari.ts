import { TabellaIlleggibile, nomeColonna, readTabella } from '../kernel/csv.ts'
import type { CampoErrato } from '../kernel/errors.ts'
import { destinatarioIn, soggettoErrors } from '../protocollo/index.ts'
import type { DestinatarioIn } from '../protocollo/index.ts'

/** One addressee of a pasted list or a CSV, checked: either good, or with everything that is wrong. */
export interface RigaDestinatario {
  /** Line of the text. */
  readonly riga: number
  readonly destinatario: DestinatarioIn | null
  /** How it is shown, good or not. */
  readonly nome: string
  /** Columns that are not of an addressee: the row's own fields in a letter to many. */
  readonly valori: Readonly<Record<string, string>>
  readonly errori: readonly CampoErrato[]
}

const COLUMNS: Readonly<Record<string, string>> = {
  tipo: 'tipo',
  nome: 'nome',
  cognome: 'cognome',
  denominazione: 'denominazione',
  ragione_sociale: 'denominazione',
  codice_fiscale: 'codiceFiscale',
  partita_iva: 'codiceFiscale',
  cf: 'codiceFiscale',
  codice_ipa: 'codiceIpa',
  codice_aoo: 'codiceAoo',
  indirizzo_digitale: 'indirizzoDigitale',
  pec: 'indirizzoDigitale',
  email: 'indirizzoDigitale',
  per_conoscenza: 'perConoscenza',
  mezzo: 'canale',
  canale: 'canale',
}
const SI = new Set(['si', 'sì', 's', '1', 'x', 'vero'])

/**
 * Reads addressees from what was pasted: a table with a header of ours, or one for each line as `Cognome Nome; indirizzo` or `Ente <indirizzo>`. Every row
 * is told with everything that is wrong in it; the same addressee twice is wrong the second time. Throws TabellaIlleggibile for a broken table.
 */
export function leggiDestinatari(testo: string): RigaDestinatario[] {
  const source = testo.replace(/^\uFEFF/u, '').trim()
  if (source === '') throw new TabellaIlleggibile('Non c’è nessun destinatario: incolla l’elenco o carica il file.')
  const first = source.slice(0, source.search(/\r?\n|$/u))
  const header = first.split(/[;,\t]/u).map(nomeColonna)
  const rows = header.some((nome) => COLUMNS[nome] !== undefined) ? fromTable(source) : fromLines(source)
  return markDoubles(rows)
}

function fromTable(source: string): RigaDestinatario[] {
  const { righe, storte } = readTabella(source)
  const read = righe.map(({ riga, valori }) => {
    const known: Record<string, string> = {}
    const own: Record<string, string> = {}
    for (const [nome, valore] of Object.entries(valori)) {
      const campo = COLUMNS[nome]
      if (campo === undefined) own[nome] = valore
      else if (valore !== '') known[campo] = valore
    }
    return check(riga, known, own)
  })
  const bent = storte.map((riga): RigaDestinatario => ({
    riga,
    destinatario: null,
    nome: '',
    valori: {},
    errori: [{ campo: '', messaggio: 'La riga ha un numero di colonne diverso dalla prima.' }],
  }))
  return [...read, ...bent].toSorted((a, b) => a.riga - b.riga)
}

function fromLines(source: string): RigaDestinatario[] {
  return source.split(/\r?\n/u).flatMap((line, index) => {
    if (line.trim() === '') return []
    const angle = /^(.*?)\s*<([^<>]+)>\s*$/u.exec(line)
    const [who = '', address = ''] = angle === null ? line.split(/[;\t]/u).map((part) => part.trim()) : [angle[1], angle[2]]
    const words = who.trim().split(/\s+/u)
    // Two words are taken for a person, surname first; anything else is the name of a body.
    const person = words.length === 2 && !/\b(spa|srl|snc|sas|onlus|comune|provincia|regione|ministero|asl|inps)\b/iu.test(who)
    const named: Record<string, string> = person ? { cognome: words[0] ?? '', nome: words[1] ?? '' } : { denominazione: who.trim() }
    return [check(index + 1, { ...named, ...(address === '' ? {} : { indirizzoDigitale: address }) }, {})]
  })
}

function check(riga: number, known: Readonly<Record<string, string>>, valori: Readonly<Record<string, string>>): RigaDestinatario {
  const tipo = (known['tipo'] ?? guessTipo(known)).toUpperCase()
  const nome = (known['denominazione'] ?? `${known['cognome'] ?? ''} ${known['nome'] ?? ''}`).trim()
  const errori: CampoErrato[] = []
  const canale = known['canale']?.toUpperCase().replaceAll(/[^A-Z]+/gu, '_')
  const parsed = destinatarioIn.safeParse({
    tipo,
    nome: known['nome'],
    cognome: known['cognome'],
    denominazione: known['denominazione'],
    codiceIpa: known['codiceIpa'],
    codiceAoo: known['codiceAoo'],
    ...(tipo === 'PG' ? { codiceFiscalePartitaIva: known['codiceFiscale'] } : { codiceFiscale: known['codiceFiscale'] }),
    indirizzoDigitale: known['indirizzoDigitale'],
    ...(known['perConoscenza'] === undefined ? {} : { perConoscenza: SI.has(known['perConoscenza'].toLowerCase()) }),
    ...(canale === undefined ? {} : { canale }),
  })
  if (!parsed.success) errori.push(...parsed.error.issues.map((issue) => ({ campo: issue.path.join('.'), messaggio: issue.message })))
  else errori.push(...soggettoErrors(parsed.data, '').map((one) => ({ ...one, campo: one.campo.replace(/^\./u, '') })))
  const address = known['indirizzoDigitale']
  if (address !== undefined && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/u.test(address))
    errori.push({ campo: 'indirizzoDigitale', messaggio: `L’indirizzo «${address}» non è scritto bene.` })
  return { riga, nome, valori, errori, destinatario: parsed.success && errori.length === 0 ? parsed.data : null }
}

function guessTipo(known: Readonly<Record<string, string>>): string {
  if (known['codiceIpa'] !== undefined) return 'PAI'
  return known['denominazione'] === undefined ? 'PF' : 'PG'
}

function markDoubles(rows: readonly RigaDestinatario[]): RigaDestinatario[] {
  const seen = new Map<string, number>()
  return rows.map((row) => {
    if (row.destinatario === null) return row
    const key = JSON.stringify(row.destinatario).toLowerCase()
    const before = seen.get(key)
    if (before === undefined) {
      seen.set(key, row.riga)
      return row
    }
    const messaggio = `È lo stesso destinatario della riga ${before}.`
    return { ...row, destinatario: null, errori: [...row.errori, { campo: '', messaggio }] }
  })
}
