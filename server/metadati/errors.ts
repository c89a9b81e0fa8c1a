import { Conflict, Forbidden, InvalidInput, NotFound, RuleViolation } from '../kernel/errors.ts'
import type { CampoErrato } from '../kernel/errors.ts'
import type { EsitoRegola } from './schema.ts'

/** Metadata that cannot be emitted: every blocking rule with its place and remedy. */
export function metadatiNonEmettibili(esiti: readonly EsitoRegola[]): RuleViolation {
  const bloccanti = esiti.filter((e) => e.gravita === 'errore')
  const first = bloccanti[0]
  const testo =
    bloccanti.length === 1 && first !== undefined
      ? `${first.regola}: ${first.messaggio}`
      : `${bloccanti.length} regole dell’Allegato 5 non sono rispettate.`
  return new RuleViolation(
    'metadati-non-emettibili',
    `I metadati non si possono ancora emettere. ${testo}`,
    bloccanti.map((e) => ({ campo: `${e.regola} ${e.percorso}`.trim(), messaggio: e.messaggio })),
  )
}

export function metadatiRiservati(): Forbidden {
  return new Forbidden('metadati-riservati', 'Il fascicolo contiene documenti riservati: i suoi metadati non ti sono visibili.')
}

/** Absent, of another ente or not visible: the answer is the same. */
export function rigaAssente(): NotFound {
  return new NotFound('riga-assente', 'La registrazione di repertorio non esiste o non puoi vederla.')
}

/** Choices for the preservation service that cannot hold, all of them. */
export function servizioErrato(campi: readonly CampoErrato[]): InvalidInput {
  return new InvalidInput('servizio-errato', campi[0]?.messaggio ?? 'Correggi le scelte.', campi)
}

export function importatoAssente(): NotFound {
  return new NotFound('metadati-importati-assenti', 'Il file di metadati importato non esiste.')
}

export function fileMetadatiEstraneo(): InvalidInput {
  const messaggio = 'Il file non c’è più o non è tuo: caricalo di nuovo.'
  return new InvalidInput('contenuto-assente', messaggio, [{ campo: 'contenuti', messaggio }])
}

export function archivioMetadatiIlleggibile(messaggio: string): InvalidInput {
  return new InvalidInput('archivio-illeggibile', messaggio, [{ campo: 'contenuti', messaggio }])
}

/** Everything is unreadable or here already: a second import creates nothing. */
export function nullaDaImportare(): Conflict {
  return new Conflict('nulla-da-importare', 'Nessuno dei file si può importare: sono illeggibili o già importati.')
}

export function accettazioneMetadatiMancante(): InvalidInput {
  const messaggio = 'Alcuni file non rispettano lo schema o le regole: scrivi perché li importi così.'
  return new InvalidInput('accettazione-mancante', messaggio, [{ campo: 'accettazione', messaggio }])
}
