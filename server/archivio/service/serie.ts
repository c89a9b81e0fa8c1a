import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now, romeDay, romeYear } from '../../kernel/time.ts'
import { findConservazione, findVociById } from '../../titolario/index.ts'
import { readClock } from '../../fascicoli/index.ts'
import { annoNonFinito, assente, datiErrati, serieEsistente, serieGiaChiusa, serieVuota } from '../errors.ts'
import { assertGestore } from '../policy.ts'
import { findAoo } from '../repository.ts'
import { DOCUMENTO_FROM, findMembri, findSerie, findSerieById, GIORNO_DOCUMENTO, lockSerie } from '../repository-serie.ts'
import type { MembroRow, SerieRow } from '../repository-serie.ts'
import { digest, estraneita, PERMANENTE, serieErrors, TIPOLOGIA_REPERTORIO, writeCsv } from '../rules.ts'
import type { FattiMembro } from '../rules.ts'
import type { NuovaSerie, SerieDto } from '../schema.ts'

/** Rows written in one statement. */
const PARTE = 1000

/** A series as the pages show it; `membri` counts those it has now, or those frozen with the closing. */
export function presentSerie(s: SerieRow, membri: number): SerieDto {
  return {
    id: s.id,
    tipo: s.tipo,
    denominazione: s.denominazione,
    aoo: s.aoo,
    anno: s.anno,
    tipologia: s.tipologia,
    tipoFascicolo: s.tipoFascicolo,
    voce: s.codiceVoce === null ? null : { codice: s.codiceVoce, denominazione: s.denominazioneVoce ?? '' },
    conservazioneAnni: s.conservazioneAnni,
    chiusaIl: s.chiusaIl?.toISOString() ?? null,
    membri: s.membri ?? membri,
    impronta: s.impronta,
    elenco: s.elenco,
    posizioneFisica: s.posizioneFisica,
  }
}

async function count(s: Scope, serie: SerieRow): Promise<number> {
  return serie.membri ?? (await findMembri(s, serie, { pagina: 1, perPagina: 1 })).totale
}

/** Every series, newest year first. Throws Forbidden. */
export async function listSerie(scope: Scope): Promise<SerieDto[]> {
  assertGestore(scope.attore)
  return await inReadTransaction(scope, async (s) => {
    const list: SerieDto[] = []
    for (const row of await findSerie(s)) list.push(presentSerie(row, await count(s, row)))
    return list
  })
}

/** A series with a part of its members: live while it is open, frozen once closed (REQ-FASC-031). Throws Forbidden, NotFound. */
export async function readSerie(
  scope: Scope,
  id: string,
  parte: { readonly pagina: number; readonly perPagina: number },
): Promise<SerieDto & { elementi: Omit<MembroRow, 'id'>[]; totale: number }> {
  assertGestore(scope.attore)
  return await inReadTransaction(scope, async (s) => {
    const [row] = await findSerieById(s, [id])
    if (row === undefined) throw assente('La serie')
    const { rows, totale } = await findMembri(s, row, parte)
    return { ...presentSerie(row, totale), elementi: rows.map(({ id: _id, ...m }) => m), totale }
  })
}

/**
 * Begins a series: its members follow from the criterion (REQ-FASC-031). Documents of one type, within a solar year, under a voice of the third level at
 * most; fascicoli of one class or type. Throws Forbidden, InvalidInput with every wrong field, NotFound, Conflict when it exists.
 */
export async function createSerie(scope: Scope, input: NuovaSerie): Promise<string> {
  assertGestore(scope.attore)
  return await inTransaction(scope, async (tx) => {
    const aoo = await findAoo(tx)
    const found = input.aooId === undefined ? aoo[0] : aoo.find((a) => a.id === input.aooId)
    if (found === undefined) throw assente('L’area organizzativa')
    const voce = input.voceId === undefined ? undefined : (await findVociById(tx, [input.voceId])).get(input.voceId)
    if (input.voceId !== undefined && voce === undefined) throw assente('La voce di titolario')
    const campi = serieErrors(input, romeDay(now()), voce?.livello ?? null)
    if (campi.length > 0) throw datiErrati(campi)
    const anni =
      voce === undefined
        ? null
        : (await findConservazione(tx, { voceId: voce.id, tipologia: input.tipologia, tipoFascicolo: input.tipoFascicolo })).anni
    return await insertSerie(tx, { ...input, aooId: found.id, conservazioneAnni: anni })
  })
}

async function insertSerie(
  tx: TxScope,
  s: NuovaSerie & { readonly aooId: string; readonly conservazioneAnni: number | null },
): Promise<string> {
  const id = newId()
  const { istante } = await readClock(tx)
  const made = await query(
    tx,
    `insert into serie_archivistica (ente_id, id, aoo_id, tipo, denominazione, anno, tipologia, tipo_fascicolo, voce_id, creata_il, creata_da, conservazione_anni)
     values ($1, $2, $3, $4, $5, $6, nullif($7, ''), $8, $9, $10, $11, $12) on conflict do nothing returning 1`,
    [
      tx.ente.id,
      id,
      s.aooId,
      s.tipo,
      s.denominazione,
      s.anno,
      s.tipologia ?? '',
      s.tipoFascicolo ?? null,
      s.voceId ?? null,
      istante,
      tx.attore.nome,
      s.conservazioneAnni,
    ],
  )
  if (made.length === 0) throw serieEsistente()
  tx.audit({ azione: 'serie-aperta', oggettoTipo: 'serie', oggettoId: id, dopo: { ...s } })
  return id
}

