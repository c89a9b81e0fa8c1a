/** The form of an incoming registration as plain data: from the proposals, its checks all at once, and the request it becomes. Pure. */
import type { Mezzo, NuovaRegistrazioneEntrata, RegistrazioneMessaggio, Riservatezza } from '../../api/tipi.ts'
import type { DettaglioMessaggio, ParteMessaggio } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { istanteItaliano, leggiGiorno, scriviGiorno } from '../../ui/date.ts'
import { haDatiPersonali } from '../bozze/guardie.ts'
import { erroreCodiceFiscale, errorePartitaIva, inModulo, inSoggetto, SOGGETTO_VUOTO, type SoggettoModulo } from './soggetti.ts'

export interface Scelta {
  id: string
  testo: string
  perche?: string
}

export interface FileModulo {
  contenutoId: string
  nome: string
  descrizione: string
  mime: string
  dimensione: number
}

/** What only a registration at the counter may add: file that comes later, link to another registration, deferral. */
export interface AggiunteEntrata {
  /** The paper takes its number and label now, its scan comes later. */
  dopo: boolean
  descrizioneCartaceo: string
  collegato: Scelta | null
  /** Order of the RGD that authorises the deferral; empty when there is none. */
  autorizzazione: string
  motivoDifferimento: string
  entroIl: string
}

export const SENZA_AGGIUNTE: AggiunteEntrata = {
  dopo: false,
  descrizioneCartaceo: '',
  collegato: null,
  autorizzazione: '',
  motivoDifferimento: '',
  entroIl: '',
}

export interface StatoModulo {
  mittenti: SoggettoModulo[]
  oggetto: string
  voce: Scelta | null
  /** `id` is 'ufficio:<id>' or 'operatore:<id>:<ufficioId>'. */
  assegnatario: Scelta | null
  perConoscenza: Scelta[]
  tipologia: string
  dataDocumento: string
  protocolloNumero: string
  protocolloData: string
  riservatezza: Riservatezza
  mezzo: Mezzo
  dataArrivo: string
  oraArrivo: string
  note: string
  file: FileModulo[]
  principale: string | null
  formazione: 'messaggio' | 'file' | 'scansione'
  aggiunte?: AggiunteEntrata
}

export interface Avviso {
  campo: string
  messaggio: string
}

/** Kinds of incoming document. */
export const TIPOLOGIE = [
  'Istanza',
  'Comunicazione',
  'Segnalazione',
  'Fattura',
  'Atto giudiziario',
  'Provvedimento',
  'Relazione',
  'Altro',
] as const

/** An empty form for paper and files brought at the counter. `oggi` is 'YYYY-MM-DD', `ora` 'HH:MM'. */
export function moduloVuoto(oggi: string, ora: string): StatoModulo {
  return {
    mittenti: [{ ...SOGGETTO_VUOTO }],
    oggetto: '',
    voce: null,
    assegnatario: null,
    perConoscenza: [],
    tipologia: 'Istanza',
    dataDocumento: '',
    protocolloNumero: '',
    protocolloData: '',
    riservatezza: 'ORDINARIO',
    mezzo: 'A_MANO',
    dataArrivo: scriviGiorno(oggi),
    oraArrivo: ora,
    note: '',
    file: [],
    principale: null,
    formazione: 'file',
  }
}

/** True for what is inside an attachment (a zip, a forwarded message): it travels with its container. */
function nested(parte: ParteMessaggio, byPath: Map<string, ParteMessaggio>): boolean {
  const steps = parte.percorso.split('.')
  return steps.some((_, index) => index > 0 && byPath.get(steps.slice(0, index).join('.'))?.ruolo === 'allegato')
}

/** The part proposed as document, then the real attachments: neither envelope nor inline images. */
export function fileProposti(parti: ParteMessaggio[]): { principale: string | null; file: FileModulo[] } {
  const byPath = new Map(parti.map((parte) => [parte.percorso, parte]))
  const main = parti.find((parte) => parte.principaleProposto)
  const attachments = parti.filter((parte) => parte.ruolo === 'allegato' && !parte.inLinea && parte !== main && !nested(parte, byPath))
  const kept = main === undefined ? attachments : [main, ...attachments]
  return { principale: main?.id ?? kept[0]?.id ?? null, file: kept.map(inFile) }
}

/** A part of a message as a file of the form. */
export function inFile(parte: ParteMessaggio): FileModulo {
  return { contenutoId: parte.id, nome: parte.nome, descrizione: '', mime: parte.mime, dimensione: parte.dimensione }
}

