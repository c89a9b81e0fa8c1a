import type { Scope } from '../../../server/kernel/scope.ts'
import type { Accesso, TestApp } from '../app.ts'
import type { EnteProva } from '../enti.ts'

/** Two enti whose AOO, register and offices have the very same ids: only the fence keeps them apart. */
export interface Mondo {
  readonly t: TestApp
  readonly a: EnteProva
  readonly b: EnteProva
  /** Operators holding every profile, each in one ente only. */
  readonly operatoreA: Accesso
  readonly operatoreB: Accesso
  /** One citizen, the same towards both enti. */
  readonly cittadino: Accesso
  readonly codiceFiscale: string
  readonly amministratoreSia: Accesso
  /** Scopes of the two operators, for preparing rows through the services. */
  scopeA(): Scope
  scopeB(): Scope
}

/** What a case prepared in ente A and how the call is made. */
export interface Preparato {
  /** Values of the path's parameters other than `:ente`. */
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Words and ids of ente A that no answer given in ente B may contain. */
  readonly segreti: readonly string[]
}

/**
 * One endpoint's isolation case. The test calls the endpoint in ente B with what `prepara` made in ente A: the status must be one of `attesi` and no
 * secret may appear. Then it makes the same call in ente A and wants a success (with one of the secrets, when it is a GET): a case that would not
 * find the row even at home proves nothing.
 */
export interface CasoIsolamento {
  readonly chi?: 'operatore' | 'cittadino' | 'amministratoreSia'
  readonly prepara: (m: Mondo) => Promise<Preparato>
  readonly attesi: readonly number[]
  /** Statuses accepted for the call at home; predefined: any 2xx. */
  readonly attesiInCasa?: readonly number[]
  /** More to be looked at after the call in ente B. */
  readonly verifica?: (m: Mondo, p: Preparato) => Promise<void>
}

/** Keyed by `METHOD path` as declared, e.g. `GET /api/v1/:ente/uffici`. */
export type Casi = Readonly<Record<string, CasoIsolamento>>