/** The permanent series of the repertori of a year, begun with its first extraction (REQ-FASC-032). */
export async function ensureSerieRepertorioWithin(tx: TxScope, aooId: string, anno: number, voceId: string): Promise<void> {
  const known = await queryOne(
    tx,
    `select 1 from serie_archivistica where ente_id = $1 and aoo_id = $2 and anno = $3 and tipo = 'documentale' and tipologia = $4`,
    [tx.ente.id, aooId, anno, TIPOLOGIA_REPERTORIO],
  )
  if (known !== null) return
  const denominazione = `${TIPOLOGIA_REPERTORIO} ${anno}`
  await insertSerie(tx, {
    tipo: 'documentale',
    denominazione,
    anno,
    aooId,
    tipologia: TIPOLOGIA_REPERTORIO,
    voceId,
    conservazioneAnni: PERMANENTE,
  })
}

/** Closes a series whose year is over: its members are frozen in their order with the digest of their list. Throws Forbidden, NotFound, Conflict, RuleViolation. */
export async function closeSerie(scope: Scope, id: string): Promise<void> {
  assertGestore(scope.attore)
  await inTransaction(scope, async (tx) => await closeSerieWithin(tx, id))
}

async function closeSerieWithin(tx: TxScope, id: string): Promise<void> {
  const row = await lockSerie(tx, id)
  if (row === null) throw assente('La serie')
  if (row.chiusaIl !== null) throw serieGiaChiusa()
  const clock = await readClock(tx)
  if (row.anno >= clock.anno) throw annoNonFinito(row.anno)
  const { rows } = await findMembri(tx, row)
  if (rows.length === 0) throw serieVuota()
  const frozen = rows.map((m) => ({
    id: newId(),
    serie_id: row.id,
    posizione: m.posizione,
    documento_id: row.tipo === 'documentale' ? m.id : null,
    fascicolo_id: row.tipo === 'fascicoli' ? m.id : null,
    giorno: m.giorno,
    riferimento: m.riferimento,
  }))
  for (let i = 0; i < frozen.length; i += PARTE) await insertRows(tx, 'serie_membro', frozen.slice(i, i + PARTE))
  const impronta = digest(writeCsv(rows.map((m) => [String(m.posizione), m.id, m.giorno, m.riferimento])))
  await query(tx, 'update serie_archivistica set chiusa_il = $3, membri = $4, impronta = $5 where ente_id = $1 and id = $2', [
    tx.ente.id,
    row.id,
    clock.istante,
    rows.length,
    impronta,
  ])
  tx.audit({ azione: 'serie-chiusa', oggettoTipo: 'serie', oggettoId: row.id, dopo: { membri: rows.length, impronta } })
}

/** Closes every series of the years that are over; an empty one stays open. Run by the timetable, by the calendar of Rome. */
export async function closeSerieDovute(scope: Scope): Promise<void> {
  for (const row of await inReadTransaction(scope, findSerie)) {
    if (row.chiusaIl !== null || row.anno >= romeYear(now()) || (await count(scope, row)) === 0) continue
    await inTransaction(scope, async (tx) => await closeSerieWithin(tx, row.id))
  }
}

/**
 * Whether a document (number and year of the protocol) or a fascicolo (identifier) belongs to a series, and why not: another year, another type, another
 * class (REQ-FASC-031). Throws Forbidden, NotFound.
 */
export async function checkAppartenenza(
  scope: Scope,
  id: string,
  riferimento: string,
): Promise<{ appartiene: boolean; messaggio: string }> {
  assertGestore(scope.attore)
  return await inReadTransaction(scope, async (s) => {
    const [row] = await findSerieById(s, [id])
    if (row === undefined) throw assente('La serie')
    const fatti = await findFatti(s, riferimento.trim())
    if (fatti === null) throw assente('Il documento o il fascicolo')
    const voce = row.codiceVoce === null ? null : { codice: row.codiceVoce, versioneId: row.versioneId ?? '' }
    const why = estraneita({ ...row, voce }, fatti)
    if (why !== null) return { appartiene: false, messaggio: why }
    if (row.chiusaIl === null) return { appartiene: true, messaggio: 'Fa parte della serie.' }
    const known = await queryOne(
      s,
      'select 1 from serie_membro where ente_id = $1 and serie_id = $2 and $3::uuid in (documento_id, fascicolo_id)',
      [s.ente.id, row.id, fatti.id],
    )
    return known === null
      ? { appartiene: false, messaggio: 'La serie è già chiusa: non riceve altro.' }
      : { appartiene: true, messaggio: 'Fa parte della serie.' }
  })
}

async function findFatti(s: Scope, riferimento: string): Promise<(FattiMembro & { id: string }) | null> {
  const numero = /^0*(\d{1,9})\/(\d{4})$/u.exec(riferimento)
  if (numero !== null)
    return await queryOne(
      s,
      `select d.id, 'documento' as genere, to_char(${GIORNO_DOCUMENTO}, 'YYYY-MM-DD') as giorno, d.tipologia as tipo, v.codice as "codiceVoce", v.versione_id as "versioneId"
         ${DOCUMENTO_FROM} where d.ente_id = $1 and r.numero = $2::int and r.anno = $3::int limit 1`,
      [s.ente.id, numero[1], numero[2]],
    )
  return await queryOne(
    s,
    `select f.id, 'fascicolo' as genere, f.anno || '-01-01' as giorno, f.tipo, v.codice as "codiceVoce", v.versione_id as "versioneId"
       from fascicolo f join voce_titolario v on v.ente_id = f.ente_id and v.id = f.voce_id where f.ente_id = $1 and $2 in (f.codice, f.slug) limit 1`,
    [s.ente.id, riferimento],
  )
}
