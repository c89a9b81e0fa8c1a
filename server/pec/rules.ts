import { addDays } from '../kernel/time.ts'
import type { SoggettoDto } from '../protocollo/index.ts'
import type { Controllo, Daticert, FatturaRiconosciuta, Messaggio, RuoloParte, VerificaFirma } from './busta/index.ts'

export const stati = ['da_protocollare', 'registrato', 'ricevuta', 'quarantena', 'scartato', 'unito', 'restituito'] as const
export type StatoMessaggio = (typeof stati)[number]

/** `tutti` is everything that waits; `in-ritardo` what should have been registered on its working day of arrival (REQ-PROT-075). */
export const visteMessaggi = ['tutti', 'pec', 'email', 'in-ritardo', 'per-me', 'quarantena', 'scartati', 'uniti'] as const
export type VistaMessaggi = (typeof visteMessaggi)[number]

/** Heads under which an incoming item may be left out of the register (TUDA art. 53 c. 5; REQ-PROT-012). Closed list: manuals cannot add heads. */
export const vociEsclusione = [
  'gazzette ufficiali',
  'bollettini ufficiali e notiziari della pubblica amministrazione',
  'note di ricezione di circolari e altre disposizioni',
  'materiali statistici',
  'atti preparatori interni',
  'giornali',
  'riviste',
  'libri',
  'materiali pubblicitari',
  'inviti a manifestazioni',
  'documenti già soggetti a registrazione particolare',
] as const

/** What an ente may do with what is meant for another administration (REQ-PROT-018). */
export const scelteNonCompetenza = ['registra_e_inoltra', 'restituisci'] as const
export type SceltaNonCompetenza = (typeof scelteNonCompetenza)[number]

const ISTANZE =
  /\b(?:istanz[ae]|domand[ae] (?:di|per)|dichiarazion[ei]|autocertificazione|autodichiarazione|scia|cila|segnalazione certificata|denuncia|ricorso|reclamo)\b/iu

/**
 * True for what presents itself as an istanza, a dichiarazione or a segnalazione and brings a document: by law it is always registered, therefore it is not
 * left out by anybody (CAD 65; L. 241 art. 18-bis; REQ-PROT-011). A doubt costs a number, its opposite a right.
 */
export function isIstanza(m: { oggetto: string; parti: readonly { ruolo: string; inLinea: boolean }[] }): boolean {
  return ISTANZE.test(m.oggetto) && m.parti.some((part) => part.ruolo === 'allegato' && !part.inLinea)
}

/**
 * The last day whose arrivals are late today: the working day before today, because what arrives on a day, or on the closed days before it, is registered by
 * the end of it (REQ-PROT-075). Days `YYYY-MM-DD` in Europe/Rome.
 */
export function ultimoGiornoInRitardo(oggi: string, isWorking: (giorno: string) => boolean): string {
  let day = addDays(oggi, -1)
  for (let i = 0; i < 366 && !isWorking(day); i++) day = addDays(day, -1)
  return day
}

export const BLOCCO_MINUTI = 10
const ORE_24 = 24 * 3_600_000

/** One part kept for the operator: its bytes are the content `id`. */
export interface ParteSalvata {
  id: string
  percorso: string
  padre: string | null
  nome: string
  nomeOriginale: string | null
  mime: string
  dimensione: number
  sha256: string
  ruolo: RuoloParte
  inLinea: boolean
  firmato: string
  principaleProposto: boolean
  avvisi: string[]
}

/** What was read and checked, stored beside the message so that the outcome can be shown and recomputed (REQ-PEC-002). */
export interface AnalisiSalvata {
  versione: string
  verificato: boolean
  esito: 'verificato' | 'catena-non-verificata' | 'anomalo' | 'non-applicabile' | 'illeggibile'
  controlli: Controllo[]
  firma: VerificaFirma | null
  tipoRicevuta: string | null
  virus: boolean
  messageId: string | null
  riferimentoMessageId: string | null
  istanti: { accettazione: string | null; casella: string | null; scarico: string }
  fattura: FatturaRiconosciuta | null
  /** What the sender's segnatura declares; messages read by an earlier version have number and date only. */
  segnatura: {
    numero: string | null
    data: string | null
    oggetto?: string | null
    mittente?: SoggettoDto | null
    riservato?: boolean
  } | null
  testo: string | null
  avvisi: string[]
}

