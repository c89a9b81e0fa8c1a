import { LIVELLI_MASSIMI, parseCodice } from './codici.ts'
import { joinCsv, splitCsv, type RigaCsv } from './csv.ts'
import {
  buildTitolario,
  codicePadreOf,
  CONSERVAZIONE_PERMANENTE,
  LIVELLI_ACCESSO,
  LIVELLI_COMUNI,
  TIPI_FASCICOLO,
  type AiutiVoce,
  type DatiVoce,
  type Livello,
  type Titolario,
} from './modello.ts'

/** Columns of our file. The first four are mandatory; level and parent say again what the code says, and are checked against it. */
export const COLONNE = ['codice', 'denominazione', 'livello', 'padre', 'parole_chiave', 'conservazione_anni'] as const
/** Columns of what a voice carries besides (REQ-TIT-009): written only when some voice has them. Lists are parted by `|`. */
export const COLONNE_AIUTI = ['descrizione', 'note_uso', 'esempi', 'tipi_fascicolo', 'sottoclasse_obbligatoria', 'accesso'] as const
const known = [...COLONNE, ...COLONNE_AIUTI] as const
export type Colonna = (typeof known)[number]
const mandatory: readonly Colonna[] = ['codice', 'denominazione', 'livello', 'padre']

/** One remark of the validator, in words for the records manager. Errors forbid the import, warnings do not. */
export interface Rilievo {
  readonly gravita: 'errore' | 'avviso'
  readonly riga: number
  readonly colonna?: Colonna
  readonly codice: string
  readonly messaggio: string
}

export interface RapportoImportazione {
  readonly valido: boolean
  readonly rilievi: readonly Rilievo[]
  /** How many voices of each level were read; index 0 is level 1. */
  readonly perLivello: readonly number[]
  /** Present only when valid. */
  readonly titolario: Titolario | null
}

interface Read {
  readonly riga: number
  readonly dati: DatiVoce
  readonly numeri: readonly number[]
}

/**
 * Reads a plan of classification from CSV and says everything that is wrong with it at once, row by row. Never throws for faulty content.
 */
export function parseTitolarioCsv(text: string, livelli: readonly Livello[] = LIVELLI_COMUNI): RapportoImportazione {
  const rilievi: Rilievo[] = []
  let rows: RigaCsv[]
  try {
    rows = splitCsv(text)
  } catch (error) {
    return failed([
      { gravita: 'errore', riga: 0, codice: 'csv-illeggibile', messaggio: `Il file non si può leggere: ${(error as Error).message}.` },
    ])
  }
  const [header, ...body] = rows
  if (header === undefined) return failed([{ gravita: 'errore', riga: 0, codice: 'file-vuoto', messaggio: 'Il file non contiene righe.' }])
  const columns = readHeader(header, rilievi)
  if (columns === null) return failed(rilievi)
  const read = body.map((row) => readRow(row, columns, Math.min(livelli.length, LIVELLI_MASSIMI), rilievi)).filter((voce) => voce !== null)
  checkTree(read, rilievi)
  const perLivello = livelli.map(({ livello }) => read.filter((voce) => voce.numeri.length === livello).length)
  if (read.length === 0)
    rilievi.push({ gravita: 'errore', riga: header.riga, codice: 'nessuna-voce', messaggio: 'Il file non contiene voci.' })
  rilievi.sort((left, right) => left.riga - right.riga)
  const valido = rilievi.every((rilievo) => rilievo.gravita !== 'errore')
  const titolario = valido
    ? buildTitolario(
        read.map((voce) => voce.dati),
        livelli,
      )
    : null
  return { valido, rilievi, perLivello, titolario }
}

/** The same layout out again: what `parseTitolarioCsv` reads back into an equal plan. */
export function writeTitolarioCsv(titolario: Titolario): string {
  const full = titolario.voci.some((voce) => voce.aiuti !== undefined)
  const rows = titolario.voci.map((voce) => [
    voce.codice,
    voce.denominazione,
    String(voce.livello),
    voce.codicePadre ?? '',
    voce.paroleChiave.join(', '),
    voce.conservazioneAnni === null ? '' : String(voce.conservazioneAnni),
    ...(full ? writeAiuti(voce.aiuti) : []),
  ])
  return joinCsv([full ? [...known] : [...COLONNE], ...rows])
}

