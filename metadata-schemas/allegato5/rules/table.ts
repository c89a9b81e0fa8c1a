import type { Profilo } from '../schemas.ts'
import { REGOLE } from './index.ts'
import type { Gravita } from './types.ts'

/** A rule as people read it. Two rows for one id when its gravity differs by profile. */
export interface RigaRegola {
  readonly id: string
  readonly profili: readonly Profilo[]
  readonly gravita: Gravita
  readonly enunciato: string
  /** Letters of FONTI. */
  readonly fonte: string
  readonly schema: 'sì' | 'in parte' | 'no'
  /** Whether a preservation service or the body may give it another gravity. */
  readonly configurabile: boolean
}

/** The rule table of Allegato 5 (R01-R95 and I01-I09) as rows to print: pages, endpoint and documentation read this one. */
export const TABELLA_REGOLE: readonly RigaRegola[] = REGOLE.map(({ id, profili, gravita, enunciato, fonte, schema, diProgetto }) => ({
  id,
  profili,
  gravita,
  enunciato,
  fonte,
  schema: schema ?? 'no',
  configurabile: gravita === 'W' || diProgetto === true,
}))
