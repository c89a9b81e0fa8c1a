import { profiliNonDelegabili } from '../enti/index.ts'
import { query, queryOne } from '../kernel/scope.ts'
import type { Profilo, Scope } from '../kernel/scope.ts'

/** A session in force, as its row holds it. */
export interface SessioneAperta {
  readonly impronta: string
  readonly tipo: 'operatore' | 'cittadino'
  readonly csrf: string
  readonly soggetto: string
  readonly operatoreId: string | null
  readonly nome: string
  readonly codiceFiscale: string
  readonly schema: string
  readonly livello: string
  readonly amministratoreSia: boolean
  readonly creataIl: Date
  readonly ultimaAttivita: Date
  readonly scadeIl: Date
}

export interface IncaricoInVigore {
  readonly profilo: Profilo
  readonly ufficioId: string | null
}

/** Whose work the person does in the ente of the scope, with the appointments that were delegated and are in force today. */
export interface PerConto {
  readonly id: string
  readonly nome: string
  readonly incarichi: readonly IncaricoInVigore[]
}

/** A session with the appointments its person has today in the ente of the scope. */
export interface SessioneConIncarichi extends SessioneAperta {
  readonly incarichi: readonly IncaricoInVigore[]
  /** Null unless a substitution was asked for and is in force today. */
  readonly perConto: PerConto | null
}

/** The substitution asked for, when its person is this one and today is among its days: name and delegated appointments of who is substituted. */
const PER_CONTO = `(select json_build_object('id', o.id, 'nome', o.nome || ' ' || o.cognome,
         'incarichi', (select coalesce(json_agg(json_build_object('profilo', i.profilo, 'ufficioId', i.ufficio_id)), '[]') from incarico i
                        where i.ente_id = x.ente_id and i.operatore_id = x.titolare_id and (x.incarico_id is null or i.id = x.incarico_id)
                          and i.profilo <> all ($6::text[]) and i.dal <= $4 and (i.al is null or i.al >= $4)))
    from sostituzione x join operatore o on o.id = x.titolare_id
   where x.ente_id = $2 and x.id = $5 and x.sostituto_id = s.operatore_id and x.revocata_il is null and x.dal <= $4 and x.al >= $4)`

/**
 * The session with this digest, when neither closed nor expired at `instant`, and the appointments valid on `giorno` in the scope's ente: one statement,
 * because every request asks it. The scope must present the digest (`app.sessione`) and an ente.
 */
export async function findSessione(
  scope: Scope,
  impronta: string,
  instant: Date,
  giorno: string,
  sostituzioneId: string | null = null,
): Promise<SessioneConIncarichi | null> {
  return await queryOne<SessioneConIncarichi>(
    scope,
    `select s.impronta_gettone as impronta, s.tipo, s.csrf, s.soggetto, s.operatore_id as "operatoreId", s.nome, s.codice_fiscale as "codiceFiscale",
            s.schema, s.livello, s.amministratore_sia as "amministratoreSia", s.creata_il as "creataIl", s.ultima_attivita as "ultimaAttivita", s.scade_il as "scadeIl",
            (select coalesce(json_agg(json_build_object('profilo', i.profilo, 'ufficioId', i.ufficio_id)), '[]')
               from incarico i
              where i.ente_id = $2 and i.operatore_id = s.operatore_id and i.dal <= $4 and (i.al is null or i.al >= $4)) as incarichi,
            ${sostituzioneId === null ? 'null' : PER_CONTO} as "perConto"
       from sessione s
      where s.impronta_gettone = $1 and s.chiusa_il is null and s.scade_il > $3`,
    [impronta, scope.ente.id, instant, giorno, ...(sostituzioneId === null ? [] : [sostituzioneId, profiliNonDelegabili])],
  )
}

/** Writes a new session. The scope must present its digest (`app.sessione`). */
export async function insertSessione(scope: Scope, s: SessioneAperta): Promise<void> {
  await query(
    scope,
    `insert into sessione (impronta_gettone, tipo, csrf, soggetto, operatore_id, nome, codice_fiscale, schema, livello, amministratore_sia, creata_il, ultima_attivita, scade_il)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      s.impronta,
      s.tipo,
      s.csrf,
      s.soggetto,
      s.operatoreId,
      s.nome,
      s.codiceFiscale,
      s.schema,
      s.livello,
      s.amministratoreSia,
      s.creataIl,
      s.ultimaAttivita,
      s.scadeIl,
    ],
  )
}

/** Moves the end of a session that is being used. */
export async function touchSessione(scope: Scope, impronta: string, instant: Date, scadeIl: Date): Promise<void> {
  await query(scope, 'update sessione set ultima_attivita = $2, scade_il = $3 where impronta_gettone = $1 and chiusa_il is null', [
    impronta,
    instant,
    scadeIl,
  ])
}

/** Closes a session for good. */
export async function closeSessione(scope: Scope, impronta: string, instant: Date): Promise<void> {
  await query(scope, 'update sessione set chiusa_il = $2 where impronta_gettone = $1 and chiusa_il is null', [impronta, instant])
}

/** A person of the offices as the login needs him. */
export interface OperatoreRow {
  readonly id: string
  readonly nome: string
  readonly codiceFiscale: string
  readonly amministratoreSia: boolean
}

/** The operator with this subject of the identity provider. The scope must present the subject (`app.soggetto`). */
export async function findOperatore(scope: Scope, soggetto: string): Promise<OperatoreRow | null> {
  return await queryOne<OperatoreRow>(
    scope,
    `select id, nome || ' ' || cognome as nome, codice_fiscale as "codiceFiscale", amministratore_sia as "amministratoreSia" from operatore where soggetto = $1`,
    [soggetto],
  )
}
