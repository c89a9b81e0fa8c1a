import { describe, expect, it } from '@jest/globals'
import {
  areaProposta,
  formatCodice,
  formatSlug,
  openingErrors,
  placeDocumento,
  rankProposte,
  serieOf,
  termineOf,
} from '../../../server/fascicoli/rules.ts'
import { closingFindings, dataChiusuraErrore, esitoErrore, FORMATI_CONSERVABILI } from '../../../server/fascicoli/rules-chiusura.ts'
import type { FattiChiusura } from '../../../server/fascicoli/rules-chiusura.ts'
import type { Candidato, DocumentoDaFascicolare } from '../../../server/fascicoli/rules.ts'
import { esitiChiusura, nuovoFascicolo } from '../../../server/fascicoli/schema.ts'
import type { NuovoFascicolo } from '../../../server/fascicoli/schema.ts'

const uuid = '01990000-0000-7000-8000-000000000001'
const input = (changes: Partial<NuovoFascicolo> = {}): NuovoFascicolo => ({
  voceId: uuid,
  tipo: 'affare',
  oggetto: 'Manutenzione della sede',
  responsabileId: uuid,
  ufficioId: uuid,
  amministrazioniPartecipanti: [],
  visibileCittadino: false,
  ...changes,
})

const admitted = (has: boolean) => esitiChiusura.filter((e) => esitoErrore('procedimento amministrativo', e, has) === null)
const candidato = (changes: Partial<Candidato>): Candidato => ({
  id: 'a',
  codice: '2026-VI/3/4.1',
  slug: '2026-06.03.04-1',
  oggetto: 'Altro',
  responsabile: 'E. Pietrafitta',
  tipo: 'affare',
  codiceVoce: 'VI/3/4',
  ufficioId: 'edilizia',
  interessatiComuni: [],
  ...changes,
})

describe('identifier', () => {
  it('REQ-FASC-002 is year, voice and progressivo, with and without sottoclasse', () => {
    expect(formatCodice(2026, serieOf('affare', 'VI/4'), 12)).toBe('2026-VI/4.12')
    expect(formatCodice(2026, serieOf('procedimento amministrativo', 'VI/3/1'), 15)).toBe('2026-VI/3/1.15')
  })

  it('gives the short label of the address from the same facts', () => {
    expect(formatSlug(2026, 'VI/3', '06.03', 12)).toBe('2026-06.03-12')
    expect(formatSlug(2026, 'VI/3/1', '06.03.01', 15)).toBe('2026-06.03.01-15')
    expect(formatSlug(2026, 'PF', '03.01', 4)).toBe('2026-pf-4')
  })

  it('REQ-FASC-004 fascicoli of persons count in a series of their type, whatever the voice', () => {
    expect(serieOf('persona fisica', 'III/1')).toBe('PF')
    expect(serieOf('persona giuridica', 'VIII/1')).toBe('PG')
    expect(formatCodice(2026, serieOf('persona fisica', 'III/1'), 1)).toBe('2026-PF.1')
  })
})

describe('opening', () => {
  it('asks the data of the procedure for a procedure and for nothing else', () => {
    expect(openingErrors(input({ tipo: 'procedimento amministrativo' }), []).map((c) => c.campo)).toEqual(['procedimento'])
    expect(openingErrors(input({ procedimento: { materia: 'Edilizia', denominazione: 'Accesso' } }), []).map((c) => c.campo)).toEqual([
      'procedimento',
    ])
    expect(
      openingErrors(input({ tipo: 'procedimento amministrativo', procedimento: { materia: 'Edilizia', denominazione: 'Accesso' } }), []),
    ).toEqual([])
  })

  it('wants exactly one holder of the right kind for fascicoli of persons', () => {
    const pf = { tipo: 'PF' as const, nome: 'Ortensia', cognome: 'Ventaglio' }
    const pg = { tipo: 'PG' as const, denominazione: 'Mulino Verde srl' }
    expect(openingErrors(input({ tipo: 'persona fisica' }), [pf])).toEqual([])
    expect(openingErrors(input({ tipo: 'persona fisica' }), [pg])).toHaveLength(1)
    expect(openingErrors(input({ tipo: 'persona fisica' }), [pf, pf])).toHaveLength(1)
    expect(openingErrors(input({ tipo: 'persona giuridica' }), [pg])).toEqual([])
    expect(openingErrors(input({ tipo: 'persona giuridica' }), [])).toHaveLength(1)
  })

  it('names the interessato whose fiscal code is wrong', () => {
    const wrong = { tipo: 'PF' as const, nome: 'Ortensia', cognome: 'Ventaglio', codiceFiscale: 'VNTRNS74E50X901A' }
    expect(openingErrors(input(), [{ tipo: 'PG', denominazione: 'Mulino Verde srl' }, wrong]).map((c) => c.campo)).toEqual([
      'interessati.1.codiceFiscale',
    ])
  })

  it('REQ-FASC-011 refuses a fascicolo without type, voice, subject, office or responsible person', () => {
    const parsed = nuovoFascicolo.safeParse({ visibileCittadino: false })
    expect(parsed.success).toBe(false)
    expect(parsed.error?.issues.map((i) => i.path.join('.')).toSorted()).toEqual([
      'oggetto',
      'responsabileId',
      'tipo',
      'ufficioId',
      'voceId',
    ])
  })

  it('counts the term from the day of the request, thirty days where none is set', () => {
    expect(termineOf('2026-09-14', undefined)).toBe('2026-10-14')
    expect(termineOf('2026-12-20', 60)).toBe('2027-02-18')
  })

  it('keeps what is not ordinary in the reserved area until somebody decides', () => {
    expect(['ORDINARIO', 'RISERVATO', 'DATI_PARTICOLARI'].map(areaProposta)).toEqual(['comune', 'riservata', 'riservata'])
  })
})

