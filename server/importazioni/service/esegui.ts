import type { Ports } from '../../kernel/endpoint.ts'
import { FaldoneError, Unavailable } from '../../kernel/errors.ts'
import type { CampoErrato } from '../../kernel/errors.ts'
import { inNomeDi } from '../../kernel/mandato.ts'
import { inTransaction, json, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { completeSigillo, inTurno, registerWithin, translate } from '../../protocollo/index.ts'
import { chiaveRiga, findSerie } from './serie.ts'
import type { RigaSerieRow } from './serie.ts'

/**
 * Registers the rows of a series that have no outcome yet, in order: number and outcome in one transaction. Run again after a crash it goes on from where it
 * was; a key that already has a number takes no other (REQ-PROT-037). A refused row says why and does not stop the others; what may succeed later makes
 * the job try again.
 */
export async function runSerie(scope: Scope, id: string, ports: Ports): Promise<void> {
  for (;;) {
    const serie = await findSerie(scope, id)
    if (serie?.stato !== 'IN_CORSO') return
    const riga = await queryOne<RigaSerieRow>(
      scope,
      `select id, posizione, chiave, dati, esito, errori, null as etichetta from serie_riga where ente_id = $1 and serie_id = $2 and esito is null order by posizione limit 1`,
      [scope.ente.id, id],
    )
    if (riga === null) break
    await runRiga(inNomeDi(scope, serie.attore), id, riga, ports)
  }
  await query(
    scope,
    `update serie set stato = 'CONCLUSA', conclusa_il = clock_timestamp() where ente_id = $1 and id = $2 and stato = 'IN_CORSO'`,
    [scope.ente.id, id],
  )
}

async function runRiga(scope: Scope, serieId: string, riga: RigaSerieRow, ports: Ports): Promise<void> {
  try {
    const registrata = await inTurno(scope, async (tx) => {
      const [open] = await query(tx, 'select 1 from serie_riga where ente_id = $1 and id = $2 and esito is null for update', [
        tx.ente.id,
        riga.id,
      ])
      if (open === undefined) return null
      const earlier = await queryOne<{ id: string }>(
        tx,
        `select risultato_id as id from chiave_idempotenza where ente_id = $1 and operazione = 'registrazione' and chiave = $2`,
        [tx.ente.id, chiaveRiga(riga.chiave)],
      )
      if (earlier !== null) {
        await closeRiga(tx, serieId, riga.id, 'GIA_REGISTRATA', [], earlier.id)
        return null
      }
      if (riga.dati.input === null) throw new Error('a row without its request')
      const made = await registerWithin(tx, riga.dati.input, chiaveRiga(riga.chiave))
      await closeRiga(tx, serieId, riga.id, made.ripetuta ? 'GIA_REGISTRATA' : 'REGISTRATA', [], made.id)
      return made
    })
    if (registrata?.daSigillare === true) await completeSigillo(scope, registrata.id, ports)
  } catch (error) {
    const refused = translate(error)
    if (!(refused instanceof FaldoneError) || refused instanceof Unavailable) throw refused
    const errori = refused.campi.length > 0 ? refused.campi : [{ campo: '', messaggio: refused.message }]
    await inTransaction(scope, async (tx) => await closeRiga(tx, serieId, riga.id, 'RIFIUTATA', errori, null))
  }
}

async function closeRiga(
  tx: TxScope,
  serieId: string,
  rigaId: string,
  esito: 'REGISTRATA' | 'GIA_REGISTRATA' | 'RIFIUTATA',
  errori: readonly CampoErrato[],
  registrazioneId: string | null,
): Promise<void> {
  const column = esito === 'RIFIUTATA' ? 'rifiutate' : 'fatte'
  const [closed] = await query(
    tx,
    `update serie_riga set esito = $3, errori = $4, registrazione_id = $5 where ente_id = $1 and id = $2 and esito is null returning 1`,
    [tx.ente.id, rigaId, esito, json(errori), registrazioneId],
  )
  if (closed !== undefined)
    await query(tx, `update serie set ${column} = ${column} + 1 where ente_id = $1 and id = $2`, [tx.ente.id, serieId])
}
