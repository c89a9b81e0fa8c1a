import { compareNumeri, formatCodice, formatEtichetta, nextNumero, parseCodice } from '../../../titolario/index.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { accorpamentoImpossibile, codiceNonValido, codiceOccupato, livelloEccessivo, voceAssente } from '../errors.ts'
import { findVoci } from '../repository.ts'
import type { VoceRow } from '../repository.ts'
import type { AccorpamentoIn, DivisioneIn, NuovaVoceIn } from '../schema.ts'
import { toAiutiColumns } from './adozione.ts'
import { lockBozza } from './bozze.ts'
import type { BozzaRow } from './bozze.ts'

/** A draft with its voices, held for a change. */
interface Aperta {
  readonly bozza: BozzaRow
  readonly voci: VoceRow[]
}

/** Runs a change of the tree of a draft and puts the voices in order again. Throws as `lockBozza`. */
async function inBozza<T>(scope: Scope, id: string, change: (tx: TxScope, aperta: Aperta) => Promise<T>): Promise<T> {
  return await inTransaction(scope, async (tx) => {
    const bozza = await lockBozza(tx, id)
    const result = await change(tx, { bozza, voci: await findVoci(tx, id) })
    await reorder(tx, id)
    return result
  })
}

async function reorder(tx: TxScope, id: string): Promise<void> {
  const rows = (await findVoci(tx, id)).toSorted((a, b) => compareNumeri(parseCodice(a.codice) ?? [], parseCodice(b.codice) ?? []))
  await query(
    tx,
    'update voce_titolario v set ordine = x.ordine - 1 from unnest($3::uuid[]) with ordinality as x(id, ordine) where v.ente_id = $1 and v.versione_id = $2 and v.id = x.id',
    [tx.ente.id, id, rows.map((r) => r.id)],
  )
}

function voceOf(voci: readonly VoceRow[], id: string): VoceRow {
  const voce = voci.find((v) => v.id === id)
  if (voce === undefined) throw voceAssente()
  return voce
}

/** Adds a voice to a draft, with the next free number or with the code that is asked. Answers id and code. */
export async function addVoce(scope: Scope, bozzaId: string, input: NuovaVoceIn): Promise<{ id: string; codice: string }> {
  return await inBozza(scope, bozzaId, async (tx, { bozza, voci }) => {
    const padre = input.padreId === null ? null : voceOf(voci, input.padreId)
    const voce = await insertVoce(tx, bozza, voci, { padre, denominazione: input.denominazione, codice: input.codice })
    tx.audit({
      azione: 'titolario-voce-aggiunta',
      oggettoTipo: 'titolario',
      oggettoId: bozzaId,
      dopo: { ...voce, denominazione: input.denominazione },
    })
    return voce
  })
}

async function insertVoce(
  tx: TxScope,
  bozza: BozzaRow,
  voci: VoceRow[],
  n: { padre: VoceRow | null; denominazione: string; codice?: string | undefined; come?: VoceRow | undefined },
): Promise<{ id: string; codice: string }> {
  if ((n.padre?.livello ?? 0) >= bozza.livelli) throw livelloEccessivo(bozza.livelli)
  const above = n.padre === null ? [] : (parseCodice(n.padre.codice) ?? [])
  const siblings = voci.filter((v) => v.padreId === (n.padre?.id ?? null)).map((v) => v.codice)
  const numeri = n.codice === undefined ? [...above, nextNumero(siblings, parseCodice)] : parseCodice(n.codice)
  if (numeri === null || numeri.length !== above.length + 1 || above.some((x, i) => x !== numeri[i])) throw codiceNonValido(n.codice ?? '')
  const codice = formatCodice(numeri)
  if (voci.some((v) => v.codice === codice)) throw codiceOccupato(codice)
  const id = newId()
  await insertRows(tx, 'voce_titolario', [
    {
      id,
      versione_id: bozza.id,
      codice,
      etichetta: formatEtichetta(numeri),
      livello: numeri.length,
      ordine: voci.length,
      denominazione: n.denominazione,
      padre_id: n.padre?.id ?? null,
      parole_chiave: '',
      conservazione_anni: n.padre?.conservazioneAnni ?? null,
      ufficio_predefinito_id: n.come?.ufficioId ?? null,
      chiusa_dal: null,
      ...toAiutiColumns(n.come),
      descrizione: '',
      esempi: '[]',
    },
  ])
  voci.push({ ...(n.come ?? (n.padre as VoceRow)), id, codice, padreId: n.padre?.id ?? null, livello: numeri.length })
  return { id, codice }
}

/** Renames a voice of a draft: its link says so (REQ-TIT-005). */
export async function renameVoce(scope: Scope, bozzaId: string, voceId: string, denominazione: string): Promise<void> {
  await inBozza(scope, bozzaId, async (tx, { voci }) => {
    const voce = voceOf(voci, voceId)
    await query(tx, 'update voce_titolario set denominazione = $3 where ente_id = $1 and id = $2', [tx.ente.id, voceId, denominazione])
    await query(
      tx,
      `update voce_predecessore p set tipo = case when lower(v.denominazione) = lower($3) then 'uguale' else 'rinominata' end
         from voce_titolario v where p.ente_id = $1 and p.voce_id = $2 and p.tipo in ('uguale', 'rinominata') and v.ente_id = p.ente_id and v.id = p.predecessore_id`,
      [tx.ente.id, voceId, denominazione],
    )
    tx.audit({
      azione: 'titolario-voce-rinominata',
      oggettoTipo: 'titolario',
      oggettoId: bozzaId,
      prima: { codice: voce.codice, denominazione: voce.denominazione },
      dopo: { codice: voce.codice, denominazione },
    })
  })
}

