import { endpoints } from '../../endpoints.ts'
import type { Area, EsitoChiusura, TipoFascicolo } from '../../fascicoli/index.ts'
import { queryFound } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { perform } from './ambito.ts'
import { named } from './trama.ts'
import type { Registrazione, Scena, Trama } from './trama.ts'

/** Acts of the offices on what was registered, by the endpoints of the product. */

async function openAssignment(scope: Scope, r: Registrazione): Promise<string> {
  const row = await queryFound<{ id: string }>(
    scope,
    'no open assignment',
    `select id from assegnazione where ente_id = $1 and registrazione_id = $2 and tipo = 'competenza' and al is null`,
    [scope.ente.id, r.id],
  )
  return row.id
}

/** Takes charge of a registration for the office of `scope`. */
export async function takeCharge(scope: Scope, r: Registrazione): Promise<void> {
  const id = await openAssignment(scope, r)
  await perform(scope, endpoints, { method: 'POST', path: '/api/v1/:ente/assegnazioni/:id/presa-in-carico', params: { id } })
}

/** Refuses a registration; it goes back to the protocol office's list. */
export async function refuse(scope: Scope, r: Registrazione, nota: string): Promise<void> {
  const id = await openAssignment(scope, r)
  await perform(scope, endpoints, {
    method: 'POST',
    path: '/api/v1/:ente/assegnazioni/:id/rifiuto',
    params: { id },
    body: { motivo: 'non di competenza', nota },
  })
}

/** Assigns again, to another office. */
export async function reassign(scope: Scope, r: Registrazione, ufficioId: string): Promise<void> {
  await perform(scope, endpoints, {
    method: 'POST',
    path: '/api/v1/:ente/registrazioni/:id/assegnazioni',
    params: { id: r.id },
    body: { ufficioId, nota: 'Riassegnata dopo il rifiuto' },
  })
}

/** What the head of an office decides when he opens a fascicolo. */
export interface Apertura {
  readonly voce: string
  readonly ufficio: string
  readonly tipo: TipoFascicolo
  readonly oggetto: string
  /** Absent: the head himself. */
  readonly responsabile?: Scope
  readonly procedimento?: { readonly materia: string; readonly denominazione: string; readonly termineGiorni: number }
  readonly visibile: boolean
}

/** A fascicolo of the plot: filled when it is opened. */
export interface Fascicolo {
  id: string
  versione: number
}

/** Opens a fascicolo from a registration already taken in charge. */
export async function openFascicolo(scena: Scena, trama: Trama, scope: Scope, a: Apertura, r: Registrazione, f: Fascicolo): Promise<void> {
  const made = await perform<{ id: string; versione: number }>(scope, endpoints, {
    method: 'POST',
    path: '/api/v1/:ente/fascicoli',
    body: {
      voceId: named(scena.ente.voci, a.voce),
      tipo: a.tipo,
      oggetto: a.oggetto,
      responsabileId: (a.responsabile ?? scope).attore.id,
      ufficioId: named(scena.ente.uffici, a.ufficio),
      ...(a.procedimento === undefined ? {} : { procedimento: a.procedimento }),
      visibileCittadino: a.visibile,
      documentoId: r.documentoId,
    },
  })
  trama.contaFascicolo()
  Object.assign(f, { id: made.id, versione: made.versione })
}

/** Puts a registered document in a fascicolo; `riservata` with the reason keeps it from the citizen. */
export async function fileIn(
  scope: Scope,
  f: Fascicolo,
  r: Registrazione,
  scelta?: { readonly area: Area; readonly motivo: string },
): Promise<void> {
  const after = await perform<{ versione: number }>(scope, endpoints, {
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/documenti',
    params: { id: f.id },
    body: { documentoId: r.documentoId, ...scelta },
  })
  f.versione = after.versione
}

/** Closes a fascicolo: what is needed to preserve it must be there. */
export async function closeFascicolo(scope: Scope, f: Fascicolo, esito: EsitoChiusura, nota: string): Promise<void> {
  await perform(scope, endpoints, {
    method: 'POST',
    path: '/api/v1/:ente/fascicoli/:id/chiusura',
    params: { id: f.id },
    body: { versione: f.versione, esito, nota },
  })
}
