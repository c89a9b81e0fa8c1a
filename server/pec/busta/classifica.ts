import { parseDaticert, DaticertMalformato } from './daticert.ts'
import { headerValue, parseAddresses } from './intestazioni.ts'
import type { Intestazione } from './intestazioni.ts'
import { decodedBody } from './mime.ts'
import type { EntitaMime } from './mime.ts'
import { TIPI_RICEVUTA } from './tipi.ts'
import type { ClasseDichiarata, Controllo, Daticert, TipoRicevuta, VerificaFirma } from './tipi.ts'

const TOLLERANZA_ORARIO = 10 * 60_000

export interface Dichiarazione {
  classe: ClasseDichiarata
  tipoRicevuta: TipoRicevuta | null
  /** Value that `daticert/@tipo` must have, null where no daticert is expected. */
  tipoAtteso: string | null
}

/**
 * What the outer headers claim (REQ-PROT-130). `X-Trasporto` is read before `X-Ricevuta`; the subject and `X-Riferimento-Message-ID` never
 * make a certified message (REQ-PEC-003); headers of inner messages are not looked at.
 */
export function readDichiarazione(headers: readonly Intestazione[]): Dichiarazione {
  const transport = headerValue(headers, 'x-trasporto')?.toLowerCase()
  if (transport === 'posta-certificata') return { classe: 'busta', tipoRicevuta: null, tipoAtteso: 'posta-certificata' }
  if (transport === 'errore') return { classe: 'anomalia', tipoRicevuta: null, tipoAtteso: null }
  const receipt = headerValue(headers, 'x-ricevuta')?.toLowerCase()
  const tipo = TIPI_RICEVUTA.find((item) => item === receipt)
  if (tipo === undefined) return { classe: 'ordinaria', tipoRicevuta: null, tipoAtteso: null }
  return { classe: 'ricevuta', tipoRicevuta: tipo, tipoAtteso: tipo }
}

export interface LivelloFirmato {
  /** First part of the multipart/signed, the one the signature covers. */
  coperta: EntitaMime | null
  daticert: EntitaMime | null
  messaggio: EntitaMime | null
  daticertMultipli: boolean
}

/** Finds daticert and the attached message among the direct children of the signed part only (REQ-PEC-006). */
export function findLivelloFirmato(root: EntitaMime): LivelloFirmato {
  const coperta = root.mime === 'multipart/signed' ? (root.figli[0] ?? null) : null
  const children = coperta?.mime.startsWith('multipart/') === true ? coperta.figli : []
  const daticert = children.filter((child) => child.nome?.toLowerCase() === 'daticert.xml' && child.mime !== 'message/rfc822')
  const messages = children.filter((child) => child.mime === 'message/rfc822')
  return {
    coperta,
    daticert: daticert[0] ?? null,
    messaggio: messages.find((child) => child.nome?.toLowerCase() === 'postacert.eml') ?? messages[0] ?? null,
    daticertMultipli: daticert.length > 1,
  }
}

export interface Esame {
  controlli: Controllo[]
  daticert: Daticert | null
}

/**
 * Runs the checks a certified message must pass (pec.md §6 step 3) and says each outcome. Ordinary mail has nothing to pass. A daticert
 * that cannot be read is a failed check, not an exception (REQ-PEC-007); header and daticert type must agree, signer and From too (REQ-PEC-008).
 */
export function examine(
  root: EntitaMime,
  claim: Dichiarazione,
  level: LivelloFirmato,
  signature: VerificaFirma,
  maxDaticert: number,
): Esame {
  if (claim.classe === 'ordinaria') return { controlli: [], daticert: null }
  const reading = claim.tipoAtteso === null ? null : readDaticert(level, maxDaticert)
  const daticert = reading?.daticert ?? null
  const controlli = [
    singleMarker(root),
    check(
      'struttura',
      root.mime === 'multipart/signed' && level.coperta !== null,
      'Il messaggio è firmato.',
      'Il messaggio dichiara di essere certificato ma non è firmato.',
    ),
    signatureCheck(signature),
    chainCheck(signature),
    ...(reading === null ? [] : [reading.controllo]),
    ...attachedMessage(claim, level, daticert),
    ...typeCheck(claim, daticert),
    signerCheck(root, signature),
    ...timeCheck(signature, daticert),
  ]
  return { controlli, daticert }
}

function check(nome: string, passed: boolean, good: string, bad: string): Controllo {
  return { nome, esito: passed ? 'superato' : 'fallito', dettaglio: passed ? good : bad }
}

