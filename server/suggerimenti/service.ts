import { searchVoci } from '../../titolario/index.ts'
import { newId } from '../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, json, query, queryOne } from '../kernel/scope.ts'
import type { Scope, TxScope } from '../kernel/scope.ts'
import { findUfficiAttivi, formatEtichetta } from '../protocollo/index.ts'
import { findEquivalenti, findVersioneInForce, findVoceInForce, findVoci, findVociById, toPlan } from '../titolario/index.ts'
import type { VoceRow } from '../titolario/index.ts'
import { regolaAssente, ufficioAssente } from './errors.ts'
import {
  addConteggi,
  countRanghi,
  findConteggi,
  findDaImparare,
  findRegole,
  findUltime,
  lockImparata,
  removeConteggi,
} from './repository.ts'
import type { Genere } from './repository.ts'
import { rangoOf, rankEsiti, regolaVale, segniOf, spiegaCandidato } from './rules.ts'
import type { DocumentoDescritto } from './rules.ts'
import type { DomandaSuggerimenti, MisuraDto, NuovaRegola, ProvaRegolaDto, RegolaDto, SuggerimentiClasseDto } from './schema.ts'

const PROPOSTE = 3
const PROVA = 200
const ESEMPI = 20

interface Proposta {
  readonly id: string
  readonly motivo: string
}

/**
 * Classe and office proposed for a document, at most three each, best first, each with its reason: the rules of the ente, then what was given to documents
 * like it, then the words of the titolario and the default office of the classe. Proposals only: who registers decides (REQ-TIT-025).
 */
export async function suggest(scope: Scope, domanda: DomandaSuggerimenti): Promise<SuggerimentiClasseDto> {
  return await inReadTransaction(scope, async (s) => {
    const versione = await findVersioneInForce(s)
    const piano = versione === null ? [] : await findVoci(s, versione.id)
    const proposte = await propose(s, domanda)
    const voci = await presentVoci(s, proposte.voci, piano, domanda.oggetto)
    return { voci, uffici: await presentUffici(s, proposte.uffici, voci, piano) }
  })
}

/** Ids proposed by rules and memory, without repetitions. */
async function propose(scope: Scope, d: DocumentoDescritto): Promise<{ voci: Proposta[]; uffici: Proposta[] }> {
  const regole = (await findRegole(scope)).filter((r) => regolaVale(r, d))
  const segni = segniOf(d)
  const chiavi = segni.map((s) => s.chiave)
  const list = async (genere: Genere): Promise<Proposta[]> => {
    const byRule = regole.flatMap((r) => {
      const id = genere === 'voce' ? r.voceId : r.ufficioId
      return id === null ? [] : [{ id, motivo: 'Regola dell’ente.' }]
    })
    const byMemory = rankEsiti(segni, await findConteggi(scope, genere, chiavi))
    const all = [...byRule, ...byMemory.slice(0, 12).map((c) => ({ id: c.esito, motivo: spiegaCandidato(c) }))]
    return all.filter((p, i) => all.findIndex((other) => other.id === p.id) === i)
  }
  return { voci: await list('voce'), uffici: await list('ufficio') }
}

/** Voices of the plan in force: one of an older plan by what it became, a closed one not at all; the words of the plan where the rest is short. */
async function presentVoci(
  scope: Scope,
  proposte: readonly Proposta[],
  piano: readonly VoceRow[],
  oggetto: string,
): Promise<SuggerimentiClasseDto['voci']> {
  const inForce = new Map(piano.filter((v) => v.chiusaDal === null).map((v) => [v.id, v]))
  const old = await findVociById(
    scope,
    proposte.flatMap((p) => (inForce.has(p.id) ? [] : [p.id])),
  )
  const found: { voce: VoceRow; motivo: string }[] = []
  const add = (voce: VoceRow | undefined, motivo: string): void => {
    if (voce !== undefined && found.length < PROPOSTE && !found.some((f) => f.voce.id === voce.id)) found.push({ voce, motivo })
  }
  for (const p of proposte) {
    const before = old.get(p.id)
    if (before === undefined) add(inForce.get(p.id), p.motivo)
    else
      for (const e of await findEquivalenti(scope, before.codice))
        if (inForce.get(e.id)?.livello === before.livello) add(inForce.get(e.id), p.motivo)
  }
  if (found.length < PROPOSTE && oggetto !== '') {
    const byCode = new Map(piano.map((v) => [v.codice, v]))
    for (const { voce, motivo } of searchVoci(toPlan(piano), oggetto, { limite: 10, soloSelezionabili: true }))
      if (voce.livello === 2) add(inForce.get(byCode.get(voce.codice)?.id ?? ''), `Nel titolario: ${motivo}.`)
  }
  return found.map(({ voce, motivo }) => ({ id: voce.id, codice: voce.codice, denominazione: voce.denominazione, motivo }))
}