/** Where a message goes after it was read: documents to register, receipts aside, what failed a check in quarantine with the reason (REQ-PEC-012). */
export function statoIniziale(message: Messaggio): { stato: StatoMessaggio; motivo: string | null } {
  if (message.classe === 'ricevuta') return { stato: 'ricevuta', motivo: null }
  if (message.classe !== 'anomalo') return { stato: 'da_protocollare', motivo: null }
  const failed = message.controlli.filter((item) => item.esito === 'fallito').map((item) => item.dettaglio)
  return { stato: 'quarantena', motivo: failed.join(' ') }
}

/** How the verification is named to people. */
export function esitoVerifica(message: Messaggio): AnalisiSalvata['esito'] {
  if (message.classe === 'anomalo') return 'anomalo'
  if (message.dichiarata === 'ordinaria') return 'non-applicabile'
  return message.verificato ? 'verificato' : 'catena-non-verificata'
}

/**
 * REQ-PEC-011: the arrival is the moment the message became available in the mailbox; when the mailbox does not tell it, the certified instant of
 * the sender's gestore. Never the date the sender wrote, which anybody can choose; the download only where nothing else exists.
 */
export function dataArrivo(casella: Date | null, daticert: Daticert | null, scarico: Date): string {
  return (casella ?? (daticert === null ? scarico : new Date(daticert.istante))).toISOString()
}

/** More than a day between acceptance by the sender's gestore and availability here: shown to the operator (REQ-PEC-011). */
export function remarkRitardo(casella: Date | null, daticert: Daticert | null): string[] {
  if (casella === null || daticert === null || casella.getTime() - Date.parse(daticert.istante) <= ORE_24) return []
  return ['Tra l’accettazione del gestore del mittente e l’arrivo nella casella sono passate più di 24 ore.']
}

export interface Blocco {
  bloccatoDa: string | null
  bloccatoDaNome: string | null
  bloccatoIl: Date | null
}

/** Name of who holds the message, null when it is free, expired, or held by the person who asks. */
export function heldByOther(lock: Blocco, attoreId: string, adesso: Date): string | null {
  if (!isLocked(lock, adesso) || lock.bloccatoDa === attoreId) return null
  return lock.bloccatoDaNome ?? ''
}

/** A lock lasts ten minutes: a forgotten window must not stop a colleague. */
export function isLocked(lock: Blocco, adesso: Date): boolean {
  return lock.bloccatoIl !== null && adesso.getTime() - lock.bloccatoIl.getTime() < BLOCCO_MINUTI * 60_000
}

/** Parts that become the document by default: the proposed one and the attachments of the message itself, inline images excluded. */
export function defaultFiles(parts: readonly ParteSalvata[]): { principale: ParteSalvata | null; allegati: ParteSalvata[] } {
  const principale = parts.find((part) => part.principaleProposto) ?? null
  const byPath = new Map(parts.map((part) => [part.percorso, part]))
  const nested = (part: ParteSalvata): boolean => {
    const segments = part.percorso.split('.')
    return segments.some(
      (_, index) => index > 0 && index < segments.length && byPath.get(segments.slice(0, index).join('.'))?.ruolo === 'allegato',
    )
  }
  return {
    principale,
    allegati: parts.filter((part) => part.ruolo === 'allegato' && !part.inLinea && part.id !== principale?.id && !nested(part)),
  }
}

/**
 * The same value with every text acceptable to the database: no NUL, no half of a surrogate pair. Hostile headers carry both, and neither may stop
 * a message from being acquired. The raw bytes keep what was really written.
 */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed() as T
  if (Array.isArray(value)) return value.map((item: unknown) => storable(item)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storable(key), storable(item as unknown)])) as T
}
