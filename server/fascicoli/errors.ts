import { Conflict, Forbidden, InvalidInput, NotFound, RuleViolation } from '../kernel/errors.ts'
import type { CampoErrato } from '../kernel/errors.ts'
import type { RilievoChiusura } from './schema.ts'

/** Absent, of another ente or not visible: the answer is the same. */
export function fascicoloAssente(): NotFound {
  return new NotFound('fascicolo-assente', 'Il fascicolo non esiste o non puoi vederlo.')
}

export function documentoNonNelFascicolo(): NotFound {
  return new NotFound('documento-non-nel-fascicolo', 'Il documento non è in questo fascicolo.')
}

export function aperturaRiservata(): Forbidden {
  return new Forbidden(
    'apertura-riservata',
    'Il fascicolo lo apre il responsabile del settore: puoi proporlo a lui, oppure inserire il documento in un fascicolo esistente.',
  )
}

export function azioneNonConsentita(): Forbidden {
  return new Forbidden('azione-non-consentita', 'Questa decisione spetta al responsabile del fascicolo o del settore.')
}

export function datiFascicolo(campi: readonly CampoErrato[]): InvalidInput {
  const first = campi[0]
  return new InvalidInput(
    'dati-da-correggere',
    campi.length === 1 && first !== undefined ? first.messaggio : `${campi.length} campi da correggere. Nessun fascicolo è stato aperto.`,
    campi,
  )
}

export function sottoclasseMancante(codice: string): RuleViolation {
  return new RuleViolation('sottoclasse-mancante', `La classe ${codice} ha sottoclassi: scegline una.`, [
    { campo: 'voceId', messaggio: `La classe ${codice} ha sottoclassi: scegline una.` },
  ])
}

/** A procedure is one fascicolo until it ends, and a person's is of no class: only the others pass to a new voice. */
export function tipoNonRiapribile(codice: string): RuleViolation {
  return new RuleViolation(
    'tipo-non-riapribile',
    `Il fascicolo ${codice} resta nella sua voce: si chiudono e riaprono nella voce nuova solo affari e attività senza sottofascicoli.`,
  )
}

export function voceNonInLinea(codice: string): RuleViolation {
  const messaggio = `La voce scelta non continua quella del fascicolo ${codice}: scegli una delle voci proposte.`
  return new RuleViolation('voce-non-in-linea', messaggio, [{ campo: 'voceId', messaggio }])
}

export function chiaveUsata(): RuleViolation {
  return new RuleViolation(
    'chiave-gia-usata',
    'Questa chiave di idempotenza è già stata usata per una richiesta diversa. Nessun fascicolo è stato aperto.',
  )
}

export function fascicoloChiuso(codice: string): RuleViolation {
  return new RuleViolation('fascicolo-chiuso', `Il fascicolo ${codice} è chiuso: non si possono aggiungere documenti.`)
}

export function giaNelFascicolo(codice: string): Conflict {
  return new Conflict('gia-nel-fascicolo', `Il documento è già nel fascicolo ${codice}.`)
}

export function documentoCambiato(): Conflict {
  return new Conflict('documento-cambiato', 'La classificazione del documento è appena cambiata: aggiorna e riprova.')
}

export function classificazioneDiversa(documento: string, fascicolo: string): RuleViolation {
  return new RuleViolation(
    'classificazione-diversa',
    `Il documento è classificato ${documento}, il fascicolo ${fascicolo}: cambia prima la classificazione del documento oppure scegli un altro fascicolo.`,
  )
}

export function motivoAreaMancante(area: string): InvalidInput {
  const messaggio = `Scrivi perché il documento va nell’area ${area}.`
  return new InvalidInput('motivo-area-mancante', messaggio, [{ campo: 'motivo', messaggio }])
}

export function areaUguale(): RuleViolation {
  return new RuleViolation('area-uguale', 'Il documento è già in quest’area.')
}

export function visibilitaUguale(): RuleViolation {
  return new RuleViolation('visibilita-uguale', 'La visibilità per il cittadino è già questa.')
}

export function giaChiuso(): Conflict {
  return new Conflict('fascicolo-gia-chiuso', 'Il fascicolo è già chiuso.')
}

export function versioneSuperata(): Conflict {
  return new Conflict('versione-superata', 'Il fascicolo è cambiato mentre lo guardavi: aggiorna la pagina e ripeti.')
}

export function esitoNonAmmesso(messaggio: string): RuleViolation {
  return new RuleViolation('esito-non-ammesso', messaggio, [{ campo: 'esito', messaggio }])
}

export function chiusuraBloccata(bloccanti: readonly RilievoChiusura[]): RuleViolation {
  const testi = bloccanti.map((b) => b.messaggio)
  return new RuleViolation(
    'chiusura-bloccata',
    testi.length === 1 ? (testi[0] as string) : `${testi.length} cose impediscono la chiusura.`,
    bloccanti.map((b) => ({ campo: b.codice, messaggio: b.messaggio })),
  )
}

