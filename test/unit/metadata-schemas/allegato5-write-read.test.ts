import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import {
  ANNI_PERMANENTE,
  canonical,
  MetadatiIllegibili,
  normalizeAlgoritmo,
  readAgg,
  readDai,
  readDi,
  readModello,
  validateDai,
  writeAgg,
  writeDai,
  writeDi,
  writeModello,
} from '../../../metadata-schemas/allegato5/index.ts'
import type { ModelloDai } from '../../../metadata-schemas/allegato5/index.ts'
import { AGG_MINIMA, CAMPIONI, DAI_COMPLETO, DAI_MINIMO, DI_MINIMO } from './allegato5-samples.ts'

const GOLDEN = new URL('../../golden/allegato5/', import.meta.url)

function replaced(xml: string, from: string | RegExp, to: string): string {
  const result = xml.replace(from, () => to)
  expect(result).not.toBe(xml)
  return result
}

describe('Allegato 5 writing', () => {
  for (const [nome, modello] of Object.entries(CAMPIONI)) {
    it(`writes ${nome} as in its golden file and reads it back equal`, () => {
      const xml = writeModello(modello)
      expect(xml).toBe(readFileSync(new URL(`${nome}.xml`, GOLDEN), 'utf8'))
      const { modello: letto, tolleranze } = readModello(modello.profilo, xml)
      expect(tolleranze).toEqual([])
      expect(letto).toEqual(canonical(modello))
      expect(writeModello(letto)).toBe(xml)
    })
  }

  it('has one function per profile', () => {
    expect(writeDi(DI_MINIMO)).toContain('<DocumentoInformatico>')
    expect(writeDai(DAI_MINIMO)).toContain('<DocumentoAmministrativoInformatico>')
    expect(writeAgg(AGG_MINIMA)).toContain('<DocumentoAmministativoinformatico>')
    expect(readDi(writeDi(DI_MINIMO)).modello.registro.tipo).toBe('nessuno')
    expect(readAgg(writeAgg(AGG_MINIMA)).modello.documenti).toHaveLength(1)
  })

  it('leaves out what is null, undefined or blank, and what is left of empty groups', () => {
    const vuoto: ModelloDai = {
      ...DAI_MINIMO,
      note: ' ',
      tempoDiConservazione: null,
      documentoPrimario: undefined,
      formato: { formato: 'application/pdf', prodotto: { nome: '', versione: null } },
      chiaveDescrittiva: { ...DAI_MINIMO.chiaveDescrittiva, paroleChiave: ['', ' '] },
      classificazione: { ...DAI_MINIMO.classificazione, piano: '' },
    }
    expect(writeDai(vuoto)).toBe(writeDai(DAI_MINIMO))
  })

  it('cleans texts and leaves literals alone', () => {
    const xml = writeDai({
      ...DAI_MINIMO,
      chiaveDescrittiva: { oggetto: ' Richiesta\r\n di\u0000  accesso <urgente> & perche\u0301 ' },
      note: 'uno  \r\ndue\u0007',
    })
    expect(xml).toContain('<Oggetto>Richiesta di accesso &lt;urgente&gt; &amp; perché</Oggetto>')
    expect(xml).toContain('<Note>uno\ndue</Note>')
    expect(xml).toContain('<ModalitaDiFormazione>acquisizione di un documento informatico per via telematica')
  })

  it('normalises codes, algorithm labels, zones and the count of attachments', () => {
    const xml = writeDai({
      ...DAI_COMPLETO,
      idDoc: { ...DAI_COMPLETO.idDoc, impronta: { ...DAI_COMPLETO.idDoc.impronta, algoritmo: 'sha256' } },
      modifica: {
        ...(DAI_COMPLETO.modifica as NonNullable<ModelloDai['modifica']>),
        data: '2026-05-19+02:00',
        ora: '16:05:00Z',
        autore: { cognome: 'Morosini', nome: 'Ettore', codiceFiscale: ' mrs ttr 75l19 x901h ' },
      },
    })
    expect(xml).toBe(writeDai(DAI_COMPLETO))
    expect(['SHA256', 'sha-256', 'SHA_512', 'Sha2-384', 'md5', 'SHA-1'].map(normalizeAlgoritmo)).toEqual([
      'SHA-256',
      'SHA-256',
      'SHA-512',
      'SHA-384',
      undefined,
      undefined,
    ])
  })

  it('encodes permanent retention as the service wants', () => {
    const modello: ModelloDai = { ...DAI_MINIMO, tempoDiConservazione: 'permanente' }
    expect(writeDai(modello)).toContain(`<TempoDiConservazione>${ANNI_PERMANENTE}<`)
    expect(writeDai(modello, { permanente: 4999 })).toContain('<TempoDiConservazione>4999<')
    expect(writeDai(modello, { permanente: null })).not.toContain('TempoDiConservazione')
    expect(readDai(writeDai(modello)).modello.tempoDiConservazione).toBe('permanente')
    expect(readDai(writeDai({ ...DAI_MINIMO, tempoDiConservazione: 10 })).modello.tempoDiConservazione).toBe(10)
  })

  it('refuses a branch that does not exist', () => {
    const spoiled = { ...DAI_MINIMO, registro: { ...DAI_MINIMO.registro, tipo: 'nessuno' } } as unknown as ModelloDai
    expect(() => writeDai(spoiled)).toThrow(TypeError)
  })

  it('writes valid XML that reads back the same, whatever people type', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 }), (oggetto, note) => {
        const modello: ModelloDai = {
          ...DAI_MINIMO,
          chiaveDescrittiva: { oggetto: `O${oggetto}`, paroleChiave: [note] },
          note: `${note}\n${oggetto}`,
        }
        const xml = writeDai(modello)
        expect(validateDai(xml).errori).toEqual([])
        const { modello: letto, tolleranze } = readDai(xml)
        expect(tolleranze).toEqual([])
        expect(letto).toEqual(canonical(modello))
      }),
      { numRuns: 150 },
    )
  })
})

