import { Conflict, Forbidden, InvalidInput, NotFound, RuleViolation, Unavailable } from '../kernel/errors.ts'
import type { StatoBozza } from './schema.ts'

export function bozzaAssente(): NotFound {
  return new NotFound('bozza-assente', 'La bozza non esiste o non puoi vederla.')
}

export function modelloAssente(): NotFound {
  return new NotFound('modello-assente', 'Il modello non esiste.')
}

export function unioneAssente(): NotFound {
  return new NotFound('unione-assente', 'La stampa unione non esiste.')
}

export function nomeModelloUsato(): Conflict {
  return new Conflict('nome-modello-usato', 'C’è già un modello con questo nome.')
}

/** Somebody saved meanwhile: nothing is overwritten, the person decides. */
export function bozzaCambiata(chi: string, quando: string): Conflict {
  return new Conflict('bozza-cambiata', `${chi} ha modificato la bozza il ${quando}: confronta le due versioni prima di salvare.`)
}

const NOMI: Readonly<Record<StatoBozza, string>> = {
  IN_LAVORAZIONE: 'in lavorazione',
  DA_FIRMARE: 'da firmare',
  FIRMATA: 'firmata',
  PRONTA: 'pronta',
  PROTOCOLLATA: 'protocollata',
  SCARTATA: 'scartata',
}

export function statoNonAmmesso(stato: StatoBozza, azione: string): RuleViolation {
  return new RuleViolation('stato-bozza', `La bozza è ${NOMI[stato]}: ${azione}.`)
}

export function protocollazioneNonConsentita(): Forbidden {
  return new Forbidden('protocollazione-non-consentita', 'Non puoi assegnare il numero: invia la bozza al protocollo.')
}

export function modelliNonConsentiti(): Forbidden {
  return new Forbidden('modelli-non-consentiti', 'I modelli li tengono i responsabili: chiedi a chi dirige il tuo ufficio.')
}

export function ufficioMancante(): InvalidInput {
  const messaggio = 'Scegli l’ufficio che prepara il documento.'
  return new InvalidInput('ufficio-mancante', messaggio, [{ campo: 'ufficioId', messaggio }])
}

export function fileEstraneo(): InvalidInput {
  const messaggio = 'Il file non è della bozza e non l’hai caricato tu: caricalo di nuovo.'
  return new InvalidInput('file-estraneo', messaggio, [{ campo: 'documento', messaggio }])
}

export function testoNonAmmesso(messaggio: string): InvalidInput {
  return new InvalidInput('testo-non-ammesso', messaggio, [{ campo: 'corpo', messaggio }])
}

/** Every field of the text that cannot be filled, by name: a document never leaves with a hole. */
export function campiSenzaValore(mancanti: readonly string[], sconosciuti: readonly string[]): InvalidInput {
  return new InvalidInput('campi-senza-valore', 'Il testo ha campi senza valore: completali o toglili.', [
    ...mancanti.map((nome) => ({ campo: 'corpo', messaggio: `Manca il valore di ${nome}.` })),
    ...sconosciuti.map((nome) => ({ campo: 'corpo', messaggio: `Il campo ${nome} non esiste.` })),
  ])
}

/** What leaves the desk of who writes it has its class, also without a number (REQ-TIT-020). */
export function classeMancante(): InvalidInput {
  const messaggio = 'Scegli titolo e classe: anche un documento senza numero è classificato.'
  return new InvalidInput('classe-mancante', messaggio, [{ campo: 'voceId', messaggio }])
}

export function testoVuoto(): InvalidInput {
  const messaggio = 'Scrivi il testo, scegli un modello o carica il documento.'
  return new InvalidInput('documento-mancante', messaggio, [{ campo: 'documento', messaggio }])
}

export function fileNonFirmato(): InvalidInput {
  const messaggio = 'Il file non contiene una firma (PAdES o CAdES): firmalo e caricalo di nuovo.'
  return new InvalidInput('file-non-firmato', messaggio, [{ campo: 'contenutoId', messaggio }])
}

/** The signed file holds something else than what was prepared. */
export function firmatoDiverso(): RuleViolation {
  return new RuleViolation(
    'firmato-diverso',
    'Il file firmato non contiene il documento preparato qui: confrontali e conferma che è quello giusto, oppure firma il documento scaricato da questa pagina.',
    [{ campo: 'contenutoId', messaggio: 'Il contenuto firmato è diverso dal documento preparato.' }],
  )
}

export function conversioneAssente(): Unavailable {
  return new Unavailable(
    'conversione-assente',
    'Su questo server non c’è LibreOffice: il PDF non si può produrre. Il documento può restare nel suo formato (DOCX o ODT), oppure carica tu il PDF.',
  )
}

export function anteprimaNonDisponibile(): RuleViolation {
  return new RuleViolation('anteprima-non-disponibile', 'Questo modello è un file: scarica il documento compilato per vederlo.')
}

export function elencoIlleggibile(messaggio: string): InvalidInput {
  return new InvalidInput('elenco-illeggibile', messaggio, [{ campo: 'testo', messaggio }])
}

/** One file signed by one person cannot be a hundred letters. */
export function unioneConFirma(): RuleViolation {
  return new RuleViolation(
    'unione-non-possibile',
    'La stampa unione vale per lettere in uscita scritte qui, in lavorazione e che non si firmano una a una.',
  )
}

export function unioneErrata(): RuleViolation {
  return new RuleViolation('unione-errata', 'L’elenco ha righe da correggere: nessuna lettera è stata protocollata.')
}

export function fascicoloNonLavorabile(): Forbidden {
  return new Forbidden('fascicolo-non-lavorabile', 'In questo fascicolo non puoi inserire documenti.')
}
