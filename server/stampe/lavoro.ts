import { Readable } from 'node:stream'
import { z } from 'zod'
import { permessiDi } from '../enti/index.ts'
import { findVisibleFascicolo, readFascicolo } from '../fascicoli/index.ts'
import type { Ports } from '../kernel/endpoint.ts'
import { failLavoro, findLavoro, finishLavoro, LavoroInterrotto, progressLavoro, startLavoro } from '../kernel/lavori.ts'
import { inTransaction, profili } from '../kernel/scope.ts'
import type { Attore, Scope } from '../kernel/scope.ts'
import { now } from '../kernel/time.ts'
import { composeFascicolo, stampeFascicolo } from './fascicolo.ts'
import type { TipoStampaFascicolo } from './fascicolo.ts'

const parametri = z.object({
  tipo: z.enum(stampeFascicolo),
  fascicoloId: z.uuid(),
  persona: z.object({
    id: z.string(),
    nome: z.string(),
    profili: z.array(z.enum(profili)),
    uffici: z.array(z.string()),
    ufficiDiretti: z.array(z.string()).optional(),
    perContoDi: z.object({ id: z.string(), nome: z.string() }).optional(),
  }),
})

/** Asks for a print too long to be waited for: a job makes it as this person could see it now, with its progress in /lavori. Answers the id of the work. Throws NotFound. */
export async function startStampaFascicolo(scope: Scope, idOrSlug: string, tipo: TipoStampaFascicolo): Promise<string> {
  const { id, nome, profili: held, uffici, ufficiDiretti, perContoDi } = scope.attore
  return await inTransaction(scope, async (tx) => {
    const row = await findVisibleFascicolo(tx, idOrSlug)
    const lavoro = await startLavoro(tx, {
      tipo: 'stampa',
      titolo: `${tipo === 'indice' ? 'Indice' : 'Frontespizio'} del fascicolo ${row.codice}`,
      parametri: { tipo, fascicoloId: row.id, persona: { id, nome, profili: held, uffici, ufficiDiretti, perContoDi } },
      totale: row.documenti,
    })
    tx.audit({ azione: 'stampa-richiesta', oggettoTipo: 'fascicolo', oggettoId: row.id, fascicoloId: row.id, dopo: { tipo, lavoro } })
    tx.emit({ tipo: 'stampaFascicoloRichiesta', id: lavoro })
    return lavoro
  })
}

/** Makes a print that was asked for, a part at a time. Stops where the person asks; what goes wrong is told to the person. */
export async function runStampaFascicolo(scope: Scope, id: string, ports: Ports): Promise<void> {
  const lavoro = await findLavoro(scope, id)
  if (lavoro === null || !['in_attesa', 'in_corso'].includes(lavoro.stato)) return
  const p = parametri.parse(lavoro.parametri)
  const { perContoDi, ufficiDiretti, ...who } = p.persona
  const attore: Attore = {
    tipo: 'operatore',
    ...who,
    ...(ufficiDiretti === undefined ? {} : { ufficiDiretti }),
    ...(perContoDi === undefined ? {} : { perContoDi }),
    permessi: permessiDi(p.persona.profili),
  }
  const own: Scope = { ...scope, attore }
  try {
    await progressLavoro(own, id, 0)
    const f = await readFascicolo(own, p.fascicoloId)
    const stampa = composeFascicolo(own, p.tipo, f, now(), async (letti) => await progressLavoro(own, id, letti, f.totaleDocumenti))
    const stored = await ports.store.put(Readable.from(ports.stampa.printLunga(stampa), { objectMode: false }), { ente: scope.ente.id })
    const file = { nome: `${p.tipo}-${f.slug}.pdf`, mime: 'application/pdf', ...stored }
    await finishLavoro(own, id, { esito: { documenti: f.totaleDocumenti, impronta: stored.sha256 }, fatti: f.totaleDocumenti, file })
  } catch (error) {
    if (!(error instanceof LavoroInterrotto)) scope.log.error({ err: error }, 'stampa del fascicolo non riuscita')
    await failLavoro(own, id, error, 'Non sono riuscito a preparare la stampa. Riprova; se succede ancora avvisa chi gestisce il sistema.')
  }
}