describe('Allegato 5 lenient reading', () => {
  const minimo = writeDai(DAI_MINIMO)
  const noted = (xml: string): string[] => {
    const { modello, tolleranze } = readDai(xml)
    expect(writeDai(modello)).toBe(minimo)
    return tolleranze.map((una) => una.percorso)
  }

  it('takes 1/0 and SI/NO, spaces in literals, labels of algorithms, and says so', () => {
    expect(noted(replaced(minimo, '<Riservato>false<', '<Riservato>0<'))).toEqual(['Riservato'])
    expect(noted(replaced(minimo, '<Riservato>false<', '<Riservato>NO<'))).toEqual(['Riservato'])
    expect(noted(replaced(minimo, 'acquisizione di un', 'acquisizione  di un'))).toEqual(['ModalitaDiFormazione'])
    expect(noted(replaced(minimo, /<ModalitaDiFormazione>.*</, '<ModalitaDiFormazione>b<'))).toEqual(['ModalitaDiFormazione'])
    expect(noted(replaced(minimo, '>SHA-256<', '>sha256<'))).toEqual(['IdDoc/ImprontaCrittograficaDelDocumento/Algoritmo'])
    expect(noted(replaced(minimo, 'Registrazione</TipoRuolo>', 'registrazione </TipoRuolo>'))).toEqual([
      'Soggetti/Ruolo[1]/AmministrazioneCheEffettuaLaRegistrazione/TipoRuolo',
    ])
    expect(noted(replaced(minimo, '<Algoritmo>SHA-256</Algoritmo>', '<Algoritmo/>'))).toEqual([])
  })

  it('takes a namespace, an unknown element, an empty optional one', () => {
    expect(
      noted(replaced(minimo, '<DocumentoAmministrativoInformatico>', '<DocumentoAmministrativoInformatico xmlns="urn:esempio">')),
    ).toEqual([''])
    expect(noted(replaced(minimo, '<Riservato>', '<Colore>rosso</Colore><Riservato>'))).toEqual(['Colore'])
    expect(noted(replaced(minimo, '</VersioneDelDocumento>', '</VersioneDelDocumento><Note/>'))).toEqual(['Note'])
  })

  it('takes the right spelling of the entries of an aggregation', () => {
    const xml = writeAgg(AGG_MINIMA).replaceAll('DocumentoAmministativoinformatico', 'DocumentoAmministrativoInformatico')
    const { modello, tolleranze } = readAgg(xml)
    expect(tolleranze.map((una) => una.percorso)).toEqual(['IndiceDocumenti/TipoDocumento[1]'])
    expect(writeAgg(modello)).toBe(writeAgg(AGG_MINIMA))
  })

  it('reads missing mandatory texts as blank and lists them', () => {
    const { modello, tolleranze } = readDai(replaced(minimo, /\s*<Oggetto>.*<\/Oggetto>/, ''))
    expect(modello.chiaveDescrittiva.oggetto).toBe('')
    expect(tolleranze).toEqual([
      { percorso: 'ChiaveDescrittiva/Oggetto', riga: expect.any(Number), messaggio: 'l’elemento manca: è letto come vuoto.' },
    ])
    const relaxed = readAgg(replaced(writeAgg(CAMPIONI['agg-completa']), /\s*<Fasi>[\s\S]*<\/Fasi>/, ''))
    expect(relaxed.modello.procedimento?.fasi).toEqual([])
  })

  it('refuses what has no meaning, saying where', () => {
    expect(() => readDai('<r/>')).toThrow(MetadatiIllegibili)
    expect(() => readDai('<r>')).toThrow('Il file non è XML ben formato.')
    expect(() => readDai(`<!DOCTYPE r>${minimo.slice(39)}`)).toThrow(MetadatiIllegibili)
    expect(() => readDai(replaced(minimo, '>E<', '>X<'))).toThrow('DatiDiRegistrazione/TipologiaDiFlusso')
    expect(() => readDai(replaced(minimo, '<NumeroAllegati>0<', '<NumeroAllegati>zero<'))).toThrow('Allegati/NumeroAllegati')
    expect(() => readDai(replaced(minimo, /<ProtocolloOrdinario_[\s\S]*<\/ProtocolloOrdinario_ProtocolloEmergenza>/, ''))).toThrow(
      'DatiDiRegistrazione/TipoRegistro',
    )
  })
})