function singleMarker(root: EntitaMime): Controllo {
  const count = (name: string) =>
    new Set(root.intestazioni.filter((header) => header.nome === name).map((header) => header.valore.toLowerCase())).size
  return check(
    'intestazioni',
    count('x-trasporto') < 2 && count('x-ricevuta') < 2,
    'Le intestazioni sono coerenti.',
    'Le intestazioni di posta certificata sono ripetute con valori diversi.',
  )
}

function signatureCheck(signature: VerificaFirma): Controllo {
  const passed = signature.esito === 'valida' || signature.esito === 'valida-catena-non-verificata'
  const good = `La firma del gestore corrisponde al contenuto (${signature.algoritmo ?? ''}).`
  return check('firma', passed, good, signature.dettagli[0] ?? 'La firma del gestore non è valida.')
}

function chainCheck(signature: VerificaFirma): Controllo {
  if (signature.esito === 'valida')
    return { nome: 'catena', esito: 'superato', dettaglio: 'Il certificato del gestore era riconosciuto al momento della firma.' }
  if (signature.esito !== 'valida-catena-non-verificata')
    return { nome: 'catena', esito: 'non-eseguito', dettaglio: 'Non eseguito: la firma non è valida.' }
  const dettaglio = signature.dettagli.at(-1) ?? 'Catena dei certificati non verificata.'
  return { nome: 'catena', esito: signature.ancore === null ? 'non-eseguito' : 'fallito', dettaglio }
}

interface LetturaDaticert {
  daticert: Daticert | null
  controllo: Controllo
}

function failed(dettaglio: string): LetturaDaticert {
  return { daticert: null, controllo: { nome: 'daticert', esito: 'fallito', dettaglio } }
}

function readDaticert(level: LivelloFirmato, maxBytes: number): LetturaDaticert {
  if (level.daticert === null) return failed('Manca daticert.xml nella parte firmata.')
  if (level.daticertMultipli) return failed('La parte firmata contiene più di un daticert.xml.')
  try {
    const daticert = parseDaticert(decodedBody(level.daticert), maxBytes)
    return { daticert, controllo: { nome: 'daticert', esito: 'superato', dettaglio: 'I dati di certificazione sono leggibili.' } }
  } catch (error) {
    if (error instanceof DaticertMalformato) return failed(`I dati di certificazione non sono utilizzabili: ${error.message}.`)
    throw error
  }
}

function attachedMessage(claim: Dichiarazione, level: LivelloFirmato, daticert: Daticert | null): Controllo[] {
  const delivery = claim.tipoRicevuta === 'avvenuta-consegna' && (daticert?.variante === 'completa' || daticert?.variante === 'breve')
  if (claim.classe !== 'busta' && claim.classe !== 'anomalia' && !delivery) return []
  return [
    check('allegati', level.messaggio !== null, 'Il messaggio originale è presente.', 'Manca il messaggio originale nella parte firmata.'),
  ]
}

function typeCheck(claim: Dichiarazione, daticert: Daticert | null): Controllo[] {
  if (claim.tipoAtteso === null || daticert === null) return []
  const bad = `L'intestazione dichiara «${claim.tipoAtteso}» ma daticert.xml dichiara «${daticert.tipo}».`
  return [check('tipo', daticert.tipo === claim.tipoAtteso, 'Intestazione e daticert.xml concordano.', bad)]
}

function signerCheck(root: EntitaMime, signature: VerificaFirma): Controllo {
  const from = parseAddresses(headerValue(root.intestazioni, 'from'))[0]?.indirizzo ?? ''
  const addresses = signature.firmatario?.indirizzi ?? []
  const bad = `Il certificato è di ${addresses.join(', ') || 'nessun indirizzo'}, il messaggio viene da ${from || 'un mittente assente'}.`
  return check('firmatario', addresses.includes(from), 'Il certificato corrisponde al mittente tecnico.', bad)
}

function timeCheck(signature: VerificaFirma, daticert: Daticert | null): Controllo[] {
  if (daticert === null) return []
  if (signature.istanteFirma === null) return [{ nome: 'orario', esito: 'non-eseguito', dettaglio: 'La firma non dichiara un orario.' }]
  const gap = Math.abs(Date.parse(signature.istanteFirma) - Date.parse(daticert.istante))
  return [
    check(
      'orario',
      gap <= TOLLERANZA_ORARIO,
      "L'orario della firma concorda con quello certificato.",
      "L'orario della firma è lontano da quello certificato.",
    ),
  ]
}
