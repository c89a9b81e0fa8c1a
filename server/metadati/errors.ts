import { NotFound, Forbidden, RuleViolation } from '../kernel/errors.ts'
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