async function presentUffici(
  scope: Scope,
  proposte: readonly Proposta[],
  voci: SuggerimentiClasseDto['voci'],
  piano: readonly VoceRow[],
): Promise<SuggerimentiClasseDto['uffici']> {
  const first = piano.find((v) => v.id === voci[0]?.id)
  const byDefault =
    first === undefined || first.ufficioId === null
      ? []
      : [{ id: first.ufficioId, motivo: `Ufficio predefinito della classe ${first.codice}.` }]
  const all = [...proposte, ...byDefault]
  const active = await findUfficiAttivi(
    scope,
    all.map((p) => p.id),
  )
  return all
    .filter((p, i) => all.findIndex((other) => other.id === p.id) === i)
    .flatMap((p) => {
      const u = active.get(p.id)
      return u === undefined ? [] : [{ id: p.id, codice: u.codice, denominazione: u.denominazione, motivo: p.motivo }]
    })
    .slice(0, PROPOSTE)
}

/** Deletes the signs of one registration, leaving the counts they are part of. Repeating it changes nothing. */
export async function forget(scope: Scope, registrazioneId: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    await query(tx, 'delete from registrazione_imparata where ente_id = $1 and registrazione_id = $2', [tx.ente.id, registrazioneId])
  })
}

/**
 * Learns what was given to a registration, after noting in which place it would have been proposed (REQ-TIT-025). What was learned before of the same
 * registration is unlearned first, so that a correction counts once; a riservato is only unlearned. Idempotent.
 */
export async function learn(scope: Scope, registrazioneId: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const before = await lockImparata(tx, registrazioneId)
    if (before !== null) {
      await removeConteggi(tx, 'voce', before.voceId, before.chiavi)
      await removeConteggi(tx, 'ufficio', before.ufficioId, before.chiavi)
    }
    const d = await findDaImparare(tx, registrazioneId)
    if (d === null) {
      await query(tx, 'delete from registrazione_imparata where ente_id = $1 and registrazione_id = $2', [tx.ente.id, registrazioneId])
      return
    }
    const chiavi = segniOf(d).map((s) => s.chiave)
    await keepImparata(tx, d.id, d.voceId, d.ufficioId, chiavi, before === null ? await propose(tx, d) : null)
    await addConteggi(tx, 'voce', d.voceId, chiavi)
    await addConteggi(tx, 'ufficio', d.ufficioId, chiavi)
  })
}

/** The first learning measures the proposals; a later one, after a correction, only moves what was given. */
async function keepImparata(
  tx: TxScope,
  id: string,
  voceId: string,
  ufficioId: string,
  chiavi: readonly string[],
  proposte: { voci: readonly Proposta[]; uffici: readonly Proposta[] } | null,
): Promise<void> {
  const rank = (list: readonly Proposta[] | undefined, chosen: string): number | null =>
    rangoOf(
      (list ?? []).slice(0, PROPOSTE).map((p) => p.id),
      chosen,
    )
  await query(
    tx,
    `insert into registrazione_imparata (ente_id, registrazione_id, voce_id, ufficio_id, chiavi, rango_voce, rango_ufficio, imparata_il)
     values ($1, $2, $3, $4, $5, $6, $7, app.istante())
     on conflict (ente_id, registrazione_id) do update set voce_id = excluded.voce_id, ufficio_id = excluded.ufficio_id, chiavi = excluded.chiavi, imparata_il = excluded.imparata_il`,
    [tx.ente.id, id, voceId, ufficioId, json(chiavi), rank(proposte?.voci, voceId), rank(proposte?.uffici, ufficioId)],
  )
}

