import { query } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { formatItalianDay, romeDay } from '../kernel/time.ts'
import type { SoggettoDto } from './schema.ts'
import type { CampoRettificabile, CondizioneDto, Livello } from './schema/condizione.ts'
import { describeSoggetto } from './vigente.ts'

/** One authorised correction of a datum (REQ-PROT-045). */
export interface Correzione {
  readonly id: string
  readonly campo: CampoRettificabile
  readonly posizione: number
  readonly valoreAnnullato: string
  readonly valoreCorretto: string
  /** For a correspondent: the two of them whole (the values above describe them in one line). */
  readonly dati: { readonly annullato: SoggettoDto | null; readonly corretto: SoggettoDto } | null
  readonly il: Date
  readonly operatore: string
  readonly operatoreId: string
  readonly richiedente: string
  readonly motivo: string
  readonly provvedimento: string
}

/** State of a registration besides its registered data. */
export interface Condizione {
  readonly annullata: {
    readonly il: Date
    readonly operatore: string
    readonly operatoreId: string
    readonly provvedimento: string
    readonly motivo: string
  } | null
  readonly richiestaPendente: boolean
  /** Oggetto in force. */
  readonly oggetto: string
  /** First correspondent in force, as lists call it. */
  readonly corrispondente: string
  readonly correzioni: readonly Correzione[]
  readonly livello: Livello
  readonly riservata: boolean
  /** Last day of the reserve, `YYYY-MM-DD`. */
  readonly riservataFino: string | null
}

/** How an authorising act is named everywhere: `n. 12/2026 del 14/09/2026`. */
export function formatProvvedimento(numero: string, data: string): string {
  return `n. ${numero} del ${formatItalianDay(data)}`
}

/** The mark of an annulled registration, always the same words (TUDA 54 c. 2; REQ-PROT-048). */
export function formatAnnullamento(a: NonNullable<Condizione['annullata']>): string {
  return `ANNULLATO il ${formatItalianDay(romeDay(a.il))} – provv. ${a.provvedimento} – ${a.operatore}`
}

interface StatoRow {
  id: string
  oggetto: string
  corrispondente: string | null
  livello: Livello
  fino: string | null
  pendente: boolean
}

interface DecisioneRow {
  id: string
  registrazioneId: string
  atto: 'annullamento' | 'rettifica'
  decisoIl: Date
  decisore: string
  decisoreId: string
  numero: string
  data: string
  motivoRichiesta: string
  richiedente: string
  campo: CampoRettificabile | null
  posizione: number | null
  valoreAnnullato: string | null
  valoreCorretto: string | null
  dati: Correzione['dati']
}

/**
 * State in force of some registrations of this ente, by id. It does not judge who may know it: ask only for what the caller may already read. Unknown ids
 * are absent from the answer.
 */
export async function findCondizioni(scope: Scope, ids: readonly string[]): Promise<Map<string, Condizione>> {
  if (ids.length === 0) return new Map()
  const params = [scope.ente.id, ids]
  const stati = await query<StatoRow>(
    scope,
    `select r.id, app.oggetto_vigente(r.ente_id, r.id) as oggetto, app.corrispondente_vigente(r.ente_id, r.id) as corrispondente, app.livello(r.ente_id, r.id) as livello,
            (select to_char(v.fino, 'YYYY-MM-DD') from riserva v where v.ente_id = r.ente_id and v.registrazione_id = r.id and v.al is null) as fino,
            exists (select 1 from annullamento a where a.ente_id = r.ente_id and a.registrazione_id = r.id and not exists (select 1 from decisione_atto d where d.ente_id = a.ente_id and d.id = a.id))
              or exists (select 1 from rettifica t where t.ente_id = r.ente_id and t.registrazione_id = r.id and not exists (select 1 from decisione_atto d where d.ente_id = t.ente_id and d.id = t.id)) as pendente
       from registrazione r where r.ente_id = $1 and r.id = any($2::uuid[])`,
    params,
  )
  const decisioni = await query<DecisioneRow>(
    scope,
    `select d.id, d.registrazione_id as "registrazioneId", d.atto, d.deciso_il as "decisoIl", d.decisore_nome as decisore, d.decisore_id as "decisoreId", d.provvedimento_numero as numero,
            to_char(d.provvedimento_data, 'YYYY-MM-DD') as data, coalesce(a.motivo, t.motivo) as "motivoRichiesta", coalesce(a.richiedente_nome, t.richiedente_nome) as richiedente,
            t.campo, t.posizione, t.valore_annullato as "valoreAnnullato", t.valore_corretto as "valoreCorretto", t.dati
       from decisione_atto d left join annullamento a on a.ente_id = d.ente_id and a.id = d.id left join rettifica t on t.ente_id = d.ente_id and t.id = d.id
      where d.ente_id = $1 and d.registrazione_id = any($2::uuid[]) and d.esito = 'AUTORIZZATO' order by d.deciso_il, d.id`,
    params,
  )
  return new Map(
    stati.map((s) => [
      s.id,
      compose(
        s,
        decisioni.filter((d) => d.registrazioneId === s.id),
      ),
    ]),
  )
}

