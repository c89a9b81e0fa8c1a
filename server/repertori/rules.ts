import { createHash } from 'node:crypto'
import type { CampoErrato } from '../kernel/errors.ts'
import { addDays, daysBetween } from '../kernel/time.ts'
import type { Campo, NuovoRepertorio, Numerazione } from './schema.ts'

/** Code of the repertory the albo's own numbers come from (REQ-PROT-114). */
export const CODICE_ALBO = 'ALBO'

const campo = (chiave: string, etichetta: string, tipo: Campo['tipo'] = 'testo', obbligatorio = true): Campo => ({
  chiave,
  etichetta,
  tipo,
  obbligatorio,
  valori: [],
})
const seduta = [campo('seduta', 'Data della seduta', 'data'), campo('relatore', 'Relatore', 'testo', false)]
const ufficioProponente = campo('proponente', 'Ufficio proponente', 'testo', false)
const base = { numerazione: 'annuale', visibilita: 'ente', conservazioneAnni: null, albo: false, giorniAlbo: 15 } as const

/** The repertories a comune starts with (REQ-PROT-114); the body's manual may change all of it but the code of those already used. */
export const PREDEFINITI: readonly NuovoRepertorio[] = [
  { ...base, codice: 'DCC', denominazione: 'Deliberazioni di Consiglio', tipologia: 'Deliberazione', campi: seduta, albo: true },
  { ...base, codice: 'DGC', denominazione: 'Deliberazioni di Giunta', tipologia: 'Deliberazione', campi: seduta, albo: true },
  {
    ...base,
    codice: 'DET',
    denominazione: 'Determinazioni',
    tipologia: 'Determinazione',
    campi: [campo('cig', 'CIG', 'testo', false), campo('importo', 'Importo', 'importo', false), ufficioProponente],
    albo: true,
  },
  { ...base, codice: 'DECS', denominazione: 'Decreti sindacali', tipologia: 'Decreto', campi: [] },
  { ...base, codice: 'ORDS', denominazione: 'Ordinanze sindacali', tipologia: 'Ordinanza', campi: [], albo: true },
  { ...base, codice: 'ORDD', denominazione: 'Ordinanze dirigenziali', tipologia: 'Ordinanza', campi: [], albo: true },
  {
    ...base,
    codice: 'CONTR',
    denominazione: 'Contratti e scritture private',
    tipologia: 'Contratto',
    numerazione: 'continua',
    campi: [campo('contraente', 'Contraente'), campo('stipula', 'Data di stipula', 'data'), campo('importo', 'Importo', 'importo', false)],
  },
  {
    ...base,
    codice: 'VERB',
    denominazione: 'Verbali',
    tipologia: 'Verbale',
    campi: [campo('organo', 'Organo'), campo('seduta', 'Data', 'data')],
  },
  { ...base, codice: 'CIRC', denominazione: 'Circolari', tipologia: 'Circolare', campi: [] },
  {
    ...base,
    codice: CODICE_ALBO,
    denominazione: 'Pubblicazioni all’albo pretorio',
    tipologia: 'Pubblicazione',
    campi: [campo('atto', 'Atto pubblicato'), campo('richiedente', 'Richiedente')],
  },
  {
    ...base,
    codice: 'NOT',
    denominazione: 'Notifiche',
    tipologia: 'Notifica',
    campi: [campo('destinatario', 'Destinatario'), campo('notificata', 'Data di notifica', 'data', false)],
    visibilita: 'ufficio',
  },
  {
    ...base,
    codice: 'FATT',
    denominazione: 'Fatture passive',
    tipologia: 'Fattura',
    campi: [
      campo('fornitore', 'Fornitore'),
      campo('numeroFattura', 'Numero della fattura'),
      campo('dataFattura', 'Data della fattura', 'data'),
      campo('importo', 'Importo', 'importo'),
      campo('identificativoSdi', 'Identificativo SdI', 'testo', false),
    ],
    visibilita: 'ufficio',
    conservazioneAnni: 10,
  },
  {
    ...base,
    codice: 'ANN',
    denominazione: 'Provvedimenti di annullamento',
    tipologia: 'Provvedimento',
    campi: [campo('registrazioni', 'Registrazioni annullate')],
  },
  {
    ...base,
    codice: 'ATT',
    denominazione: 'Attestazioni di conformità',
    tipologia: 'Attestazione',
    campi: [campo('oggettoAttestato', 'Che cosa attesta', 'testo', false)],
  },
]

