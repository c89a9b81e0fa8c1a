/** Values that must match byte for byte (Allegato 5, 2021). Models hold the short keys; these texts exist only in XML and are never cleaned. */

/** Ways a document comes to exist, by the letter of the annex. */
export const MODALITA_DI_FORMAZIONE = {
  a: 'creazione tramite utilizzo di strumenti software che assicurino la produzione di documenti nei formati previsti in allegato 2',
  b: 'acquisizione di un documento informatico per via telematica o su supporto informatico, acquisizione della copia per immagine su supporto informatico di un documento analogico, acquisizione della copia informatica di un documento analogico',
  c: 'memorizzazione su supporto informatico in formato digitale delle informazioni risultanti da transazioni o processi informatici o dalla presentazione telematica di dati attraverso moduli o formulari resi disponibili ad utente',
  d: 'generazione o raggruppamento anche in via automatica di un insieme di dati o registrazioni, provenienti da una o pi\u00F9 banche dati, anche appartenenti a pi\u00F9 soggetti interoperanti, secondo una struttura logica predeterminata e memorizzata in forma statica',
} as const
export type ModalitaDiFormazione = keyof typeof MODALITA_DI_FORMAZIONE

export const TIPOLOGIE_DI_FLUSSO = ['E', 'U', 'I'] as const
export type TipologiaDiFlusso = (typeof TIPOLOGIE_DI_FLUSSO)[number]

export const TIPI_AGGREGAZIONE = ['Fascicolo', 'Serie Documentale', 'Serie Di Fascicoli'] as const
export type TipoAggregazione = (typeof TIPI_AGGREGAZIONE)[number]

export const TIPOLOGIE_FASCICOLO = ['affare', 'attivita', 'persona fisica', 'persona giuridica', 'procedimento amministrativo'] as const
export type TipologiaFascicolo = (typeof TIPOLOGIE_FASCICOLO)[number]

export const TIPI_MODIFICA = ['Annullamento', 'Rettifica', 'Integrazione', 'Annotazione'] as const
export type TipoModifica = (typeof TIPI_MODIFICA)[number]

/** Bytes of the digest for each label of the annex (Allegato 6 table 1, without the keyed variants). */
export const LUNGHEZZA_IMPRONTA = { 'SHA-224': 28, 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 } as const
export type AlgoritmoImpronta = keyof typeof LUNGHEZZA_IMPRONTA

/** Phases of a procedure: the key is the element name, the value the literal inside it (the last one with a typographic apostrophe). */
export const FASI = {
  Preparatoria: 'Preparatoria',
  Istruttoria: 'Istruttoria',
  Consultiva: 'Consultiva',
  Decisoriaodeliberativa: 'Decisoria o deliberativa',
  Integrazionedellefficacia: 'Integrazione dell\u2019efficacia',
} as const
export type NomeFase = keyof typeof FASI

/** `TipoRuolo` of every role element of the three profiles. Derived at writing time, never stored. */
export const TIPO_RUOLO = {
  SoggettoCheEffettuaLaRegistrazione: 'Soggetto Che Effettua La Registrazione',
  AmministrazioneCheEffettuaLaRegistrazione: 'Amministrazione Che Effettua La Registrazione',
  Assegnatario: 'Assegnatario',
  Destinatario: 'Destinatario',
  Mittente: 'Mittente',
  Autore: 'Autore',
  Operatore: 'Operatore',
  ResponsabileGestioneDocumentale: 'Responsabile della Gestione Documentale',
  ResponsabileServizioProtocollo: 'Responsabile del Servizio di Protocollo',
  Produttore: 'Produttore',
  Altro: 'Altro',
  RUP: 'RUP',
  AmministrazioneTitolare: 'Amministrazione Titolare',
  AmministrazionePartecipante: 'Amministrazione Partecipante',
  SoggettoIntestatarioPersonaGiuridica: 'Soggetto Intestatario Persona Giuridica',
  SoggettoIntestatarioPersonaFisica: 'Soggetto Intestatario Persona Fisica',
} as const
export type NomeRuolo = keyof typeof TIPO_RUOLO

/** `Permanente` is a value of the domain; its number belongs to the preservation service. */
export type AnniDiConservazione = number | 'permanente'

/** Canonical label of a digest algorithm written in any usual way (`SHA256`, `sha-256`); undefined when it is none of the four. */
export function normalizeAlgoritmo(text: string): AlgoritmoImpronta | undefined {
  const found = /^\s*sha[\s_-]?(?:2[\s_-])?(224|256|384|512)\s*$/i.exec(text)
  return found ? (`SHA-${found[1]}` as AlgoritmoImpronta) : undefined
}
