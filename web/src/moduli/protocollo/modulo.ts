/** The form of an incoming registration as plain data: from the proposals, its checks all at once, and the request it becomes. Pure. */
import type { Mezzo, NuovaRegistrazioneEntrata, Riservatezza } from '../../api/tipi.ts'
import type { DettaglioMessaggio } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { leggiGiorno, scriviGiorno } from '../../ui/date.ts'
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

export interface StatoModulo {
  mittenti: SoggettoModulo[]
  oggetto: string
  voce: Scelta | null
  /** `id` is 'ufficio:<id>' or 'operatore:<id>:<ufficioId>'. */
  assegnatario: Scelta | null
  perConoscenza: Scelta[]
  fascicolo: Scelta | null
  tipologia: string
  dataDocumento: string
  protocolloNumero: string
  protocolloData: string
  riservatezza: Riservatezza
  mezzo: Mezzo
  dataArrivo: string
  note: string
  file: FileModulo[]
  principale: string | null
  formazione: 'messaggio' | 'file' | 'scansione'
}

export interface Avviso {
  campo: string
  messaggio: string
}

/** Kinds of incoming document offered by the form; a proposal outside the list is added to it. */
export const TIPOLOGIE = [
  'Istanza',
  'Comunicazione',
  'Segnalazione certificata',
  'Richiesta di accesso agli atti',
  'Atto giudiziario',
  'Fattura',
  'Contratto',
  'Certificato',
  'Verbale',
  'Altro',
] as const

/** An empty form for paper and files brought at the counter. `oggi` is 'YYYY-MM-DD'. */
export function moduloVuoto(oggi: string): StatoModulo {
  return {
    mittenti: [{ ...SOGGETTO_VUOTO }],
    oggetto: '',
    voce: null,
    assegnatario: null,
    perConoscenza: [],
    fascicolo: null,
    tipologia: 'Istanza',
    dataDocumento: '',
    protocolloNumero: '',
    protocolloData: '',
    riservatezza: 'ORDINARIO',
    mezzo: 'A_MANO',
    dataArrivo: scriviGiorno(oggi),
    note: '',
    file: [],
    principale: null,
    formazione: 'file',
  }
}

const ENVELOPE = new Set(['busta', 'daticert', 'segnatura', 'originale'])

/** The form of a received message, filled with the server's proposals. */
export function moduloDaMessaggio(messaggio: DettaglioMessaggio, oggi: string): StatoModulo {
  const { proposta } = messaggio
  const useful = messaggio.parti.filter((parte) => !ENVELOPE.has(parte.ruolo))
  const chosen = useful.find((parte) => parte.principaleProposto) ?? messaggio.parti.find((parte) => parte.principaleProposto) ?? useful[0]
  const kept = chosen !== undefined && !useful.includes(chosen) ? [chosen, ...useful] : useful
  return {
    ...moduloVuoto(oggi),
    mittenti: [proposta.mittente ? inModulo(proposta.mittente) : { ...SOGGETTO_VUOTO, indirizzoDigitale: messaggio.mittenteIndirizzo }],
    oggetto: proposta.oggetto,
    voce: proposta.voce ? scelta(proposta.voce.id, `${proposta.voce.codice} ${proposta.voce.denominazione}`, proposta.voce.motivo) : null,
    assegnatario: proposta.ufficio
      ? scelta(`ufficio:${proposta.ufficio.id}`, proposta.ufficio.denominazione, proposta.ufficio.motivo)
      : null,
    tipologia: proposta.tipologia ?? 'Comunicazione',
    protocolloNumero: proposta.protocolloMittente?.numero ?? '',
    protocolloData: scriviGiorno((proposta.protocolloMittente?.data ?? '').slice(0, 10)),
    mezzo: proposta.mezzo,
    dataArrivo: proposta.dataArrivo,
    file: kept.map((parte) => ({
      contenutoId: parte.id,
      nome: parte.nome,
      descrizione: '',
      mime: parte.mime,
      dimensione: parte.dimensione,
    })),
    principale: chosen?.id ?? null,
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
  if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return []
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
  list.push(...checkDate('dataArrivo', stato.dataArrivo, oggi, true))
  if (stato.principale === null) list.push({ campo: 'documento', messaggio: t.controlli.documento })
  return list
}

/** What deserves a second look but stops nothing. */
export function avvisi(stato: StatoModulo): Avviso[] {
  const list: Avviso[] = []
  const oggetto = stato.oggetto.trim()
  if (oggetto !== '' && oggetto.length < 15) list.push({ campo: 'oggetto', messaggio: t.controlli.oggettoBreve })
  if (/\b[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]\b/i.test(oggetto)) {
    list.push({ campo: 'oggetto', messaggio: t.controlli.oggettoCodice })
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
  return /^\d{4}-\d{2}-\d{2}T/.test(text) ? text : (leggiGiorno(text, oggi) ?? text)
}

/** The request of a form that passed `errori`. */
export function inRichiesta(stato: StatoModulo, oggi: string): NuovaRegistrazioneEntrata {
  const main = stato.file.find((file) => file.contenutoId === stato.principale)
  const number = stato.protocolloNumero.trim()
  return {
    oggetto: stato.oggetto.trim(),
    mittenti: stato.mittenti.map(inSoggetto),
    mezzo: stato.mezzo,
    dataArrivo: asDay(stato.dataArrivo, oggi),
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
    documento: { contenutoId: main?.contenutoId ?? '', nome: main?.nome ?? '', formazione: stato.formazione },
    allegati: stato.file
      .filter((file) => file.contenutoId !== stato.principale)
      .map((file) => ({ contenutoId: file.contenutoId, nome: file.nome, descrizione: file.descrizione.trim() || file.nome })),
    tipologia: stato.tipologia,
    riservatezza: stato.riservatezza,
    ...(stato.fascicolo === null ? {} : { fascicoloId: stato.fascicolo.id }),
    ...(stato.note.trim() === '' ? {} : { note: stato.note.trim() }),
  }
}
