/** Identifiers of packages and subjects. Pure functions. */

const AGENT_ID = /^(PAS|IDC|PNO|TIN|VAT|NTR|[A-Za-z0-9]{2}:)[A-Z]{2}-[A-Za-z0-9]+$/
const ID_PDV = /^[A-Za-z0-9_.-]{8,80}$/

/** A value that the schema cannot carry. Values are never bent to fit (REQ-CONS-046): who calls must choose another identifier. */
export class IdentificativoNonAmmesso extends Error {
  override readonly name = 'IdentificativoNonAmmesso'
}

/** Throws IdentificativoNonAmmesso when the value does not have the form of an AgentID; returns it untouched otherwise. */
export function requireAgentId(valore: string): string {
  if (!AGENT_ID.test(valore)) throw new IdentificativoNonAmmesso(`Identificativo di soggetto non ammesso nell’indice: «${valore}».`)
  return valore
}

/**
 * AgentID of a body: its partita IVA, else its codice fiscale. Never the codice IPA: the underscore of most comuni is not allowed there.
 * Throws IdentificativoNonAmmesso when neither is given in the right form.
 */
export function bodyAgentId(ente: { partitaIva?: string | undefined; codiceFiscale?: string | undefined }): string {
  if (ente.partitaIva !== undefined && /^[0-9]{11}$/.test(ente.partitaIva)) return `VATIT-${ente.partitaIva}`
  if (ente.codiceFiscale !== undefined && /^[A-Z0-9]{11,16}$/.test(ente.codiceFiscale)) return `CF:IT-${ente.codiceFiscale}`
  throw new IdentificativoNonAmmesso('L’ente non ha partita IVA né codice fiscale utilizzabili nell’indice.')
}

/** AgentID of a person by codice fiscale. Throws IdentificativoNonAmmesso when it is not one. */
export function personAgentId(codiceFiscale: string): string {
  if (!/^[A-Z0-9]{16}$/.test(codiceFiscale)) throw new IdentificativoNonAmmesso('Codice fiscale non utilizzabile nell’indice.')
  return `TINIT-${codiceFiscale}`
}

/**
 * Identifier of a pacchetto di versamento: `<ipa>-<aoo>-<AAAAMMGG>-<6 cifre>` (REQ-CONS-030). `giorno` is 'YYYY-MM-DD'. The caller assigns the number
 * once and stores it before any byte leaves. Throws IdentificativoNonAmmesso when a part does not fit.
 */
export function composeIdPdv(parti: { ipa: string; aoo: string; giorno: string; progressivo: number }): string {
  const { ipa, aoo, giorno, progressivo } = parti
  if (
    !/^\d{4}-\d{2}-\d{2}$/.test(giorno) ||
    !Number.isInteger(progressivo) ||
    progressivo < 1 ||
    progressivo > 999_999 ||
    ipa === '' ||
    aoo === ''
  )
    throw new IdentificativoNonAmmesso('Parti del codice del pacchetto di versamento non ammesse.')
  const id = `${ipa}-${aoo}-${giorno.replaceAll('-', '')}-${String(progressivo).padStart(6, '0')}`
  if (!isIdPdv(id)) throw new IdentificativoNonAmmesso(`Codice di pacchetto non ammesso: «${id}».`)
  return id
}

/** True for a text that can be the identifier of a package (also a safe folder and file name). */
export function isIdPdv(id: string): boolean {
  return ID_PDV.test(id) && !/^\.+$/.test(id)
}
