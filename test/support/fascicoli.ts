import { createMemoryStore } from '../../storage/memory.ts'
import { openFascicolo } from '../../server/fascicoli/index.ts'
import type { NuovoFascicolo } from '../../server/fascicoli/index.ts'
import { newId } from '../../server/kernel/ids.ts'
import { queryOne } from '../../server/kernel/scope.ts'
import type { Attore, Scope } from '../../server/kernel/scope.ts'
import type { NuovaRegistrazioneEntrata } from '../../server/protocollo/index.ts'
import { createRegistrazione } from './factories.ts'
import type { EnteDiProva } from './factories.ts'

/** Invented citizens with fiscal codes whose check character holds; the place code belongs to no municipality. */
export const ortensia = { tipo: 'PF', nome: 'Ortensia', cognome: 'Ventaglio', codiceFiscale: 'VNTRNS74E50X901Q' } as const
export const flavio = { tipo: 'PF', nome: 'Flavio', cognome: 'Brilletti', codiceFiscale: 'BRLFLV80A01X901L' } as const

export const store = createMemoryStore()

/** Registers a request of Ortensia; answers registration and document. */
export async function registra(
  scope: Scope,
  e: EnteDiProva,
  changes: Partial<NuovaRegistrazioneEntrata> = {},
): Promise<{ id: string; documentoId: string }> {
  const id = await createRegistrazione(scope, e, store, { mittenti: [ortensia], ...changes })
  const row = await queryOne<{ documentoId: string }>(
    scope,
    'select documento_id as "documentoId" from registrazione where ente_id = $1 and id = $2',
    [e.ente.id, id],
  )
  return { id, documentoId: row?.documentoId ?? '' }
}

/** A complete and valid request to open; whatever is given replaces the default. */
export function buildFascicolo(e: EnteDiProva, responsabile: Attore, changes: Partial<NuovoFascicolo> = {}): NuovoFascicolo {
  return {
    voceId: e.voci.get('VI/3/4') ?? '',
    tipo: 'affare',
    oggetto: 'Accesso agli atti di via del Forno',
    responsabileId: responsabile.id,
    ufficioId: e.uffici.edilizia,
    amministrazioniPartecipanti: [],
    visibileCittadino: true,
    ...changes,
  }
}

/** Opens a fascicolo through the real service; answers its id. */
export async function apri(scope: Scope, e: EnteDiProva, changes: Partial<NuovoFascicolo> = {}): Promise<string> {
  return (await openFascicolo(scope, buildFascicolo(e, scope.attore, changes), newId())).id
}
