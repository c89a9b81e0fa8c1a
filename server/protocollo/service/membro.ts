import { contenutiOf, findContenuti } from '../../documenti/index.ts'
import type { ContenutoRow } from '../../documenti/index.ts'
import type { FaldoneError } from '../../kernel/errors.ts'
import { query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { findVociInForce } from '../../titolario/index.ts'
import type { VoceInPlan } from '../../titolario/index.ts'
import { readableCondition } from '../readable.ts'
import { findAmbito } from '../numerazione.ts'
import type { ChiaveUsata } from '../numerazione.ts'
import type { RegistroRow, UfficioRow } from '../repository.ts'
import type { NuovaRegistrazione } from '../schema/nuova.ts'

/** What a composite act adds to a registration. */
export interface OpzioniRegistrazione {
  /** Evidence kept with the document and not counted among the attachments (the transport envelope). */
  readonly annessi?: readonly { readonly contenutoId: string; readonly nome: string; readonly descrizione: string }[]
  /** The contents were staged by the system (a message's parts, a rendered draft): the caller answers for the right to use them. */
  readonly contenutiDelSistema?: boolean
  /** A row of an emergency register that takes its ordinary number now (TUDA 63 c. 5; REQ-PROT-086). `istante` is ISO. */
  readonly emergenza?: { readonly registroEmergenzaId: string; readonly numero: string; readonly istante: string }
  /** Who registered when that is not who runs this act: who wrote the emergency row, who approved a draft. */
  readonly attoreOriginale?: { readonly id: string; readonly nome: string }
}

/** One request of registration with who makes it. Members of one transaction keep each its own actor, audit, key and jobs. */
export interface Membro {
  readonly scope: Pick<Scope, 'attore' | 'requestId'>
  readonly input: NuovaRegistrazione
  readonly chiave: string
  readonly richiesta: string
  readonly opzioni: OpzioniRegistrazione
}

/** A deferral of the RGD, as the check needs it. Days `YYYY-MM-DD`. */
export interface DifferimentoRow {
  readonly provvedimento: string
  readonly dal: string
  readonly al: string
  readonly entroIl: string
}

/** Everything the requests name, loaded through the fence in a fixed number of statements whatever their number. */
export interface Riferimenti {
  readonly registro: RegistroRow | null
  readonly uffici: ReadonlyMap<string, UfficioRow>
  readonly voci: ReadonlyMap<string, VoceInPlan | FaldoneError>
  readonly contenuti: ReadonlyMap<string, ContenutoRow>
  readonly chiavi: ReadonlyMap<string, ChiaveUsata>
  /** `operatore ufficio` pairs with an appointment today. */
  readonly incarichi: ReadonlySet<string>
  readonly differimenti: ReadonlyMap<string, DifferimentoRow>
  /** Registrations to be linked that each member may see, by key of the member. */
  readonly collegabili: ReadonlyMap<string, ReadonlySet<string>>
}

/** Offices named by a request. */
export function ufficiOf(input: NuovaRegistrazione): string[] {
  return [
    ...('assegnazione' in input ? [input.assegnazione.ufficioId] : []),
    ...('ufficioMittenteId' in input ? [input.ufficioMittenteId] : []),
    ...input.perConoscenza,
  ]
}

/** Loads what the members name; all of them ask for the same register. */
export async function loadRiferimenti(tx: TxScope, registroId: string | null, membri: readonly Membro[]): Promise<Riferimenti> {
  const unique = (values: readonly string[]): string[] => [...new Set(values)]
  const ambito = await findAmbito(tx, {
    registroId,
    uffici: unique(membri.flatMap((m) => ufficiOf(m.input))),
    chiavi: unique(membri.map((m) => m.chiave)),
  })
  return {
    ...ambito,
    voci: await findVociInForce(tx, unique(membri.map((m) => m.input.voceId))),
    contenuti: await findContenuti(
      tx,
      unique(
        membri.flatMap(({ input, opzioni }) =>
          contenutiOf({ principale: input.documento ?? null, allegati: input.allegati, annessi: opzioni.annessi ?? [] }),
        ),
      ),
    ),
    incarichi: await findIncarichi(tx, membri),
    differimenti: await findDifferimenti(tx, membri),
    collegabili: await findCollegabili(tx, membri),
  }
}

async function findIncarichi(tx: TxScope, membri: readonly Membro[]): Promise<Set<string>> {
  const people = membri.flatMap(({ input }) => ('assegnazione' in input ? (input.assegnazione.operatoreId ?? []) : []))
  if (people.length === 0) return new Set()
  const rows = await query<{ coppia: string }>(
    tx,
    `select distinct operatore_id || ' ' || ufficio_id as coppia from incarico where ente_id = $1 and operatore_id = any($2::uuid[]) and ufficio_id is not null
        and dal <= (now() at time zone 'Europe/Rome')::date and (al is null or al >= (now() at time zone 'Europe/Rome')::date)`,
    [tx.ente.id, people],
  )
  return new Set(rows.map((r) => r.coppia))
}

async function findDifferimenti(tx: TxScope, membri: readonly Membro[]): Promise<Map<string, DifferimentoRow>> {
  const named = membri.flatMap(({ input }) => ('differimento' in input ? (input.differimento?.autorizzazione ?? []) : []))
  if (named.length === 0) return new Map()
  const rows = await query<DifferimentoRow>(
    tx,
    `select provvedimento, to_char(dal, 'YYYY-MM-DD') as dal, to_char(al, 'YYYY-MM-DD') as al, to_char(entro_il, 'YYYY-MM-DD') as "entroIl"
       from differimento where ente_id = $1 and provvedimento = any($2::text[])`,
    [tx.ente.id, named],
  )
  return new Map(rows.map((r) => [r.provvedimento, r]))
}

/** One statement for each member that links: the condition of what may be seen is each person's own. */
async function findCollegabili(tx: TxScope, membri: readonly Membro[]): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>()
  for (const { chiave, input, scope } of membri) {
    const ids = (input.collegamenti ?? []).map((c) => c.registrazioneId)
    if (ids.length === 0) continue
    const binds: unknown[] = [tx.ente.id, ids]
    const readable = readableCondition({ ...tx, attore: scope.attore }, (value) => `$${binds.push(value)}`)
    const rows = await query<{ id: string }>(
      tx,
      `select r.id from registrazione r where r.ente_id = $1 and r.id = any($2::uuid[]) and ${readable}`,
      binds,
    )
    found.set(chiave, new Set(rows.map((r) => r.id)))
  }
  return found
}
