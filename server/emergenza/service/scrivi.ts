import { newId } from '../../kernel/ids.ts'
import { insertRows } from '../../kernel/scope.ts'
import type { TxScope } from '../../kernel/scope.ts'
import { readClock } from '../repository.ts'
import type { RegistroEmergenzaRow } from '../repository.ts'
import { righePerGiorno } from '../rules.ts'
import { fineApertura } from './abbina.ts'
import type { Abbinata } from './abbina.ts'
import { insertAutorizzazione, insertGiornata } from './aperture.ts'

/**
 * Completes the opening the office had recorded, or writes the one only the device knew, already closed: authorisations and day totals as the device wrote
 * them, now under the responsibility of who recovers. Answers its id.
 */
export async function writeApertura(tx: TxScope, registro: RegistroEmergenzaRow, a: Abbinata): Promise<string> {
  const { letta, ufficio } = a
  const id = ufficio?.id ?? newId()
  if (ufficio === null) {
    const now = (await readClock(tx)).toISOString()
    const { causa, inizio, provvedimento, autorizzataDa, operatore } = letta.fatto
    await insertRows(tx, 'apertura_emergenza', [
      {
        id,
        registro_emergenza_id: registro.id,
        causa,
        inizio,
        provvedimento,
        autorizzata_da: autorizzataDa,
        origine: 'dispositivo',
        aperta_il: now,
        aperta_da: operatore,
        ripristino: letta.ripristino,
        chiusa_il: now,
        chiusa_da: tx.attore.nome,
        righe_dichiarate: letta.righe.length,
      },
    ])
    await insertAutorizzazione(tx, id, 'apertura', { provvedimento, autorizzataDa, dal: new Date(inizio), al: fineApertura(letta) })
  }
  for (const { provvedimento, autorizzataDa, dal, al } of letta.autorizzazioni) {
    const known = a.autorizzazioni.some((x) => x.provvedimento === provvedimento && x.dal.getTime() === Date.parse(dal))
    if (!known) await insertAutorizzazione(tx, id, 'prosecuzione', { provvedimento, autorizzataDa, dal: new Date(dal), al: new Date(al) })
  }
  for (const [giorno, totale] of righePerGiorno(letta.righe))
    if (!a.giornate.some((g) => g.giorno === giorno)) await insertGiornata(tx, id, giorno, totale)
  return id
}
