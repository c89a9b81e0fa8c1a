import { findDestinazioni, formatPercorso, TIPI_FASCICOLO } from '../../../titolario/index.ts'
import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, json, query } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { sinonimoAssente, titolarioAssente } from '../errors.ts'
import { assertManages } from '../policy.ts'
import { presentVoce, toPlan } from '../presenter.ts'
import { findVersioneInForce, findVoci } from '../repository.ts'
import type { DestinazioneDto, SinonimiDto } from '../schema.ts'
import { readVersione } from './versioni.ts'

/** The types of fascicolo a voice may be limited to. */
export const tipiFascicolo = TIPI_FASCICOLO

/** "Dove finirebbe…?": where a document with this subject would go in a version (the one in force if not said), with the reasons in words. */
export async function tryTesto(scope: Scope, testo: string, versioneId?: string, limite = 5): Promise<DestinazioneDto[]> {
  return await inReadTransaction(scope, async (s) => {
    const id = versioneId === undefined ? (await findVersioneInForce(s))?.id : (await readVersione(s, versioneId)).versione.id
    if (id === undefined) throw titolarioAssente()
    const voci = (await findVoci(s, id)).filter((v) => !v.chiusa)
    const byCode = new Map(voci.map((v) => [v.codice, v]))
    const piano = toPlan(voci)
    const testi = new Map(voci.map((v) => [v.codice, { descrizione: v.descrizione, esempi: v.esempi }]))
    const sinonimi = (await listSinonimi(s)).map((g) => g.parole)
    return findDestinazioni(piano, testo, { limite, testi, sinonimi }).flatMap((d) => {
      const row = byCode.get(d.voce.codice)
      if (row === undefined) return []
      return [
        {
          ...presentVoce(row),
          percorso: formatPercorso(piano.pathOf(d.voce.codice)),
          punti: d.punti,
          ragioni: [...d.ragioni],
          spiegazione: d.spiegazione,
        },
      ]
    })
  })
}

/** The groups of synonyms of the ente. */
export async function listSinonimi(scope: Scope): Promise<SinonimiDto[]> {
  return await query<SinonimiDto>(
    scope,
    'select id, parole, autore_nome as "autoreNome" from voce_sinonimo where ente_id = $1 and tolto_il is null order by creato_il',
    [scope.ente.id],
  )
}

/** Adds a group of synonyms of the ente. */
export async function addSinonimi(scope: Scope, parole: readonly string[]): Promise<SinonimiDto> {
  return await inTransaction(scope, async (tx) => {
    assertManages(tx.attore)
    const id = newId()
    const [row] = await query<{ istante: Date }>(tx, 'select app.istante() as istante')
    await insertRows(tx, 'voce_sinonimo', [
      { id, parole: json(parole), creato_il: row?.istante.toISOString(), autore_nome: tx.attore.nome, tolto_il: null },
    ])
    tx.audit({ azione: 'titolario-sinonimi-aggiunti', oggettoTipo: 'titolario-sinonimi', oggettoId: id, dopo: { parole } })
    return { id, parole: [...parole], autoreNome: tx.attore.nome }
  })
}

/** Takes a group of synonyms away; it stays written that it was there. */
export async function removeSinonimi(scope: Scope, id: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    assertManages(tx.attore)
    const rows = await query<{ parole: string[] }>(
      tx,
      'update voce_sinonimo set tolto_il = app.istante() where ente_id = $1 and id = $2 and tolto_il is null returning parole',
      [tx.ente.id, id],
    )
    if (rows.length === 0) throw sinonimoAssente()
    tx.audit({ azione: 'titolario-sinonimi-tolti', oggettoTipo: 'titolario-sinonimi', oggettoId: id, prima: { parole: rows[0]?.parole } })
  })
}
