import { normalizeCodiceFiscale } from '../../../metadata-schemas/codici/index.ts'
import type { AsDai, CodiceIpa, PaeDai, PaiDai, PersonaDai, PfDai, PgDai, RupDai } from '../../../metadata-schemas/allegato5/index.ts'
import type { EnteFatti, PersonaFatti, SoggettoFatti, UfficioFatti } from '../facts.ts'

/** Written for the part of a name that is not known (E20): the schema wants both, and an anonymous letter is registered like any other. */
export const ANONIMO = 'ANONIMO'
const NON_INDICATO = 'NON INDICATO'

/** Collects what had to be written otherwise than it was registered: it ends in `Note`. */
export interface Annotazioni {
  readonly testi: string[]
}

/** Form of the schema. A wrong control character is a warning of the rules, not a reason to lose what was registered. */
const CODICE_FISCALE = /^[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/u

const present = (value: string | null): value is string => value !== null && value.trim() !== ''

/** The codice fiscale of a natural person when the schema can hold it; the provisional one of eleven digits cannot. */
function personalCode(value: string | null): string | undefined {
  if (!present(value)) return undefined
  const code = normalizeCodiceFiscale(value)
  return CODICE_FISCALE.test(code) ? code : undefined
}

/** IPA codes of the own administration and AOO. */
export function ownCodes(ente: EnteFatti): { ipaAmm: CodiceIpa; ipaAoo: CodiceIpa } {
  return {
    ipaAmm: { denominazione: ente.denominazione, codice: ente.codiceIpa },
    ipaAoo: { denominazione: ente.aoo.denominazione, codice: ente.aoo.codice },
  }
}

/** The own AOO as a public administration. */
export function ownPai(ente: EnteFatti): PaiDai {
  return { tipo: 'PAI', ...ownCodes(ente), indirizzi: [ente.aoo.domicilioDigitale] }
}

function officeCodes(
  ente: EnteFatti,
  ufficio: UfficioFatti,
): { ipaAmm: CodiceIpa; ipaAoo: CodiceIpa; ipaUor: CodiceIpa; indirizzi: [string] } {
  const indirizzo = present(ufficio.indirizzoDigitale) ? ufficio.indirizzoDigitale : ente.aoo.domicilioDigitale
  return { ...ownCodes(ente), ipaUor: { denominazione: ufficio.denominazione, codice: ufficio.codice }, indirizzi: [indirizzo] }
}

function personFields(p: PersonaFatti): { cognome: string; nome: string; codiceFiscale: string | undefined } {
  return { cognome: p.cognome, nome: p.nome, codiceFiscale: personalCode(p.codiceFiscale) }
}

/** An office of the own AOO as sender or addressee of what goes out or stays inside. */
export function ownOffice(
  ente: EnteFatti,
  ufficio: { readonly codice: string; readonly denominazione: string; readonly indirizzoDigitale: string },
): PaiDai {
  const indirizzo = present(ufficio.indirizzoDigitale) ? ufficio.indirizzoDigitale : ente.aoo.domicilioDigitale
  return {
    tipo: 'PAI',
    ...ownCodes(ente),
    ipaUor: { denominazione: ufficio.denominazione, codice: ufficio.codice },
    indirizzi: [indirizzo],
  }
}

/** An office of the AOO as assignee, with the person when the assignment names one. */
export function assignee(ente: EnteFatti, ufficio: UfficioFatti, operatore: PersonaFatti | null): AsDai {
  return { tipo: 'AS', ...(operatore === null ? {} : personFields(operatore)), ...officeCodes(ente, ufficio) }
}

/** The person responsible of a procedure in his office. */
export function rup(ente: EnteFatti, ufficio: UfficioFatti, persona: PersonaFatti): RupDai {
  return { tipo: 'RUP', ...personFields(persona), ...officeCodes(ente, ufficio) }
}

/** A person who works for the body. */
export function ownPerson(ente: EnteFatti, persona: PersonaFatti): PfDai {
  return { tipo: 'PF', ...personFields(persona), ...ownCodes(ente) }
}

function person(s: SoggettoFatti): PfDai {
  const fields: PersonaDai = {
    cognome: s.cognome ?? '',
    nome: s.nome ?? '',
    codiceFiscale: personalCode(s.codiceFiscale),
    indirizzi: addresses(s),
  }
  if (present(s.cognome) && present(s.nome)) return { tipo: 'PF', ...fields }
  if (!present(s.cognome) && !present(s.nome)) return { tipo: 'PF', ...fields, cognome: ANONIMO, nome: ANONIMO }
  return { tipo: 'PF', ...fields, cognome: present(s.cognome) ? s.cognome : NON_INDICATO, nome: present(s.nome) ? s.nome : NON_INDICATO }
}

function addresses(s: SoggettoFatti): string[] | undefined {
  return present(s.indirizzoDigitale) ? [s.indirizzoDigitale] : undefined
}

function organisation(s: SoggettoFatti): PgDai {
  const code = s.codiceFiscale ?? ''
  // A sole trader is identified by sixteen characters, which the schema has no place for.
  return {
    tipo: 'PG',
    denominazione: s.denominazione ?? '',
    codiceFiscalePartitaIva: /^[0-9]{11}$/u.test(code) ? code : undefined,
    indirizzi: addresses(s),
  }
}

function administration(s: SoggettoFatti, note: Annotazioni): PaiDai | PgDai {
  const indirizzo = s.indirizzoDigitale
  if (present(s.codiceIpa) && present(s.codiceAoo) && present(indirizzo)) {
    return {
      tipo: 'PAI',
      ipaAmm: { denominazione: s.denominazione ?? '', codice: s.codiceIpa },
      ipaAoo: { denominazione: present(s.denominazioneAoo) ? s.denominazioneAoo : (s.denominazione ?? ''), codice: s.codiceAoo },
      indirizzi: [indirizzo],
    }
  }
  const missing = present(s.codiceAoo) ? 'l’indirizzo digitale' : 'il codice AOO'
  const ipa = present(s.codiceIpa) ? ` (codice IPA ${s.codiceIpa})` : ''
  note.testi.push(`${s.denominazione ?? ''}${ipa} è una pubblica amministrazione: alla registrazione non era noto ${missing}.`)
  return organisation(s)
}

function foreignAdministration(s: SoggettoFatti, note: Annotazioni): PaeDai | PgDai {
  if (present(s.indirizzoDigitale)) return { tipo: 'PAE', denominazione: s.denominazione ?? '', indirizzi: [s.indirizzoDigitale] }
  note.testi.push(`${s.denominazione ?? ''} è una pubblica amministrazione estera: alla registrazione non era noto l’indirizzo digitale.`)
  return organisation(s)
}

/**
 * A correspondent as Allegato 5 can say it. A person without a name follows the convention of E20; an administration without AOO code or address is
 * written as an organisation and noted (E21).
 */
export function correspondent(s: SoggettoFatti, note: Annotazioni): PfDai | PgDai | PaiDai | PaeDai {
  switch (s.tipo) {
    case 'PF':
      return person(s)
    case 'PAI':
      return administration(s, note)
    case 'PAE':
      return foreignAdministration(s, note)
    default:
      return organisation(s)
  }
}
