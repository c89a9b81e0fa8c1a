import { formatItalianDay } from '../kernel/time.ts'
import type { EsitoChiusura, RilievoChiusura, TipoFascicolo } from './schema.ts'

/**
 * Why a fascicolo cannot be closed with this outcome, or null: a procedure ends with its final act or with an explicit reason (REQ-FASC-019),
 * the other types, and the parts of a fascicolo, are concluded.
 */
export function esitoErrore(tipo: TipoFascicolo, esito: EsitoChiusura, haProvvedimento: boolean, parte = false): string | null {
  if (tipo !== 'procedimento amministrativo' || parte) {
    return (esito === 'provvedimento finale' && !(parte && haProvvedimento)) || esito === 'silenzio'
      ? 'Questo esito è solo dei procedimenti: scegli conclusione o un altro esito.'
      : null
  }
  if (esito === 'conclusione') return 'Un procedimento si chiude con il provvedimento finale o con un motivo esplicito.'
  if (esito === 'provvedimento finale' && !haProvvedimento)
    return 'Nel fascicolo non c’è il provvedimento finale: inseriscilo oppure scegli un altro motivo di chiusura.'
  return null
}

/** Labels of registered documents, and the pages where they can be settled. */
export interface Registrato {
  readonly anno: number
  readonly numero: number
}

/** What the checks that belong to this room look at. */
export interface FattiChiusura {
  /** Documents, papers and documents of its parts. */
  readonly documenti: number
  readonly assegnazioniAperte: readonly Registrato[]
  readonly consegneInCorso: readonly Registrato[]
  readonly consegneDaFare: readonly Registrato[]
  readonly partiAperte: readonly { readonly codice: string; readonly slug: string }[]
  readonly bozze: readonly { readonly id: string; readonly stato: string }[]
  /** Files whose format is not fit for preservation, without a fit copy of them in the same document. */
  readonly formatiNonConservabili: readonly { readonly nome: string; readonly pagina: string }[]
  readonly nonProtocollati: number
  readonly doppioni: number
  readonly movimentiInCorso: number
  readonly tipo: TipoFascicolo
  readonly parte: boolean
  readonly haProvvedimento: boolean
  /** The plan of conservation says how long it is kept: as it was opened with, or as the plan is today. */
  readonly conservazioneDefinita: boolean
  readonly slug: string
}

const label = (r: Registrato): string => `${String(r.numero).padStart(7, '0')}/${r.anno}`
const page = (r: Registrato): string => `/protocollo/${r.anno}/${r.numero}`

/** Formats of Allegato 2 that a conservatore takes as they are, as a regular expression that the database reads in the same way. */
export const FORMATI_CONSERVABILI =
  /^(application\/(pdf|xml|json|pkcs7-mime|pkcs7-signature|timestamp-reply|x-pkcs7-mime|vnd\.oasis\.opendocument\..+|vnd\.openxmlformats-officedocument\..+|mbox)|text\/(plain|csv|xml|html|calendar)|message\/rfc822|image\/(jpeg|png|tiff|svg\+xml)|audio\/(mpeg|flac|wav|wave|x-wav)|video\/(mp4|mpeg))/u
    .source

/**
 * Findings before closing that are known here; others are added by who wires the closing (REQ-FASC-041). Pages are relative to the ente. Blocking ones that
 * may be forced want a reason; an empty fascicolo and open parts never may.
 */
export function closingFindings(f: FattiChiusura): { bloccanti: RilievoChiusura[]; avvisi: RilievoChiusura[] } {
  return { bloccanti: [...structure(f), ...work(f), ...formats(f)], avvisi: warnings(f) }
}

function structure(f: FattiChiusura): RilievoChiusura[] {
  const found: RilievoChiusura[] = []
  if (f.documenti === 0) found.push({ codice: 'fascicolo-vuoto', messaggio: 'Il fascicolo non contiene documenti.', forzabile: false })
  for (const p of f.partiAperte)
    found.push({
      codice: 'sottofascicolo-aperto',
      messaggio: `Il sottofascicolo ${p.codice} è ancora aperto: chiudilo prima.`,
      collegamento: `/fascicoli/${p.slug}`,
      forzabile: false,
    })
  if (f.movimentiInCorso > 0)
    found.push({
      codice: 'trasferimento-in-corso',
      messaggio: 'C’è un trasferimento a un altro ufficio da accettare o rifiutare.',
      collegamento: `/fascicoli/${f.slug}`,
      forzabile: false,
    })
  return found
}

