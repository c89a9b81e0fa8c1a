import { Readable } from 'node:stream'
import { parsePianoCsv, resolveRegola, TIPI_FASCICOLO, writePianoCsv } from '../../../titolario/index.ts'
import type { RegolaVoce } from '../../../titolario/index.ts'
import { FileReply } from '../../kernel/endpoint.ts'
import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { datiTitolario, regolaAssente, regolaVuota, titolarioAssente, voceAssente } from '../errors.ts'
import { assertManages } from '../policy.ts'
import { findVersioneInForce, findVoci, findVociById } from '../repository.ts'
import type { ImportazionePianoIn, PianoDto, RapportoPianoDto, RegolaDto, RegolaIn } from '../schema.ts'
import { refreshConservazione } from './conservazione.ts'
import { readVersione } from './versioni.ts'

/** The rules of a version in the order of the plan. */
async function findRegole(scope: Scope, versioneId: string): Promise<RegolaDto[]> {
  return await query<RegolaDto>(
    scope,
    `select r.id, r.voce_id as "voceId", v.codice, r.tipologia, r.tipo_fascicolo as "tipoFascicolo", r.anni, r.condizione, r.decorrenza, r.sfoltimento, r.atto,
            to_char(r.approvata_il, 'YYYY-MM-DD') as "approvataIl", r.autore_nome as "autoreNome"
       from regola_conservazione r join voce_titolario v on v.ente_id = r.ente_id and v.id = r.voce_id
      where r.ente_id = $1 and v.versione_id = $2 and r.revocata_il is null order by v.ordine, r.tipologia nulls first, r.tipo_fascicolo nulls first`,
    [scope.ente.id, versioneId],
  )
}

async function versioneOf(scope: Scope, versioneId: string | undefined): Promise<string> {
  if (versioneId !== undefined) return (await readVersione(scope, versioneId)).versione.id
  const found = await findVersioneInForce(scope)
  if (found === null) throw titolarioAssente()
  return found.id
}

/** The piano di conservazione of a version: every voice with its own rules and with what it inherits; those without say DA DEFINIRE (REQ-FASC-050). */
export async function readPiano(scope: Scope, versioneId?: string): Promise<PianoDto> {
  return await inReadTransaction(scope, async (s) => {
    const id = await versioneOf(s, versioneId)
    const voci = (await findVoci(s, id)).filter((v) => !v.chiusa)
    const regole = Map.groupBy(await findRegole(s, id), (r) => r.voceId)
    const byId = new Map(voci.map((v) => [v.id, v]))
    const righe = voci.map((v) => {
      const percorso: RegolaDto[][] = []
      for (let at = byId.get(v.id); at !== undefined; at = byId.get(at.padreId ?? '')) percorso.push(regole.get(at.id) ?? [])
      const generale = resolveRegola(percorso, {})
      const proprie = regole.get(v.id) ?? []
      return {
        voceId: v.id,
        codice: v.codice,
        denominazione: v.denominazione,
        livello: v.livello,
        padreId: v.padreId,
        proprie,
        generale: generale === null ? null : { anni: generale.anni, condizione: generale.condizione, da: generale.codice },
        daDefinire: generale === null && proprie.length === 0,
      }
    })
    const usabili = righe.filter((r) => r.livello > 1 || !voci.some((v) => v.padreId === r.voceId))
    return { versioneId: id, righe, voci: usabili.length, daDefinire: usabili.filter((r) => r.daDefinire).length }
  })
}

/** Writes a rule with the act that approved it; an earlier one for the same object is revoked (REQ-FASC-050). Throws Forbidden, NotFound, InvalidInput. */
export async function addRegola(scope: Scope, input: RegolaIn): Promise<{ id: string }> {
  return await inTransaction(scope, async (tx) => {
    assertManages(tx.attore)
    const voce = (await findVociById(tx, [input.voceId])).get(input.voceId)
    if (voce === undefined) throw voceAssente()
    if (input.anni === null && (input.condizione ?? '') === '') throw regolaVuota()
    await assertApprovata(tx, input.approvataIl)
    const [id] = await writeRegole(tx, [input])
    await refreshConservazione(tx, voce.versioneId)
    tx.audit({
      azione: 'conservazione-regola-approvata',
      oggettoTipo: 'titolario',
      oggettoId: voce.versioneId,
      dopo: { codice: voce.codice, ...input },
    })
    return { id: id ?? '' }
  })
}

async function assertApprovata(tx: TxScope, giorno: string): Promise<void> {
  const row = await queryOne<{ futura: boolean }>(tx, 'select $1::date > app.oggi() as futura', [giorno])
  if (row?.futura === true)
    throw datiTitolario([{ campo: 'approvataIl', messaggio: 'L’atto di approvazione non può essere di un giorno futuro.' }])
}

