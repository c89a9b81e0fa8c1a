import { normalizeWords } from '../../titolario/index.ts'
import type { CampoErrato } from '../kernel/errors.ts'
import { addDays } from '../kernel/time.ts'
import { soggettoErrors } from '../protocollo/index.ts'
import type { SoggettoDto } from '../protocollo/index.ts'
import { classificazioneDiversa } from './errors.ts'
import type { Area, NuovoFascicolo, StatoFascicolo, TipoFascicolo } from './schema.ts'

/** Term of a procedure when none is set for it (L. 241/1990 art. 2 c. 2). */
export const TERMINE_ORDINARIO_GIORNI = 30
/** Phase every procedure starts in (Allegato 5). */
export const FASE_INIZIALE = 'Istruttoria'

const serieDellePersone: Readonly<Partial<Record<TipoFascicolo, 'PF' | 'PG'>>> = { 'persona fisica': 'PF', 'persona giuridica': 'PG' }

/** True while a fascicolo lives: it is worked in and receives documents, also while its term is suspended. */
export function isAperto(stato: StatoFascicolo): boolean {
  return stato === 'APERTO' || stato === 'SOSPESO'
}

/** True for a fascicolo that was closed and can be reopened with a reason (REQ-FASC-042). */
export function isChiuso(stato: StatoFascicolo): boolean {
  return stato === 'CHIUSO' || stato === 'IN_CONSERVAZIONE' || stato === 'IN_DEPOSITO'
}

/** True for fascicoli of a person: independent of classes, they hold documents of different classifications. */
export function isDiPersona(tipo: TipoFascicolo): boolean {
  return serieDellePersone[tipo] !== undefined
}

/** True for the types that may be closed and opened again under a new class: a procedure is one fascicolo until it ends, a person's has no class. */
export function isRiclassabile(tipo: TipoFascicolo): boolean {
  return tipo === 'affare' || tipo === 'attivita'
}

/** Series in which the progressivo counts: the voice's code, or the person's type (REQ-FASC-003, REQ-FASC-004). */
export function serieOf(tipo: TipoFascicolo, codiceVoce: string): string {
  return serieDellePersone[tipo] ?? codiceVoce
}

/** Official identifier, `2026-VI/3/1.15` (REQ-FASC-002). */
export function formatCodice(anno: number, serie: string, progressivo: number): string {
  return `${anno}-${serie}.${progressivo}`
}

/** Address and short label derived from the identifier, `2026-06.03.01-15` (decision 2); for a person `2026-pf-15`. */
export function formatSlug(anno: number, serie: string, etichettaVoce: string, progressivo: number): string {
  return `${anno}-${serie === 'PF' || serie === 'PG' ? serie.toLowerCase() : etichettaVoce}-${progressivo}`
}

/** Last day of a procedure: the day of arrival of the request is not counted (L. 241/1990 art. 2). */
export function termineOf(inizio: string, giorni: number | undefined): string {
  return addDays(inizio, giorni ?? TERMINE_ORDINARIO_GIORNI)
}

/** Area proposed for a document: what is not ordinary stays reserved until somebody decides otherwise (CAD 41 c. 2-quater). */
export function areaProposta(riservatezza: string): Area {
  return riservatezza === 'ORDINARIO' ? 'comune' : 'riservata'
}

/** Everything wrong in the data of a new fascicolo that the shapes alone cannot say (REQ-FASC-011). */
export function openingErrors(input: NuovoFascicolo, interessati: readonly SoggettoDto[]): CampoErrato[] {
  const campi = interessati.flatMap((s, i) => soggettoErrors(s, `interessati.${i}`))
  if (input.tipo === 'procedimento amministrativo' && input.procedimento === undefined) {
    campi.push({ campo: 'procedimento', messaggio: 'Indica materia e nome del procedimento.' })
  }
  if (input.tipo !== 'procedimento amministrativo' && input.procedimento !== undefined) {
    campi.push({ campo: 'procedimento', messaggio: 'Solo il fascicolo di un procedimento ha questi dati.' })
  }
  if (input.tipo === 'persona fisica' && (interessati.length !== 1 || interessati[0]?.tipo !== 'PF')) {
    campi.push({ campo: 'interessati', messaggio: 'Il fascicolo di una persona fisica ha un solo intestatario: la persona.' })
  }
  if (input.tipo === 'persona giuridica' && (interessati.length !== 1 || interessati[0]?.tipo === 'PF')) {
    campi.push({ campo: 'interessati', messaggio: 'Il fascicolo di una persona giuridica ha un solo intestatario: l’organizzazione.' })
  }
  return campi
}

