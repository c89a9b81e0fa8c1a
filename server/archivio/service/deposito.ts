import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { readClock } from '../../fascicoli/index.ts'
import type { FascicoloRow } from '../../fascicoli/index.ts'
import { claimKey, digestRequest } from '../../protocollo/index.ts'
import { assente, chiaveUsata, elencoVuoto, fuoriDallArchivio, nonPassano } from '../errors.ts'
import { assertGestore } from '../policy.ts'
import { countDovuti, findConParti, findDaVersare, findFuori, findPerStorico, findStorici, hasAperti } from '../repository-deposito.ts'
import { findSerie, findSerieById } from '../repository-serie.ts'
import type { SerieRow } from '../repository-serie.ts'
import { digest, PERMANENTE, storicoDal } from '../rules.ts'
import type { FascicoloArchivioDto, NuovoElenco, NuovoPassaggioStorico, SerieDto, TipoElenco } from '../schema.ts'
import { writeTesto } from './elenchi.ts'
import type { Passaggio } from './elenchi.ts'
import { presentSerie } from './serie.ts'

/** A fascicolo of the archive, as who governs it sees it. */
function present(f: FascicoloRow): FascicoloArchivioDto {
  return {
    id: f.id,
    codice: f.codice,
    slug: f.slug,
    oggetto: f.oggetto,
    voce: f.codiceVoce,
    ufficio: f.ufficio,
    stato: f.stato,
    chiusoIl: f.chiusoIl,
    documenti: f.documenti + f.documentiRiservati,
    conservazioneAnni: f.conservazioneAnni,
    posizioneFisica: f.posizioneFisica,
  }
}

/** What waits to pass to the deposit archive: concluded fascicoli and closed series (REQ-FASC-044). `dovuti`: of past years. Throws Forbidden. */
export async function listDaVersare(
  scope: Scope,
  conclusiEntro: string | null,
): Promise<{ fascicoli: FascicoloArchivioDto[]; serie: SerieDto[]; dovuti: number }> {
  assertGestore(scope.attore)
  return await inReadTransaction(scope, async (s) => {
    const serie = (await findSerie(s)).filter((x) => x.chiusaIl !== null && x.elenco === null)
    return {
      fascicoli: (await findDaVersare(s, conclusiEntro)).map(present),
      serie: serie.map((x) => presentSerie(x, 0)),
      dovuti: await countDovuti(s),
    }
  })
}

/** What may pass to the historical section and what is in it (REQ-FASC-047). Throws Forbidden. */
export async function listStorica(
  scope: Scope,
): Promise<{ proposti: FascicoloArchivioDto[]; presenti: FascicoloArchivioDto[]; totale: number }> {
  assertGestore(scope.attore)
  return await inReadTransaction(scope, async (s) => {
    const { rows, totale } = await findStorici(s)
    return { proposti: (await findPerStorico(s)).map(present), presenti: rows.map(present), totale }
  })
}

const DA: Readonly<Record<TipoElenco, readonly string[]>> = { deposito: ['CHIUSO', 'IN_CONSERVAZIONE'], storico: ['IN_DEPOSITO'] }

/**
 * Passes concluded fascicoli, with their parts, and closed series to the deposit archive: one act, its list frozen in the order of the titolario and kept
 * (TUDA art. 67, REQ-FASC-044). If one may not pass, none does. Answers the id of the list. Throws Forbidden, NotFound, InvalidInput, RuleViolation with
 * every reason.
 */
export async function passToDeposito(scope: Scope, input: NuovoElenco, chiave: string): Promise<string> {
  return await pass(scope, 'deposito', input, chiave)
}

/** Passes permanent fascicoli concluded for more than forty years to the historical section (REQ-FASC-047); see passToDeposito. */
export async function passToStorico(scope: Scope, input: NuovoPassaggioStorico, chiave: string): Promise<string> {
  return await pass(scope, 'storico', { ...input, serie: [] }, chiave)
}

async function pass(scope: Scope, tipo: TipoElenco, input: NuovoElenco, chiave: string): Promise<string> {
  assertGestore(scope.attore)
  if (input.fascicoli.length + input.serie.length === 0) throw elencoVuoto()
  return await inTransaction(scope, async (tx) => {
    const id = newId()
    const richiesta = digestRequest({ tipo, ...input })
    const earlier = await claimKey(tx, 'elenco-deposito', chiave, richiesta, id)
    if (earlier !== null) {
      if (earlier.richiesta !== richiesta) throw chiaveUsata()
      return earlier.risultatoId
    }
    await query(tx, 'select 1 from fascicolo where ente_id = $1 and id = any($2::uuid[]) order by id for update', [
      tx.ente.id,
      input.fascicoli,
    ])
    await query(tx, 'select 1 from serie_archivistica where ente_id = $1 and id = any($2::uuid[]) order by id for update', [
      tx.ente.id,
      input.serie,
    ])
    const righe = await findConParti(tx, input.fascicoli)
    const serie = await findSerieById(tx, input.serie)
    const { giorno, istante } = await readClock(tx)
    const motivi = await refusals(tx, tipo, input, righe, serie, giorno)
    if (motivi.length > 0) throw nonPassano(motivi)
    const passing = righe.filter((r) => DA[tipo].includes(r.stato))
    await writeElenco(tx, id, tipo, { fascicoli: passing, serie, posizione: input.posizione ?? null, nota: input.nota, istante, giorno })
    return id
  })
}

