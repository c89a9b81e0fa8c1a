import type { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { loadAncore } from './catena.ts'
import { cleanLine, decodeWords } from './charset.ts'
import { examine, findLivelloFirmato, readDichiarazione } from './classifica.ts'
import type { Dichiarazione, Esame, LivelloFirmato } from './classifica.ts'
import { absentSignature, verifySignature } from './firma.ts'
import { bareId, headerValue, parseAddresses } from './intestazioni.ts'
import { sliceMessage } from './mime.ts'
import type { Affettatura, EntitaMime } from './mime.ts'
import { bodyText, buildParti } from './parti.ts'
import { DOMINI_SDI, proposePrincipale, recogniseFattura } from './proposta.ts'
import { LIMITI, MessaggioIlleggibile, VERSIONE_ANALISI } from './tipi.ts'
import type { Indirizzo, Messaggio, OpzioniAnalisi, VerificaFirma } from './tipi.ts'

const MAX_OGGETTO = 1000
const SENZA_OGGETTO = '(senza oggetto)'
const PREFISSI = [
  'POSTA CERTIFICATA',
  'ANOMALIA MESSAGGIO',
  'ACCETTAZIONE',
  'AVVISO DI NON ACCETTAZIONE PER VIRUS',
  'AVVISO DI NON ACCETTAZIONE',
  'PRESA IN CARICO',
  'CONSEGNA',
  'AVVISO DI MANCATA CONSEGNA PER VIRUS',
  'AVVISO DI MANCATA CONSEGNA PER SUP. TEMPO MASSIMO',
  'AVVISO DI MANCATA CONSEGNA',
  'PROBLEMA DI SICUREZZA',
]

/** Removes the prefix a gestore puts before the subject of its own messages. One only: what follows belongs to the author. */
export function cleanOggetto(subject: string): string {
  const upper = subject.trimStart().toUpperCase()
  const prefix = PREFISSI.find((item) => upper.startsWith(`${item}:`))
  return prefix === undefined
    ? subject.trim()
    : subject
        .trimStart()
        .slice(prefix.length + 1)
        .trim()
}

/**
 * Reads one raw message: classification with every check (REQ-PEC-002), gestore's signature on exact bytes, certified data, tree of parts,
 * proposed subject and primary part, duplicate key. Pure: same bytes and options, same answer; the bytes are never altered.
 * Throws only MessaggioIlleggibile, whose message is the Italian reason for the quarantine. Wrong anchors in the options throw an Error.
 */
export async function parseMessaggio(raw: Buffer, options: OpzioniAnalisi = {}): Promise<Messaggio> {
  const anchors = loadAncore(options.ancore ?? [])
  try {
    const sliced = sliceMessage(raw, options.limiti)
    const claim = readDichiarazione(sliced.radice.intestazioni)
    const level = findLivelloFirmato(sliced.radice)
    const signature =
      claim.classe === 'ordinaria'
        ? absentSignature('Posta ordinaria: nessuna firma di gestore da verificare.')
        : await verifySignature(sliced.radice, anchors)
    const exam = examine(sliced.radice, claim, level, signature, options.limiti?.byteDaticert ?? LIMITI.byteDaticert)
    return compose(raw, sliced, { claim, level, signature, exam }, options)
  } catch (error) {
    if (error instanceof MessaggioIlleggibile) throw error
    const unreadable = new MessaggioIlleggibile(
      'struttura',
      'Il messaggio non è leggibile: la sua struttura non è quella di un messaggio di posta.',
    )
    unreadable.cause = error
    throw unreadable
  }
}

interface Analisi {
  claim: Dichiarazione
  level: LivelloFirmato
  signature: VerificaFirma
  exam: Esame
}

function compose(raw: Buffer, sliced: Affettatura, analysis: Analisi, options: OpzioniAnalisi): Messaggio {
  const { claim, level, signature, exam } = analysis
  const { radice } = sliced
  const certified = claim.classe !== 'ordinaria'
  const originale = certified ? (level.messaggio?.figli[0] ?? level.coperta ?? radice) : radice
  const controlli = [...exam.controlli, ...limitCheck(sliced, certified)]
  const failed = controlli.some((item) => item.esito === 'fallito')
  const classe = failed ? 'anomalo' : claim.classe
  const parti = buildParti(radice, {
    originale,
    daticert: certified ? level.daticert : null,
    postacert: certified ? level.messaggio : null,
  })
  const autore = authorOf(originale, claim, exam)
  const fattura = classe === 'busta' ? recogniseFattura(parti, exam.daticert?.mittente ?? '', options.dominiSdi ?? DOMINI_SDI) : null
  const principale = proposePrincipale(parti, fattura)
  if (principale !== null) principale.principaleProposto = true
  const subject = readOggetto(radice, originale, claim)
  const messageId = bareId(headerValue(radice.intestazioni, 'message-id'))
  const sha256 = createHash('sha256').update(raw).digest('hex')
  const base = {
    sha256,
    dimensione: raw.length,
    classe,
    dichiarata: claim.classe,
    tipoRicevuta: claim.tipoRicevuta,
    virus:
      certified &&
      (exam.daticert?.errore === 'virus' || headerValue(radice.intestazioni, 'x-verificasicurezza')?.toLowerCase() === 'errore'),
    verificato: certified && controlli.every((item) => item.esito === 'superato'),
    controlli,
    versioneAnalisi: VERSIONE_ANALISI,
    firma: signature,
    daticert: exam.daticert,
    messageId,
    riferimentoMessageId: bareId(headerValue(radice.intestazioni, 'x-riferimento-message-id')),
    mittenteIntestazione: parseAddresses(headerValue(radice.intestazioni, 'from'))[0] ?? null,
    autore,
    destinatari: ['to', 'cc'].flatMap((name) =>
      parseAddresses(headerValue(originale.intestazioni, name) ?? headerValue(radice.intestazioni, name)),
    ),
    dataDichiarata: readDate(originale),
    ...subject,
    testo: bodyText(originale),
    parti,
    fattura,
    avvisi: [...sliced.difetti, ...authorRemarks(autore, exam, claim), ...unknownRemarks(exam), ...unexpectedRemarks(claim)],
  } satisfies Omit<Messaggio, 'chiaveDuplicati'>
  return { ...base, chiaveDuplicati: duplicateKey(base) }
}

/** Passing the limits makes any message anomalo (REQ-PEC-026); broken structure does it to certified ones, where every part is evidence. */
function limitCheck(sliced: Affettatura, certified: boolean): Messaggio['controlli'] {
  if (!sliced.limiteSuperato && !(certified && sliced.difetti.length > 0)) return []
  const dettaglio = sliced.difetti.slice(0, 3).join('; ')
  return [{ nome: sliced.limiteSuperato ? 'limiti' : 'integrita', esito: 'fallito', dettaglio }]
}

/** REQ-PEC-010: the author is the From of the original message; the technical sender of an envelope is never the author. */
function authorOf(originale: EntitaMime, claim: Dichiarazione, exam: Esame): Indirizzo | null {
  const from = parseAddresses(headerValue(originale.intestazioni, 'from'))[0] ?? null
  if (from !== null) return { nome: cleanLine(from.nome, 200), indirizzo: from.indirizzo }
  if (exam.daticert !== null && claim.classe !== 'ordinaria') return { nome: '', indirizzo: exam.daticert.mittente }
  return null
}

function authorRemarks(author: Indirizzo | null, exam: Esame, claim: Dichiarazione): string[] {
  const certified = exam.daticert?.mittente
  if (claim.classe !== 'busta' || certified === undefined || author === null || author.indirizzo === certified) return []
  return [`Il mittente scritto nel messaggio (${author.indirizzo}) è diverso da quello certificato (${certified}).`]
}

function unknownRemarks(exam: Esame): string[] {
  const unknown = exam.daticert?.elementiSconosciuti ?? []
  return unknown.length === 0
    ? []
    : [`daticert.xml contiene elementi non previsti: ${unknown.map((name) => cleanLine(name, 40)).join(', ')}.`]
}

function unexpectedRemarks(claim: Dichiarazione): string[] {
  const between = claim.tipoRicevuta === 'presa-in-carico' || claim.tipoRicevuta === 'rilevazione-virus'
  return between ? ['Ricevuta tra gestori: non è attesa in una casella.'] : []
}

function readOggetto(root: EntitaMime, originale: EntitaMime, claim: Dichiarazione): { oggetto: string; oggettoOriginale: string | null } {
  const outer = headerValue(root.intestazioni, 'subject')
  const inner = claim.classe === 'busta' || claim.classe === 'anomalia' ? headerValue(originale.intestazioni, 'subject') : null
  const original = inner ?? outer
  const decoded = cleanLine(decodeWords(original ?? ''), MAX_OGGETTO)
  const text = claim.classe !== 'ordinaria' && inner === null ? cleanOggetto(decoded) : decoded
  return { oggetto: text === '' ? SENZA_OGGETTO : text, oggettoOriginale: original }
}

function readDate(entity: EntitaMime): string | null {
  const time = Date.parse(headerValue(entity.intestazioni, 'date') ?? '')
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

/**
 * REQ-PEC-019. The gestore's identifiers identify a certified message only together with who signed it: the signer's domain when the chain
 * was verified, else the certificate itself, so that a forged envelope cannot hide a real one. Everything else is known by its bytes.
 */
function duplicateKey(message: Omit<Messaggio, 'chiaveDuplicati'>): string {
  const { daticert, classe } = message
  if (daticert === null || (classe !== 'busta' && classe !== 'ricevuta')) return `sha256|${message.sha256}`
  const address = message.firma.firmatario?.indirizzi[0] ?? ''
  const signer = message.verificato ? address.slice(address.indexOf('@') + 1) : (message.firma.firmatario?.impronta ?? '')
  if (classe === 'busta') return `busta|${signer}|${daticert.identificativo}`
  return `ricevuta|${signer}|${daticert.tipo}|${daticert.identificativo}|${daticert.consegna ?? ''}|${message.messageId ?? message.sha256}`
}
