import type { FileRow } from '../documenti/index.ts'
import type { EnteRef } from '../kernel/scope.ts'
import { addDays, formatItalianDay, formatItalianInstant, romeDay } from '../kernel/time.ts'
import type { Blocco, Stampa } from '../ports/stampa.ts'
import { formatEtichetta } from '../protocollo/index.ts'
import type { ImpostazioniRow, RegistrazioneStampata } from './repository.ts'
import type { FormatoRicevuta, ImpostazioniDto } from './schema.ts'

/** Everything a receipt is made of. */
export interface DatiRicevuta {
  readonly ente: EnteRef
  readonly registrazione: RegistrazioneStampata
  readonly corrispondenti: readonly { readonly ruolo: string; readonly nome: string }[]
  readonly files: readonly FileRow[]
  readonly competente: { readonly ufficio: string; readonly responsabile: string | null } | null
  readonly impostazioni: ImpostazioniRow
  /** Address of the citizen's area of the ente. */
  readonly areaPersonale: string
}

/** Documents whose presentation the law wants to be attested (L. 241 art. 18-bis). */
const PRESENTATE: Readonly<Record<string, string>> = {
  Istanza: 'l’istanza è stata presentata',
  Segnalazione: 'la segnalazione è stata presentata',
  Comunicazione: 'la comunicazione è stata presentata',
}
/** Channels over which a receipt is issued by itself, without anybody asking. */
const TELEMATICI: ReadonlySet<string> = new Set(['PEC', 'PEO', 'PORTALE'])
const MEZZI: Readonly<Record<string, string>> = {
  PEC: 'posta elettronica certificata',
  PEO: 'posta elettronica',
  PORTALE: 'portale',
  POSTA: 'posta',
  RACCOMANDATA: 'raccomandata',
  A_MANO: 'consegna a mano',
  NOTIFICA: 'notifica',
  ALTRO: 'altro',
}
const RUOLI_FILE: Readonly<Record<string, string>> = { principale: 'Documento principale', allegato: 'Allegato', annesso: 'Annesso' }

/** True when the law wants the presentation attested (REQ-PROT-120). */
export function isPresentata(r: Pick<RegistrazioneStampata, 'tipo' | 'tipologia'>): boolean {
  return r.tipo === 'E' && PRESENTATE[r.tipologia] !== undefined
}

/** True when the receipt is issued by itself: an attested presentation by an electronic channel (REQ-PROT-120). */
export function isRicevutaDovuta(r: Pick<RegistrazioneStampata, 'tipo' | 'tipologia' | 'mezzo'>): boolean {
  return isPresentata(r) && TELEMATICI.has(r.mezzo)
}

/** The texts the ente has not written yet, without which no receipt is a communication of start (L. 241 art. 8). */
export function testiMancanti(i: ImpostazioniRow): ImpostazioniDto['mancanti'] {
  return (['rimedi', 'visioneAtti', 'ufficioAccesso'] as const).filter((nome) => i[nome] === '')
}

/**
 * The elements of a communication of start of the procedure, with their names, or null when even one is missing: administration, object, office and person
 * responsible, term and remedies against inaction, date of presentation, digital domicile, how to see the acts online, office for access (L. 241 art. 8 c. 2; REQ-PROT-121).
 */
export function composeAvvio(d: DatiRicevuta): (readonly [nome: string, valore: string])[] | null {
  const { registrazione: r, impostazioni: i, competente } = d
  const wanted = r.tipo === 'E' && r.tipologia === 'Istanza' && !r.riservata && r.annullamento === null
  if (!wanted || r.dataArrivo === null || competente === null || competente.responsabile === null) return null
  if (testiMancanti(i).length > 0 || r.aooIndirizzo === '' || r.oggetto === '') return null
  return [
    ['Amministrazione competente', d.ente.denominazione],
    ['Oggetto del procedimento', r.oggetto],
    ['Data di presentazione', formatItalianDay(romeDay(r.dataArrivo))],
    ['Ufficio competente', competente.ufficio],
    ['Responsabile del procedimento', competente.responsabile],
    ['Termine di conclusione', termineOf(r.dataArrivo, i.termineGiorni)],
    ['Rimedi contro l’inerzia', i.rimedi],
    ['Domicilio digitale', r.aooIndirizzo],
    ['Visione degli atti e diritti in via telematica', i.visioneAtti],
    ['Ufficio per l’accesso agli atti', i.ufficioAccesso],
  ]
}

/** Terms run from the presentation, never from the registration (REQ-PROT-074). */
function termineOf(dataArrivo: Date, giorni: number): string {
  return `${giorni} giorni dalla presentazione, entro il ${formatItalianDay(addDays(romeDay(dataArrivo), giorni))}`
}

/**
 * The receipt of a registration (REQ-PROT-120 to 124): same number, same instant, whenever it is printed. A riservato says only that it was registered, an
 * annulled one says so on every page. The same data give the same bytes.
 */
export function composeRicevuta(d: DatiRicevuta, formato: FormatoRicevuta): Stampa {
  const { registrazione: r, ente } = d
  const etichetta = formatEtichetta(r.numero, r.anno)
  const annullata = r.annullamento !== null
  return {
    titolo: `${titoloOf(r)} ${etichetta}`,
    intestazione: [ente.denominazione, r.aooDenominazione],
    formato,
    autore: ente.denominazione,
    creatoIl: r.istante,
    piede: `Protocollo ${etichetta} del ${formatItalianDay(r.giorno)} - ${ente.denominazione}`,
    ...(annullata ? { filigrana: 'ANNULLATO' } : {}),
    blocchi: [
      ...annullamentoOf(r),
      ...attestazioneOf(r),
      { tipo: 'dati', voci: datiOf(d, etichetta) },
      ...documentiOf(d),
      ...terminiOf(d),
      { tipo: 'spazio', millimetri: 3 },
      { tipo: 'codici', qr: d.areaPersonale, lato: 26 },
      { tipo: 'testo', testo: `Area personale: ${d.areaPersonale}`, piccolo: true },
    ],
  }
}

