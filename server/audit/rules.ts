import { azioniFascicolo } from '../fascicoli/index.ts'

const azioni: Readonly<Record<string, string>> = {
  ...azioniFascicolo,
  registrata: 'Registrato al protocollo',
  'presa-in-carico': 'Preso in carico',
  riassegnata: 'Assegnato',
  'assegnazione-rifiutata': 'Assegnazione rifiutata',
  riclassificata: 'Classificazione cambiata',
  'registrazione-letta': 'Registrazione aperta',
  'documento-letto': 'Documento aperto',
  'fascicolo-letto': 'Fascicolo aperto in lettura',
  'metadati-letti': 'Metadati letti',
  'traccia-letta': 'Traccia delle operazioni letta',
  'versamento-letto': 'Versamento letto',
  'accesso-rifiutato': 'Accesso rifiutato',
  'messaggio-acquisito': 'Messaggio acquisito dalla casella',
  'messaggio-letto': 'Messaggio letto',
  'messaggio-registrato': 'Messaggio registrato',
  'messaggio-scartato': 'Messaggio scartato',
  'messaggio-ripristinato': 'Messaggio ripristinato',
  'parte-letta': 'Allegato di un messaggio aperto',
  'annullamento-richiesto': 'Annullamento richiesto',
  'annullamento-rifiutato': 'Richiesta di annullamento rifiutata',
  annullata: 'Registrazione ANNULLATA',
  'rettifica-richiesta': 'Rettifica richiesta',
  'rettifica-rifiutata': 'Richiesta di rettifica rifiutata',
  rettificata: 'Dato rettificato',
  'riserva-cambiata': 'Livello di riservatezza cambiato',
  'riservato-letto': 'Riservato letto in un elenco',
  'accesso-autorita-aperto': 'Accesso aperto per la richiesta di un’autorità',
  'accesso-autorita-chiuso': 'Accesso per un’autorità chiuso',
  'accesso-chiesto': 'Accesso chiesto da chi non vede il documento',
  'visibilita-verificata': 'Visibilità di una persona verificata',
  'titolario-adottato': 'Titolario adottato',
  'titolario-adozione-ritirata': 'Adozione del titolario ritirata',
  'titolario-pubblicato': 'Indirizzo di pubblicazione del titolario',
  'titolario-bozza-creata': 'Bozza di titolario creata',
  'titolario-bozza-modificata': 'Bozza di titolario modificata',
  'titolario-bozza-eliminata': 'Bozza di titolario eliminata',
  'titolario-voce-aggiunta': 'Voce di titolario aggiunta',
  'titolario-voce-rinominata': 'Voce di titolario rinominata',
  'titolario-voce-modificata': 'Voce di titolario modificata',
  'titolario-voce-chiusa': 'Voce di titolario chiusa',
  'titolario-voce-divisa': 'Voce di titolario divisa',
  'titolario-voci-accorpate': 'Voci di titolario accorpate',
  'titolario-sinonimi-aggiunti': 'Sinonimi del titolario aggiunti',
  'titolario-sinonimi-tolti': 'Sinonimi del titolario tolti',
  'titolario-revisionato': 'Titolario revisionato',
  'conservazione-regola-approvata': 'Regola di conservazione approvata',
  'conservazione-regola-revocata': 'Regola di conservazione revocata',
  'conservazione-piano-importato': 'Piano di conservazione importato',
  'ricevuta-emessa': 'Ricevuta emessa',
  'ricevuta-stampata': 'Ricevuta stampata',
  'ricevuta-ristampata': 'Ricevuta ristampata',
  'etichetta-stampata': 'Etichetta stampata',
  'etichetta-ristampata': 'Etichetta ristampata',
  'registro-stampato': 'Registro stampato',
  'elenco-stampato': 'Elenco stampato',
  'stampe-impostate': 'Impostazioni delle stampe cambiate',
}

/** The words of an action; an unknown one is read from its own code. */
export function describeEvento(azione: string): string {
  const words = azione.replaceAll('-', ' ')
  return azioni[azione] ?? words.charAt(0).toUpperCase() + words.slice(1)
}

/** True for facts that change nothing. */
export function isLettura(azione: string): boolean {
  return /-lett[oaie]$/u.test(azione)
}

const campi: Readonly<Record<string, string>> = {
  voceId: 'classificazione',
  protocolloMittente: 'protocollo del mittente',
  dataProtocolloMittente: 'data del protocollo del mittente',
  dataArrivo: 'data di arrivo',
  dataDocumento: 'data del documento',
  confermaDestinatario: 'destinatario informato',
  baseGiuridica: 'base giuridica',
  autorita: 'autorità',
  fino: 'fino al',
  visibileCittadino: 'visibile al cittadino',
  chiusoIl: 'chiuso il',
  operatore: 'persona',
  documento: 'protocollo',
  principale: 'fascicolo primario',
}

/** One field of a fact, side by side. */
export interface Cambiamento {
  readonly campo: string
  readonly prima: string | null
  readonly dopo: string | null
}

/** A fact's stored text as changes in words: ids are called by name where one is known, what did not change is left out. */
export function changesOf(dati: string, nomi: ReadonlyMap<string, string>): { cambiamenti: Cambiamento[]; motivo: string | null } {
  const { prima, dopo, motivo } = JSON.parse(dati) as { prima: unknown; dopo: unknown; motivo: string | null }
  const before = fieldsOf(prima)
  const after = fieldsOf(dopo)
  const words = (value: unknown): string | null => (value === undefined || value === null || value === '' ? null : describe(value, nomi))
  const cambiamenti = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((campo) => ({ campo: campi[campo] ?? campo, prima: words(before[campo]), dopo: words(after[campo]) }))
    .filter((c) => c.prima !== c.dopo)
  return { cambiamenti, motivo: motivo ?? null }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

function describe(value: unknown, nomi: ReadonlyMap<string, string>): string {
  if (typeof value === 'boolean') return value ? 'sì' : 'no'
  if (typeof value === 'string') return nomi.get(value) ?? value
  if (Array.isArray(value)) return value.map((v) => describe(v, nomi)).join(', ')
  return JSON.stringify(value)
}

/** The ids a fact names, to be called by name. */
export function idsIn(dati: string): string[] {
  return dati.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu) ?? []
}
