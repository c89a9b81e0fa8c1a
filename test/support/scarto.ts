import { fileDocumento, openFascicolo } from '../../server/fascicoli/index.ts'
import type { NuovoFascicolo } from '../../server/fascicoli/index.ts'
import { newId } from '../../server/kernel/ids.ts'
import { inTransaction, query, queryOne } from '../../server/kernel/scope.ts'
import type { Scope } from '../../server/kernel/scope.ts'
import { registerSingly } from '../../server/protocollo/index.ts'
import type { NuovaRegistrazioneEntrata } from '../../server/protocollo/index.ts'
import { composeProcedura, proposeScarto } from '../../server/scarto/index.ts'
import { recordAutorizzazione } from '../../server/scarto/service/autorizza.ts'
import { recordProvvedimento, recordRichiesta, verifyProcedura } from '../../server/scarto/service/passi.ts'
import type { NumeroProtocollo } from '../../server/scarto/schema.ts'
import { addRegola } from '../../server/titolario/index.ts'
import type { ObjectStore } from '../../storage/index.ts'
import { buildPdf, buildUscita, createRegistrazione, stage } from './factories.ts'
import type { EnteDiProva } from './factories.ts'
import { buildFascicolo } from './fascicoli.ts'

/** Approves a rule of the piano di conservazione. */
export async function regola(
  rgd: Scope,
  voceId: string,
  anni: number | null,
  changes: { tipologia?: string; tipoFascicolo?: string; decorrenza?: 'chiusura' | 'documento'; sfoltimento?: boolean } = {},
): Promise<void> {
  await addRegola(rgd, {
    voceId,
    tipologia: changes.tipologia ?? null,
    tipoFascicolo: changes.tipoFascicolo ?? null,
    anni,
    condizione: anni === null ? 'Finché serve' : null,
    decorrenza: changes.decorrenza ?? 'chiusura',
    sfoltimento: changes.sfoltimento ?? false,
    atto: 'Deliberazione di prova n. 7',
    approvataIl: '2026-01-10',
  })
}

/** What was made for a test of disposals. */
export interface Vecchio {
  readonly id: string
  readonly registrazioneId: string
  readonly documentoId: string
  readonly sha256: string
}

/** Closes a fascicolo on a day of the past, as an old one stands. */
export async function closeOn(scope: Scope, fascicoloId: string, giorno: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    await query(
      tx,
      `update fascicolo set stato = 'CHIUSO', chiuso_il = $3::date, esito = 'archiviazione', versione = versione + 1 where ente_id = $1 and id = $2`,
      [tx.ente.id, fascicoloId, giorno],
    )
  })
}

/** Registers a document of the scope's person. */
export async function documento(
  scope: Scope,
  e: EnteDiProva,
  store: ObjectStore,
  changes: Partial<NuovaRegistrazioneEntrata> = {},
): Promise<Omit<Vecchio, 'id'>> {
  const registrazioneId = await createRegistrazione(scope, e, store, changes)
  const row = await queryOne<{ documentoId: string; sha256: string }>(
    scope,
    `select r.documento_id as "documentoId", c.sha256 from registrazione r join documento_file f on f.ente_id = r.ente_id and f.documento_id = r.documento_id and f.ruolo = 'principale'
       join contenuto c on c.ente_id = f.ente_id and c.id = f.contenuto_id where r.ente_id = $1 and r.id = $2`,
    [scope.ente.id, registrazioneId],
  )
  return { registrazioneId, documentoId: row?.documentoId ?? '', sha256: row?.sha256 ?? '' }
}

/** A fascicolo with one registered document, closed on a day of the past (or open). */
export async function vecchio(
  scope: Scope,
  e: EnteDiProva,
  store: ObjectStore,
  changes: {
    readonly chiusoIl?: string | null
    readonly fascicolo?: Partial<NuovoFascicolo>
    readonly registrazione?: Partial<NuovaRegistrazioneEntrata>
  } = {},
): Promise<Vecchio> {
  const voceId = e.voci.get('VI/3/4') ?? ''
  const d = await documento(scope, e, store, { voceId, ...changes.registrazione })
  const { id } = await openFascicolo(scope, buildFascicolo(e, scope.attore, { voceId, ...changes.fascicolo }), newId())
  await fileDocumento(scope, id, { documentoId: d.documentoId })
  if (changes.chiusoIl !== null) await closeOn(scope, id, changes.chiusoIl ?? '2001-05-10')
  return { id, ...d }
}

/** A registration in uscita, as people name it. */
export async function inUscita(scope: Scope, e: EnteDiProva, store: ObjectStore): Promise<NumeroProtocollo> {
  const contenutoId = await stage(scope, store, await buildPdf(`Richiesta ${newId()}`), 'richiesta.pdf')
  const { id } = await registerSingly(scope, buildUscita(e, contenutoId, { voceId: e.voci.get('VI/3/4') ?? '' }), newId())
  return await numeroOf(scope, id)
}

/** A registration in entrata, as people name it. */
export async function inEntrata(scope: Scope, e: EnteDiProva, store: ObjectStore): Promise<NumeroProtocollo> {
  return await numeroOf(scope, await createRegistrazione(scope, e, store, { voceId: e.voci.get('VI/3/4') ?? '' }))
}

async function numeroOf(scope: Scope, id: string): Promise<NumeroProtocollo> {
  const row = await queryOne<NumeroProtocollo>(scope, 'select anno, numero from registrazione where ente_id = $1 and id = $2', [
    scope.ente.id,
    id,
  ])
  if (row === null) throw new Error('no registration')
  return row
}

/** A disposal composed by the job. */
export async function proponi(rgd: Scope, sistema: Scope): Promise<string> {
  const id = await proposeScarto(rgd, { note: 'Scarto di prova' }, newId())
  await composeProcedura(sistema, id)
  return id
}

/** The item of a fascicolo in a disposal: id and state, or null. */
export async function voceOf(
  scope: Scope,
  proceduraId: string,
  fascicoloId: string,
): Promise<{ id: string; stato: string; motivo: string | null } | null> {
  return await queryOne(scope, 'select id, stato, motivo from voce_scarto where ente_id = $1 and procedura_id = $2 and fascicolo_id = $3', [
    scope.ente.id,
    proceduraId,
    fascicoloId,
  ])
}

/** Takes a composed disposal to the request. */
export async function richiedi(rgd: Scope, e: EnteDiProva, store: ObjectStore, id: string, interno = false): Promise<void> {
  await verifyProcedura(rgd, id)
  await recordProvvedimento(rgd, id, { estremi: 'Determinazione n. 9', del: '2026-01-20', motivazione: 'Termini scaduti.' })
  await recordRichiesta(rgd, id, {
    registrazione: await inUscita(rgd, e, store),
    registrazioneInterno: interno ? await inUscita(rgd, e, store) : null,
  })
}

/** Records the answer of the Soprintendenza, with the items it refuses. */
export async function autorizza(
  rgd: Scope,
  e: EnteDiProva,
  store: ObjectStore,
  id: string,
  rifiutate: { voceId: string; motivo: string; nonPrimaDel: string | null }[] = [],
  autorita: 'soprintendenza' | 'interno' = 'soprintendenza',
): Promise<void> {
  await recordAutorizzazione(rgd, id, {
    autorita,
    registrazione: await inEntrata(rgd, e, store),
    protocollo: `SAB-PRV 1234/${autorita}`,
    del: '2026-03-02',
    note: '',
    rifiutate,
  })
}