describe('place of a document', () => {
  const affare = { codiceVoce: 'VI/3/4', tipo: 'affare' as const }

  it('is coherent with the same voice and takes the sottoclasse from the fascicolo at the first filing', () => {
    expect(placeDocumento({ codiceVoce: 'VI/3/4', giaFascicolato: false }, affare)).toBe('coerente')
    expect(placeDocumento({ codiceVoce: 'VI/3', giaFascicolato: false }, affare)).toBe('riclassifica')
  })

  it('REQ-TIT-024 refuses another voice at the first filing and links a document that already has its fascicolo', () => {
    expect(() => placeDocumento({ codiceVoce: 'VI/30', giaFascicolato: false }, affare)).toThrow('VI/30')
    expect(() => placeDocumento({ codiceVoce: 'VI', giaFascicolato: false }, { codiceVoce: 'VII/1', tipo: 'affare' })).toThrow(
      'cambia prima la classificazione',
    )
    expect(placeDocumento({ codiceVoce: 'I/6', giaFascicolato: true }, affare)).toBe('collegamento')
  })

  it('is free in the fascicolo of a person', () => {
    expect(placeDocumento({ codiceVoce: 'I/6', giaFascicolato: false }, { codiceVoce: 'III/1', tipo: 'persona fisica' })).toBe('coerente')
  })
})