function work(f: FattiChiusura): RilievoChiusura[] {
  return [
    ...f.assegnazioniAperte.map((r) => ({
      codice: 'assegnazione-aperta',
      messaggio: `Il documento ${label(r)} non è stato preso in carico da nessuno.`,
      collegamento: page(r),
      forzabile: true,
    })),
    ...f.bozze.map((b) => ({
      codice: b.stato === 'DA_FIRMARE' ? 'bozza-da-firmare' : 'bozza-aperta',
      messaggio:
        b.stato === 'DA_FIRMARE' ? 'Una bozza del fascicolo aspetta la firma.' : 'Una bozza del fascicolo non è ancora un documento.',
      collegamento: `/bozze/${b.id}`,
      forzabile: true,
    })),
    ...f.consegneInCorso.map((r) => ({
      codice: 'consegna-in-corso',
      messaggio: `L’invio del documento ${label(r)} non risulta consegnato.`,
      collegamento: page(r),
      forzabile: true,
    })),
  ]
}

function formats(f: FattiChiusura): RilievoChiusura[] {
  return f.formatiNonConservabili.map((x) => ({
    codice: 'formato-non-conservabile',
    messaggio: `Il formato del file «${x.nome}» non è adatto alla conservazione: serve nello stesso documento una copia con lo stesso nome in un formato ammesso.`,
    collegamento: x.pagina,
    forzabile: true,
  }))
}

function warnings(f: FattiChiusura): RilievoChiusura[] {
  const avvisi: RilievoChiusura[] = f.consegneDaFare.map((r) => ({
    codice: 'consegna-da-fare',
    messaggio: `Per il documento ${label(r)} non è annotato nessun invio.`,
    collegamento: page(r),
    forzabile: true,
  }))
  if (f.tipo === 'procedimento amministrativo' && !f.parte && !f.haProvvedimento) {
    avvisi.push({
      codice: 'senza-provvedimento-finale',
      messaggio: 'Manca il provvedimento finale: per chiudere serve un altro motivo esplicito.',
      collegamento: `/fascicoli/${f.slug}`,
      forzabile: true,
    })
  }
  if (f.nonProtocollati > 0) {
    const messaggio = f.nonProtocollati === 1 ? 'Un documento non è protocollato.' : `${f.nonProtocollati} documenti non sono protocollati.`
    avvisi.push({ codice: 'non-protocollati', messaggio, collegamento: `/fascicoli/${f.slug}`, forzabile: true })
  }
  if (f.doppioni > 0) {
    avvisi.push({
      codice: 'doppioni',
      messaggio: f.doppioni === 1 ? 'Un file è presente più volte.' : `${f.doppioni} file sono presenti più volte.`,
      collegamento: `/fascicoli/${f.slug}`,
      forzabile: true,
    })
  }
  if (!f.conservazioneDefinita) {
    avvisi.push({
      codice: 'conservazione-da-definire',
      messaggio: 'Il tempo di conservazione della voce è da definire: il fascicolo non potrà essere scartato.',
      collegamento: `/fascicoli/${f.slug}`,
      forzabile: true,
    })
  }
  return avvisi
}

/** Why a day cannot be that of the closing, or null: never before the opening or the last document, never in the future (REQ-FASC-040). */
export function dataChiusuraErrore(
  data: string,
  d: { readonly apertoIl: string; readonly ultimo: string; readonly oggi: string },
): string | null {
  if (data > d.oggi) return 'La data di chiusura è nel futuro.'
  const least = d.ultimo > d.apertoIl ? d.ultimo : d.apertoIl
  if (data < least) {
    return least === d.apertoIl && d.ultimo <= d.apertoIl
      ? `Il fascicolo è stato aperto il ${formatItalianDay(d.apertoIl)}: non può chiudersi prima.`
      : `L’ultimo documento è del ${formatItalianDay(d.ultimo)}: il fascicolo non può chiudersi prima.`
  }
  return null
}
