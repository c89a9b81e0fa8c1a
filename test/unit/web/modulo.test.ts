import { describe, expect, it } from '@jest/globals'
import type { DettaglioMessaggio } from '../../../web/src/api/tipi-messaggi.ts'
import { Problema } from '../../../web/src/api/problema.ts'
import { campoSuSchermo, erroriDelServer } from '../../../web/src/moduli/protocollo/errori.ts'
import { avvisi, destinazione, errori, inRichiesta, moduloDaMessaggio, moduloVuoto } from '../../../web/src/moduli/protocollo/modulo.ts'
import { erroreCodiceFiscale, errorePartitaIva, inModulo, inSoggetto, nomeSoggetto } from '../../../web/src/moduli/protocollo/soggetti.ts'

const TODAY = '2026-09-14'
const VOCE = {
  id: 'v63',
  codice: 'VI/3',
  etichetta: '06.03',
  livello: 2,
  denominazione: 'Edilizia privata',
  padreId: 'v6',
  selezionabile: true,
  haSottoclassi: true,
  ufficioPredefinito: null,
  conservazioneAnni: 10,
} as const

function message(): DettaglioMessaggio {
  const part = { mime: 'application/pdf', dimensione: 10, sha256: 'a', principaleProposto: false }
  return {
    id: 'm1',
    tipo: 'pec',
    mittente: 'Ortensia Ventaglio',
    mittenteIndirizzo: 'ortensia@pec.example',
    oggetto: 'POSTA CERTIFICATA: accesso agli atti',
    ricevutoIl: '2026-09-14T06:12:00Z',
    allegati: 2,
    stato: 'da_protocollare',
    daticert: null,
    verifica: null,
    parti: [
      { ...part, id: 'c0', nome: 'postacert.eml', ruolo: 'busta' },
      { ...part, id: 'c1', nome: 'corpo.txt', ruolo: 'corpo' },
      { ...part, id: 'c2', nome: 'istanza.pdf', ruolo: 'allegato', principaleProposto: true },
      { ...part, id: 'c3', nome: 'carta.pdf', ruolo: 'allegato' },
    ],
    proposta: {
      mittente: { tipo: 'PF', nome: 'Ortensia', cognome: 'Ventaglio', codiceFiscale: 'VNTRNS71A41X901D' },
      oggetto: 'Richiesta di accesso agli atti',
      voce: { ...VOCE, motivo: 'Stesso mittente' },
      ufficio: { id: 'u1', denominazione: 'Sportello unico edilizia', motivo: null },
      tipologia: 'Istanza',
      dataArrivo: '2026-09-14T06:12:00Z',
      mezzo: 'PEC',
      protocolloMittente: { numero: '4471', data: '2026-09-10' },
    },
  }
}

