import type { Endpoint } from '../../kernel/endpoint.ts'

/** Annulment, rectification, reserve, visibility, history. */
export const attiEndpoints: readonly Endpoint[] = []