function writeAiuti(a: AiutiVoce | undefined): string[] {
  if (a === undefined) return COLONNE_AIUTI.map(() => '')
  const { descrizione, noteUso, esempi, tipiFascicolo, sottoclasseObbligatoria, accessoPredefinito } = a
  return [
    descrizione,
    noteUso,
    esempi.join(' | '),
    tipiFascicolo.join(' | '),
    sottoclasseObbligatoria ? 'si' : 'no',
    accessoPredefinito ?? '',
  ]
}

const failed = (rilievi: readonly Rilievo[]): RapportoImportazione => ({ valido: false, rilievi, perLivello: [], titolario: null })

function readHeader(header: RigaCsv, rilievi: Rilievo[]): ReadonlyMap<Colonna, number> | null {
  const columns = new Map<Colonna, number>()
  for (const [index, name] of header.campi.entries()) {
    const colonna = known.find((one) => one === name.trim().toLowerCase())
    if (colonna !== undefined) columns.set(colonna, index)
    else {
      const messaggio = `La colonna «${name.trim()}» non è prevista e non viene letta.`
      rilievi.push({ gravita: 'avviso', riga: header.riga, codice: 'colonna-non-prevista', messaggio })
    }
  }
  const missing = mandatory.filter((colonna) => !columns.has(colonna))
  for (const colonna of missing) {
    rilievi.push({ gravita: 'errore', riga: header.riga, colonna, codice: 'colonna-mancante', messaggio: `Manca la colonna «${colonna}».` })
  }
  return missing.length === 0 ? columns : null
}

function readRow(row: RigaCsv, columns: ReadonlyMap<Colonna, number>, depth: number, rilievi: Rilievo[]): Read | null {
  const field = (colonna: Colonna): string => row.campi[columns.get(colonna) ?? -1]?.trim() ?? ''
  const error = (colonna: Colonna, codice: string, messaggio: string): void => {
    rilievi.push({ gravita: 'errore', riga: row.riga, colonna, codice, messaggio })
  }
  const codice = field('codice')
  const numeri = parseCodice(codice)
  if (numeri === null) {
    error(
      'codice',
      'codice-non-valido',
      `«${codice}» non è un codice: si scrive titolo in numeri romani, poi barra e numeri, per esempio VI/3/1.`,
    )
    return null
  }
  if (numeri.length > depth)
    error('codice', 'livello-eccessivo', `«${codice}» ha ${numeri.length} livelli: il titolario ne prevede ${depth}.`)
  if (field('livello') !== String(numeri.length)) {
    error('livello', 'livello-incoerente', `Il codice «${codice}» è di livello ${numeri.length}, la riga dice «${field('livello')}».`)
  }
  const codicePadre = codicePadreOf(codice) ?? ''
  if (field('padre') !== codicePadre)
    error('padre', 'padre-incoerente', `Il padre di «${codice}» è «${codicePadre}», la riga dice «${field('padre')}».`)
  const denominazione = field('denominazione')
  if (denominazione === '') error('denominazione', 'denominazione-mancante', `La voce «${codice}» non ha denominazione.`)
  if (denominazione.length > 500) error('denominazione', 'denominazione-lunga', `La denominazione di «${codice}» supera 500 caratteri.`)
  const anni = field('conservazione_anni')
  if (anni !== '' && !isConservazione(anni)) {
    const messaggio = `«${anni}» non è un tempo di conservazione: si scrivono gli anni, ${CONSERVAZIONE_PERMANENTE} per permanente, niente se da definire.`
    error('conservazione_anni', 'conservazione-non-valida', messaggio)
  }
  const paroleChiave = field('parole_chiave')
    .split(',')
    .map((parola) => parola.trim())
    .filter((parola) => parola !== '')
  const dati = { codice, denominazione, paroleChiave, conservazioneAnni: anni === '' ? null : Number(anni) }
  const aiuti = COLONNE_AIUTI.some((colonna) => columns.has(colonna)) ? readAiuti(field, error) : undefined
  return { riga: row.riga, numeri, dati: aiuti === undefined ? dati : { ...dati, aiuti } }
}