/** Closes a voice in the version being prepared, with what is under it: its predecessors are `soppressa` unless others took them. */
export async function removeVoce(scope: Scope, bozzaId: string, voceId: string): Promise<void> {
  await inBozza(scope, bozzaId, async (tx, { voci }) => {
    const voce = voceOf(voci, voceId)
    const codici = await dropSubtree(tx, bozzaId, voci, voce)
    tx.audit({
      azione: 'titolario-voce-chiusa',
      oggettoTipo: 'titolario',
      oggettoId: bozzaId,
      prima: { codici, denominazione: voce.denominazione },
    })
  })
}

/** Removes a voice of a draft with its children; what nobody continues becomes `soppressa`. Answers the removed codes. */
async function dropSubtree(tx: TxScope, bozzaId: string, voci: readonly VoceRow[], voce: VoceRow): Promise<string[]> {
  const gone = voci.filter((v) => v.codice === voce.codice || v.codice.startsWith(`${voce.codice}/`))
  const binds = [tx.ente.id, bozzaId, gone.map((v) => v.id)]
  await query(
    tx,
    `with tolti as (delete from voce_predecessore where ente_id = $1 and versione_id = $2 and voce_id = any($3::uuid[]) returning ente_id, predecessore_id, voce_id)
     insert into voce_predecessore (ente_id, id, versione_id, voce_id, predecessore_id, tipo)
     select distinct on (t.predecessore_id) t.ente_id, gen_random_uuid(), $2::uuid, null::uuid, t.predecessore_id, 'soppressa' from tolti t
      where not exists (select 1 from voce_predecessore p where p.ente_id = t.ente_id and p.versione_id = $2 and p.predecessore_id = t.predecessore_id and p.voce_id <> all($3::uuid[]))`,
    binds,
  )
  await query(tx, 'delete from regola_conservazione where ente_id = $1 and voce_id = any($2::uuid[])', [tx.ente.id, gone.map((v) => v.id)])
  await query(tx, 'delete from voce_titolario where ente_id = $1 and versione_id = $2 and id = any($3::uuid[])', binds)
  return gone.map((v) => v.codice)
}

/** Splits a voice of a draft: the new voices descend from what it came from, and so does it when it stays (REQ-TIT-005). Answers the new codes. */
export async function splitVoce(
  scope: Scope,
  bozzaId: string,
  voceId: string,
  input: DivisioneIn,
): Promise<{ id: string; codice: string }[]> {
  return await inBozza(scope, bozzaId, async (tx, { bozza, voci }) => {
    const voce = voceOf(voci, voceId)
    const padre = voce.padreId === null ? null : voceOf(voci, voce.padreId)
    const nuove: { id: string; codice: string }[] = []
    for (const n of input.nuove)
      nuove.push(await insertVoce(tx, bozza, voci, { padre, denominazione: n.denominazione, codice: n.codice, come: voce }))
    await query(
      tx,
      `insert into voce_predecessore (ente_id, id, versione_id, voce_id, predecessore_id, tipo)
       select p.ente_id, gen_random_uuid(), p.versione_id, n.id, p.predecessore_id, 'divisa' from voce_predecessore p, unnest($3::uuid[]) as n(id) where p.ente_id = $1 and p.voce_id = $2`,
      [tx.ente.id, voceId, nuove.map((n) => n.id)],
    )
    if (input.mantieni)
      await query(tx, "update voce_predecessore set tipo = 'divisa' where ente_id = $1 and voce_id = $2", [tx.ente.id, voceId])
    else await dropSubtree(tx, bozzaId, voci, voce)
    tx.audit({
      azione: 'titolario-voce-divisa',
      oggettoTipo: 'titolario',
      oggettoId: bozzaId,
      prima: { codice: voce.codice, denominazione: voce.denominazione },
      dopo: { codici: [...(input.mantieni ? [voce.codice] : []), ...nuove.map((n) => n.codice)] },
    })
    return nuove
  })
}

/** Unites voices of a draft into one of them or another of the same level, which then descends from all (REQ-TIT-005). */
export async function mergeVoci(scope: Scope, bozzaId: string, input: AccorpamentoIn): Promise<void> {
  await inBozza(scope, bozzaId, async (tx, { voci }) => {
    const into = voceOf(voci, input.inVoceId)
    const sources = [...new Set(input.voci)].filter((id) => id !== into.id).map((id) => voceOf(voci, id))
    const nested = sources.some((s) => s.livello !== into.livello || into.codice.startsWith(`${s.codice}/`))
    if (sources.length === 0 || nested) throw accorpamentoImpossibile()
    await query(
      tx,
      `insert into voce_predecessore (ente_id, id, versione_id, voce_id, predecessore_id, tipo)
       select distinct on (p.predecessore_id) p.ente_id, gen_random_uuid(), p.versione_id, $2::uuid, p.predecessore_id, 'accorpata' from voce_predecessore p
        where p.ente_id = $1 and p.voce_id = any($3::uuid[])
          and not exists (select 1 from voce_predecessore q where q.ente_id = p.ente_id and q.voce_id = $2 and q.predecessore_id = p.predecessore_id)`,
      [tx.ente.id, into.id, sources.map((s) => s.id)],
    )
    await query(tx, "update voce_predecessore set tipo = 'accorpata' where ente_id = $1 and voce_id = $2", [tx.ente.id, into.id])
    for (const s of sources) await dropSubtree(tx, bozzaId, voci, s)
    tx.audit({
      azione: 'titolario-voci-accorpate',
      oggettoTipo: 'titolario',
      oggettoId: bozzaId,
      prima: { codici: sources.map((s) => s.codice) },
      dopo: { codice: into.codice },
    })
  })
}
