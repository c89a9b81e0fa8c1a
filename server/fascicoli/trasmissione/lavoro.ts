import { z } from 'zod'
import { insertContenuti } from '../../documenti/index.ts'
import type { NuovoContenuto } from '../../documenti/index.ts'
import { permessiDi } from '../../enti/index.ts'
import type { Ports } from '../../kernel/endpoint.ts'
import { newId } from '../../kernel/ids.ts'
import { defineJob } from '../../kernel/jobs/index.ts'
import type { JobDefinition } from '../../kernel/jobs/index.ts'
import { failLavoro, findLavoro, finishLavoroWithin, LavoroInterrotto, progressLavoro } from '../../kernel/lavori.ts'
import { inTransaction, profili, query } from '../../kernel/scope.ts'
import type { Attore, Scope, TxScope } from '../../kernel/scope.ts'
import { now } from '../../kernel/time.ts'
import { findMovimento } from '../repository-contorno.ts'
import type { MovimentoRow } from '../repository-contorno.ts'
import { presentFascicoloById } from '../service/read.ts'
import { composeContenuto, Contenuto } from './contenuto.ts'
import type { Compositori } from './contenuto.ts'
import { streamZip } from './pacchetto.ts'

export const parametriTrasmissione = z.object({
  fascicoloId: z.uuid(),
  movimentoId: z.uuid(),
  persona: z.object({
    id: z.string(),
    nome: z.string(),
    profili: z.array(z.enum(profili)),
    uffici: z.array(z.string()),
    ufficiDiretti: z.array(z.string()).optional(),
    perContoDi: z.object({ id: z.string(), nome: z.string() }).optional(),
  }),
})
type Parametri = z.infer<typeof parametriTrasmissione>

/** Who asked, as he was: the package holds what he could read. */
function attoreOf({ persona }: Parametri): Attore {
  const { perContoDi, ufficiDiretti, ...who } = persona
  return {
    tipo: 'operatore',
    ...who,
    ...(ufficiDiretti === undefined ? {} : { ufficiDiretti }),
    ...(perContoDi === undefined ? {} : { perContoDi }),
    permessi: permessiDi(persona.profili),
  }
}

/** The handing over was given up before its package was there. */
class Abbandonata extends Error {
  constructor() {
    super('the handing over was given up')
  }
}

/**
 * Makes the package of a fascicolo that is handed over, with its progress in /lavori and bounded memory; its digest and the number of its documents become the
 * evidence of the movement. Once made it is not made again. What goes wrong is told to who asked: nothing is left of a package that broke.
 */
async function runTrasmissione(scope: Scope, id: string, ports: Ports, compositori: Compositori): Promise<void> {
  const lavoro = await findLavoro(scope, id)
  if (lavoro === null || !['in_attesa', 'in_corso'].includes(lavoro.stato)) return
  const p = parametriTrasmissione.parse(lavoro.parametri)
  const own: Scope = { ...scope, attore: attoreOf(p) }
  const movimento = await findMovimento(own, p.fascicoloId, p.movimentoId)
  try {
    if (movimento === null || movimento.stato !== 'richiesto') throw new Abbandonata()
    await progressLavoro(own, id, 0)
    const c = await prepare(own, id, p, movimento, ports, compositori)
    const { codice, slug } = await presentFascicoloById(own, p.fascicoloId)
    const nome = `fascicolo-${slug}`
    const stored = await ports.store.put(streamZip(nome, composeContenuto(c, p.fascicoloId)), { ente: scope.ente.id })
    const esito = { fascicolo: codice, documenti: c.documenti.length, esclusi: c.esclusi, file: c.file.length, impronta: stored.sha256 }
    await inTransaction(own, async (tx) => {
      await record(tx, p, { ...stored, nome: `${nome}.zip` }, c)
      await finishLavoroWithin(tx, id, { esito, fatti: c.letti, file: { nome: `${nome}.zip`, mime: 'application/zip', ...stored } })
    })
  } catch (error) {
    if (error instanceof Abbandonata)
      return await failLavoro(own, id, error, 'La consegna è stata abbandonata: il pacchetto non serve più.')
    if (!(error instanceof LavoroInterrotto)) scope.log.error({ err: error }, 'pacchetto del fascicolo non riuscito')
    await failLavoro(own, id, error, 'Non sono riuscito a preparare il pacchetto: rinuncia alla consegna e preparala di nuovo.')
  }
}

async function prepare(
  own: Scope,
  id: string,
  p: Parametri,
  movimento: MovimentoRow,
  ports: Ports,
  compositori: Compositori,
): Promise<Contenuto> {
  return await Promise.resolve(
    new Contenuto({
      scope: own,
      ports,
      compositori,
      conRiservati: movimento.conRiservati === true,
      indice: {
        mittente: { denominazione: own.ente.denominazione, codiceIpa: own.ente.codiceIpa },
        destinatario: { denominazione: movimento.destinatario ?? '', codiceIpa: movimento.destinatarioCodiceIpa },
        motivo: movimento.motivo,
        autore: p.persona.nome,
        istante: now().toISOString(),
      },
      avanti: async (letti) => await progressLavoro(own, id, letti),
    }),
  )
}

/** The evidence of the movement; throws Abbandonata when it was given up meanwhile. */
async function record(
  tx: TxScope,
  p: Parametri,
  stored: { nome: string; sha256: string; dimensione: number },
  c: Contenuto,
): Promise<void> {
  const contenuto: NuovoContenuto = {
    id: newId(),
    ...stored,
    formato: { mime: 'application/zip', descrizione: 'Pacchetto di un fascicolo consegnato', firmato: 'nessuna', avvisi: [] },
  }
  await insertContenuti(tx, [contenuto])
  const written = await query(
    tx,
    `update fascicolo_movimento set pacchetto_contenuto_id = $3, impronta = $4, documenti = $5, esclusi = $6
      where ente_id = $1 and id = $2 and tipo = 'trasmissione' and stato = 'richiesto' and impronta is null returning id`,
    [tx.ente.id, p.movimentoId, contenuto.id, stored.sha256, c.documenti.length, c.esclusi],
  )
  if (written.length === 0) throw new Abbandonata()
  tx.audit({
    azione: 'trasmissione-composta',
    oggettoTipo: 'fascicolo',
    oggettoId: p.fascicoloId,
    fascicoloId: p.fascicoloId,
    dopo: { movimento: p.movimentoId, impronta: stored.sha256, documenti: c.documenti.length, file: c.file.length },
  })
}

/** The jobs of this room; `compositori` are the writings of other rooms. */
export function createFascicoliJobs(compositori: Compositori): readonly JobDefinition[] {
  return [
    defineJob({
      type: 'fascicoli.componiTrasmissione',
      payload: z.object({ id: z.uuid() }),
      maxAttempts: 3,
      handler: async (scope, { id }, ports) => await runTrasmissione(scope, id, ports, compositori),
    }),
  ]
}
