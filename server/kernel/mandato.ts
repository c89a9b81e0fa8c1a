import type { Attore, Profilo, Scope } from './scope.ts'

/** A person as he was when he confirmed a long act: what its job does is his, with the rights he had then. */
export interface Mandato {
  readonly id: string
  readonly nome: string
  readonly profili: readonly Profilo[]
  readonly uffici: readonly string[]
  readonly ufficiDiretti: readonly string[] | null
}

/** The person as a value that can be kept. */
export function toMandato(attore: Attore): Mandato {
  const { id, nome, profili, uffici, ufficiDiretti } = attore
  return { id, nome, profili, uffici, ufficiDiretti: ufficiDiretti ?? null }
}

/** The scope of a job in the name of who confirmed it. Permissions open doors of endpoints: a job passes through none. */
export function inNomeDi(scope: Scope, m: Mandato): Scope {
  const attore: Attore = {
    tipo: 'operatore',
    id: m.id,
    nome: m.nome,
    profili: m.profili,
    uffici: m.uffici,
    permessi: new Set(),
    ...(m.ufficiDiretti === null ? {} : { ufficiDiretti: m.ufficiDiretti }),
  }
  return { ...scope, attore }
}
