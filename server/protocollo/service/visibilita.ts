import { recordFact } from '../../kernel/audit.ts'
import { inReadTransaction, query, queryOne } from '../../kernel/scope.ts'
import type { Attore, Scope } from '../../kernel/scope.ts'
import { findAttore } from '../attori.ts'
import { registrazioneAssente } from '../errors.ts'
import { operatoreAssente, verificaNonTua } from '../errors-atti.ts'
import { canReadRegistrazione, visibilitaOf } from '../policy.ts'
import { descrizioneCausa, explain } from '../ragioni.ts'
import { findVista, tokensOf } from '../readable.ts'
import { findById, findByNumero } from '../repository.ts'
import { CONTO_ESATTO } from '../elenco.ts'
import { findRighe, findRigheById } from '../righe.ts'
import { formatEtichetta } from '../rules.ts'
import type { PercheDto, VisibilitaOperatoreDto } from '../schema/atti.ts'
import { cause } from '../schema/condizione.ts'
import type { Causa } from '../schema/condizione.ts'

async function namesOf(s: Scope, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await query<{ id: string; nome: string }>(
    s,
    'select id, denominazione as nome from ufficio where ente_id = $1 and id = any($2::uuid[])',
    [s.ente.id, ids],
  )
  return new Map(rows.map((r) => [r.id, r.nome]))
}

/**
 * Why a person sees a registration, or what keeps him from it, every reason in plain words. Without `operatoreId` it speaks to the asker himself, who must
 * see it (NotFound otherwise, as ever); with it, to who checks the visibility of others (permission `visibilita.verifica`, else Forbidden): who asks and
 * may not read the registration learns the answer, not the offices it went to. The question about somebody else is recorded.
 */
export async function explainVisibilita(scope: Scope, registrazioneId: string, operatoreId?: string): Promise<PercheDto> {
  if (operatoreId !== undefined && !scope.attore.permessi.has('visibilita.verifica')) throw verificaNonTua()
  const dto = await inReadTransaction(scope, async (s): Promise<PercheDto> => {
    const r = await findById(s, registrazioneId)
    if (r === null) throw registrazioneAssente()
    const vista = await findVista(s, r.id)
    const mine = canReadRegistrazione(visibilitaOf(s.attore), vista)
    if (operatoreId === undefined && !mine) throw registrazioneAssente()
    const persona = operatoreId === undefined ? s.attore : await findAttore(s, operatoreId)
    if (persona === null) throw operatoreAssente()
    const nomi = mine ? await namesOf(s, [...new Set(vista.accessi.map((a) => a.chi))]) : new Map<string, string>()
    const { vede, ragioni } = explain(visibilitaOf(persona), vista.livello, vista.accessi, nomi, operatoreId === undefined)
    return {
      registrazione: { id: r.id, etichetta: formatEtichetta(r.numero, r.anno) },
      persona: { id: persona.id, nome: persona.nome },
      vede,
      livello: vista.livello,
      ragioni,
    }
  })
  if (operatoreId !== undefined)
    await recordFact(scope, {
      azione: 'visibilita-verificata',
      oggettoTipo: 'registrazione',
      oggettoId: registrazioneId,
      dopo: { persona: dto.persona.nome, vede: dto.vede },
    })
  return dto
}

/**
 * What a person of this ente sees today: profiles, offices, substitutions, how much by each cause (exact up to a thousand), and his latest rows as the
 * asker may read them. Recorded. Throws NotFound for who has no appointment here.
 */
export async function readVisibilitaOperatore(scope: Scope, operatoreId: string): Promise<VisibilitaOperatoreDto> {
  const dto = await inReadTransaction(scope, async (s): Promise<VisibilitaOperatoreDto> => {
    const attore = await findAttore(s, operatoreId)
    if (attore === null) throw operatoreAssente()
    const nomi = await namesOf(s, attore.uffici)
    const campione = await findRighe({ ...s, attore }, { pagina: 1, perPagina: 20 })
    const righe = await findRigheById(
      s,
      campione.elementi.filter((r) => r.stato !== 'riservata').map((r) => r.id),
    )
    return {
      operatore: { id: attore.id, nome: attore.nome },
      profili: [...attore.profili],
      uffici: attore.uffici.map((id) => ({ id, denominazione: nomi.get(id) ?? '', diretto: attore.ufficiDiretti?.includes(id) ?? false })),
      sostituzioni: await findSostituzioni(s, operatoreId),
      ambito: ambitoOf(attore),
      cause: await countCause(s, attore),
      campione: campione.elementi.flatMap((r) => righe.get(r.id) ?? []),
    }
  })
  await recordFact(scope, {
    azione: 'visibilita-verificata',
    oggettoTipo: 'operatore',
    oggettoId: operatoreId,
    dopo: { persona: dto.operatore.nome },
  })
  return dto
}