/** The series a number belongs to: the year, the mandate, or one for ever (REQ-PROT-110). */
export function serieOf(numerazione: Numerazione, anno: number, mandato: string | null): string {
  if (numerazione === 'annuale') return String(anno)
  return numerazione === 'mandato' ? (mandato ?? '') : 'unica'
}

/** Unique reference of a row: body, AOO, repertory, series and number (REQ-PROT-111). */
export function formatRiferimento(r: { ipa: string; aoo: string; codice: string; serie: string; numero: number }): string {
  return [r.ipa, r.aoo, r.codice, r.serie, String(r.numero).padStart(7, '0')].join('#')
}

/** How people call a row: `DET 12/2026`; a repertory of one series has no year. */
export function formatEtichettaRepertorio(codice: string, serie: string, numero: number): string {
  return serie === 'unica' ? `${codice} ${numero}` : `${codice} ${numero}/${serie}`
}

/** Everything wrong in the metadata of a row against the repertory's configuration. */
export function datiErrors(campi: readonly Campo[], dati: Readonly<Record<string, string>>): CampoErrato[] {
  const known = new Set(campi.map((c) => c.chiave))
  const unknown = Object.keys(dati)
    .filter((k) => !known.has(k))
    .map((k) => ({ campo: `dati.${k}`, messaggio: 'Questo dato non è previsto dal repertorio.' }))
  return [...campi.flatMap((c) => datoErrors(c, (dati[c.chiave] ?? '').trim())), ...unknown]
}

function datoErrors(c: Campo, valore: string): CampoErrato[] {
  const at = (messaggio: string): CampoErrato[] => [{ campo: `dati.${c.chiave}`, messaggio }]
  if (valore === '') return c.obbligatorio ? at(`Scrivi: ${c.etichetta}.`) : []
  switch (c.tipo) {
    case 'data':
      return isDay(valore) ? [] : at(`${c.etichetta}: scrivi la data come giorno, mese e anno.`)
    case 'numero':
      return /^\d{1,12}$/u.test(valore) ? [] : at(`${c.etichetta}: scrivi un numero intero.`)
    case 'importo':
      return /^\d{1,12}(?:[.,]\d{1,2})?$/u.test(valore) ? [] : at(`${c.etichetta}: scrivi l’importo in euro, per esempio 1250,00.`)
    case 'scelta':
      return c.valori.includes(valore) ? [] : at(`${c.etichetta}: scegli uno dei valori ammessi.`)
    case 'testo':
      return valore.length <= 500 ? [] : at(`${c.etichetta}: al massimo 500 caratteri.`)
  }
}

function isDay(valore: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/u.test(valore) && addDays(valore, 0) === valore
}

/** Last day of a publication that begins on `dal` and lasts `giorni` days: the first is not counted (dies a quo). */
export function fineAlbo(dal: string, giorni: number): string {
  return addDays(dal, giorni)
}

export type StatoPubblicazione = 'programmata' | 'in corso' | 'conclusa' | 'ritirata'

/** State of a publication on a day. */
export function statoPubblicazione(p: { dal: string; al: string; ritirata: boolean }, oggi: string): StatoPubblicazione {
  if (p.ritirata) return 'ritirata'
  if (oggi < p.dal) return 'programmata'
  return oggi <= p.al ? 'in corso' : 'conclusa'
}

/** Days of publication really done: until the withdrawal when there was one. */
export function giorniPubblicati(p: { dal: string; al: string }, fine: string): number {
  return Math.max(0, daysBetween(p.dal, fine < p.al ? fine : p.al))
}

/** One row as the static extraction writes it: a JSON array in a fixed order, one a line. */
export function rigaEstratta(r: readonly (string | number | boolean | null)[]): string {
  return JSON.stringify(r)
}

/** SHA-256 (hexadecimal) of a text. */
export function digest(testo: string): string {
  return createHash('sha256').update(testo, 'utf8').digest('hex')
}