/** Every reason why something of the list may not pass. */
async function refusals(
  tx: TxScope,
  tipo: TipoElenco,
  input: NuovoElenco,
  righe: readonly FascicoloRow[],
  serie: readonly SerieRow[],
  oggi: string,
): Promise<string[]> {
  const chosen = new Set(input.fascicoli)
  const whole = righe.filter((r) => chosen.has(r.id))
  if (whole.length < chosen.size) throw assente('Un fascicolo dell’elenco')
  if (serie.length < new Set(input.serie).size) throw assente('Una serie dell’elenco')
  const motivi = whole.flatMap((f) => {
    if (f.padreId !== null) return [`${f.codice} è una parte: passa con il fascicolo intero.`]
    if (!DA[tipo].includes(f.stato))
      return [
        tipo === 'deposito'
          ? `Il fascicolo ${f.codice} non è concluso o è già passato.`
          : `Il fascicolo ${f.codice} non è in archivio di deposito.`,
      ]
    if (tipo === 'deposito') return []
    if (f.conservazioneAnni !== PERMANENTE) return [`Il fascicolo ${f.codice} non è destinato alla conservazione permanente.`]
    if (f.chiusoIl === null || oggi < storicoDal(f.chiusoIl)) return [`Il fascicolo ${f.codice} non è concluso da oltre quarant’anni.`]
    return []
  })
  const fuori = await findFuori(tx, input.fascicoli)
  motivi.push(...whole.filter((f) => fuori.has(f.id)).map((f) => fuoriDallArchivio(f.codice)))
  if (new Set([...whole, ...serie].map((x) => x.aooId)).size > 1) motivi.push('Un elenco è di una sola area organizzativa.')
  for (const s of serie) {
    if (s.chiusaIl === null) motivi.push(`La serie «${s.denominazione}» è aperta: prima si chiude.`)
    else if (s.elenco !== null) motivi.push(`La serie «${s.denominazione}» è già passata.`)
    else if (s.tipo === 'fascicoli' && (await hasAperti(tx, s.id))) motivi.push(`La serie «${s.denominazione}» ha fascicoli non conclusi.`)
  }
  return motivi
}

async function writeElenco(tx: TxScope, id: string, tipo: TipoElenco, p: Passaggio): Promise<void> {
  const aooId = (p.fascicoli[0] ?? p.serie[0])?.aooId
  const testo = writeTesto(p)
  const impronta = digest(testo)
  await query(tx, 'select pg_advisory_xact_lock(hashtextextended($1 || $2, 44))', [aooId, tipo])
  const last = await queryOne<{ n: number }>(
    tx,
    'select coalesce(max(numero), 0)::int as n from elenco_deposito where ente_id = $1 and aoo_id = $2 and tipo = $3',
    [tx.ente.id, aooId, tipo],
  )
  const numero = (last?.n ?? 0) + 1
  const righe = p.fascicoli.length + p.serie.length
  await insertRows(tx, 'elenco_deposito', [
    {
      id,
      aoo_id: aooId,
      tipo,
      numero,
      posizione: p.posizione,
      nota: p.nota,
      righe,
      testo,
      impronta,
      creato_il: p.istante,
      creato_da_nome: tx.attore.nome,
    },
  ])
  await movePassed(tx, id, tipo, numero, p)
  tx.audit({
    azione: tipo === 'deposito' ? 'elenco-deposito' : 'elenco-storico',
    oggettoTipo: 'elenco-deposito',
    oggettoId: id,
    dopo: { numero, righe, impronta, fascicoli: p.fascicoli.map((f) => f.codice), serie: p.serie.map((s) => s.denominazione) },
  })
}

async function movePassed(tx: TxScope, elencoId: string, tipo: TipoElenco, numero: number, p: Passaggio): Promise<void> {
  const motivo = tipo === 'deposito' ? `Elenco di deposito n. ${numero}` : `Elenco della sezione storica n. ${numero}`
  const moves = p.fascicoli.map((f) => ({
    id: newId(),
    fascicolo_id: f.id,
    tipo,
    stato: 'eseguito',
    da_ufficio_id: f.ufficioId,
    motivo,
    richiesto_da: tx.attore.id,
    richiesto_da_nome: tx.attore.nome,
    richiesto_il: p.istante,
    deciso_da_nome: tx.attore.nome,
    deciso_il: p.istante,
    documenti: f.documenti + f.documentiRiservati,
    elenco_id: elencoId,
  }))
  for (let i = 0; i < moves.length; i += 500) await insertRows(tx, 'fascicolo_movimento', moves.slice(i, i + 500))
  const stato = tipo === 'deposito' ? 'IN_DEPOSITO' : 'STORICO'
  await query(
    tx,
    `update fascicolo set stato = $3, stato_dal = $4::date, stato_motivo = $5, posizione_fisica = coalesce($6, posizione_fisica), versione = versione + 1
      where ente_id = $1 and id = any($2::uuid[])`,
    [tx.ente.id, p.fascicoli.map((f) => f.id), stato, p.giorno, motivo, p.posizione],
  )
  await query(
    tx,
    'update serie_archivistica set elenco_id = $3, posizione_fisica = coalesce($4, posizione_fisica) where ente_id = $1 and id = any($2::uuid[])',
    [tx.ente.id, p.serie.map((s) => s.id), elencoId, p.posizione],
  )
  for (const f of p.fascicoli)
    tx.audit({
      azione: tipo === 'deposito' ? 'fascicolo-in-deposito' : 'fascicolo-storico',
      oggettoTipo: 'fascicolo',
      oggettoId: f.id,
      fascicoloId: f.id,
      prima: { stato: f.stato },
      dopo: { stato, elenco: numero, posizioneFisica: p.posizione ?? f.posizioneFisica },
      motivo,
    })
}
