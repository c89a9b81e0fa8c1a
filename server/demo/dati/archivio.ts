import { passToDeposito, recordCartaceoConcluso, requestPrelievo } from '../../archivio/index.ts'
import { newId } from '../../kernel/ids.ts'
import { addDays } from '../../kernel/time.ts'
import { romeInstant } from './calendario.ts'
import type { Scena, Trama } from './trama.ts'
import { named } from './trama.ts'

/** Paper fascicoli of the past: voice, subject, days of opening and closing. The last one still waits to pass to the deposit archive. */
const CARTACEI = [
  ['VI/1', 'Piano regolatore generale', '1974-02-11', '1978-06-30'],
  ['VI/5', 'Costruzione della scuola elementare di via dei Tigli', '1981-03-02', '1984-10-12'],
  ['VI/5', 'Rifacimento della pavimentazione di piazza del Vento', '2009-04-20', '2011-11-25'],
] as const

/** Plans the archive of an ente: old paper fascicoli recorded by reference, two of them passed to the deposit with their list, one asked for. */
export function planArchivio(scena: Scena, trama: Trama, oggi: string): void {
  trama.atto(romeInstant(addDays(oggi, -3), '12:41:00'), async () => {
    const marta = scena.squadra.persona('dimostrazione-marta')
    const made = []
    for (const [voce, oggetto, apertoIl, chiusoIl] of CARTACEI)
      made.push(
        await recordCartaceoConcluso(
          marta,
          {
            voceId: named(scena.ente.voci, voce),
            tipo: 'affare',
            oggetto,
            ufficioId: named(scena.ente.uffici, 'UTC'),
            apertoIl,
            chiusoIl,
            consistenza: '2 faldoni',
            posizioneFisica: 'Seminterrato, scaffale 3',
          },
          newId(),
        ),
      )
    const versati = made.slice(0, 2).map((f) => f.id)
    await passToDeposito(marta, { fascicoli: versati, serie: [], posizione: 'Deposito, sala 2', nota: '' }, newId())
    const fascicolo = versati[1] ?? ''
    const motivo = 'Verifica sismica della scuola'
    await requestPrelievo(scena.squadra.capo('UTC'), { fascicolo, motivo, entro: addDays(oggi, 10) })
    for (const _ of made) trama.contaFascicolo()
  })
}
