import { Buffer } from 'node:buffer'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { writeSegnatura } from '../../../metadata-schemas/segnatura/index.ts'
import { buildBusta, spedisci } from '../../../server/demo/posta/index.ts'
import type { Gestore } from '../../../server/demo/posta/index.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { ingestCasella, registerMessaggio } from '../../../server/pec/index.ts'
import type { DettaglioMessaggioDto } from '../../../server/pec/schema.ts'
import { readMessaggio } from '../../../server/pec/service/queue.ts'
import { presentById } from '../../../server/protocollo/index.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { buildPdf, createEnte, createOperatore } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { SEGNATURA_COMPLETA, SEGNATURA_MINIMA } from '../../support/segnatura-esempio.ts'
import { buildPorts, createCasella, gestoreDiProva, messaggio } from './posta.ts'

let db: TestDatabase
let gestore: Gestore
let e: EnteDiProva
let lidia: Scope

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  gestore = await gestoreDiProva()
  e = await createEnte(db.orm)
  lidia = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Lidia')).scope
})
afterAll(async () => await db.close())

/** A certified message with this Segnatura.xml among its files, as the queue shows it. */
async function receive(xml: string): Promise<DettaglioMessaggioDto> {
  const ports = buildPorts(gestore)
  const casellaId = await createCasella(db, e, `casella-${newId()}@${e.ente.slug}.example`)
  const spedito = await messaggio({
    oggetto: 'Invio',
    allegati: [
      { nome: 'parere.pdf', tipo: 'application/pdf', contenuto: await buildPdf(`Parere ${newId()}`) },
      { nome: 'Segnatura.xml', tipo: 'application/xml', contenuto: Buffer.from(xml, 'utf8') },
    ],
  })
  ports.box.deliver(await buildBusta(gestore, spedisci(gestore, spedito)))
  await ingestCasella(lidia, casellaId, ports)
  const rows = await query<{ id: string }>(lidia, 'select id from messaggio where ente_id = $1 and casella_id = $2', [e.ente.id, casellaId])
  return await readMessaggio(lidia, rows[0]?.id ?? '')
}

describe('the segnatura of another body', () => {
  it('REQ-PROT-044 fills object, sender and their protocol, and says which fields it filled', async () => {
    const { proposta } = await receive(writeSegnatura(SEGNATURA_MINIMA))
    expect(proposta).toMatchObject({
      oggetto: 'Richiesta di parere',
      mittente: { tipo: 'PAI', denominazione: 'Comune di Castelvento', codiceIpa: 'c_x901', codiceAoo: 'AX90101' },
      motivoMittente: 'Dalla segnatura ricevuta con il messaggio.',
      protocolloMittente: { numero: '0000123', data: '2026-03-11' },
      dallaSegnatura: ['oggetto', 'mittente', 'protocolloMittente'],
    })
    expect(proposta).not.toHaveProperty('riservatezza')
  })

  it('REQ-PROT-044 sets nothing by itself: the registration has its own number, day and text as the operator decided', async () => {
    const m = await receive(writeSegnatura(SEGNATURA_MINIMA))
    const done = await registerMessaggio(
      lidia,
      m.id,
      {
        oggetto: 'Oggetto deciso dall’operatore',
        mittenti: [m.proposta.mittente],
        voceId: e.voci.get('VI/3') ?? '',
        assegnazione: { ufficioId: e.uffici.edilizia },
        perConoscenza: [],
        tipologia: 'Comunicazione',
        riservatezza: 'ORDINARIO',
        note: '',
      } as never,
      newId(),
    )
    expect(done.oggetto).toBe('Oggetto deciso dall’operatore')
    expect(done.numeroFormattato).not.toBe('0000123')
    expect(done.segnatura.testo).not.toContain('2026-03-11')
    expect(done.protocolloMittente).toBeNull()
  })

  it('REQ-PROT-066 asks for the reserve that the sending body declared', async () => {
    const { proposta } = await receive(writeSegnatura(SEGNATURA_COMPLETA))
    expect(proposta.riservatezza).toBe('RISERVATO')
    expect(proposta.dallaSegnatura).toContain('riservatezza')
  })

  it('REQ-PROT-066 one of ours that is riservata declares it in its own segnatura', async () => {
    const m = await receive(writeSegnatura(SEGNATURA_COMPLETA))
    const done = await registerMessaggio(
      lidia,
      m.id,
      {
        oggetto: 'Accertamento riservato',
        mittenti: [m.proposta.mittente],
        voceId: e.voci.get('VI/3') ?? '',
        assegnazione: { ufficioId: e.uffici.edilizia },
        perConoscenza: [],
        tipologia: 'Comunicazione',
        riservatezza: 'RISERVATO',
        note: '',
      } as never,
      newId(),
    )
    const [row] = await query<{ xml: string }>(lidia, 'select xml from segnatura where ente_id = $1 and registrazione_id = $2', [
      e.ente.id,
      done.id,
    ])
    expect(row?.xml).toMatch(/<(?:\w+:)?Riservato[^>]*>true</u)
    expect((await presentById(lidia, done.id)).documento.riservatezza).toBe('RISERVATO')
  })

  it('a segnatura that cannot be read fills nothing and stops nothing', async () => {
    const { proposta } = await receive('<SegnaturaInformatica')
    expect(proposta.dallaSegnatura).toEqual([])
    expect(proposta.oggetto).toBe('Invio')
  })
})
