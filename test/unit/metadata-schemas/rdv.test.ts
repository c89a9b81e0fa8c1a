import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import {
  checkRapporto,
  effectiveEsito,
  linkRapporto,
  RapportoIlleggibile,
  readRapporto,
  writeRapporto,
} from '../../../metadata-schemas/rdv/index.ts'
import type { PacchettoRapporto, RapportoVersamento } from '../../../metadata-schemas/rdv/index.ts'
import { compileSchema } from '../../../metadata-schemas/xml/index.ts'
import { itWithMateriali, materiale } from '../../support/materiali.ts'

const INDICE = 'aa'.repeat(32)
const PACCHETTO = 'bb'.repeat(32)
const ID = 'c_x901-AX90101-20261122-000042'

const PACCHETTO_ACCETTATO: PacchettoRapporto = {
  idPdv: ID,
  idAssegnato: 'urn:prova:42',
  nomeFile: `${ID}.zip`,
  ricevutoIl: new Date('2026-11-22T08:04:10Z'),
  impronte: [
    { oggetto: 'PACCHETTO', algoritmo: 'SHA-256', esadecimale: PACCHETTO },
    { oggetto: 'INDICE', algoritmo: 'SHA-256', esadecimale: INDICE },
  ],
  esito: 'POSITIVO',
  anomalie: [],
  oggetti: [
    {
      tipo: 'DOCUMENTO',
      idOggetto: 'd1',
      idConservazione: 'c1',
      esito: 'ACCETTATO_CON_AVVISI',
      file: [
        {
          percorso: 'documenti/d1/principale/istanza.pdf',
          impronta: { oggetto: 'FILE', algoritmo: 'SHA-256', esadecimale: 'cc'.repeat(32) },
        },
      ],
      anomalie: [{ gravita: 'AVVISO', codice: 'FORMATO-GESTITO', messaggio: 'Formato gestito & non preferito', riprovabile: false }],
    },
    { tipo: 'FASCICOLO', idOggetto: 'f1', esito: 'ACCETTATO', file: [], anomalie: [] },
  ],
}
const RAPPORTO: RapportoVersamento = {
  idRapporto: 'rdv-1',
  riferimentoTemporale: new Date('2026-11-22T09:12:31.120Z'),
  conservatore: { denominazione: 'Conservatore di prova', identificativo: 'VATIT-90000000909' },
  titolare: { denominazione: 'Comune di Castelvento', identificativo: 'CF:IT-90000000901', codiceIpa: 'c_x901', codiceAoo: 'AX90101' },
  esito: 'POSITIVO',
  pacchetti: [PACCHETTO_ACCETTATO],
  note: 'SIMULATORE',
}
const RIFIUTATO: RapportoVersamento = {
  ...RAPPORTO,
  esito: 'NEGATIVO',
  pacchetti: [
    {
      ...PACCHETTO_ACCETTATO,
      esito: 'NEGATIVO',
      rifiuto: { numero: 1, massimo: 3 },
      anomalie: [
        {
          gravita: 'ERRORE',
          codice: 'IMPRONTA-DIVERSA',
          percorso: 'documenti/d1/principale/istanza.pdf',
          messaggio: 'Alterato',
          riprovabile: false,
        },
      ],
      oggetti: [],
    },
  ],
}