/** Revokes the rules in force for the same objects and writes the new ones. Answers their ids. */
async function writeRegole(tx: TxScope, regole: readonly RegolaIn[]): Promise<string[]> {
  const key = (r: RegolaIn): string => `${r.voceId}|${r.tipologia ?? ''}|${r.tipoFascicolo ?? ''}`
  await query(
    tx,
    `update regola_conservazione set revocata_il = app.istante(), revocata_da = $3 where ente_id = $1 and revocata_il is null
        and voce_id::text || '|' || coalesce(tipologia, '') || '|' || coalesce(tipo_fascicolo, '') = any($2::text[])`,
    [tx.ente.id, regole.map(key), tx.attore.nome],
  )
  const [row] = await query<{ istante: Date }>(tx, 'select app.istante() as istante')
  const rows = regole.map((r) => ({
    id: newId(),
    voce_id: r.voceId,
    tipologia: r.tipologia ?? null,
    tipo_fascicolo: r.tipoFascicolo ?? null,
    anni: r.anni,
    condizione: r.condizione ?? null,
    decorrenza: r.decorrenza,
    sfoltimento: r.sfoltimento,
    atto: r.atto,
    approvata_il: r.approvataIl,
    creata_il: row?.istante.toISOString(),
    autore_nome: tx.attore.nome,
    revocata_il: null,
    revocata_da: null,
  }))
  await insertRows(tx, 'regola_conservazione', rows)
  return rows.map((r) => r.id)
}

/** Revokes a rule with a reason; what it left uncovered is DA DEFINIRE or inherits again. Throws Forbidden, NotFound. */
export async function revokeRegola(scope: Scope, id: string, motivo: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    assertManages(tx.attore)
    const row = await queryOne<{ versioneId: string; codice: string; anni: number | null }>(
      tx,
      `update regola_conservazione r set revocata_il = app.istante(), revocata_da = $3 from voce_titolario v
        where r.ente_id = $1 and r.id = $2 and r.revocata_il is null and v.ente_id = r.ente_id and v.id = r.voce_id
        returning v.versione_id as "versioneId", v.codice, r.anni`,
      [tx.ente.id, id, tx.attore.nome],
    )
    if (row === null) throw regolaAssente()
    await refreshConservazione(tx, row.versioneId)
    const prima = { codice: row.codice, anni: row.anni }
    tx.audit({ azione: 'conservazione-regola-revocata', oggettoTipo: 'titolario', oggettoId: row.versioneId, prima, motivo })
  })
}

/** Reads a piano from CSV and reports every fault with its line; when it is not a trial and nothing is wrong, writes its rules. Throws Forbidden. */
export async function importPiano(scope: Scope, input: ImportazionePianoIn): Promise<RapportoPianoDto> {
  return await inTransaction(scope, async (tx) => {
    assertManages(tx.attore)
    const versioneId = await versioneOf(tx, input.versioneId)
    const voci = new Map((await findVoci(tx, versioneId)).map((v) => [v.codice, v.id]))
    const tipologie = await query<{ tipologia: string }>(tx, 'select distinct tipologia from documento where ente_id = $1', [tx.ente.id])
    const { valido, rilievi, regole } = parsePianoCsv(input.csv, {
      codici: new Set(voci.keys()),
      tipologie: tipologie.map((t) => t.tipologia),
      tipiFascicolo: TIPI_FASCICOLO,
    })
    const rapporto = { valido, rilievi: rilievi.map((r) => ({ ...r, colonna: r.colonna ?? null })), regole: regole.length, scritte: false }
    if (input.prova || !valido) return rapporto
    await assertApprovata(tx, input.approvataIl)
    await writeRegole(
      tx,
      regole.map(({ codice, ...r }: RegolaVoce) => ({
        ...r,
        voceId: voci.get(codice) ?? '',
        atto: input.atto,
        approvataIl: input.approvataIl,
      })),
    )
    await refreshConservazione(tx, versioneId)
    tx.audit({
      azione: 'conservazione-piano-importato',
      oggettoTipo: 'titolario',
      oggettoId: versioneId,
      dopo: { regole: regole.length, atto: input.atto, approvataIl: input.approvataIl },
    })
    return { ...rapporto, scritte: true }
  })
}

/** The rules of a version in our CSV layout. */
export async function exportPiano(scope: Scope, versioneId?: string): Promise<FileReply> {
  const testo = await inReadTransaction(scope, async (s) => writePianoCsv(await findRegole(s, await versioneOf(s, versioneId))))
  const bytes = Buffer.from(testo, 'utf8')
  return new FileReply({
    nome: 'piano-di-conservazione.csv',
    tipo: 'text/csv; charset=utf-8',
    stream: Readable.from([bytes]),
    dimensione: bytes.length,
  })
}