/** The form of a received message, filled with the server's proposals. */
export function moduloDaMessaggio(messaggio: DettaglioMessaggio, oggi: string): StatoModulo {
  const { proposta } = messaggio
  return {
    ...moduloVuoto(oggi, ''),
    ...fileProposti(messaggio.parti),
    mittenti: [inModulo(proposta.mittente)],
    oggetto: proposta.oggetto,
    voce: proposta.voce ? scelta(proposta.voce.id, `${proposta.voce.codice} ${proposta.voce.denominazione}`, proposta.voce.motivo) : null,
    assegnatario: proposta.ufficio
      ? scelta(`ufficio:${proposta.ufficio.id}`, proposta.ufficio.denominazione, proposta.ufficio.motivo)
      : null,
    tipologia: proposta.tipologia,
    protocolloNumero: proposta.protocolloMittente?.numero ?? '',
    protocolloData: scriviGiorno((proposta.protocolloMittente?.data ?? '').slice(0, 10)),
    mezzo: proposta.mezzo,
    dataArrivo: proposta.dataArrivo,
    riservatezza: proposta.riservatezza ?? 'ORDINARIO',
    formazione: 'messaggio',
  }
}

function scelta(id: string, testo: string, motivo: string | null | undefined): Scelta {
  return motivo ? { id, testo, perche: motivo } : { id, testo }
}

function checkSender(mittente: SoggettoModulo, index: number): Avviso[] {
  const errors: Avviso[] = []
  const add = (field: string, messaggio: string): void => void errors.push({ campo: `mittenti.${index}.${field}`, messaggio })
  if (mittente.tipo === 'PF') {
    if (mittente.cognome.trim() === '') add('cognome', index === 0 ? t.controlli.mittenteCognome : t.controlli.cognome)
    if (mittente.nome.trim() === '') add('nome', t.controlli.nome)
    const code = erroreCodiceFiscale(mittente.codiceFiscale)
    if (code !== null) add('codiceFiscale', code)
    return errors
  }
  if (mittente.denominazione.trim() === '') add('denominazione', t.controlli.mittenteDenominazione)
  if (mittente.tipo === 'PAI' && mittente.codiceIpa.trim() === '') add('codiceIpa', t.controlli.ipa)
  const vat = mittente.tipo === 'PG' ? errorePartitaIva(mittente.codiceFiscale) : null
  if (vat !== null) add('codiceFiscale', vat)
  return errors
}

function checkDate(campo: string, text: string, oggi: string, required: boolean): Avviso[] {
  if (text.trim() === '') return required ? [{ campo, messaggio: t.controlli.data }] : []
  const day = leggiGiorno(text, oggi)
  if (day === null) return [{ campo, messaggio: t.controlli.dataForma }]
  return day > oggi ? [{ campo, messaggio: t.controlli.dataFutura }] : []
}

/** Everything that stops the registration, in field order. */
export function errori(stato: StatoModulo, oggi: string): Avviso[] {
  const list = stato.mittenti.flatMap(checkSender)
  if (stato.oggetto.trim() === '') list.push({ campo: 'oggetto', messaggio: t.controlli.oggetto })
  if (stato.voce === null) list.push({ campo: 'voceId', messaggio: t.controlli.voce })
  if (stato.assegnatario === null) list.push({ campo: 'assegnazione', messaggio: t.controlli.ufficio })
  const office = stato.assegnatario === null ? null : destinazione(stato.assegnatario.id).ufficioId
  if (stato.perConoscenza.some((item) => destinazione(item.id).ufficioId === office)) {
    list.push({ campo: 'perConoscenza', messaggio: t.controlli.conoscenza })
  }
  list.push(...checkDate('dataDocumento', stato.dataDocumento, oggi, false))
  list.push(...checkDate('protocolloMittente.data', stato.protocolloData, oggi, false))
  if (stato.formazione !== 'messaggio') {
    list.push(...checkDate('dataArrivo', stato.dataArrivo, oggi, true))
    if (istanteItaliano(oggi, stato.oraArrivo) === null) list.push({ campo: 'oraArrivo', messaggio: t.controlli.ora })
  }
  if (stato.principale === null && stato.aggiunte?.dopo !== true) list.push({ campo: 'documento', messaggio: t.controlli.documento })
  if ((stato.aggiunte?.autorizzazione ?? '').trim() !== '') {
    if (stato.aggiunte?.motivoDifferimento.trim() === '') list.push({ campo: 'motivoDifferimento', messaggio: t.modulo.differimento.manca })
    if (leggiGiorno(stato.aggiunte?.entroIl ?? '', oggi) === null) list.push({ campo: 'entroIl', messaggio: t.controlli.dataForma })
  }
  return list
}

