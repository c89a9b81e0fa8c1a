import { insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'

export const sottoscrizioni = ['nessuna', 'sigillo', 'firma'] as const
export type Sottoscrizione = (typeof sottoscrizioni)[number]

/** A register with how its daily registers are made. */
export interface RegistroRow {
  readonly id: string
  readonly codice: string
  readonly denominazione: string
  readonly generale: boolean
  readonly aooId: string
  readonly aooCodice: string
  readonly aooDenominazione: string
  readonly aooIndirizzo: string
  readonly sottoscrizione: Sottoscrizione
  readonly sigilloDiRipiego: boolean
  readonly giorniVuoti: boolean
  readonly annuale: boolean
  readonly classificazione: string
}

/** Voice of the plan of the Comuni for the archive's own papers; another is chosen in the settings. */
export const CLASSIFICAZIONE_PREDEFINITA = 'I/6'

const REGISTRO = `g.id, g.codice, g.denominazione, g.generale, a.id as "aooId", a.codice as "aooCodice", a.denominazione as "aooDenominazione",
  a.domicilio_digitale as "aooIndirizzo", coalesce(i.sottoscrizione, 'nessuna') as sottoscrizione,
  coalesce(i.sigillo_di_ripiego, true) as "sigilloDiRipiego", coalesce(i.giorni_vuoti, true) as "giorniVuoti",
  coalesce(i.annuale, true) as annuale, coalesce(i.classificazione, '${CLASSIFICAZIONE_PREDEFINITA}') as classificazione
  from registro g join aoo a on a.ente_id = g.ente_id and a.id = g.aoo_id
  left join impostazioni_registro_giornaliero i on i.ente_id = g.ente_id and i.registro_id = g.id`

/** Registers that are in use, the general one first. */
export async function findRegistri(scope: Scope): Promise<RegistroRow[]> {
  return await query<RegistroRow>(
    scope,
    `select ${REGISTRO} where g.ente_id = $1 and g.attivo order by g.generale desc, a.predefinita desc, g.codice`,
    [scope.ente.id],
  )
}

export async function findRegistro(scope: Scope, id: string): Promise<RegistroRow | null> {
  return await queryOne<RegistroRow>(scope, `select ${REGISTRO} where g.ente_id = $1 and g.id = $2`, [scope.ente.id, id])
}

/** What the chain needs to know of the last day produced. */
export interface AnelloRow {
  readonly id: string
  readonly giorno: string
  readonly anno: number
  readonly progressivo: number
  readonly versione: number
  readonly identificativo: string
  readonly impronta: string
}

const ANELLO = `id, to_char(giorno, 'YYYY-MM-DD') as giorno, anno, progressivo, versione, identificativo, impronta`

/** The last day of the chain of a register: first versions only, because later ones stand beside their own. */
export async function findUltimo(scope: Scope, registroId: string): Promise<AnelloRow | null> {
  return await queryOne<AnelloRow>(
    scope,
    `select ${ANELLO} from registro_giornaliero where ente_id = $1 and registro_id = $2 and tipo = 'giornaliero' and versione = 1 order by giorno desc limit 1`,
    [scope.ente.id, registroId],
  )
}

/** The years that have their annual register. */
export async function findAnniProdotti(scope: Scope, registroId: string): Promise<number[]> {
  const rows = await query<{ anno: number }>(
    scope,
    `select anno from registro_giornaliero where ente_id = $1 and registro_id = $2 and tipo = 'annuale' and versione = 1`,
    [scope.ente.id, registroId],
  )
  return rows.map((r) => r.anno)
}

/** Every version of a day or a year, in order. */
export async function findVersioni(scope: Scope, registroId: string, tipo: string, giorno: string): Promise<AnelloRow[]> {
  return await query<AnelloRow>(
    scope,
    `select ${ANELLO} from registro_giornaliero where ente_id = $1 and registro_id = $2 and tipo = $3 and giorno = $4 order by versione`,
    [scope.ente.id, registroId, tipo, giorno],
  )
}

/** The day before `giorno` in the chain. */
export async function findPrecedente(scope: Scope, registroId: string, giorno: string): Promise<AnelloRow | null> {
  return await queryOne<AnelloRow>(
    scope,
    `select ${ANELLO} from registro_giornaliero where ente_id = $1 and registro_id = $2 and tipo = 'giornaliero' and versione = 1 and giorno < $3
      order by giorno desc limit 1`,
    [scope.ente.id, registroId, giorno],
  )
}

/** Last number stated by the daily registers of a year before a day; null when none of that year stated one. */
export async function findUltimoNumero(scope: Scope, registroId: string, anno: number, giorno: string): Promise<number | null> {
  const row = await queryOne<{ ultimo: number | null }>(
    scope,
    `select max(numero_ultimo) as ultimo from registro_giornaliero
      where ente_id = $1 and registro_id = $2 and tipo = 'giornaliero' and versione = 1 and anno = $3 and giorno < $4`,
    [scope.ente.id, registroId, anno, giorno],
  )
  return row?.ultimo ?? null
}

/** Rome day of the database's legal clock, some minutes ago: a day is over when everything begun in it has had the time to end. */
export async function readGiornoLegale(scope: Scope, minuti: number): Promise<string> {
  const row = await queryOne<{ giorno: string }>(
    scope,
    `select to_char((app.istante() - make_interval(mins => $1)) at time zone 'Europe/Rome', 'YYYY-MM-DD') as giorno`,
    [minuti],
  )
  return row?.giorno ?? ''
}

/** The day of the first registration of a register, sealed or not yet; null when there is none. */
export async function findPrimoGiorno(scope: Scope, registroId: string): Promise<string | null> {
  const row = await queryOne<{ giorno: string | null }>(
    scope,
    `select to_char(r.giorno, 'YYYY-MM-DD') as giorno from registrazione r where r.ente_id = $1 and r.registro_id = $2 order by r.anno, r.numero limit 1`,
    [scope.ente.id, registroId],
  )
  return row?.giorno ?? null
}

/** True while a registration of that day waits for its seal: invisible, and not to be left out (decision 17). */
export async function isInSigillatura(scope: Scope, registroId: string, giorno: string): Promise<boolean> {
  const row = await queryOne<{ attesa: boolean }>(scope, 'select app.in_sigillatura($1, $2::date) as attesa', [registroId, giorno])
  return row?.attesa === true
}

/** Who answers for the register on a day, with a codice fiscale; null when nobody is appointed. */
export async function findResponsabile(
  scope: Scope,
  giorno: string,
): Promise<{ nome: string; cognome: string; codiceFiscale: string } | null> {
  return await queryOne(
    scope,
    `select o.nome, o.cognome, o.codice_fiscale as "codiceFiscale" from incarico i join operatore o on o.id = i.operatore_id
      where i.ente_id = $1 and i.profilo = 'responsabileGestioneDocumentale' and i.dal <= $2 and (i.al is null or i.al >= $2) order by i.dal desc, i.id limit 1`,
    [scope.ente.id, giorno],
  )
}

/** True when no later version of the same day or year stands beside it. */
export async function isUltima(
  scope: Scope,
  r: { readonly registroId: string; readonly tipo: string; readonly giorno: string; readonly versione: number },
): Promise<boolean> {
  return (await findVersioni(scope, r.registroId, r.tipo, r.giorno)).at(-1)?.versione === r.versione
}

/** A row of `registro_giornaliero` ready to be written. */
export interface NuovoRegistroGiornaliero {
  readonly id: string
  readonly registro_id: string
  readonly tipo: 'giornaliero' | 'annuale'
  readonly giorno: string
  readonly anno: number
  readonly progressivo: number
  readonly versione: number
  readonly prima_versione_id: string | null
  readonly identificativo: string
  readonly oggetto: string
  readonly numero_primo: number | null
  readonly numero_ultimo: number | null
  readonly registrazioni: number
  readonly annullamenti: number
  readonly modifiche: number
  readonly riservate: number
  readonly impronta_righe: string
  readonly impronta_precedente: string
  readonly impronta: string
  readonly giorno_contenuto_id: string
  readonly righe_contenuto_id: string
  readonly xml_contenuto_id: string
  readonly pdf_contenuto_id: string
  readonly sottoscrizione: Sottoscrizione
  readonly responsabile_nome: string
  readonly responsabile_cognome: string
  readonly responsabile_codice_fiscale: string
  readonly produttore: string
  readonly motivo: string
  readonly prodotto_il: string
  readonly scadenza: string
}

export async function insertRegistroGiornaliero(tx: TxScope, row: NuovoRegistroGiornaliero): Promise<void> {
  await insertRows(tx, 'registro_giornaliero', [{ ...row }])
}