function readAiuti(field: (colonna: Colonna) => string, error: (colonna: Colonna, codice: string, messaggio: string) => void): AiutiVoce {
  const list = (colonna: Colonna): string[] =>
    field(colonna)
      .split('|')
      .map((part) => part.trim())
      .filter((part) => part !== '')
  const tipiFascicolo = list('tipi_fascicolo')
  for (const tipo of tipiFascicolo) {
    if (!(TIPI_FASCICOLO as readonly string[]).includes(tipo))
      error('tipi_fascicolo', 'tipo-fascicolo-sconosciuto', `«${tipo}» non è un tipo di fascicolo: ${TIPI_FASCICOLO.join(', ')}.`)
  }
  const mandatory = field('sottoclasse_obbligatoria').toLowerCase()
  if (!['', 'si', 'sì', 'no'].includes(mandatory))
    error('sottoclasse_obbligatoria', 'si-no', `«${mandatory}» non si capisce: scrivi «si» o «no».`)
  const accesso = field('accesso').toUpperCase()
  if (!['', ...LIVELLI_ACCESSO].includes(accesso))
    error('accesso', 'accesso-sconosciuto', `«${accesso}» non è un livello di accesso: ${LIVELLI_ACCESSO.join(', ')}.`)
  return {
    descrizione: field('descrizione'),
    noteUso: field('note_uso'),
    esempi: list('esempi'),
    tipiFascicolo,
    sottoclasseObbligatoria: mandatory !== 'no',
    accessoPredefinito: accesso === '' ? null : accesso,
  }
}

const isConservazione = (text: string): boolean => /^[1-9][0-9]{0,3}$/.test(text)

/** Faults that only the whole shows: repeated codes, missing parents, holes in the numbers, equal names side by side. */
function checkTree(read: readonly Read[], rilievi: Rilievo[]): void {
  const first = new Map<string, number>()
  for (const { riga, dati } of read) {
    const earlier = first.get(dati.codice)
    if (earlier === undefined) first.set(dati.codice, riga)
    else {
      const messaggio = `«${dati.codice}» è già alla riga ${earlier}.`
      rilievi.push({ gravita: 'errore', riga, colonna: 'codice', codice: 'codice-ripetuto', messaggio })
    }
  }
  for (const { riga, dati } of read) {
    const codicePadre = codicePadreOf(dati.codice)
    if (codicePadre !== null && !first.has(codicePadre)) {
      const messaggio = `«${dati.codice}» sta sotto «${codicePadre}», che non c’è.`
      rilievi.push({ gravita: 'errore', riga, colonna: 'padre', codice: 'padre-assente', messaggio })
    }
  }
  for (const siblings of Map.groupBy(read, (voce) => codicePadreOf(voce.dati.codice)).values()) checkSiblings(siblings, rilievi)
}

function checkSiblings(siblings: readonly Read[], rilievi: Rilievo[]): void {
  const ordered = [...siblings].sort((left, right) => lastOf(left) - lastOf(right))
  let expected = 1
  for (const voce of ordered) {
    if (lastOf(voce) > expected) {
      const messaggio = `Prima di «${voce.dati.codice}» la numerazione salta.`
      rilievi.push({ gravita: 'avviso', riga: voce.riga, colonna: 'codice', codice: 'numerazione-interrotta', messaggio })
    }
    expected = lastOf(voce) + 1
  }
  const names = new Map<string, string>()
  for (const { riga, dati } of siblings) {
    const name = dati.denominazione.toLocaleLowerCase('it')
    const twin = names.get(name)
    if (twin !== undefined && twin !== dati.codice) {
      const messaggio = `«${dati.codice}» ha la stessa denominazione di «${twin}».`
      rilievi.push({ gravita: 'avviso', riga, colonna: 'denominazione', codice: 'denominazione-ripetuta', messaggio })
    }
    names.set(name, dati.codice)
  }
}

const lastOf = (voce: Read): number => voce.numeri.at(-1) ?? 0
