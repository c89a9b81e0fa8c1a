import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { stampatricePdf } from '../../../server/adapters/stampa-pdf/index.ts'
import { presentFascicoloById } from '../../../server/fascicoli/index.ts'
import { addCartaceo } from '../../../server/fascicoli/service/aggiungi.ts'
import type { Ports } from '../../../server/kernel/endpoint.ts'
import { inTransaction, query } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import { formatItalianDay } from '../../../server/kernel/time.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { printFascicolo } from '../../../server/stampe/service.ts'
import { chiudi, registraInCarico } from '../../support/archivio.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createEnte, createOperatore, readAll } from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'
import { apri, store } from '../../support/fascicoli.ts'
import { readCodici, readTesto, renderPagina } from '../../support/lettore.ts'

let db: TestDatabase
let e: EnteDiProva
let capo: Scope
let protocollo: Scope
const ports = { store, stampa: stampatricePdf } as unknown as Ports

beforeAll(async () => {
  wireReactions()
  db = await createDatabase()
  e = await createEnte(db.orm)
  capo = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Edda')).scope
  protocollo = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Pino')).scope
})
afterAll(async () => await db.close())

describe('the cover of a fascicolo', () => {
  it('REQ-FASC-033 bears on paper and on screen every datum of the fascicolo, with the index of its documents and their digests', async () => {
    const { documentoId } = await registraInCarico(protocollo, e)
    const provincia = {
      tipo: 'PAI' as const,
      denominazione: 'Provincia della Valserena',
      codiceIpa: 'p_x900',
      indirizzoDigitale: 'p@pec.example',
    }
    const id = await apri(capo, e, { documentoId, amministrazioniPartecipanti: [provincia], posizioneFisica: 'Stanza 12, armadio B' })
    const carta = { oggetto: 'Pianta del piano terra', tipologia: 'Elaborato', consistenza: '3 tavole', posizioneFisica: 'Cassettiera 2' }
    await addCartaceo(capo, id, { ...carta, area: 'comune' })
    await inTransaction(capo, async (tx) => await query(tx, 'update fascicolo set conservazione_anni = 10 where ente_id = $1', [e.ente.id]))
    await chiudi(capo, id)
    const f = await presentFascicoloById(capo, id)
    const [documento] = f.documenti
    expect(f.percorso.map((p) => p.codice)).toEqual(['VI', 'VI/3', 'VI/3/4'])
    expect(f.aoo.denominazione).toBe('Area organizzativa unica')
    const pdf = await readAll((await printFascicolo(capo, id, 'frontespizio', ports)).stream)
    const words = (await readTesto(pdf)).join(' ').replaceAll(/\s+/gu, '')
    const expected: Readonly<Record<string, string>> = {
      Amministrazione: `${e.ente.denominazione} (${e.ente.codiceIpa})`,
      'Area organizzativa omogenea': `${f.aoo.denominazione} (${f.aoo.codice})`,
      Codice: f.codice,
      Titolo: `VI ${f.percorso[0]?.denominazione}`,
      Classe: `VI/3 ${f.percorso[1]?.denominazione}`,
      Sottoclasse: `VI/3/4 ${f.percorso[2]?.denominazione}`,
      Tipo: 'affare',
      Oggetto: f.oggetto,
      'Aperto il': formatItalianDay(f.apertoIl),
      'Chiuso il': formatItalianDay(f.chiusoIl ?? ''),
      'Unità organizzativa responsabile': 'Sportello unico edilizia',
      Responsabile: capo.attore.nome,
      'Amministrazioni partecipanti': 'Provincia della Valserena',
      'Livello di accesso': 'uffici e interessati',
      'Tempo di conservazione': '10 anni',
      'Posizione fisica': 'Stanza 12, armadio B',
    }
    for (const [nome, valore] of Object.entries(expected)) expect(words).toContain(`${nome}${valore}`.replaceAll(/\s+/gu, ''))
    const index = [
      documento?.registrazione?.etichetta,
      documento?.oggetto,
      documento?.principale?.sha256,
      'Pianta del piano terra (3 tavole)',
      'Cassettiera 2',
    ]
    for (const part of index) expect(words).toContain(String(part).replaceAll(/\s+/gu, ''))
    expect(await readCodici(await renderPagina(pdf, 1, 203))).toContainEqual({ formato: 'QRCode', testo: f.codice })
  })
})
