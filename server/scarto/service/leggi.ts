import { findVisibleFascicolo } from '../../fascicoli/index.ts'
import { inReadTransaction, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { proceduraAssente } from '../errors.ts'
import { formatProcedura, presentProcedura, presentVoce } from '../presenter.ts'
import { countVoci, findAutorizzazioni, findEtichette, findPassi, findProcedura, findProcedure, findVoci } from '../repository.ts'
import type { ProceduraRow } from '../repository.ts'
import type { FiltriVoci, ProceduraDto, ScartoFascicoloDto, StatoVoce, VoceScartoDto } from '../schema.ts'
import { findVincoli } from '../vincoli.ts'

/** The disposals of the ente, newest first, each with its items counted by state. */
export async function listProcedure(scope: Scope): Promise<ProceduraDto[]> {
  return await inReadTransaction(scope, async (s) => await presentAll(s, await findProcedure(s)))
}

/** One disposal. Throws NotFound. */
export async function readProcedura(scope: Scope, id: string): Promise<ProceduraDto> {
  return await inReadTransaction(scope, async (s) => {
    const row = await findProcedura(s, id)
    const [dto] = row === null ? [] : await presentAll(s, [row])
    if (dto === undefined) throw proceduraAssente()
    return dto
  })
}

async function presentAll(s: Scope, rows: readonly ProceduraRow[]): Promise<ProceduraDto[]> {
  const conti = Map.groupBy(
    await countVoci(
      s,
      rows.map((r) => r.id),
    ),
    (c) => c.proceduraId,
  )
  const dtos: ProceduraDto[] = []
  for (const row of rows) {
    const autorizzazioni = await findAutorizzazioni(s, row.id)
    const ids = [row.richiestaId, row.richiestaInternoId, row.comunicazioneId, row.comunicazioneInternoId].filter((r) => r !== null)
    const etichette = await findEtichette(s, [...ids, ...autorizzazioni.map((a) => a.registrazioneId)])
    dtos.push(presentProcedura(row, conti.get(row.id) ?? [], autorizzazioni, etichette, s.attore))
  }
  return dtos
}

/** A page of the items of a disposal, with their steps. Throws NotFound. */
export async function listVoci(scope: Scope, id: string, filtri: FiltriVoci): Promise<{ elementi: VoceScartoDto[]; totale: number }> {
  return await inReadTransaction(scope, async (s) => {
    if ((await findProcedura(s, id)) === null) throw proceduraAssente()
    const { rows, totale } = await findVoci(s, id, filtri)
    const passi = Map.groupBy(
      await findPassi(
        s,
        rows.map((r) => r.id),
      ),
      (p) => p.voceId,
    )
    return { elementi: rows.map((row) => presentVoce(row, passi.get(row.id) ?? [])), totale }
  })
}

/** What the page of a fascicolo says of its holds and of its disposal, for who sees the fascicolo. Throws NotFound. */
export async function readScartoFascicolo(scope: Scope, idOrSlug: string): Promise<ScartoFascicoloDto> {
  return await inReadTransaction(scope, async (s) => {
    const { id } = await findVisibleFascicolo(s, idOrSlug)
    const gestisce = s.attore.permessi.has('scarto.gestisci')
    const vincoli = (await findVincoli(s, id)).filter((v) => v.inVigore)
    const voce = await queryOne<{ proceduraId: string; anno: number; numero: number; stato: StatoVoce; motivo: string | null }>(
      s,
      `select v.procedura_id as "proceduraId", p.anno, p.numero, v.stato, v.motivo from voce_scarto v join procedura_scarto p on p.ente_id = v.ente_id and p.id = v.procedura_id
        where v.ente_id = $1 and v.fascicolo_id = app.radice_fascicolo($1, $2) order by v.stato in ('ESCLUSO', 'NON_AUTORIZZATO'), v.stato_dal desc limit 1`,
      [s.ente.id, id],
    )
    const scartato = await queryOne<{ il: Date; riferimento: string; documenti: number }>(
      s,
      `select max(d.scartato_il) as il, max(d.riferimento) as riferimento, count(*)::int as documenti from documento_scartato d join voce_scarto v on v.ente_id = d.ente_id and v.id = d.voce_id
        where d.ente_id = $1 and v.fascicolo_id = app.radice_fascicolo($1, $2) having count(*) > 0`,
      [s.ente.id, id],
    )
    return {
      vincoli: vincoli.map((v) => ({
        tipo: v.tipo,
        dal: v.dal,
        al: v.al,
        motivo: gestisce ? v.motivo : null,
        atto: gestisce ? v.atto : null,
      })),
      voce:
        voce === null || !gestisce
          ? null
          : { proceduraId: voce.proceduraId, procedura: formatProcedura(voce), stato: voce.stato, motivo: voce.motivo },
      scartato:
        scartato === null ? null : { il: scartato.il.toISOString(), riferimento: scartato.riferimento, documenti: scartato.documenti },
      gestisce,
    }
  })
}