/** What filing a document does to its classification. */
export type Collocazione = 'coerente' | 'riclassifica' | 'collegamento'

/** How the plan of a document and that of a fascicolo stand: the same version, two versions whose voices descend from one another, two that do not. */
export type Versioni = 'stessa' | 'in linea' | 'estranee'

/**
 * A first filing wants the fascicolo's voice: the same, or a sottoclasse of the document's classe, which the document then takes (REQ-TIT-022,
 * REQ-TIT-024). A fascicolo that stays in an older version of the titolario receives the documents whose voice descends from its own, and they keep theirs
 * (REQ-TIT-004, REQ-TIT-006). A document that already has its fascicolo may be linked to others. Throws RuleViolation for any other first filing.
 */
export function placeDocumento(
  d: { codiceVoce: string; giaFascicolato: boolean; versioni?: Versioni },
  f: { codiceVoce: string; tipo: TipoFascicolo },
): Collocazione {
  if (isDiPersona(f.tipo) || d.versioni === 'in linea') return 'coerente'
  if (d.versioni !== 'estranee' && d.codiceVoce === f.codiceVoce) return 'coerente'
  if (d.giaFascicolato) return 'collegamento'
  if (d.versioni !== 'estranee' && f.codiceVoce.startsWith(`${d.codiceVoce}/`)) return 'riclassifica'
  throw classificazioneDiversa(d.codiceVoce, f.codiceVoce)
}

/** An open fascicolo that could receive a document. */
export interface Candidato {
  readonly id: string
  readonly codice: string
  readonly slug: string
  readonly oggetto: string
  readonly responsabile: string
  readonly tipo: TipoFascicolo
  readonly codiceVoce: string
  readonly ufficioId: string
  /** Names of the interessati who are also correspondents of the document. */
  readonly interessatiComuni: readonly string[]
}

/** The document a fascicolo is looked for. */
export interface DocumentoDaFascicolare {
  readonly oggetto: string
  readonly codiceVoce: string
  readonly ufficioId: string | null
  readonly giaFascicolato: boolean
}

/** The fascicoli that most probably want a document, best first, each with the reason to be read to a person (REQ-TIT-025). */
export function rankProposte(d: DocumentoDaFascicolare, candidati: readonly Candidato[], limite = 3): (Candidato & { motivo: string })[] {
  const words = new Set(normalizeWords(d.oggetto).filter((w) => w.length > 3))
  return candidati
    .filter((c) => isDiPersona(c.tipo) || d.giaFascicolato || c.codiceVoce === d.codiceVoce || c.codiceVoce.startsWith(`${d.codiceVoce}/`))
    .map((c) => ({ c, ...weigh(d, c, words) }))
    .filter(({ peso }) => peso >= 3)
    .sort((a, b) => b.peso - a.peso || (a.c.codice < b.c.codice ? 1 : -1))
    .slice(0, limite)
    .map(({ c, motivi }) => ({ ...c, motivo: motivi.join('; ') }))
}

function weigh(d: DocumentoDaFascicolare, c: Candidato, words: ReadonlySet<string>): { peso: number; motivi: string[] } {
  const motivi: string[] = []
  let peso = 0
  if (c.interessatiComuni.length > 0) {
    peso += 6
    motivi.push(`stesso interessato: ${c.interessatiComuni[0]}`)
  }
  const common = [...new Set(normalizeWords(c.oggetto))].filter((w) => words.has(w))
  if (common.length > 0) {
    peso += Math.min(common.length, 4)
    motivi.push(`oggetto simile: ${common.slice(0, 3).join(', ')}`)
  }
  if (c.codiceVoce === d.codiceVoce || c.codiceVoce.startsWith(`${d.codiceVoce}/`)) {
    peso += 2
    motivi.push(`stessa voce ${c.codiceVoce}`)
  }
  if (c.ufficioId === d.ufficioId) {
    peso += 1
    motivi.push('stesso ufficio')
  }
  return { peso, motivi }
}