describe('the form of a received message', () => {
  it('is ready to register when the proposals are complete', () => {
    const stato = moduloDaMessaggio(message(), TODAY)
    expect(errori(stato, TODAY)).toEqual([])
    expect(stato.voce).toEqual({ id: 'v63', testo: 'VI/3 Edilizia privata', perche: 'Stesso mittente' })
    expect(inRichiesta(stato, TODAY)).toEqual({
      oggetto: 'Richiesta di accesso agli atti',
      mittenti: [{ tipo: 'PF', nome: 'Ortensia', cognome: 'Ventaglio', codiceFiscale: 'VNTRNS71A41X901D' }],
      mezzo: 'PEC',
      dataArrivo: '2026-09-14T06:12:00Z',
      protocolloMittente: { numero: '4471', data: '2026-09-10' },
      voceId: 'v63',
      assegnazione: { ufficioId: 'u1' },
      documento: { contenutoId: 'c2', nome: 'istanza.pdf', formazione: 'messaggio' },
      allegati: [
        { contenutoId: 'c1', nome: 'corpo.txt', descrizione: 'corpo.txt' },
        { contenutoId: 'c3', nome: 'carta.pdf', descrizione: 'carta.pdf' },
      ],
      tipologia: 'Istanza',
      riservatezza: 'ORDINARIO',
    })
  })

  it('leaves the envelope out of the attachments and follows the choice of the main document', () => {
    const stato = { ...moduloDaMessaggio(message(), TODAY), principale: 'c3' }
    const request = inRichiesta(stato, TODAY)
    expect(request.documento.contenutoId).toBe('c3')
    expect(request.allegati.map((item) => item.contenutoId)).toEqual(['c1', 'c2'])
  })

  it('tells everything that is missing at once, in field order', () => {
    const fields = errori({ ...moduloVuoto(TODAY), dataArrivo: '' }, TODAY).map((item) => item.campo)
    expect(fields).toEqual(['mittenti.0.cognome', 'mittenti.0.nome', 'oggetto', 'voceId', 'assegnazione', 'dataArrivo', 'documento'])
  })

  it('refuses future and unreadable dates, and an office named twice', () => {
    const stato = {
      ...moduloDaMessaggio(message(), TODAY),
      dataDocumento: '15/09/2026',
      protocolloData: 'boh',
      perConoscenza: [{ id: 'ufficio:u1', testo: 'Sportello unico edilizia' }],
    }
    expect(errori(stato, TODAY).map((item) => item.campo)).toEqual(['perConoscenza', 'dataDocumento', 'protocolloMittente.data'])
  })

  it('warns about short subjects and tax codes in the subject without stopping', () => {
    const stato = moduloDaMessaggio(message(), TODAY)
    expect(avvisi({ ...stato, oggetto: 'Istanza' })).toHaveLength(1)
    expect(avvisi({ ...stato, oggetto: 'Pratica di VNTRNS71A41X901D, richiesta' })).toHaveLength(1)
    expect(avvisi(stato)).toEqual([])
  })

  it('assigns to an office or to a person of an office', () => {
    expect(destinazione('ufficio:u1')).toEqual({ ufficioId: 'u1' })
    expect(destinazione('operatore:o2:u1')).toEqual({ ufficioId: 'u1', operatoreId: 'o2' })
  })
})

describe('refused fields', () => {
  it('land on the field that is on screen', () => {
    expect(campoSuSchermo('assegnazione.ufficioId')).toBe('assegnazione')
    expect(campoSuSchermo('mittenti.0.codiceFiscalePartitaIva')).toBe('mittenti.0.codiceFiscale')
    expect(campoSuSchermo('documento.contenutoId')).toBe('documento')
    expect(campoSuSchermo('oggetto')).toBe('oggetto')
    const problema = new Problema({ stato: 422, codice: 'x', titolo: 'x', campi: [{ campo: 'voceId', messaggio: 'La classe è chiusa.' }] })
    expect(erroriDelServer(problema)).toEqual([{ campo: 'voceId', messaggio: 'La classe è chiusa.' }])
  })
})

describe('subjects', () => {
  it('checks the control letter of a tax code, also with substituted digits', () => {
    expect(erroreCodiceFiscale('VNTRNS71A41X901D')).toBeNull()
    expect(erroreCodiceFiscale('vntrns71a41x901d')).toBeNull()
    expect(erroreCodiceFiscale('VNTRNS71A41X901E')).toContain('ultima lettera')
    expect(erroreCodiceFiscale('VNTRNS71')).toContain('16')
    expect(erroreCodiceFiscale('VNTRNS71A41X90ÀD')).toContain('lettere e cifre')
    expect(erroreCodiceFiscale('')).toBeNull()
  })

  it('checks the control digit of a VAT number', () => {
    expect(errorePartitaIva('00000000000')).toBeNull()
    expect(errorePartitaIva('12345678903')).toBeNull()
    expect(errorePartitaIva('12345678904')).toContain('non valida')
    expect(errorePartitaIva('123')).toContain('11')
  })

  it.each([
    { tipo: 'PF', nome: 'Ortensia', cognome: 'Ventaglio', indirizzoDigitale: 'o@pec.example' },
    { tipo: 'PG', denominazione: 'Ponteggi Aurora srl', codiceFiscalePartitaIva: '12345678903' },
    { tipo: 'PAI', denominazione: 'Provincia di Valserena', codiceIpa: 'p_x901', codiceAoo: 'A1' },
    { tipo: 'PAE', denominazione: 'Gemeinde Musterdorf' },
  ] as const)('goes through the form unchanged: $tipo', (soggetto) => {
    expect(inSoggetto(inModulo(soggetto))).toEqual(soggetto)
    expect(nomeSoggetto(soggetto)).not.toBe('')
  })
})
