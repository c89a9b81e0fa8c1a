import { inTransaction, query } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { formatItalianDay } from '../../kernel/time.ts'
import { openAvviso } from '../repository/avvisi.ts'
import type { TipoAvviso } from '../repository/avvisi.ts'

interface Aperto {
  readonly id: string
  readonly registroId: string
  readonly giorno: string
  readonly identificativo: string
  readonly scadenza: string
  readonly oggi: string
  readonly ora: number
  /** Produced when its term was already past: the product was not running. */
  readonly tardivo: boolean
  readonly daFirmare: boolean
}

/** Hours of the last day at which the head of records management is told again (REQ-CONS-014). */
const ORE = [20, 16, 12] as const

/** Which alarm a register not yet taken by the conservatore deserves now; null before the last day's noon. Pure. */
export function alarmOf(r: { scadenza: string; oggi: string; ora: number }): TipoAvviso | null {
  if (r.oggi > r.scadenza) return 'scaduto'
  if (r.oggi < r.scadenza) return null
  const hour = ORE.find((h) => r.ora >= h)
  return hour === undefined ? null : `scadenza-${hour}`
}

/**
 * Looks at every daily register whose last version the conservatore has not taken: alarms before the term and when it is past (REQ-PROT-106, REQ-CONS-013,
 * 014). A refusal after the receipt opens the obligation again with the term of before. Hourly, idempotent.
 */
export async function vigilaRegistri(scope: Scope): Promise<void> {
  const open = await query<Aperto>(
    scope,
    `select id, "registroId", giorno, identificativo, scadenza, oggi, ora, tardivo, "daFirmare" from (
       select distinct on (r.registro_id, r.tipo, r.giorno) r.id, r.registro_id as "registroId", to_char(r.giorno, 'YYYY-MM-DD') as giorno, r.identificativo,
              to_char(r.scadenza, 'YYYY-MM-DD') as scadenza, to_char(app.istante() at time zone 'Europe/Rome', 'YYYY-MM-DD') as oggi,
              extract(hour from app.istante() at time zone 'Europe/Rome')::int as ora, (r.prodotto_il at time zone 'Europe/Rome')::date > r.scadenza as tardivo,
              r.sottoscrizione = 'firma' and not exists (select 1 from sottoscrizione_registro_giornaliero q where q.ente_id = r.ente_id
                and q.registro_giornaliero_id = r.id) as "daFirmare",
              (select s.passo from passo_registro_giornaliero s where s.ente_id = r.ente_id and s.registro_giornaliero_id = r.id and s.passo not in ('firmato', 'sigillato')
                order by s.istante desc, s.id desc limit 1) as passo
         from registro_giornaliero r where r.ente_id = $1 and r.scadenza <= (app.istante() at time zone 'Europe/Rome')::date
        order by r.registro_id, r.tipo, r.giorno, r.versione desc) v
      where passo is null or passo not in ('inviato', 'conservato') order by giorno limit 400`,
    [scope.ente.id],
  )
  const tardivi: Aperto[] = []
  for (const r of open) {
    const tipo = alarmOf(r)
    if (tipo === null) continue
    const avviso = { registroId: r.registroId, giorno: r.giorno, tipo, testo: sentence(r, tipo), registroGiornalieroId: r.id }
    const late = tipo === 'scaduto' && r.tardivo
    const opened = await inTransaction(scope, async (tx) => await openAvviso(tx, avviso, late ? 'nessuna' : 'error'))
    if (opened && late) tardivi.push(r)
  }
  tell(scope, tardivi)
}

function sentence(r: Aperto, tipo: TipoAvviso): string {
  const term = formatItalianDay(r.scadenza)
  const why = r.daFirmare ? ' Attende la firma del responsabile della gestione documentale.' : ''
  if (tipo !== 'scaduto') return `Il registro ${r.identificativo} deve essere inviato in conservazione entro oggi, ${term}.${why}`
  return r.tardivo
    ? `Il registro ${r.identificativo} è stato prodotto quando il suo termine, il ${term}, era già passato: il prodotto era fermo.${why}`
    : `Il registro ${r.identificativo} non è stato inviato in conservazione entro il ${term}.${why}`
}

/** Days made up for after a stop: one line for all of them. Each has its alarm, which its sending will close. */
function tell(scope: Scope, tardivi: readonly Aperto[]): void {
  const [first] = tardivi
  if (first === undefined) return
  scope.log.warn(
    { ente: scope.ente.slug, registri: tardivi.length, dal: first.giorno, al: tardivi.at(-1)?.giorno },
    'registri giornalieri recuperati dopo un fermo, con il termine già passato: vanno in conservazione adesso',
  )
}
