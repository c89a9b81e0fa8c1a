import { isDeepStrictEqual } from 'node:util'
import type { ModelloAgg } from './models/agg.ts'
import type { ModelloDai } from './models/dai.ts'
import type { ModelloDi } from './models/di.ts'
import { readModello } from './read.ts'
import { checkModello, isBlocking } from './rules/index.ts'
import type { Esito } from './rules/index.ts'
import type { Contesto, ContestoAggregazione, ContestoDocumento } from './rules/types.ts'
import { schemaOf } from './schemas.ts'
import { canonical } from './walk.ts'
import { writeModello } from './write.ts'
import type { Modello, OpzioniScrittura } from './write.ts'

/** An emitted file: its XML and the findings that did not block it (warnings, rules not judged). */
export interface Emissione {
  readonly xml: string
  readonly esiti: readonly Esito[]
}

export const FASI_EMISSIONE = ['regole', 'schema', 'rilettura'] as const
export type FaseEmissione = (typeof FASI_EMISSIONE)[number]

/** Metadata that cannot leave the system: at which step, and every finding. The message is Italian. */
export class MetadatiNonEmettibili extends Error {
  override readonly name = 'MetadatiNonEmettibili'
  readonly fase: FaseEmissione
  readonly esiti: readonly Esito[]
  constructor(fase: FaseEmissione, esiti: readonly Esito[]) {
    const primi = esiti.filter(isBlocking).map((esito) => `${esito.regola} ${esito.percorso}: ${esito.messaggio}`)
    super(`I metadati non si possono emettere. ${primi.join(' ')}`.trim())
    this.fase = fase
    this.esiti = esiti
  }
}

function fault(regola: string, percorso: string, messaggio: string): Esito {
  return { regola, gravita: 'E', stato: 'violata', percorso, messaggio }
}

/** Emission of any profile; see emitDi, emitDai, emitAgg. */
export function emitModello(modello: Modello, contesto: Contesto): Emissione {
  const esiti = checkModello(modello, contesto)
  if (esiti.some(isBlocking)) throw new MetadatiNonEmettibili('regole', esiti)
  const permanente = contesto.servizio?.permanente
  const opzioni: OpzioniScrittura = permanente === undefined ? {} : { permanente }
  const xml = writeModello(modello, opzioni)
  const schema = schemaOf(modello.profilo, contesto.servizio?.schemi).validate(xml)
  if (!schema.valido) {
    throw new MetadatiNonEmettibili('schema', [
      ...esiti,
      ...schema.errori.map(({ riga, messaggio }) => fault('XSD', `riga ${riga}`, messaggio)),
    ])
  }
  const riletto = readModello(modello.profilo, xml, opzioni)
  if (riletto.tolleranze.length > 0 || !isDeepStrictEqual(riletto.modello, canonical(modello, opzioni))) {
    const dove = riletto.tolleranze[0]?.percorso ?? ''
    throw new MetadatiNonEmettibili('rilettura', [
      ...esiti,
      fault('RILETTURA', dove, 'Il file riletto non dice le stesse cose dei dati: segnalare il caso.'),
    ])
  }
  const letterali = contesto.servizio?.letterali
  return { xml: letterali === undefined ? xml : writeModello(modello, { ...opzioni, letterali }), esiti }
}

/**
 * The metadata file of a documento informatico, in the order rules, writing, schema of the preservation service, reading back and comparing. Throws
 * MetadatiNonEmettibili with every finding when a blocking rule is violated, the schema refuses or the file read back differs.
 */
export function emitDi(modello: ModelloDi, contesto: ContestoDocumento): Emissione {
  return emitModello(modello, contesto)
}

/** As emitDi, for a documento amministrativo informatico. */
export function emitDai(modello: ModelloDai, contesto: ContestoDocumento): Emissione {
  return emitModello(modello, contesto)
}

/** As emitDi, for an aggregazione documentale informatica. */
export function emitAgg(modello: ModelloAgg, contesto: ContestoAggregazione): Emissione {
  return emitModello(modello, contesto)
}