function compose(s: StatoRow, decisioni: readonly DecisioneRow[]): Condizione {
  const annullamento = decisioni.find((d) => d.atto === 'annullamento')
  const riservata = s.livello !== 'ORDINARIO'
  return {
    annullata:
      annullamento === undefined
        ? null
        : {
            il: annullamento.decisoIl,
            operatore: annullamento.decisore,
            operatoreId: annullamento.decisoreId,
            provvedimento: formatProvvedimento(annullamento.numero, annullamento.data),
            motivo: annullamento.motivoRichiesta,
          },
    richiestaPendente: s.pendente,
    oggetto: s.oggetto,
    corrispondente: s.corrispondente ?? '',
    correzioni: decisioni.filter((d) => d.atto === 'rettifica').map(toCorrezione),
    livello: s.livello,
    riservata,
    riservataFino: riservata ? s.fino : null,
  }
}

function toCorrezione(d: DecisioneRow): Correzione {
  return {
    id: d.id,
    campo: d.campo ?? 'oggetto',
    posizione: d.posizione ?? 0,
    valoreAnnullato: d.dati === null ? (d.valoreAnnullato ?? '') : describeOrNothing(d.dati.annullato),
    valoreCorretto: d.dati === null ? (d.valoreCorretto ?? '') : describeOrNothing(d.dati.corretto),
    dati: d.dati,
    il: d.decisoIl,
    operatore: d.decisore,
    operatoreId: d.decisoreId,
    richiedente: d.richiedente,
    motivo: d.motivoRichiesta,
    provvedimento: formatProvvedimento(d.numero, d.data),
  }
}

const describeOrNothing = (s: SoggettoDto | null): string => (s === null ? '' : describeSoggetto(s))

/** The same state as pages and API show it. */
export function presentCondizione(c: Condizione): CondizioneDto {
  return {
    annullata:
      c.annullata === null
        ? null
        : {
            il: c.annullata.il.toISOString(),
            operatore: c.annullata.operatore,
            provvedimento: c.annullata.provvedimento,
            motivo: c.annullata.motivo,
            testo: formatAnnullamento(c.annullata),
          },
    richiestaPendente: c.richiestaPendente,
    oggetto: c.oggetto,
    corrispondente: c.corrispondente,
    correzioni: c.correzioni.map(({ dati: _dati, operatoreId: _id, ...k }) => ({ ...k, il: k.il.toISOString() })),
    livello: c.livello,
    riservata: c.riservata,
    riservataFino: c.riservataFino,
  }
}

/** A registration nothing happened to yet: what a new one is, without asking the database. */
export function condizioneNuova(r: { oggetto: string; corrispondente: string; livello: Livello }): Condizione {
  return {
    annullata: null,
    richiestaPendente: false,
    oggetto: r.oggetto,
    corrispondente: r.corrispondente,
    correzioni: [],
    livello: r.livello,
    riservata: r.livello !== 'ORDINARIO',
    riservataFino: null,
  }
}

/** One act authorised in a day: what the registro giornaliero lists with old and new values (REQ-PROT-101). */
export interface Variazione extends Correzione {
  readonly atto: 'annullamento' | 'rettifica'
  readonly registrazioneId: string
  readonly anno: number
  readonly numero: number
  /** Day of the registration, `YYYY-MM-DD`. */
  readonly giorno: string
}

/** Annulments and corrections authorised on a Rome day (`YYYY-MM-DD`) on the registrations of a register, also of earlier days, oldest first. */
export async function findVariazioni(scope: Scope, registroId: string, giorno: string): Promise<Variazione[]> {
  const rows = await query<DecisioneRow & { anno: number; numeroRegistrazione: number; giorno: string }>(
    scope,
    `select d.id, d.registrazione_id as "registrazioneId", d.atto, d.deciso_il as "decisoIl", d.decisore_nome as decisore, d.decisore_id as "decisoreId", d.provvedimento_numero as numero,
            to_char(d.provvedimento_data, 'YYYY-MM-DD') as data, coalesce(a.motivo, t.motivo) as "motivoRichiesta", coalesce(a.richiedente_nome, t.richiedente_nome) as richiedente,
            t.campo, t.posizione, t.valore_annullato as "valoreAnnullato", t.valore_corretto as "valoreCorretto", t.dati, r.anno, r.numero as "numeroRegistrazione",
            to_char(r.giorno, 'YYYY-MM-DD') as giorno
       from decisione_atto d join registrazione r on r.ente_id = d.ente_id and r.id = d.registrazione_id
       left join annullamento a on a.ente_id = d.ente_id and a.id = d.id left join rettifica t on t.ente_id = d.ente_id and t.id = d.id
      where d.ente_id = $1 and r.registro_id = $2 and d.esito = 'AUTORIZZATO' and d.deciso_il >= $3::timestamp at time zone 'Europe/Rome'
        and d.deciso_il < ($3::timestamp + interval '1 day') at time zone 'Europe/Rome' order by d.deciso_il, d.id`,
    [scope.ente.id, registroId, giorno],
  )
  return rows.map((d) => ({
    ...toCorrezione(d),
    atto: d.atto,
    registrazioneId: d.registrazioneId,
    anno: d.anno,
    numero: d.numeroRegistrazione,
    giorno: d.giorno,
  }))
}
