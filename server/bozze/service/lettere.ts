import { insertContenuti, storeBuffer } from '../../documenti/index.ts'
import type { Ports } from '../../kernel/endpoint.ts'
import { FaldoneError, Unavailable } from '../../kernel/errors.ts'
import type { CampoErrato } from '../../kernel/errors.ts'
import { inNomeDi } from '../../kernel/mandato.ts'
import { inReadTransaction, inTransaction, json, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { chiaveGiaUsata, completeSigillo, inTurno, registerWithin, translate } from '../../protocollo/index.ts'
import { valoriDi } from '../modello/campi.ts'
import { compila } from '../modello/compila.ts'
import { printTesto } from './documento.ts'
import { findVisibleBozza } from './draft.ts'
import { loadFatti } from './fatti.ts'
import { fileRegistrata, toNuova, voceOf } from './registra.ts'
import { UNIONE, letterTo } from './unione.ts'
import type { RigaRow, UnioneRow } from './unione.ts'

/** The first row without an outcome. */
async function findNext(s: Scope, id: string): Promise<RigaRow | null> {
  return await queryOne<RigaRow>(
    s,
    `select id, posizione, dati, esito, errori, null as etichetta from unione_riga where ente_id = $1 and unione_id = $2 and esito is null order by posizione limit 1`,
    [s.ente.id, id],
  )
}

/**
 * Registers the rows that have no outcome yet, in order: print, store, then number, place in the fascicolo and outcome in one transaction. Run again after
 * a crash it goes on from where it was: a row never takes two numbers (REQ-PROT-037). A refused row says why and does not stop the others; what may
 * succeed later makes the job try again.
 */
export async function runUnione(scope: Scope, id: string, ports: Ports): Promise<void> {
  for (;;) {
    const unione = await queryOne<UnioneRow>(scope, `${UNIONE} and id = $2`, [scope.ente.id, id])
    if (unione?.stato !== 'IN_CORSO') return
    const riga = await findNext(scope, id)
    if (riga === null) break
    await runRiga(inNomeDi(scope, unione.attore), unione, riga, ports)
  }
  await query(
    scope,
    `update unione set stato = 'CONCLUSA', conclusa_il = clock_timestamp() where ente_id = $1 and id = $2 and stato = 'IN_CORSO'`,
    [scope.ente.id, id],
  )
}

async function runRiga(scope: Scope, unione: UnioneRow, riga: RigaRow, ports: Ports): Promise<void> {
  try {
    const { destinatario, valori } = riga.dati
    const { row, fatti } = await inReadTransaction(scope, async (s) => {
      const found = { ...(await findVisibleBozza(s, unione.bozzaId)), ...unione.istantanea }
      return { row: found, fatti: await loadFatti(s, found, { destinatario, riga: valori }) }
    })
    const oggetto = compila(row.dati.oggetto, valoriDi(fatti), (value) => value).testo
    const reso = await printTesto(row, { ...fatti, oggetto }, ports.stampa, true)
    const contenuto = await storeBuffer(scope, ports.store, reso.bytes, reso.nome)
    const letter = letterTo({ ...row, dati: { ...row.dati, oggetto } }, destinatario, contenuto.id, contenuto.nome)
    const registrata = await inTurno(scope, async (tx) => {
      const [open] = await query(tx, 'select 1 from unione_riga where ente_id = $1 and id = $2 and esito is null for update', [
        tx.ente.id,
        riga.id,
      ])
      if (open === undefined) return null
      await insertContenuti(tx, [contenuto])
      const nuova = toNuova({ ...letter, dati: { ...letter.dati, voceId: await voceOf(tx, letter) } })
      const made = await registerWithin(tx, nuova, `unione:${unione.id}:${riga.posizione}`, { contenutiDelSistema: true })
      if (made.ripetuta) throw chiaveGiaUsata()
      if (row.fascicoloId !== null) await fileRegistrata(tx, row.fascicoloId, made.id)
      await closeRiga(tx, unione.id, riga.id, 'REGISTRATA', [], made.id)
      return made
    })
    if (registrata?.daSigillare === true) await completeSigillo(scope, registrata.id, ports)
  } catch (error) {
    const refused = translate(error)
    if (!(refused instanceof FaldoneError) || refused instanceof Unavailable) throw refused
    const errori = refused.campi.length > 0 ? refused.campi : [{ campo: '', messaggio: refused.message }]
    await inTransaction(scope, async (tx) => await closeRiga(tx, unione.id, riga.id, 'RIFIUTATA', errori, null))
  }
}

async function closeRiga(
  tx: TxScope,
  unioneId: string,
  rigaId: string,
  esito: 'REGISTRATA' | 'RIFIUTATA',
  errori: readonly CampoErrato[],
  registrazioneId: string | null,
): Promise<void> {
  const column = esito === 'REGISTRATA' ? 'fatte' : 'rifiutate'
  const [closed] = await query<{ id: string }>(
    tx,
    `update unione_riga set esito = $3, errori = $4, registrazione_id = $5 where ente_id = $1 and id = $2 and esito is null returning id`,
    [tx.ente.id, rigaId, esito, json(errori), registrazioneId],
  )
  if (closed !== undefined)
    await query(tx, `update unione set ${column} = ${column} + 1 where ente_id = $1 and id = $2`, [tx.ente.id, unioneId])
}