/** What was done to a fascicolo, in words. */
export const azioniFascicolo: Readonly<Record<string, string>> = {
  'fascicolo-aperto': 'Fascicolo aperto',
  'fascicolo-proposto': 'Fascicolo dell’anno seguente proposto',
  'proposta-accettata': 'Fascicolo aperto dalla proposta',
  'documento-fascicolato': 'Documento inserito nel fascicolo',
  'area-cambiata': 'Area di un documento cambiata',
  'visibilita-cambiata': 'Visibilità per il cittadino cambiata',
  'fascicolo-chiuso': 'Fascicolo chiuso',
  'fascicolo-riaperto': 'Fascicolo riaperto',
  'fascicolo-sospeso': 'Fascicolo sospeso',
  'fascicolo-ripreso': 'Fascicolo ripreso',
  'fascicolo-aperto-per-errore': 'Fascicolo chiuso come aperto per errore',
  'fascicolo-descritto': 'Descrizione del fascicolo cambiata',
  'fascicolo-trasferito': 'Fascicolo trasferito a un altro ufficio',
  'trasferimento-richiesto': 'Trasferimento a un altro ufficio richiesto',
  'trasferimento-rifiutato': 'Trasferimento rifiutato',
  'fascicolo-trasmesso': 'Fascicolo consegnato a un’altra amministrazione',
  'trasmissione-composta': 'Pacchetto per un’altra amministrazione pronto',
  'trasmissione-riscontrata': 'Risposta dell’altra amministrazione registrata',
  'trasmissione-abbandonata': 'Consegna a un’altra amministrazione abbandonata',
  'trasmissione-richiesta': 'Consegna a un’altra amministrazione preparata',
  'fascicolo-in-deposito': 'Fascicolo passato all’archivio di deposito',
  'fascicolo-prelevato': 'Fascicolo prelevato dall’archivio di deposito',
  'fascicolo-restituito': 'Fascicolo restituito all’archivio di deposito',
  'fascicolo-storico': 'Fascicolo passato alla sezione storica',
  'prelievo-richiesto': 'Prelievo dall’archivio richiesto',
  'prelievo-rifiutato': 'Prelievo dall’archivio rifiutato',
  'fascicolo-censito': 'Fascicolo cartaceo censito',
  'sottofascicolo-aperto': 'Sottofascicolo aperto',
  'documento-tolto': 'Documento tolto dal fascicolo',
  'documento-spostato': 'Documento spostato in un altro fascicolo',
  'documento-ricevuto': 'Documento arrivato da un altro fascicolo',
  'cartaceo-inserito': 'Documento cartaceo inserito',
  'cartaceo-tolto': 'Documento cartaceo tolto',
  'fascicolo-collegato': 'Collegamento con un altro fascicolo',
  'fascicolo-scollegato': 'Collegamento tolto',
  'accesso-dato': 'Accesso dato a un ufficio o a una persona',
  'accesso-chiuso': 'Accesso chiuso',
  'partecipanti-aggiunti': 'Amministrazioni partecipanti aggiunte',
  'versamento-preparato': 'Versamento preparato',
  'versamento-trasmesso': 'Versamento trasmesso al conservatore',
  'versamento-conservato': 'Fascicolo conservato',
  'versamento-rifiutato': 'Versamento rifiutato dal conservatore',
  'versamento-bloccato': 'Versamento bloccato',
  'versamento-in-errore': 'Versamento non riuscito',
  'versamento-ripetuto': 'Versamento ripetuto',
  'pacchetto-composto': 'Pacchetto di versamento composto',
}

/** The words of an action; an unknown one is read from its own code. */
export function describeAzione(azione: string): string {
  const words = azione.replaceAll('-', ' ')
  return azioniFascicolo[azione] ?? words.charAt(0).toUpperCase() + words.slice(1)
}
