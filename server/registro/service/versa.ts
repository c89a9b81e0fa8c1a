import { newId } from '../../kernel/ids.ts'
import { insertRows, query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { attendeLaFirma } from '../errors.ts'
import { allegatiOf, emitMetadati, findVoceRegistro } from '../metadati.ts'
import type { MetadatiRegistro } from '../metadati.ts'
import { closeAvvisi, openAvviso } from '../repository/avvisi.ts'
import { attendeFirma, findRegistriGiornalieri, findRegistroGiornaliero } from '../repository/elenco.ts'
import type { ParteRow, Passo, RegistroGiornalieroRow } from '../repository/elenco.ts'
import { findRegistro } from '../repository/registri.ts'
import type { RegistroRow } from '../repository/registri.ts'

/** A daily register as preservation takes it: the document with its attachments and metadata, never altered by a refusal. */
export interface RegistroDaVersare {
  readonly registro: RegistroRow
  readonly riga: RegistroGiornalieroRow
  readonly metadati: MetadatiRegistro
  readonly principale: ParteRow
  readonly allegati: readonly (ParteRow & { readonly id: string; readonly descrizione: string })[]
}

/** Facts of a daily register for its versamento; null when it is not there or still waits for its signature. Call it inside a transaction. */
export async function findRegistroDaVersare(scope: Scope, id: string): Promise<RegistroDaVersare | null> {
  const riga = await findRegistroGiornaliero(scope, id)
  const registro = riga === null ? null : await findRegistro(scope, riga.registroId)
  if (riga === null || registro === null || attendeFirma(riga)) return null
  const versioni = await findRegistriGiornalieri(scope, { registroId: riga.registroId, dal: riga.giorno, al: riga.giorno, tipo: riga.tipo })
  const prima = versioni.find((v) => v.versione === riga.versione - 1) ?? null
  return {
    registro,
    riga,
    metadati: emitMetadati(scope.ente, registro, riga, await findVoceRegistro(scope, registro), prima),
    principale: riga.parti.pdf,
    allegati: allegatiOf(riga),
  }
}

/** Throws Conflict for a daily register that still waits for its signature: nothing of it goes to preservation (REQ-PROT-108). */
export async function assertSottoscritto(scope: Scope, id: string): Promise<void> {
  const riga = await findRegistroGiornaliero(scope, id)
  if (riga !== null && attendeFirma(riga)) throw attendeLaFirma()
}

/**
 * Records what happened to a daily register on its road (REQ-PROT-106). A refusal or a stop alarms the head of records management at once and keeps the
 * obligation open; preservation closes every alarm of the day.
 */
export async function recordPassoWithin(
  tx: TxScope,
  registroGiornalieroId: string,
  passo: Passo,
  che: { dettaglio?: string; riferimento?: string } = {},
): Promise<void> {
  const riga = await findRegistroGiornaliero(tx, registroGiornalieroId)
  if (riga === null) return
  const clock = await query<{ istante: Date }>(tx, 'select app.istante() as istante')
  await insertRows(tx, 'passo_registro_giornaliero', [
    {
      id: newId(),
      registro_giornaliero_id: registroGiornalieroId,
      passo,
      istante: clock[0]?.istante.toISOString(),
      dettaglio: che.dettaglio ?? '',
      riferimento: che.riferimento ?? '',
    },
  ])
  const { registroId, giorno, identificativo } = riga
  if (passo === 'rifiutato' || passo === 'errore') {
    const what = passo === 'rifiutato' ? 'è stato rifiutato dal conservatore' : 'si è fermato prima di essere conservato'
    const testo = `Il registro giornaliero ${identificativo} ${what}: ${che.dettaglio ?? ''} L’obbligo resta aperto, il termine è quello di prima.`
    await openAvviso(tx, { registroId, giorno, tipo: passo === 'rifiutato' ? 'rifiuto' : 'errore', testo, registroGiornalieroId })
  }
  if (passo === 'firmato' || passo === 'sigillato') await closeAvvisi(tx, registroId, giorno, ['firma', 'errore'])
  if (passo === 'ripreso' || passo === 'inviato') await closeAvvisi(tx, registroId, giorno, ['rifiuto', 'errore'])
  if (passo === 'conservato') await closeAvvisi(tx, registroId, giorno)
}