export function dataNonAmmessa(messaggio: string): InvalidInput {
  return new InvalidInput('data-non-ammessa', messaggio, [{ campo: 'data', messaggio }])
}

export function troppiLivelli(): RuleViolation {
  return new RuleViolation('troppi-livelli', 'In questo ente un fascicolo non si divide oltre questo livello.')
}

export function fascicoloUguale(): RuleViolation {
  return new RuleViolation('stesso-fascicolo', 'È lo stesso fascicolo: scegline un altro.')
}

export function cartaceoAssente(): NotFound {
  return new NotFound('cartaceo-assente', 'Il documento cartaceo non è in questo fascicolo.')
}

export function collegamentoAssente(): NotFound {
  return new NotFound('collegamento-assente', 'Il collegamento non esiste più.')
}

export function giaCollegato(codice: string): Conflict {
  return new Conflict('gia-collegato', `Il fascicolo è già collegato a ${codice}.`)
}

export function accessoAssente(): NotFound {
  return new NotFound('accesso-assente', 'L’accesso non esiste o è già chiuso.')
}

export function statoNonAmmesso(codice: string): RuleViolation {
  return new RuleViolation('stato-non-ammesso', `Nello stato in cui è, il fascicolo ${codice} non permette questa operazione.`)
}

export function nonRiapribile(codice: string): RuleViolation {
  return new RuleViolation('non-riapribile', `Il fascicolo ${codice} non è chiuso, oppure è stato aperto per errore: non si riapre.`)
}

export function padreChiuso(codice: string): RuleViolation {
  return new RuleViolation('fascicolo-padre-chiuso', `Il fascicolo ${codice} è chiuso: riaprilo prima.`)
}

export function erroreConDocumenti(che: 'documenti' | 'sottofascicoli'): RuleViolation {
  return che === 'documenti'
    ? new RuleViolation('destinazione-mancante', 'Il fascicolo contiene documenti: scegli in quale fascicolo vanno.', [
        { campo: 'destinazioneId', messaggio: 'Scegli in quale fascicolo vanno i documenti.' },
      ])
    : new RuleViolation('con-sottofascicoli', 'Il fascicolo ha sottofascicoli: chiudi prima quelli.')
}

export function movimentoAssente(): NotFound {
  return new NotFound('movimento-assente', 'Il movimento non esiste o non spetta a te.')
}

export function movimentoDeciso(): Conflict {
  return new Conflict('movimento-deciso', 'Su questo movimento si è già deciso.')
}

export function trasferimentoInCorso(): Conflict {
  return new Conflict('trasferimento-in-corso', 'C’è già un trasferimento da accettare o rifiutare.')
}

/** The voice admits other types of fascicolo (REQ-TIT-009). */
export function tipoNonAmmesso(codice: string, tipi: readonly string[]): RuleViolation {
  return new RuleViolation('tipo-non-ammesso', `Per la voce ${codice} si aprono solo fascicoli di tipo: ${tipi.join(', ')}.`, [
    { campo: 'tipo', messaggio: `Tipi ammessi: ${tipi.join(', ')}.` },
  ])
}

/** Absent, of another ente or not visible: the answer is the same. */
export function propostaAssente(): NotFound {
  return new NotFound('proposta-assente', 'La proposta non esiste o non puoi vederla.')
}

export function propostaDecisa(): Conflict {
  return new Conflict('proposta-decisa', 'Su questa proposta si è già deciso.')
}

export function documentoGiaProposto(): Conflict {
  return new Conflict('documento-gia-proposto', 'Per questo documento è già proposto un fascicolo: aspetta la decisione del responsabile.')
}

export function trasmissioneInCorso(): Conflict {
  return new Conflict('trasmissione-in-corso', 'C’è già una consegna a un’altra amministrazione da completare o abbandonare.')
}

export function pacchettoInPreparazione(): Conflict {
  return new Conflict('pacchetto-in-preparazione', 'Il pacchetto non è ancora pronto o non è ancora stato consegnato.')
}

export function registrazioneNonAdatta(tipo: 'E' | 'U'): RuleViolation {
  const messaggio =
    tipo === 'U' ? 'Scegli la registrazione in uscita che ha portato il pacchetto.' : 'Scegli la registrazione in entrata del riscontro.'
  return new RuleViolation('registrazione-non-adatta', messaggio, [{ campo: 'registrazioneId', messaggio }])
}

export function riservatiNonTrasmissibili(): Forbidden {
  return new Forbidden('riservati-non-trasmissibili', 'I documenti riservati li consegna solo chi li vede: prepara il pacchetto senza.')
}
