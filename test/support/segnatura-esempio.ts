import type { Segnatura } from '../../metadata-schemas/segnatura/index.ts'

const IMPRONTA_A = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
const IMPRONTA_B = '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752'

/** Only what is mandatory, invented bodies and codes. */
export const SEGNATURA_MINIMA: Segnatura = {
  identificatore: {
    codiceAmministrazione: 'c_x901',
    codiceAoo: 'AX90101',
    codiceRegistro: 'PG',
    numero: 123,
    data: '2026-03-11',
    ora: '09:15:42',
  },
  oggetto: 'Richiesta di parere',
  classifica: { denominazione: 'Edilizia privata', codice: 'VI/3' },
  mittente: { tipo: 'PAI', denominazione: 'Comune di Castelvento', codiceIpa: 'c_x901', codiceAoo: 'AX90101' },
  destinatari: [{ tipo: 'PAI', denominazione: 'Provincia di Valombrosa', codiceIpa: 'p_x902' }],
  documentoPrimario: { nomeFile: 'parere.pdf', mimeType: 'application/pdf', impronta: { algoritmo: 'SHA-256', esadecimale: IMPRONTA_A } },
  allegati: [],
}

/** Every branch the writer knows, with text that would break careless escaping. */
export const SEGNATURA_COMPLETA: Segnatura = {
  identificatore: {
    ...SEGNATURA_MINIMA.identificatore,
    descrizioneAmministrazione: 'Comune di Castelvento',
    descrizioneAoo: 'Protocollo generale',
    numero: 1234567,
  },
  primaRegistrazione: {
    codiceAmministrazione: 'p_x902',
    codiceAoo: 'AX90201',
    codiceRegistro: 'PROT',
    numero: '0000045',
    data: '2026-03-02',
  },
  oggetto: 'Riscontro a «integrazione» & planimetrie <tavola 2> "bis"\nseconda riga, perché no',
  classifica: {
    denominazione: 'Edilizia privata',
    livelli: [
      { codice: 'VI', descrizione: 'Pianificazione e gestione del territorio' },
      { codice: '3', descrizione: 'Edilizia privata' },
      { codice: '1' },
    ],
  },
  fascicolo: { denominazione: 'Permesso di costruire, via dell’Ombra', codice: '2026-VI/3.12' },
  riservato: { valore: true, note: 'Accesso limitato alle parti' },
  riferimenti: {
    identificatore: {
      codiceAmministrazione: 'p_x902',
      codiceAoo: 'AX90201',
      codiceRegistro: 'PROT',
      numero: '0012345',
      data: '2026-03-10',
    },
    oggetto: 'Richiesta di integrazione',
    classifica: { denominazione: 'Pareri', codice: '4.2' },
    fascicolo: { denominazione: 'Pareri 2026', codice: '2026/4/7' },
  },
  mittente: {
    tipo: 'PAI',
    denominazione: 'Comune di Castelvento',
    codiceIpa: 'c_x901',
    codiceFiscale: '90000000901',
    indirizzi: [{ valore: 'protocollo@pec.castelvento.example' }],
    codiceAoo: 'AX90101',
    denominazioneAoo: 'Protocollo generale',
    codiceUo: 'UX9001',
    persone: [{ nome: 'Lidia', cognome: 'Ventimiglia', titolo: 'Responsabile del procedimento' }],
  },
  destinatari: [
    {
      tipo: 'PAI',
      denominazione: 'Provincia di Valombrosa',
      codiceIpa: 'p_x902',
      codiceAoo: 'AX90201',
      confermaRicezione: true,
      perConoscenza: false,
    },
    { tipo: 'PG', denominazione: 'Edil Ombra S.r.l.', codiceFiscalePartitaIva: '90000000902', confermaRicezione: false },
    { tipo: 'PF', nome: 'Ada', cognome: 'Brezza', codiceFiscale: 'BRZDAA80A41X901K', indirizzi: [{ valore: 'ada.brezza@pec.example' }] },
    { tipo: 'PAE', denominazione: 'Gemeinde Nirgendwo', ufficio: 'Bauamt', perConoscenza: true },
  ],
  documentoPrimario: {
    nomeFile: 'riscontro.pdf.p7m',
    mimeType: 'application/pkcs7-mime',
    descrizione: 'Nota di riscontro',
    impronta: { algoritmo: 'SHA-256', esadecimale: IMPRONTA_A },
    firmatoDigitalmente: {},
  },
  allegati: [
    {
      nomeFile: 'planimetria.pdf',
      mimeType: 'application/pdf',
      impronta: { algoritmo: 'SHA-256', esadecimale: IMPRONTA_B },
      firmatoDigitalmente: { separati: [{ nomeFile: 'planimetria.p7s', mimeType: 'application/pkcs7-signature' }] },
      sigillatoElettronicamente: {},
      marcaturaTemporale: { separati: [{ nomeFile: 'planimetria.tsr' }] },
    },
    {
      nomeFile: 'rilievo.las',
      mimeType: 'application/octet-stream',
      impronta: { algoritmo: 'SHA-512', esadecimale: 'ab'.repeat(64) },
      collocazione: { host: 'https://scambio.castelvento.example', percorso: '/f/1', millisecondi: 86_400_000, utente: 'u', password: 'p' },
    },
  ],
}
