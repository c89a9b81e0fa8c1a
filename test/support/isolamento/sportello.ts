import { findFiles } from '../../../server/documenti/index.ts'
import { openFascicolo, readFascicolo } from '../../../server/fascicoli/index.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { queryOne } from '../../../server/kernel/scope.ts'
import { createRegistrazione } from '../factories.ts'
import { buildFascicolo } from '../fascicoli.ts'
import { groundOf } from './protocollo.ts'
import type { CasoIsolamento, Casi, Mondo, Preparato } from './tipi.ts'

const SEGRETO = 'Pratica segretissima di ente A'

interface Visibile {
  readonly id: string
  readonly slug: string
  readonly registrazioneId: string
  readonly documentoId: string
  readonly fileId: string
}

/** A fascicolo of ente A that concerns the citizen and is open to him, read once by its office. */
export async function openToCitizen(m: Mondo): Promise<Visibile> {
  const ground = await groundOf(m)
  const scope = m.scopeA()
  const mittente = { tipo: 'PF' as const, nome: 'Ortensia', cognome: 'Ventaglio', codiceFiscale: m.codiceFiscale }
  const registrazioneId = await createRegistrazione(scope, ground, m.t.ports.store, { oggetto: SEGRETO, mittenti: [mittente] })
  const row = await queryOne<{ documentoId: string }>(
    scope,
    'select documento_id as "documentoId" from registrazione where ente_id = $1 and id = $2',
    [m.a.id, registrazioneId],
  )
  const documentoId = row?.documentoId ?? ''
  const { id } = await openFascicolo(scope, buildFascicolo(ground, scope.attore, { oggetto: SEGRETO, documentoId }), newId())
  const { slug } = await readFascicolo(scope, id)
  return { id, slug, registrazioneId, documentoId, fileId: (await findFiles(scope, [documentoId]))[0]?.id ?? '' }
}

const perCittadino = (attesi: readonly number[], more: (v: Visibile) => Partial<Preparato> = () => ({})): CasoIsolamento => ({
  chi: 'cittadino',
  prepara: async (m) => {
    const v = await openToCitizen(m)
    return { ...more(v), segreti: [SEGRETO, v.id, v.documentoId] }
  },
  attesi,
})

export const casiSportello: Casi = {
  'GET /sportello/v1/:ente/profilo': {
    chi: 'cittadino',
    prepara: async ({ a }) => await Promise.resolve({ segreti: [a.denominazione] }),
    attesi: [200],
  },
  'GET /sportello/v1/:ente/fascicoli': perCittadino([200]),
  'GET /sportello/v1/:ente/fascicoli/:slug': perCittadino([404], (v) => ({ params: { slug: v.slug } })),
  'GET /sportello/v1/:ente/documenti/:id/file/:fileId': perCittadino([404], (v) => ({ params: { id: v.documentoId, fileId: v.fileId } })),
  'GET /sportello/v1/:ente/accessi': perCittadino([200]),
}
