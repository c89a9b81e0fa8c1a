import { Conflict, Forbidden, InvalidInput, NotFound, RuleViolation } from '../kernel/errors.ts'
import type { CampoErrato } from '../kernel/errors.ts'

export function importazioneAssente(): NotFound {
  return new NotFound('importazione-assente', 'L’importazione non esiste.')
}

export function serieAssente(): NotFound {
  return new NotFound('serie-assente', 'La serie non esiste.')
}

export function storicaAssente(): NotFound {
  return new NotFound('registrazione-storica-assente', 'La registrazione non esiste o non puoi vederla.')
}

export function fileEstraneo(campo: string): InvalidInput {
  const messaggio = 'Il file non c’è più o non è tuo: caricalo di nuovo.'
  return new InvalidInput('contenuto-assente', messaggio, [{ campo, messaggio }])
}

export function tabellaIlleggibile(messaggio: string): InvalidInput {
  return new InvalidInput('tabella-illeggibile', messaggio, [{ campo: 'righe', messaggio }])
}

export function annoNonChiuso(anno: number): InvalidInput {
  const messaggio = `L’anno ${anno} non è chiuso: si importano solo registri di anni passati.`
  return new InvalidInput('anno-non-chiuso', messaggio, [{ campo: 'anno', messaggio }])
}

/** The year is already here: a second import creates nothing. */
export function giaImportato(codice: string, anno: number, quando: string): Conflict {
  return new Conflict('gia-importato', `Il registro ${codice} del ${anno} è già stato importato il ${quando}: non si importa due volte.`)
}

export function nonImportabile(): RuleViolation {
  return new RuleViolation('non-importabile', 'Il file ha errori: correggilo e ripeti la verifica. Nulla è stato importato.')
}

export function statoImportazione(stato: string): Conflict {
  return new Conflict('stato-importazione', `L’importazione è ${stato.toLowerCase().replaceAll('_', ' ')}: aggiorna la pagina.`)
}

/** Gaps, missing files and the like are facts of the old register: somebody must answer for bringing it here with them. */
export function accettazioneMancante(): InvalidInput {
  const messaggio = 'Il rapporto ha rilievi: scrivi perché il registro si importa così com’è.'
  return new InvalidInput('accettazione-mancante', messaggio, [{ campo: 'accettazione', messaggio }])
}

export function serieErrata(): RuleViolation {
  return new RuleViolation('serie-errata', 'La tabella ha errori: correggili e ripeti la verifica. Nessun numero è stato assegnato.')
}

/** A mass registration never takes from outside what the system assigns (REQ-PROT-021). */
export function colonneVietate(colonne: readonly string[]): InvalidInput {
  const campi: CampoErrato[] = colonne.map((colonna) => ({
    campo: colonna,
    messaggio: `La colonna ${colonna} non è ammessa: numero, data, ora e impronta li assegna il sistema.`,
  }))
  return new InvalidInput('colonne-vietate', 'Numero, data, ora e impronta li assegna il sistema: togli queste colonne.', campi)
}

export function serieNonTua(): Forbidden {
  return new Forbidden('serie-non-tua', 'La serie è di un’altra persona.')
}
