import { findUfficiAttivi } from '../../protocollo/index.ts'
import { findConservazione, findVociById } from '../../titolario/index.ts'
import { formatCodice, formatSlug, readClock, serieOf, takeProgressivoParte } from '../../fascicoli/index.ts'
import type { CampoErrato } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, json, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { claimKey, digestRequest } from '../../protocollo/index.ts'
import { assente, chiaveUsata, datiErrati } from '../errors.ts'
import { assertGestore } from '../policy.ts'
import type { NuovoCensimento } from '../schema.ts'

/** The fascicolo that came out. */
export interface Censito {
  readonly id: string
  readonly codice: string
  readonly slug: string
}

/**
 * Records a paper fascicolo that was concluded before the system: by reference, with its place, already closed on its day. Its progressivo counts in the year it
 * was opened (REQ-FASC-014, REQ-FASC-047). Same key and same request give the first result. Throws Forbidden, NotFound, InvalidInput, RuleViolation.
 */
export async function recordCartaceoConcluso(scope: Scope, input: NuovoCensimento, chiave: string): Promise<Censito> {
  assertGestore(scope.attore)
  return await inTransaction(scope, async (tx) => {
    const id = newId()
    const richiesta = digestRequest(input)
    const earlier = await claimKey(tx, 'censimento', chiave, richiesta, id)
    if (earlier !== null) {
      if (earlier.richiesta !== richiesta) throw chiaveUsata()
      return await readCensito(tx, earlier.risultatoId)
    }
    await insertCensito(tx, id, input)
    return await readCensito(tx, id)
  })
}

async function readCensito(tx: TxScope, id: string): Promise<Censito> {
  const row = await queryOne<Censito>(tx, 'select id, codice, slug from fascicolo where ente_id = $1 and id = $2', [tx.ente.id, id])
  if (row === null) throw assente('Il fascicolo')
  return row
}

async function insertCensito(tx: TxScope, id: string, input: NuovoCensimento): Promise<void> {
  const { giorno, istante } = await readClock(tx)
  const voce = (await findVociById(tx, [input.voceId])).get(input.voceId)
  const ufficio = (await findUfficiAttivi(tx, [input.ufficioId])).get(input.ufficioId)
  const campi: CampoErrato[] = []
  if (voce === undefined || voce.livello < 2) campi.push({ campo: 'voceId', messaggio: 'Scegli una classe o una sottoclasse.' })
  if (ufficio === undefined) campi.push({ campo: 'ufficioId', messaggio: 'L’ufficio non esiste o è chiuso: scegline un altro.' })
  if (input.chiusoIl < input.apertoIl) campi.push({ campo: 'chiusoIl', messaggio: 'La chiusura precede l’apertura.' })
  if (input.chiusoIl > giorno) campi.push({ campo: 'chiusoIl', messaggio: 'La chiusura è nel futuro.' })
  const aoo = await queryOne<{ id: string }>(tx, 'select aoo_id as id from ufficio where ente_id = $1 and id = $2', [
    tx.ente.id,
    input.ufficioId,
  ])
  if (campi.length > 0 || voce === undefined || aoo === null) throw datiErrati(campi)
  const serie = serieOf(input.tipo, voce.codice)
  const anno = Number(input.apertoIl.slice(0, 4))
  const { progressivo } = await takeProgressivoParte(tx, aoo.id, anno, serie)
  const codice = formatCodice(anno, serie, progressivo)
  await insertRows(tx, 'fascicolo', [
    {
      id,
      aoo_id: aoo.id,
      codice,
      slug: formatSlug(anno, serie, voce.etichetta, progressivo),
      anno,
      serie,
      progressivo,
      voce_id: voce.id,
      tipo: input.tipo,
      oggetto: input.oggetto,
      stato: 'APERTO',
      ufficio_id: input.ufficioId,
      responsabile_id: tx.attore.id,
      aperto_il: input.apertoIl,
      visibile_cittadino: false,
      conservazione_anni: (await findConservazione(tx, { voceId: voce.id, tipoFascicolo: input.tipo })).anni,
      versione: 1,
      creato_il: istante,
      livello: 0,
      posizione_fisica: input.posizioneFisica,
      note: 'Fascicolo cartaceo censito, formato prima del sistema.',
      parole_chiave: json([]),
    },
  ])
  await insertRows(tx, 'documento_cartaceo', [
    {
      id: newId(),
      fascicolo_id: id,
      oggetto: input.oggetto,
      tipologia: 'Fascicolo cartaceo',
      data_documento: input.chiusoIl,
      consistenza: input.consistenza,
      posizione_fisica: input.posizioneFisica,
      area: 'comune',
      inserito_il: istante,
      inserito_da: tx.attore.nome,
    },
  ])
  await query(
    tx,
    `update fascicolo set stato = 'CHIUSO', chiuso_il = $3::date, esito = 'conclusione', versione = versione + 1 where ente_id = $1 and id = $2`,
    [tx.ente.id, id, input.chiusoIl],
  )
  tx.audit({
    azione: 'fascicolo-censito',
    oggettoTipo: 'fascicolo',
    oggettoId: id,
    fascicoloId: id,
    dopo: { codice, oggetto: input.oggetto, apertoIl: input.apertoIl, chiusoIl: input.chiusoIl, posizioneFisica: input.posizioneFisica },
  })
}
