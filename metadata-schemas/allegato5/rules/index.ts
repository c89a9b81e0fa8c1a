import type { ModelloAgg } from '../models/agg.ts'
import type { ModelloDai } from '../models/dai.ts'
import type { ModelloDi } from '../models/di.ts'
import type { Modello } from '../write.ts'
import { REGOLE_AGGREGAZIONE } from './aggregation.ts'
import { REGOLE_CONTENUTO } from './content.ts'
import { REGOLE_IDENTIFICATIVI } from './identifiers.ts'
import { REGOLE_IDENTITA } from './identity.ts'
import { REGOLE_LEGAMI } from './links.ts'
import { REGOLE_SOGGETTI } from './people.ts'
import { REGOLE_REGISTRAZIONE } from './registration.ts'
import type { Contesto, ContestoAggregazione, ContestoDocumento, Gravita, Regola, Riscontro } from './types.ts'

/** The cross-field rules of the annex (R01-R95) and the form of identifiers (I01-I09), in order: the one table to read. */
export const REGOLE: readonly Regola[] = [
  ...REGOLE_IDENTITA,
  ...REGOLE_REGISTRAZIONE,
  ...REGOLE_CONTENUTO,
  ...REGOLE_LEGAMI,
  ...REGOLE_SOGGETTI,
  ...REGOLE_AGGREGAZIONE,
  ...REGOLE_IDENTIFICATIVI,
]

/** One finding. `stato` tells a violation from a rule that could not be judged; only violations of gravity E block. */
export interface Esito {
  readonly regola: string
  readonly gravita: Gravita
  readonly stato: Riscontro['stato']
  /** Path of the element in the XML, without the root. */
  readonly percorso: string
  /** Italian: what is wrong and what to do. */
  readonly messaggio: string
}

function configured(regola: Regola, contesto: Contesto): Gravita | 'ignora' {
  const voluta = contesto.gravita?.[regola.id]
  if (voluta === undefined || voluta === regola.gravita) return regola.gravita
  if (regola.gravita !== 'W' && regola.diProgetto !== true) throw new TypeError(`rule ${regola.id} is not configurable`)
  return voluta
}

/** Findings of any profile; see checkDi, checkDai, checkAgg. */
export function checkModello(modello: Modello, contesto: Contesto): Esito[] {
  const esiti: Esito[] = []
  for (const regola of REGOLE) {
    if (!regola.profili.includes(modello.profilo)) continue
    const gravita = configured(regola, contesto)
    if (gravita === 'ignora') continue
    for (const riscontro of regola.check(modello, contesto)) esiti.push({ regola: regola.id, gravita, ...riscontro })
  }
  return esiti
}

/**
 * Rules of a documento informatico: violations and rules not judged for want of a fact. An empty list means that every rule was judged and holds.
 * Throws TypeError when the context sets the gravity of a rule that is not configurable.
 */
export function checkDi(modello: ModelloDi, contesto: ContestoDocumento): Esito[] {
  return checkModello(modello, contesto)
}

/** As checkDi, for a documento amministrativo informatico. */
export function checkDai(modello: ModelloDai, contesto: ContestoDocumento): Esito[] {
  return checkModello(modello, contesto)
}

/** As checkDi, for an aggregazione documentale informatica. */
export function checkAgg(modello: ModelloAgg, contesto: ContestoAggregazione): Esito[] {
  return checkModello(modello, contesto)
}

/** True when a finding forbids emission. */
export function isBlocking(esito: Esito): boolean {
  return esito.stato === 'violata' && esito.gravita === 'E'
}