function titoloOf(r: RegistrazioneStampata): string {
  if (r.tipo !== 'E') return 'Attestazione di protocollo'
  return isPresentata(r) ? 'Ricevuta di presentazione' : 'Ricevuta di protocollo'
}

function annullamentoOf(r: RegistrazioneStampata): Blocco[] {
  if (r.annullamento === null) return []
  return [{ tipo: 'testo', testo: r.annullamento, forte: true }]
}

/** What the law wants to be said of an istanza, and both dates where they are not the same day (REQ-PROT-073 c). */
function attestazioneOf(r: RegistrazioneStampata): Blocco[] {
  const presentata = PRESENTATE[r.tipologia]
  if (r.tipo !== 'E' || presentata === undefined || r.dataArrivo === null) return []
  const blocchi: Blocco[] = [
    {
      tipo: 'testo',
      testo: `Si attesta che ${presentata} il ${formatItalianInstant(r.dataArrivo)} (legge 7 agosto 1990, n. 241, art. 18-bis).`,
    },
  ]
  if (romeDay(r.dataArrivo) !== r.giorno)
    blocchi.push({
      tipo: 'testo',
      forte: true,
      testo: `Presentata il ${formatItalianDay(romeDay(r.dataArrivo))}, registrata il ${formatItalianDay(r.giorno)}: i termini decorrono dalla presentazione.`,
    })
  return blocchi
}

function datiOf({ registrazione: r, corrispondenti, competente }: DatiRicevuta, etichetta: string): (readonly [string, string])[] {
  const names = (ruolo: string): string =>
    corrispondenti
      .filter((c) => c.ruolo === ruolo)
      .map((c) => c.nome)
      .join('; ')
  const voci: (readonly [string, string])[] = [
    ['Numero di protocollo', etichetta],
    ['Data e ora di registrazione', formatItalianInstant(r.istante)],
    ['Data e ora di arrivo', r.dataArrivo === null ? '' : formatItalianInstant(r.dataArrivo)],
    ['Registro', r.registroDenominazione],
    ['Segnatura', r.segnatura],
  ]
  if (r.riservata) voci.push(['Documento', 'RISERVATO'])
  else
    voci.push(
      ['Mittente', r.tipo === 'E' ? names('mittente') : (r.ufficioMittente ?? '')],
      ['Destinatario', r.tipo === 'E' ? '' : names('destinatario')],
      ['Oggetto', r.oggetto],
      ['Mezzo', r.tipo === 'E' ? (MEZZI[r.mezzo] ?? r.mezzo) : ''],
      ['Ufficio', competente?.ufficio ?? ''],
    )
  voci.push(
    ['Registrazione differita', r.differimento === null ? '' : `autorizzazione ${r.differimento}: ${r.differimentoMotivo ?? ''}`],
    ['Registro di emergenza', r.emergenzaNumero === null ? '' : emergenzaOf(r)],
    ['Operatore', r.operatoreNome],
  )
  return voci.filter(([, valore]) => valore !== '')
}

function emergenzaOf(r: RegistrazioneStampata): string {
  return `n. ${r.emergenzaNumero ?? ''}${r.emergenzaIstante === null ? '' : ` del ${formatItalianInstant(r.emergenzaIstante)}`}`
}

/** Files with the digest of their exact bytes; of a riservato the digest only; of a paper not scanned yet, what it is. */
function documentiOf({ registrazione: r, files }: DatiRicevuta): Blocco[] {
  if (files.length === 0 || r.scansioneAttesa)
    return [
      { tipo: 'titolo', testo: 'Documenti', livello: 2 },
      {
        tipo: 'testo',
        testo: `Documento cartaceo, non ancora acquisito in formato digitale${r.riservata || !r.descrizioneCartaceo ? '.' : `: ${r.descrizioneCartaceo}`}`,
      },
    ]
  if (r.riservata) return [{ tipo: 'dati', voci: [['Impronta SHA-256', r.impronta]] }]
  return [
    { tipo: 'titolo', testo: 'Documenti', livello: 2 },
    {
      tipo: 'tabella',
      colonne: ['Documento', 'Nome del file', 'Impronta SHA-256'],
      larghezze: [1, 1.8, 2.6],
      righe: files.map((f) => [RUOLI_FILE[f.ruolo] ?? f.ruolo, f.nome, f.sha256]),
    },
  ]
}

/** The term of an istanza, or the whole communication of start when every element of it is there. */
function terminiOf(d: DatiRicevuta): Blocco[] {
  const { registrazione: r, impostazioni: i } = d
  const avvio = composeAvvio(d)
  if (avvio !== null)
    return [
      { tipo: 'titolo', testo: 'Comunicazione di avvio del procedimento', livello: 2 },
      {
        tipo: 'testo',
        testo: 'Questa ricevuta vale come comunicazione di avvio del procedimento (legge 7 agosto 1990, n. 241, articoli 7, 8 e 18-bis).',
      },
      { tipo: 'dati', voci: avvio },
    ]
  if (r.tipo !== 'E' || r.tipologia !== 'Istanza' || r.dataArrivo === null || r.annullamento !== null) return []
  return [
    {
      tipo: 'testo',
      testo: `Termine per la risposta: ${termineOf(r.dataArrivo, i.termineGiorni)}, salvo termini diversi previsti per il procedimento.`,
    },
  ]
}