/** What deserves a second look but stops nothing. */
export function avvisi(stato: StatoModulo): Avviso[] {
  const list: Avviso[] = []
  const oggetto = stato.oggetto.trim()
  if (oggetto !== '' && oggetto.length < 15) list.push({ campo: 'oggetto', messaggio: t.controlli.oggettoBreve })
  if (/\b[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]\b/i.test(oggetto)) {
    list.push({ campo: 'oggetto', messaggio: t.controlli.oggettoCodice })
  } else if (haDatiPersonali(oggetto) && stato.riservatezza === 'ORDINARIO') {
    list.push({ campo: 'oggetto', messaggio: t.bozze.guardie.dati })
  }
  return list
}

/** Reads the id of an assignee back into office and person. */
export function destinazione(id: string): { ufficioId: string; operatoreId?: string } {
  const [kind, first, second] = id.split(':')
  if (kind === 'operatore' && first !== undefined) return { ufficioId: second ?? '', operatoreId: first }
  return { ufficioId: first ?? id }
}

function asDay(text: string, oggi: string): string {
  return leggiGiorno(text, oggi) ?? text
}

function common(stato: StatoModulo, oggi: string) {
  const number = stato.protocolloNumero.trim()
  return {
    oggetto: stato.oggetto.trim(),
    mittenti: stato.mittenti.map(inSoggetto),
    mezzo: stato.mezzo,
    ...(stato.dataDocumento.trim() === '' ? {} : { dataDocumento: asDay(stato.dataDocumento, oggi) }),
    ...(number === ''
      ? {}
      : {
          protocolloMittente: {
            numero: number,
            ...(stato.protocolloData.trim() === '' ? {} : { data: asDay(stato.protocolloData, oggi) }),
          },
        }),
    voceId: stato.voce?.id ?? '',
    assegnazione: destinazione(stato.assegnatario?.id ?? ''),
    ...(stato.perConoscenza.length === 0 ? {} : { perConoscenza: stato.perConoscenza.map((item) => destinazione(item.id).ufficioId) }),
    tipologia: stato.tipologia,
    riservatezza: stato.riservatezza,
    ...(stato.note.trim() === '' ? {} : { note: stato.note.trim() }),
  }
}

function files(stato: StatoModulo) {
  const main = stato.file.find((file) => file.contenutoId === stato.principale)
  return {
    documento: { contenutoId: main?.contenutoId ?? '', nome: main?.nome ?? '' },
    allegati: stato.file
      .filter((file) => file.contenutoId !== stato.principale)
      .map((file) => ({ contenutoId: file.contenutoId, nome: file.nome, descrizione: file.descrizione.trim() || file.nome })),
  }
}

/** The request of a form of paper or files that passed `errori`. */
export function inRichiesta(stato: StatoModulo, oggi: string): NuovaRegistrazioneEntrata {
  const { documento, allegati } = files(stato)
  return {
    ...common(stato, oggi),
    dataArrivo: istanteItaliano(asDay(stato.dataArrivo, oggi), stato.oraArrivo) ?? stato.dataArrivo,
    ...(stato.principale === null ? {} : { documento: { ...documento, formazione: stato.formazione } }),
    allegati,
    ...aggiunte(stato, oggi),
  }
}

function aggiunte({ aggiunte: a, principale }: StatoModulo, oggi: string): Partial<NuovaRegistrazioneEntrata> {
  if (a === undefined) return {}
  return {
    ...(a.dopo && principale === null
      ? { scansioneAttesa: true, ...(a.descrizioneCartaceo.trim() === '' ? {} : { descrizioneCartaceo: a.descrizioneCartaceo.trim() }) }
      : {}),
    ...(a.collegato === null ? {} : { collegamenti: [{ registrazioneId: a.collegato.id, tipo: 'correlata' }] }),
    ...(a.autorizzazione.trim() === ''
      ? {}
      : {
          differimento: {
            autorizzazione: a.autorizzazione.trim(),
            motivo: a.motivoDifferimento.trim(),
            entroIl: asDay(a.entroIl, oggi),
          },
        }),
  }
}

/** The request of a received message that passed `errori`: its files are named only when the person chose another main document. */
export function inRichiestaMessaggio(stato: StatoModulo, principaleProposto: string | null, oggi: string): RegistrazioneMessaggio {
  return { ...common(stato, oggi), ...(stato.principale === principaleProposto ? {} : files(stato)) }
}
