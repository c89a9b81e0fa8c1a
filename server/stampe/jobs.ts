import { z } from 'zod'
import { insertContenuti, storeBuffer } from '../documenti/index.ts'
import type { Ports } from '../kernel/endpoint.ts'
import { defineJob } from '../kernel/jobs/index.ts'
import type { JobDefinition } from '../kernel/jobs/index.ts'
import { inTransaction, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { formatEtichetta } from '../protocollo/index.ts'
import { findImpostazioni, findRicevutaEmessa } from './repository.ts'
import { composeAvvio, composeRicevuta, isRicevutaDovuta } from './ricevuta.ts'
import { runStampaFascicolo } from './lavoro.ts'
import { readDatiRicevuta } from './service.ts'

/**
 * Issues the receipt of an istanza, segnalazione or comunicazione that came by an electronic channel and keeps it as issued, once (REQ-PROT-120). It runs
 * after the registration has committed: whatever happens here the registration stays, and the job is tried again (REQ-PROT-122).
 */
const issueRicevuta = defineJob({
  type: 'stampe.issueRicevuta',
  payload: z.object({ id: z.uuid() }),
  maxAttempts: 20,
  handler: async (scope, { id }, ports) => {
    try {
      await issue(scope, id, ports)
    } catch (error) {
      scope.log.warn({ registrazione: id, ente: scope.ente.slug, errore: (error as Error).message }, 'ricevuta non emessa: si riprova')
      throw error
    }
  },
})

async function issue(scope: Scope, id: string, ports: Ports): Promise<void> {
  const wanted = await queryOne<{ tipo: 'E' | 'U' | 'I'; tipologia: string; mezzo: string }>(
    scope,
    `select r.tipo, d.tipologia, r.mezzo from registrazione r join documento d on d.ente_id = r.ente_id and d.id = r.documento_id where r.ente_id = $1 and r.id = $2`,
    [scope.ente.id, id],
  )
  if (wanted === null || !isRicevutaDovuta(wanted) || (await findRicevutaEmessa(scope, id)) !== null) return
  const dati = await readDatiRicevuta(scope, id, ports.indirizzoPubblico)
  if (dati === null) return
  const { registrazione: r } = dati
  const formato = (await findImpostazioni(scope)).formatoRicevuta
  const bytes = Buffer.from(await ports.stampa.print(composeRicevuta(dati, formato)))
  const nome = `ricevuta-${formatEtichetta(r.numero, r.anno).replace('/', '-')}.pdf`
  const contenuto = await storeBuffer(scope, ports.store, bytes, nome)
  await inTransaction(scope, async (tx) => {
    await insertContenuti(tx, [contenuto])
    const mine = await queryOne(
      tx,
      `insert into ricevuta_emessa (ente_id, registrazione_id, contenuto_id, avvio, emessa_il) values ($1, $2, $3, $4, app.istante()) on conflict do nothing returning 1 as mia`,
      [tx.ente.id, id, contenuto.id, composeAvvio(dati) !== null],
    )
    if (mine === null) return
    tx.audit({
      azione: 'ricevuta-emessa',
      oggettoTipo: 'registrazione',
      oggettoId: id,
      documentoId: r.documentoId,
      dopo: { file: nome, impronta: contenuto.sha256 },
    })
  })
}

/** Makes a long print that a person asked for. */
const stampaFascicolo = defineJob({
  type: 'stampe.stampaFascicolo',
  payload: z.object({ id: z.uuid() }),
  maxAttempts: 3,
  handler: async (scope, { id }, ports) => await runStampaFascicolo(scope, id, ports),
})

export const stampeJobs: readonly JobDefinition[] = [issueRicevuta, stampaFascicolo]