/** The rules in force with what they propose. */
export async function listRegole(scope: Scope): Promise<RegolaDto[]> {
  return await inReadTransaction(scope, async (s) => {
    const regole = await findRegole(s)
    const voci = await findVociById(
      s,
      regole.flatMap((r) => r.voceId ?? []),
    )
    const uffici = await findUfficiAttivi(
      s,
      regole.flatMap((r) => r.ufficioId ?? []),
    )
    return regole.map((r) => {
      const voce = voci.get(r.voceId ?? '')
      const ufficio = uffici.get(r.ufficioId ?? '')
      return {
        id: r.id,
        parole: r.parole,
        mittente: r.mittente,
        voce: voce === undefined ? null : { id: voce.id, codice: voce.codice, denominazione: voce.denominazione },
        ufficio: ufficio === undefined ? null : { id: ufficio.id, denominazione: ufficio.denominazione },
        dal: r.dal.toISOString(),
        autore: r.autore,
      }
    })
  })
}

/** Adds a rule, in force at once. Throws NotFound or RuleViolation for a voice or an office that may not be given. */
export async function addRegola(scope: Scope, input: NuovaRegola): Promise<string> {
  const id = newId()
  await inTransaction(scope, async (tx) => {
    if (input.voceId !== null) await findVoceInForce(tx, input.voceId)
    if (input.ufficioId !== null && !(await findUfficiAttivi(tx, [input.ufficioId])).has(input.ufficioId)) throw ufficioAssente()
    const clock = await queryOne<{ istante: Date }>(tx, 'select app.istante() as istante')
    await insertRows(tx, 'regola_suggerimento', [
      {
        id,
        parole: input.parole,
        mittente: input.mittente,
        voce_id: input.voceId,
        ufficio_id: input.ufficioId,
        dal: clock?.istante,
        autore_nome: tx.attore.nome,
        al: null,
      },
    ])
    tx.audit({ azione: 'regola-smistamento-aggiunta', oggettoTipo: 'regola-smistamento', oggettoId: id, dopo: input })
  })
  return id
}

/** Closes a rule. Throws NotFound. */
export async function closeRegola(scope: Scope, id: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const row = await queryOne<{ parole: string; mittente: string }>(
      tx,
      'update regola_suggerimento set al = app.istante() where ente_id = $1 and id = $2 and al is null returning parole, mittente',
      [tx.ente.id, id],
    )
    if (row === null) throw regolaAssente()
    tx.audit({ azione: 'regola-smistamento-tolta', oggettoTipo: 'regola-smistamento', oggettoId: id, prima: row })
  })
}

/** Tries a rule on the last documents before it is added: those it would have held for, and whether they had what it proposes. */
export async function tryRegola(scope: Scope, input: NuovaRegola): Promise<ProvaRegolaDto> {
  return await inReadTransaction(scope, async (s) => {
    const ultime = await findUltime(s, PROVA)
    const vale = ultime.filter((d) => regolaVale(input, d))
    const agrees = (d: { voceId: string; ufficioId: string }): boolean =>
      (input.voceId === null || input.voceId === d.voceId) && (input.ufficioId === null || input.ufficioId === d.ufficioId)
    const shown = vale.slice(0, ESEMPI)
    const voci = await findVociById(
      s,
      shown.map((d) => d.voceId),
    )
    const uffici = await findUfficiAttivi(
      s,
      shown.map((d) => d.ufficioId),
    )
    return {
      guardati: ultime.length,
      valePer: vale.length,
      concordi: vale.filter(agrees).length,
      esempi: shown.map((d) => ({
        etichetta: formatEtichetta(d.numero, d.anno),
        oggetto: d.oggetto,
        voce: voci.get(d.voceId)?.codice ?? '',
        ufficio: uffici.get(d.ufficioId)?.denominazione ?? '',
        concorde: agrees(d),
      })),
    }
  })
}

/** How often what was given had been proposed, since the memory began (REQ-TIT-025). */
export async function readMisura(scope: Scope): Promise<MisuraDto> {
  return await countRanghi(scope)
}
