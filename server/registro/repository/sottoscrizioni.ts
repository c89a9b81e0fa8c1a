import { insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'

/** Hour of Rome, on the last day, from which a register that nobody signed is sealed by itself. */
const ORA_RIPIEGO = 20

/** The legal instant, and its day in Rome. */
export async function readIstante(scope: Scope): Promise<{ istante: Date; giorno: string }> {
  const row = await queryOne<{ istante: Date; giorno: string }>(
    scope,
    `select i.istante, to_char(i.istante at time zone 'Europe/Rome', 'YYYY-MM-DD') as giorno from (select app.istante() as istante) i`,
  )
  if (row === null) throw new Error('the database has no clock')
  return row
}

/** The heads of records management and their deputies in charge on a day, with their codice fiscale. */
export async function findFirmatari(
  scope: Scope,
  giorno: string,
): Promise<{ readonly nome: string; readonly cognome: string; readonly codiceFiscale: string }[]> {
  return await query(
    scope,
    `select o.nome, o.cognome, upper(o.codice_fiscale) as "codiceFiscale" from incarico i join operatore o on o.id = i.operatore_id
      where i.ente_id = $1 and i.profilo in ('responsabileGestioneDocumentale', 'vicario') and i.dal <= $2 and (i.al is null or i.al >= $2)
        and coalesce(o.codice_fiscale, '') <> '' order by i.dal, i.id`,
    [scope.ente.id, giorno],
  )
}

/** Last versions that wait for a signature on the evening of their last day or later, where the register falls back on the seal; oldest first. */
export async function findDaSigillare(scope: Scope): Promise<string[]> {
  const rows = await query<{ id: string }>(
    scope,
    `select r.id from registro_giornaliero r
       left join impostazioni_registro_giornaliero i on i.ente_id = r.ente_id and i.registro_id = r.registro_id
       cross join (select app.istante() at time zone 'Europe/Rome' as ora) k
      where r.ente_id = $1 and r.sottoscrizione = 'firma' and coalesce(i.sigillo_di_ripiego, true) and k.ora >= r.scadenza + make_interval(hours => ${ORA_RIPIEGO})
        and not exists (select 1 from sottoscrizione_registro_giornaliero s where s.ente_id = r.ente_id and s.registro_giornaliero_id = r.id)
        and not exists (select 1 from registro_giornaliero n where n.ente_id = r.ente_id and n.registro_id = r.registro_id and n.tipo = r.tipo
                          and n.giorno = r.giorno and n.versione > r.versione)
      order by r.giorno, r.tipo desc limit 400`,
    [scope.ente.id],
  )
  return rows.map((r) => r.id)
}

/** What is written of a subscription, beside the register it is of and the instant. */
export interface NuovaSottoscrizione {
  readonly modo: 'firma' | 'sigillo'
  readonly contenuto_id: string
  readonly firmatario_nome: string
  readonly firmatario_codice_fiscale: string
  readonly certificato_emittente: string
  readonly certificato_numero: string
  readonly dichiarata_il: string | null
}

/** Writes a subscription at the legal instant. A second one of the same register is refused by the database (23505). */
export async function insertSottoscrizione(tx: TxScope, registroGiornalieroId: string, s: NuovaSottoscrizione): Promise<void> {
  const { istante } = await readIstante(tx)
  await insertRows(tx, 'sottoscrizione_registro_giornaliero', [
    { registro_giornaliero_id: registroGiornalieroId, ...s, raccolta_il: istante.toISOString(), autore_nome: tx.attore.nome },
  ])
}
