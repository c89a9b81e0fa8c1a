import { formatItalianDay, formatItalianInstant, romeDay } from '../../kernel/time.ts'
import type { Valori } from './compila.ts'

/** A field that templates may use. */
export interface Campo {
  readonly nome: string
  readonly descrizione: string
  readonly gruppo: 'Ente' | 'Documento' | 'Destinatari' | 'Fascicolo' | 'Richiesta a cui si risponde'
  /** For a list: the fields of each of its rows. */
  readonly righe?: readonly string[]
}

/** Every field, in the order in which it is shown. */
export const campi: readonly Campo[] = [
  { nome: 'ente.denominazione', descrizione: 'Nome dell’ente', gruppo: 'Ente' },
  { nome: 'ente.codiceIpa', descrizione: 'Codice IPA dell’ente', gruppo: 'Ente' },
  { nome: 'ufficio.denominazione', descrizione: 'Ufficio che scrive', gruppo: 'Ente' },
  { nome: 'ufficio.indirizzo', descrizione: 'Indirizzo digitale dell’ufficio', gruppo: 'Ente' },
  { nome: 'oggetto', descrizione: 'Oggetto', gruppo: 'Documento' },
  { nome: 'data', descrizione: 'Data di oggi', gruppo: 'Documento' },
  { nome: 'autore', descrizione: 'Chi prepara il documento', gruppo: 'Documento' },
  { nome: 'classificazione', descrizione: 'Titolo e classe', gruppo: 'Documento' },
  { nome: 'segnatura', descrizione: 'Rinvio alla segnatura: il numero nasce dopo il documento', gruppo: 'Documento' },
  { nome: 'destinatario', descrizione: 'Primo destinatario', gruppo: 'Destinatari' },
  { nome: 'destinatario.indirizzo', descrizione: 'Indirizzo digitale del primo destinatario', gruppo: 'Destinatari' },
  { nome: 'destinatario.codiceFiscale', descrizione: 'Codice fiscale del primo destinatario', gruppo: 'Destinatari' },
  { nome: 'destinatari', descrizione: 'Tutti i destinatari', gruppo: 'Destinatari', righe: ['nome', 'indirizzo'] },
  { nome: 'fascicolo.codice', descrizione: 'Codice del fascicolo', gruppo: 'Fascicolo' },
  { nome: 'fascicolo.oggetto', descrizione: 'Oggetto del fascicolo', gruppo: 'Fascicolo' },
  { nome: 'fascicolo.responsabile', descrizione: 'Responsabile del fascicolo', gruppo: 'Fascicolo' },
  { nome: 'fascicolo.procedimento', descrizione: 'Procedimento', gruppo: 'Fascicolo' },
  { nome: 'fascicolo.termine', descrizione: 'Termine del procedimento', gruppo: 'Fascicolo' },
  { nome: 'richiesta.numero', descrizione: 'Numero di protocollo della richiesta', gruppo: 'Richiesta a cui si risponde' },
  { nome: 'richiesta.data', descrizione: 'Data di registrazione', gruppo: 'Richiesta a cui si risponde' },
  { nome: 'richiesta.arrivo', descrizione: 'Data e ora di arrivo', gruppo: 'Richiesta a cui si risponde' },
  { nome: 'richiesta.oggetto', descrizione: 'Oggetto della richiesta', gruppo: 'Richiesta a cui si risponde' },
  { nome: 'richiesta.mittente', descrizione: 'Chi ha scritto', gruppo: 'Richiesta a cui si risponde' },
  { nome: 'richiesta.protocolloMittente', descrizione: 'Protocollo del mittente', gruppo: 'Richiesta a cui si risponde' },
]

/** Printed where a template asks for the segnatura: no number exists before the registration, and a signed file is never touched after it (REQ-PROT-028). */
export const RINVIO_SEGNATURA = 'Numero e data di protocollo sono nella segnatura informatica associata al documento.'

/** What the fields are filled from. */
export interface Fatti {
  readonly oggi: Date
  readonly autore: string
  readonly ente: { readonly denominazione: string; readonly codiceIpa: string }
  readonly ufficio: { readonly denominazione: string; readonly indirizzo: string } | null
  readonly oggetto: string
  readonly classificazione: string | null
  readonly destinatari: readonly { readonly nome: string; readonly indirizzo: string; readonly codiceFiscale: string }[]
  readonly fascicolo: {
    readonly codice: string
    readonly oggetto: string
    readonly responsabile: string
    readonly procedimento: string | null
    readonly termine: string | null
  } | null
  readonly richiesta: {
    readonly numero: string
    readonly giorno: string
    readonly arrivo: Date | null
    readonly oggetto: string
    readonly mittente: string
    readonly protocolloMittente: string | null
  } | null
  /** Fields of one row of a letter to many: `riga.<colonna>`. */
  readonly riga?: Readonly<Record<string, string>>
}

/** The value of every field; null where this draft has none. */
export function valoriDi(f: Fatti): Valori {
  const [primo] = f.destinatari
  const own = Object.fromEntries(Object.entries(f.riga ?? {}).map(([name, value]) => [`riga.${name}`, value]))
  return {
    ...own,
    'ente.denominazione': f.ente.denominazione,
    'ente.codiceIpa': f.ente.codiceIpa,
    'ufficio.denominazione': f.ufficio?.denominazione ?? null,
    'ufficio.indirizzo': f.ufficio?.indirizzo ?? null,
    oggetto: f.oggetto,
    data: formatItalianDay(romeDay(f.oggi)),
    autore: f.autore,
    classificazione: f.classificazione,
    segnatura: RINVIO_SEGNATURA,
    destinatario: primo?.nome ?? null,
    'destinatario.indirizzo': primo?.indirizzo ?? null,
    'destinatario.codiceFiscale': primo?.codiceFiscale ?? null,
    destinatari: f.destinatari.map(({ nome, indirizzo }) => ({ nome, indirizzo })),
    'fascicolo.codice': f.fascicolo?.codice ?? null,
    'fascicolo.oggetto': f.fascicolo?.oggetto ?? null,
    'fascicolo.responsabile': f.fascicolo?.responsabile ?? null,
    'fascicolo.procedimento': f.fascicolo?.procedimento ?? null,
    'fascicolo.termine': f.fascicolo?.termine == null ? null : formatItalianDay(f.fascicolo.termine),
    'richiesta.numero': f.richiesta?.numero ?? null,
    'richiesta.data': f.richiesta === null ? null : formatItalianDay(f.richiesta.giorno),
    'richiesta.arrivo': f.richiesta?.arrivo == null ? null : formatItalianInstant(f.richiesta.arrivo),
    'richiesta.oggetto': f.richiesta?.oggetto ?? null,
    'richiesta.mittente': f.richiesta?.mittente ?? null,
    'richiesta.protocolloMittente': f.richiesta?.protocolloMittente ?? null,
  }
}
