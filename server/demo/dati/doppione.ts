import { endpoints } from '../../endpoints.ts'
import { queryFound } from '../../kernel/scope.ts'
import { addDays, romeDay } from '../../kernel/time.ts'
import { ingestCasella } from '../../pec/index.ts'
import { perform } from './ambito.ts'
import { lavorativoPrima, romeInstant } from './calendario.ts'
import { makeAllegato, makeLettera } from './carte.ts'
import type { Caso } from './caso.ts'
import { deliver, seal } from './postino.ts'
import type { Postino } from './postino.ts'
import { cercaCorrispondente } from './rubrica.ts'
import type { Rubrica } from './rubrica.ts'
import { named } from './trama.ts'
import type { Scena, Trama } from './trama.ts'

/** The second mailbox of Castelvento. */
export const CASELLA_SUAP = 'suap@comune.castelvento.pec.example'

/**
 * The possible duplicate: one certified message was sent to both mailboxes. The copy for the protocol office came yesterday and was registered from the
 * queue, as the product does it; the other copy is still waiting in the second mailbox.
 */
export async function planDoppione(o: {
  scena: Scena
  trama: Trama
  postino: Postino
  caso: Caso
  rubrica: Rubrica
  oggi: string
  maxUploadBytes: number
}): Promise<void> {
  const { scena, trama, postino } = o
  const giorno = lavorativoPrima(o.oggi, 1)
  const istante = romeInstant(giorno, '11:48:00')
  const da = cercaCorrispondente(o.rubrica, 'Albergo Cimabella S.r.l.')
  const oggetto = 'Comunicazione di riapertura stagionale dell’albergo e nuovo listino'
  const corpo = ['Si comunica la riapertura stagionale dell’albergo e si trasmette il nuovo listino dei prezzi.']
  const listino = makeAllegato('tabella', { caso: o.caso, mittente: da, oggetto, giorno })
  const lettera = {
    mittente: da,
    ente: scena.ente.ente.denominazione,
    ufficio: 'Attività produttive',
    giorno: addDays(giorno, -1),
    oggetto,
    corpo,
    allegati: [listino.descrizione],
  }
  const bytes = await seal(postino, {
    da,
    a: [scena.ente.pec, CASELLA_SUAP],
    oggetto,
    corpo,
    file: [makeLettera('comunicazione.pdf', lettera), listino],
    istante,
  })
  await deliver(postino, CASELLA_SUAP, { nome: '01-pec', istante, bytes })
  trama.atto(new Date(istante.getTime() + 90_000), async () => {
    await deliver(postino, scena.ente.pec, { nome: `${romeDay(istante)}-pec`, istante, bytes })
    const scope = scena.squadra.protocollo
    const casella = await queryFound<{ id: string }>(scope, 'no mailbox', 'select id from casella where ente_id = $1 and indirizzo = $2', [
      scope.ente.id,
      scena.ente.pec,
    ])
    await ingestCasella(scope, casella.id, { store: scena.store, caselle: postino.caselle, maxUploadBytes: o.maxUploadBytes })
  })
  trama.contaRegistrazione()
  trama.atto(new Date(istante.getTime() + 11 * 60_000), async () => {
    const scope = scena.squadra.protocollo
    const messaggio = await queryFound<{ id: string }>(
      scope,
      'no message',
      `select id from messaggio where ente_id = $1 and oggetto = $2`,
      [scope.ente.id, oggetto],
    )
    await perform(scope, endpoints, {
      method: 'POST',
      path: '/api/v1/:ente/messaggi/:id/registrazione',
      params: { id: messaggio.id },
      body: {
        oggetto,
        mittenti: [da.soggetto],
        voceId: named(scena.ente.voci, 'VIII/6'),
        assegnazione: { ufficioId: named(scena.ente.uffici, 'SUAP') },
        tipologia: 'Comunicazione',
      },
    })
  })
}
