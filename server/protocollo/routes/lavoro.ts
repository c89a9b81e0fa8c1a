import type { Endpoint } from '../../kernel/endpoint.ts'

/** Assignments, substitutes, delegations, reorganisation. */
export const lavoroEndpoints: readonly Endpoint[] = []
