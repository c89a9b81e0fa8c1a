import { normalizeWords } from './ricerca.ts'

/**
 * Words of municipal offices that people use for one another: a small list of this project. Each row is a group; an ente adds its own (`espandi`).
 */
export const SINONIMI_COMUNI: readonly (readonly string[])[] = [
  ['tassa rifiuti', 'tari', 'immondizia', 'nettezza urbana'],
  ['imposta municipale', 'imu', 'tributi immobiliari'],
  ['asilo', 'nido', 'asilo nido', 'scuola infanzia'],
  ['mensa', 'refezione', 'ristorazione scolastica'],
  ['scuolabus', 'trasporto scolastico', 'pulmino'],
  ['edilizia privata', 'permesso di costruire', 'scia edilizia', 'cila', 'concessione edilizia'],
  ['condono', 'sanatoria'],
  ['suolo pubblico', 'dehors', 'plateatico', 'occupazione suolo'],
  ['multa', 'contravvenzione', 'sanzione', 'verbale'],
  ['vigili', 'polizia locale', 'polizia municipale'],
  ['carta identita', 'documento identita', 'cie'],
  ['residenza', 'cambio abitazione', 'anagrafe'],
  ['matrimonio', 'pubblicazioni matrimonio', 'nozze'],
  ['cimitero', 'loculo', 'sepoltura', 'tumulazione'],
  ['personale', 'dipendenti', 'impiegati'],
  ['concorso', 'selezione pubblica', 'assunzione'],
  ['ferie', 'congedo', 'permesso assenza', 'malattia'],
  ['fattura', 'pagamento fornitore', 'mandato pagamento'],
  ['bilancio', 'rendiconto', 'conto consuntivo'],
  ['gara', 'appalto', 'affidamento', 'bando'],
  ['contributo', 'sussidio', 'sovvenzione', 'aiuto economico'],
  ['disabile', 'invalido', 'handicap'],
  ['anziani', 'casa di riposo', 'assistenza domiciliare'],
  ['minori', 'affido', 'tutela minori'],
  ['casa popolare', 'alloggio pubblico', 'edilizia residenziale pubblica'],
  ['strada', 'viabilita', 'buche', 'asfalto'],
  ['lampione', 'illuminazione pubblica', 'palo luce'],
  ['acquedotto', 'acqua potabile', 'servizio idrico'],
  ['verde pubblico', 'giardini', 'parchi', 'alberi'],
  ['cane', 'animali', 'randagismo', 'canile'],
  ['negozio', 'commercio', 'esercizio vicinato', 'attivita commerciale'],
  ['bar', 'ristorante', 'pubblico esercizio', 'somministrazione'],
  ['mercato', 'ambulante', 'bancarella', 'posteggio'],
  ['protezione civile', 'emergenza', 'allerta meteo', 'alluvione'],
  ['biblioteca', 'prestito libri'],
  ['museo', 'mostra', 'attivita culturali'],
  ['palestra', 'impianto sportivo', 'campo sportivo'],
  ['accesso atti', 'copia atti', 'accesso civico'],
  ['reclamo', 'segnalazione', 'lamentela', 'esposto'],
  ['causa', 'ricorso', 'contenzioso', 'tribunale'],
  ['elezioni', 'elettorale', 'seggio', 'scrutatore', 'voto'],
  ['leva', 'servizio militare', 'ruoli matricolari'],
  ['consiglio comunale', 'consiglieri', 'seduta consiliare'],
  ['sindaco', 'primo cittadino'],
]

/** Words of a text and what stands for them. */
export interface Espansione {
  /** Word or words of the text, as normalised. */
  readonly parola: string
  /** What is tried for it, the word itself not included. */
  readonly sinonimi: readonly string[]
}

/**
 * The groups of synonyms a text touches: a group is touched when all the words of one of its members are in the text. Members of several words count
 * only whole, so that `servizio militare` does not answer to every `servizio`.
 */
export function espandi(testo: string, gruppi: readonly (readonly string[])[] = SINONIMI_COMUNI): Espansione[] {
  const words = new Set(normalizeWords(testo).map(stem))
  return gruppi.flatMap((gruppo) => {
    const found = gruppo.find((member) => {
      const parts = normalizeWords(member).map(stem)
      return parts.length > 0 && parts.every((part) => words.has(part))
    })
    return found === undefined ? [] : [{ parola: found, sinonimi: gruppo.filter((member) => member !== found) }]
  })
}

/** The word without its ending, so that singular and plural meet: `loculi` and `loculo`. */
export function stem(word: string): string {
  return word.length >= 4 ? word.replace(/[aeiou]+$/u, '') : word
}