describe('writeRapporto and readRapporto', () => {
  it('give back what was written, with the golden bytes', () => {
    expect(writeRapporto(RAPPORTO)).toBe(readFileSync(new URL('../../golden/rapporto-positivo.xml', import.meta.url), 'utf8'))
    expect(readRapporto(writeRapporto(RAPPORTO))).toEqual(RAPPORTO)
    expect(readRapporto(writeRapporto(RIFIUTATO))).toEqual(RIFIUTATO)
  })

  it('never writes a report its own schema refuses', () => {
    expect(() => writeRapporto({ ...RAPPORTO, idRapporto: '' })).toThrow(/non valido/)
    expect(() => writeRapporto({ ...RAPPORTO, pacchetti: [PACCHETTO_ACCETTATO, PACCHETTO_ACCETTATO] })).toThrow(/non valido/)
    expect(() => writeRapporto({ ...RIFIUTATO, pacchetti: [{ ...PACCHETTO_ACCETTATO, rifiuto: { numero: 1, massimo: 2 } }] })).toThrow(
      /non valido/,
    )
  })

  it('reads base64 digests as hexadecimal ones', () => {
    const base64 = Buffer.from(INDICE, 'hex').toString('base64')
    const xml = writeRapporto(RAPPORTO).replace(`codifica="hex">${INDICE}`, `codifica="base64">${base64}`)
    expect(readRapporto(xml)).toEqual(RAPPORTO)
  })

  it('refuses unknown outcome words, local times, digests of the wrong length, DTDs and other documents', () => {
    const xml = writeRapporto(RAPPORTO)
    const cambi: [string, string][] = [
      ['>POSITIVO<', '>OK<'],
      ['2026-11-22T09:12:31.120Z', '2026-11-22T10:12:31+01:00'],
      [INDICE, INDICE.slice(2)],
      [INDICE, 'zz'.repeat(32)],
      ['<RapportoDiVersamento', '<!DOCTYPE a><RapportoDiVersamento'],
      ['urn:pa-conservazione:rdv:1.0', 'urn:altro'],
    ]
    for (const [prima, dopo] of cambi) {
      expect(xml).toContain(prima)
      expect(() => readRapporto(xml.replace(prima, dopo))).toThrow(RapportoIlleggibile)
    }
    expect(() => readRapporto('<html><body>Errore</body></html>')).toThrow(RapportoIlleggibile)
  })
})

describe('linkRapporto', () => {
  it('links only when every comparable digest is ours', () => {
    const inviato = { idPdv: ID, improntaIndice: INDICE, improntaPacchetto: PACCHETTO }
    expect(linkRapporto(RAPPORTO, inviato)).toBe('collegato')
    expect(linkRapporto(RAPPORTO, { ...inviato, idPdv: 'altro' })).toBe('altro-pacchetto')
    expect(linkRapporto(RAPPORTO, { ...inviato, improntaPacchetto: INDICE })).toBe('non-collegabile')
    const senza = {
      ...RAPPORTO,
      pacchetti: [{ ...PACCHETTO_ACCETTATO, impronte: [{ oggetto: 'FILE', algoritmo: 'SHA-256', esadecimale: INDICE } as const] }],
    }
    expect(linkRapporto(senza, inviato)).toBe('non-collegabile')
  })
})

describe('effectiveEsito', () => {
  it('takes a positive package with a refused object as partial', () => {
    expect(effectiveEsito(PACCHETTO_ACCETTATO)).toBe('POSITIVO')
    const rifiutato = { tipo: 'DOCUMENTO', idOggetto: 'd2', esito: 'RIFIUTATO', file: [], anomalie: [] } as const
    expect(effectiveEsito({ ...PACCHETTO_ACCETTATO, oggetti: [...PACCHETTO_ACCETTATO.oggetti, rifiutato] })).toBe('PARZIALE')
  })
})

describe('against the reference schema and samples', () => {
  itWithMateriali('both schemas give the same verdict, and the reader takes every sample', () => {
    const riferimento = compileSchema(
      'RdV-neutro.xsd',
      readFileSync(materiale('schemas', 'conservazione', 'rdv', 'RdV-neutro.xsd'), 'utf8'),
    )
    for (const xml of [writeRapporto(RAPPORTO), writeRapporto(RIFIUTATO)]) expect(riferimento.validate(xml).errori).toEqual([])
    for (const nome of ['rdv-positivo', 'rdv-parziale', 'rdv-negativo', 'rdv-impronta-estranea']) {
      const xml = readFileSync(materiale('schemas', 'conservazione', 'esempi', 'rdv', `${nome}.xml`))
      expect(checkRapporto(xml).errori).toEqual([])
      expect(riferimento.validate(writeRapporto(readRapporto(xml))).errori).toEqual([])
    }
    expect(riferimento.validate(writeRapporto(RAPPORTO).replace('>POSITIVO<', '>OK<')).valido).toBe(false)
  })
})
