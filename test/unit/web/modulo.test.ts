import { describe, expect, it } from '@jest/globals'
import type { DettaglioMessaggio } from '../../../web/src/api/tipi-messaggi.ts'
import { Problema } from '../../../web/src/api/problema.ts'
import { campoSuSchermo, erroriDelServer } from '../../../web/src/moduli/protocollo/errori.ts'
import {
  avvisi,
  destinazione,
  errori,
  fileProposti,
  inRichiesta,
  inRichiestaMessaggio,
  moduloDaMessaggio,
  moduloVuoto,
  SENZA_AGGIUNTE,
} from '../../../web/src/moduli/protocollo/modulo.ts'
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
  const part = {
    mime: 'application/pdf',
    dimensione: 10,
    sha256: 'a',
    principaleProposto: false,
    inLinea: false,
    firmato: 'nessuna',
    avvisi: [],
  }
  return {
    id: 'm1',
    tipo: 'pec',
    mittente: 'Ortensia Ventaglio',
    mittenteIndirizzo: 'ortensia@pec.example',
    oggetto: 'POSTA CERTIFICATA: accesso agli atti',
    ricevutoIl: '2026-09-14T06:12:00Z',
    allegati: 2,
    firma: 'valida',
    stato: 'da_protocollare',
    motivo: null,
    bloccatoDa: null,
    inRitardo: false,
    passatoDa: null,
    restituzione: null,
    inoltro: null,
    possibileDuplicato: null,
    daticert: null,
    verifica: { esito: 'valida', controlli: [] },
    avvisi: [],
    registrazioneId: null,
    esclusione: null,
    parti: [
      { ...part, id: 'c0', percorso: '1', nome: 'postacert.eml', ruolo: 'busta' },
      { ...part, id: 'c1', percorso: '1.1', nome: 'corpo.txt', ruolo: 'corpo' },
      { ...part, id: 'c2', percorso: '1.2', nome: 'istanza.pdf', ruolo: 'allegato', principaleProposto: true },
      { ...part, id: 'c3', percorso: '1.3', nome: 'carta.zip', ruolo: 'allegato' },
      { ...part, id: 'c4', percorso: '1.3.1', nome: 'dentro.pdf', ruolo: 'allegato' },
      { ...part, id: 'c5', percorso: '1.4', nome: 'logo.png', ruolo: 'allegato', inLinea: true },
    ],
    proposta: {
      dallaSegnatura: [],
      mittente: { tipo: 'PF', nome: 'Ortensia', cognome: 'Ventaglio', codiceFiscale: 'VNTRNS71A41X901D' },
      motivoMittente: 'Nome del mittente della PEC',
      oggetto: 'Richiesta di accesso agli atti',
      voce: { ...VOCE, motivo: 'Stesso mittente' },
      ufficio: { id: 'u1', denominazione: 'Sportello unico edilizia', motivo: 'Classe' },
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
    expect(inRichiestaMessaggio(stato, 'c2', TODAY)).toEqual({
      oggetto: 'Richiesta di accesso agli atti',
      mittenti: [{ tipo: 'PF', nome: 'Ortensia', cognome: 'Ventaglio', codiceFiscale: 'VNTRNS71A41X901D' }],
      mezzo: 'PEC',
      protocolloMittente: { numero: '4471', data: '2026-09-10' },
      voceId: 'v63',
      assegnazione: { ufficioId: 'u1' },
      tipologia: 'Istanza',
      riservatezza: 'ORDINARIO',
    })
  })

  it('proposes the main part and the real attachments: no envelope, no inline image, nothing from inside an archive', () => {
    const { principale, file } = fileProposti(message().parti)
    expect(principale).toBe('c2')
    expect(file.map((item) => item.contenutoId)).toEqual(['c2', 'c3'])
  })

  it('names the files only when another main document was chosen', () => {
    const stato = { ...moduloDaMessaggio(message(), TODAY), principale: 'c3' }
    expect(inRichiestaMessaggio(stato, 'c2', TODAY)).toMatchObject({
      documento: { contenutoId: 'c3', nome: 'carta.zip' },
      allegati: [{ contenutoId: 'c2', nome: 'istanza.pdf', descrizione: 'istanza.pdf' }],
    })
  })

  it('paper has a day and an hour of arrival, sent as an instant', () => {
    const file = { contenutoId: 'f1', nome: 'scan.pdf', descrizione: '', mime: 'application/pdf', dimensione: 1 }
    const stato = {
      ...moduloDaMessaggio(message(), TODAY),
      ...moduloVuoto(TODAY, '8:05'),
      file: [file],
      principale: 'f1',
      dataArrivo: 'ieri',
    }
    expect(inRichiesta(stato, TODAY)).toMatchObject({
      dataArrivo: '2026-09-13T06:05:00.000Z',
      documento: { contenutoId: 'f1', nome: 'scan.pdf', formazione: 'file' },
      allegati: [],
    })
    expect(errori({ ...stato, oraArrivo: '25:00' }, TODAY).map((item) => item.campo)).toContain('oraArrivo')
  })

  it('a paper may wait for its scan, be linked and be deferred; a deferral without its reason is told', () => {
    const aggiunte = { ...SENZA_AGGIUNTE, dopo: true, descrizioneCartaceo: 'Modulo', collegato: { id: 'r1', testo: '0000001/2026' } }
    const stato = { ...moduloDaMessaggio(message(), TODAY), ...moduloVuoto(TODAY, '8:05'), aggiunte }
    expect(errori(stato, TODAY).map((item) => item.campo)).not.toContain('documento')
    const request = inRichiesta(stato, TODAY)
    expect(request).toMatchObject({
      scansioneAttesa: true,
      descrizioneCartaceo: 'Modulo',
      collegamenti: [{ registrazioneId: 'r1', tipo: 'correlata' }],
    })
    expect(request).not.toHaveProperty('documento')
    const deferred = { ...stato, aggiunte: { ...aggiunte, autorizzazione: 'n. 3/2026', entroIl: '31/12/2026' } }
    expect(errori(deferred, TODAY).map((item) => item.campo)).toContain('motivoDifferimento')
    expect(inRichiesta({ ...deferred, aggiunte: { ...deferred.aggiunte, motivoDifferimento: 'Allagamento' } }, TODAY).differimento).toEqual(
      {
        autorizzazione: 'n. 3/2026',
        motivo: 'Allagamento',
        entroIl: '2026-12-31',
      },
    )
  })

  it('tells everything that is missing at once, in field order', () => {
    const fields = errori({ ...moduloVuoto(TODAY, '8:00'), dataArrivo: '' }, TODAY).map((item) => item.campo)
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

  it('warns of words about health in an ordinary subject, and no more once it is reserved', () => {
    const stato = { ...moduloDaMessaggio(message(), TODAY), oggetto: 'Certificato di invalidità della richiedente' }
    expect(avvisi(stato).map((item) => item.campo)).toEqual(['oggetto'])
    expect(avvisi({ ...stato, riservatezza: 'RISERVATO' })).toEqual([])
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
