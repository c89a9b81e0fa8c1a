import { query } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { isRgd } from '../../protocollo/index.ts'
import { presentRegistro } from '../presenter.ts'
import { findAvvisi } from '../repository/avvisi.ts'
import { findRegistriGiornalieri } from '../repository/elenco.ts'
import { findRegistri } from '../repository/registri.ts'
import type { StatoRegistro } from '../schema.ts'

/** An open alarm as the desk shows it. */
export interface AvvisoDesk {
  readonly tipo: string
  readonly giorno: string
  readonly testo: string
  readonly il: string
}

/** The last daily register and where it stands. */
export interface RegistroDesk {
  readonly giorno: string
  readonly stato: StatoRegistro
  readonly scadenza: string
}

/** What the desk shows of daily registers: the last one for who may read them, the open alarms for the head of records management. */
export async function readRegistroDesk(scope: Scope): Promise<{ avvisi: AvvisoDesk[]; ultimo: RegistroDesk | null }> {
  const avvisi = isRgd(scope.attore) ? await findAvvisi(scope, { aperti: true }) : []
  return {
    avvisi: avvisi.slice(0, 10).map((a) => ({ tipo: a.tipo, giorno: a.giorno, testo: a.testo, il: a.datoIl.toISOString() })),
    ultimo: scope.attore.permessi.has('registro.leggi') ? await findUltimo(scope) : null,
  }
}

async function findUltimo(scope: Scope): Promise<RegistroDesk | null> {
  const [registro] = await findRegistri(scope)
  if (registro === undefined) return null
  const [last] = await query<{ giorno: string | null }>(
    scope,
    `select to_char(max(giorno), 'YYYY-MM-DD') as giorno from registro_giornaliero where ente_id = $1 and registro_id = $2 and tipo = 'giornaliero'`,
    [scope.ente.id, registro.id],
  )
  if (last === undefined || last.giorno === null) return null
  const rows = await findRegistriGiornalieri(scope, { registroId: registro.id, dal: last.giorno, al: last.giorno, tipo: 'giornaliero' })
  const row = rows.at(-1)
  if (row === undefined) return null
  const { giorno, stato, scadenza } = presentRegistro(row)
  return { giorno, stato, scadenza }
}