describe('closing', () => {
  it('REQ-FASC-019 a procedure ends with its final act or with an explicit reason', () => {
    expect(admitted(true)).toEqual(['provvedimento finale', 'archiviazione', 'rinuncia', 'silenzio', 'trasmissione per competenza'])
    expect(admitted(false)).toEqual(['archiviazione', 'rinuncia', 'silenzio', 'trasmissione per competenza'])
    expect(esitiChiusura.filter((e) => esitoErrore('affare', e, false) === null)).toEqual([
      'archiviazione',
      'rinuncia',
      'trasmissione per competenza',
      'conclusione',
    ])
  })

  const fatti = (changes: Partial<FattiChiusura> = {}): FattiChiusura => ({
    documenti: 1,
    assegnazioniAperte: [],
    consegneInCorso: [],
    consegneDaFare: [],
    partiAperte: [],
    bozze: [],
    formatiNonConservabili: [],
    nonProtocollati: 0,
    doppioni: 0,
    movimentiInCorso: 0,
    tipo: 'affare',
    parte: false,
    haProvvedimento: false,
    conservazioneDefinita: true,
    slug: '2026-06.03-12',
    ...changes,
  })

  it('REQ-FASC-041 finds what blocks and what should be known, each with the page where it is settled', () => {
    expect(closingFindings(fatti())).toEqual({ bloccanti: [], avvisi: [] })
    const found = closingFindings(
      fatti({
        documenti: 0,
        assegnazioniAperte: [{ numero: 12, anno: 2026 }],
        consegneInCorso: [{ numero: 13, anno: 2026 }],
        consegneDaFare: [{ numero: 14, anno: 2026 }],
        partiAperte: [{ codice: '2026-VI/3.12.1', slug: '2026-06.03-12.1' }],
        bozze: [{ id: 'b', stato: 'DA_FIRMARE' }],
        formatiNonConservabili: [{ nome: 'pianta.dwg', pagina: '/protocollo/2026/12' }],
        nonProtocollati: 1,
        doppioni: 2,
        movimentiInCorso: 1,
        tipo: 'procedimento amministrativo',
        conservazioneDefinita: false,
      }),
    )
    expect(found.bloccanti.map((b) => [b.codice, b.forzabile, b.collegamento])).toEqual([
      ['fascicolo-vuoto', false, undefined],
      ['sottofascicolo-aperto', false, '/fascicoli/2026-06.03-12.1'],
      ['trasferimento-in-corso', false, '/fascicoli/2026-06.03-12'],
      ['assegnazione-aperta', true, '/protocollo/2026/12'],
      ['bozza-da-firmare', true, '/bozze/b'],
      ['consegna-in-corso', true, '/protocollo/2026/13'],
      ['formato-non-conservabile', true, '/protocollo/2026/12'],
    ])
    expect(found.avvisi.map((a) => a.codice)).toEqual([
      'consegna-da-fare',
      'senza-provvedimento-finale',
      'non-protocollati',
      'doppioni',
      'conservazione-da-definire',
    ])
    expect(found.avvisi.every((a) => a.collegamento !== undefined)).toBe(true)
  })

  it('REQ-FASC-041 knows the formats a conservatore takes', () => {
    const isConservabile = (mime: string): boolean => new RegExp(FORMATI_CONSERVABILI, 'u').test(mime)
    for (const mime of [
      'application/pdf',
      'application/xml',
      'message/rfc822',
      'image/tiff',
      'audio/wave',
      'application/pkcs7-mime',
      'text/csv',
    ])
      expect(isConservabile(mime)).toBe(true)
    for (const mime of [
      'application/msword',
      'application/vnd.ms-word.document.macroEnabled.12',
      'image/vnd.dwg',
      'application/octet-stream',
      'application/zip',
    ])
      expect(isConservabile(mime)).toBe(false)
  })

  it('REQ-FASC-040 a fascicolo closes neither before its last document nor in the future', () => {
    const d = { apertoIl: '2026-03-01', ultimo: '2026-04-10', oggi: '2026-05-01' }
    expect(dataChiusuraErrore('2026-04-10', d)).toBeNull()
    expect(dataChiusuraErrore('2026-05-01', d)).toBeNull()
    expect(dataChiusuraErrore('2026-04-09', d)).toContain('10/04/2026')
    expect(dataChiusuraErrore('2026-05-02', d)).toContain('futuro')
    expect(dataChiusuraErrore('2026-02-28', { ...d, ultimo: '2026-02-20' })).toContain('01/03/2026')
  })

  it('REQ-FASC-030 a part is concluded without the final act of the whole', () => {
    expect(esitoErrore('procedimento amministrativo', 'conclusione', false, true)).toBeNull()
    expect(esitoErrore('procedimento amministrativo', 'conclusione', false, false)).not.toBeNull()
  })
})

describe('proposals', () => {
  const documento: DocumentoDaFascicolare = {
    oggetto: 'Integrazione della richiesta di accesso al permesso di costruire',
    codiceVoce: 'VI/3',
    ufficioId: 'edilizia',
    giaFascicolato: false,
  }
  it('puts the same person first and says why', () => {
    const found = rankProposte(documento, [
      candidato({ id: 'b', oggetto: 'Permesso di costruire in via del Forno' }),
      candidato({ id: 'c', interessatiComuni: ['Ventaglio Ortensia'] }),
    ])
    expect(found.map((p) => p.id)).toEqual(['c', 'b'])
    expect(found[0]?.motivo).toBe('stesso interessato: Ventaglio Ortensia; stessa voce VI/3/4; stesso ufficio')
    expect(found[1]?.motivo).toContain('oggetto simile: permesso, costruire')
  })

  it('leaves out what could not take the document and what has nothing in common, and stops at three', () => {
    const sameVoice = Array.from({ length: 5 }, (_, i) => candidato({ id: String(i), interessatiComuni: ['Ventaglio Ortensia'] }))
    expect(rankProposte(documento, sameVoice)).toHaveLength(3)
    expect(rankProposte(documento, [candidato({ codiceVoce: 'I/6', interessatiComuni: ['Ventaglio Ortensia'] })])).toEqual([])
    expect(
      rankProposte({ ...documento, giaFascicolato: true }, [candidato({ codiceVoce: 'I/6', interessatiComuni: ['Ventaglio Ortensia'] })]),
    ).toHaveLength(1)
    expect(rankProposte(documento, [candidato({ ufficioId: 'scuola' })])).toEqual([])
  })
})