function ambitoOf(attore: Attore): string {
  const v = visibilitaOf(attore)
  if (v.tutto) return 'Tutto il registro, anche i riservati.'
  if (v.ordinari) return 'Tutte le registrazioni ordinarie; delle riservate solo numero e data, salvo quelle aperte per nome.'
  if (v.uffici.length > 0)
    return v.ufficiDiretti.length > 0
      ? 'Le registrazioni arrivate ai suoi uffici, anche riservate dove ne è responsabile, e quelle che lo nominano.'
      : 'Le registrazioni ordinarie arrivate ai suoi uffici e quelle che lo nominano.'
  return 'Soltanto le registrazioni che lo nominano.'
}

async function findSostituzioni(s: Scope, operatoreId: string): Promise<string[]> {
  const rows = await query<{ nome: string; al: string; sostituito: boolean }>(
    s,
    `select o.nome || ' ' || o.cognome as nome, to_char(x.al, 'DD/MM/YYYY') as al, x.titolare_id = $2 as sostituito from sostituzione x
       join operatore o on o.id = case when x.titolare_id = $2 then x.sostituto_id else x.titolare_id end
      where x.ente_id = $1 and $2 in (x.titolare_id, x.sostituto_id) and x.revocata_il is null
        and (app.istante() at time zone 'Europe/Rome')::date between x.dal and x.al order by x.dal, x.id`,
    [s.ente.id, operatoreId],
  )
  return rows.map((r) => (r.sostituito ? `Sostituita da ${r.nome} fino al ${r.al}.` : `Lavora per conto di ${r.nome} fino al ${r.al}.`))
}

async function countCause(s: Scope, attore: Attore): Promise<VisibilitaOperatoreDto['cause']> {
  const tokens = tokensOf(visibilitaOf(attore))
  const rows = await query<{ causa: Causa; n: number }>(
    s,
    `select k.causa, (select count(*)::int from (select distinct x.registrazione_id from accesso x where x.ente_id = $1 and x.chi = any($2::uuid[]) and x.causa = k.causa
        and (x.fino is null or x.fino >= (app.istante() at time zone 'Europe/Rome')::date) limit ${CONTO_ESATTO + 1}) c) as n from unnest($3::text[]) as k(causa)`,
    [s.ente.id, tokens, cause],
  )
  return rows
    .filter((r) => r.n > 0)
    .map((r) => ({
      causa: r.causa,
      descrizione: descrizioneCausa[r.causa],
      registrazioni: Math.min(r.n, CONTO_ESATTO),
      parziale: r.n > CONTO_ESATTO,
    }))
}

/** All that may be said of a number one cannot read: that it exists, and the office in charge unless it is riservata (design of the card). */
export async function describeNonVisibile(
  scope: Scope,
  anno: number,
  numero: number,
): Promise<{ esiste: boolean; etichetta: string | null; ufficio: string | null }> {
  return await inReadTransaction(scope, async (s) => {
    const r = await findByNumero(s, anno, numero)
    if (r === null) return { esiste: false, etichetta: null, ufficio: null }
    const row = await queryOne<{ ufficio: string }>(
      s,
      `select u.denominazione as ufficio from assegnazione a join ufficio u on u.ente_id = a.ente_id and u.id = a.ufficio_id
        where a.ente_id = $1 and a.registrazione_id = $2 and a.tipo = 'competenza' and a.al is null and not app.riservata(a.ente_id, a.registrazione_id)`,
      [s.ente.id, r.id],
    )
    return { esiste: true, etichetta: formatEtichetta(r.numero, r.anno), ufficio: row?.ufficio ?? null }
  })
}

/** Leaves in the history of a registration that somebody who cannot see it asks to: its readers find it there. Throws NotFound. */
export async function askAccesso(scope: Scope, anno: number, numero: number, motivo: string): Promise<void> {
  const r = await findByNumero(scope, anno, numero)
  if (r === null) throw registrazioneAssente()
  await recordFact(scope, {
    azione: 'accesso-chiesto',
    oggettoTipo: 'registrazione',
    oggettoId: r.id,
    documentoId: r.documentoId,
    dopo: { persona: scope.attore.nome },
    motivo,
  })
}
