import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import {
  bodyAgentId,
  checkPIndex,
  composeIdPdv,
  IdentificativoNonAmmesso,
  personAgentId,
  PIndexIlleggibile,
  readPIndex,
  TestoNonRappresentabile,
  writePIndex,
} from '../../../metadata-schemas/sincro/index.ts'
import type { PIndex } from '../../../metadata-schemas/sincro/index.ts'
import { compileSchema } from '../../../metadata-schemas/xml/index.ts'
import { itWithMateriali, materiale } from '../../support/materiali.ts'
import { PINDEX_ESEMPIO } from '../../support/pindex-esempio.ts'
import { itWithPrograms, runProgram } from '../../support/programmi.ts'

const faults = (xml: string): string[] => checkPIndex(xml).errori.map((errore) => errore.messaggio)
const GOLDEN = readFileSync(new URL('../../golden/pindex.xml', import.meta.url), 'utf8')

/** The example with one more field of the first file changed. */
function conPercorso(percorso: string): PIndex {
  const [primo, ...altri] = PINDEX_ESEMPIO.documenti
  const [file, ...resto] = primo?.file ?? []
  if (primo === undefined || file === undefined) throw new Error('empty example')
  return { ...PINDEX_ESEMPIO, documenti: [{ ...primo, file: [{ ...file, percorso }, ...resto] }, ...altri] }
}

describe('identifiers', () => {
  it('composes the identifier of a package', () => {
    const parti = { ipa: 'c_x901', aoo: 'AX90101', giorno: '2026-11-22', progressivo: 42 }
    expect(composeIdPdv(parti)).toBe('c_x901-AX90101-20261122-000042')
    for (const sbagliate of [
      { progressivo: 0 },
      { progressivo: 1_000_000 },
      { giorno: '22/11/2026' },
      { ipa: 'c x901' },
      { aoo: '' },
      { aoo: '../x' },
    ])
      expect(() => composeIdPdv({ ...parti, ...sbagliate })).toThrow(IdentificativoNonAmmesso)
  })

  it('REQ-CONS-046 uses fiscal identifiers and refuses an IPA code with underscore instead of bending it', () => {
    expect(bodyAgentId({ codiceFiscale: '90000000901' })).toBe('CF:IT-90000000901')
    expect(bodyAgentId({ partitaIva: '90000000902', codiceFiscale: '90000000901' })).toBe('VATIT-90000000902')
    expect(personAgentId('VNTLDI80A41X901K')).toBe('TINIT-VNTLDI80A41X901K')
    expect(() => bodyAgentId({ codiceFiscale: 'c_x901' })).toThrow(IdentificativoNonAmmesso)
    const conIpa = { ...PINDEX_ESEMPIO.versante, identificativi: ['VATIT-c_x901'] }
    expect(() => writePIndex({ ...PINDEX_ESEMPIO, versante: conIpa })).toThrow(IdentificativoNonAmmesso)
    expect(GOLDEN).not.toMatch(/AgentID[^>]*>[^<]*c_x901/)
  })
})

describe('writePIndex', () => {
  it('gives the same bytes for the same package, equal to the golden file, and passes its own check', () => {
    const { xml, avvisi } = writePIndex(PINDEX_ESEMPIO)
    expect(xml).toBe(GOLDEN)
    expect(writePIndex(structuredClone(PINDEX_ESEMPIO)).xml).toBe(xml)
    expect(avvisi).toEqual([])
    expect(faults(xml)).toEqual([])
  })

  it('writes the time in UTC and the language always', () => {
    expect(GOLDEN).toContain('<s:TimeInfo s:attachedTimeStamp="false">2026-11-22T08:00:00.000Z</s:TimeInfo>')
    expect(GOLDEN).toContain('s:language="it"')
  })

  it('encodes paths and reads them back', () => {
    const percorso = 'documenti/x/principale/Relazione (è) 100%.pdf'
    const { xml } = writePIndex(conPercorso(percorso))
    expect(xml).toContain('Relazione%20%28%C3%A8%29%20100%25.pdf')
    expect(faults(xml)).toEqual([])
    expect(readPIndex(xml).documenti[0]?.file[0]?.percorso).toBe(percorso)
  })

  it('REQ-CONS-048 replaces control characters with an avviso, blocks half characters, keeps all other text', () => {
    const conControllo = writePIndex({ ...PINDEX_ESEMPIO, descrizione: 'a\u0001b' })
    expect(conControllo.avvisi).toHaveLength(1)
    expect(readPIndex(conControllo.xml).descrizione).toBe('a\uFFFDb')
    expect(() => writePIndex({ ...PINDEX_ESEMPIO, descrizione: 'a\uD800b' })).toThrow(TestoNonRappresentabile)
    const difficile = 'è 𝄞 & < > " \' ]]> riga\naltra'
    expect(readPIndex(writePIndex({ ...PINDEX_ESEMPIO, descrizione: difficile }).xml).descrizione).toBe(difficile)
  })
})

describe('checkPIndex', () => {
  it('REQ-CONS-047 refuses identifiers and paths used twice, also when only the case differs', () => {
    const [primo] = PINDEX_ESEMPIO.documenti
    if (primo === undefined) throw new Error('empty example')
    expect(faults(writePIndex({ ...PINDEX_ESEMPIO, documenti: [primo, primo] }).xml)).not.toEqual([])
    const maiuscolo = primo.file[1]?.percorso.toUpperCase() as string
    expect(faults(writePIndex(conPercorso(maiuscolo)).xml)[0]).toMatch(/due volte/)
  })

  it('refuses paths that leave the package', () => {
    for (const percorso of ['../fuori.pdf', 'documenti/../../fuori.pdf', './x.pdf', 'documenti//x.pdf', '/assoluto.pdf', 'a\\b.pdf'])
      expect(checkPIndex(writePIndex(conPercorso(percorso)).xml).valido).toBe(false)
  })

  it('refuses unprefixed attributes, upper-case or short digests, local times, a signature inside, a missing document', () => {
    const cambi: [string | RegExp, string][] = [
      [' s:scheme=', ' scheme='],
      ['b1'.repeat(32), 'B1'.repeat(32)],
      ['b1'.repeat(32), 'b1'.repeat(31)],
      ['2026-11-22T08:00:00.000Z', '2026-11-22T09:00:00+01:00'],
      ['</s:PIndex>', '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></s:PIndex>'],
      [/<s:FileGroup>[\s\S]*<\/s:FileGroup>/, ''],
      [/<s:RelevantDocument>[^<]*<\/s:RelevantDocument>/, ''],
    ]
    for (const [prima, dopo] of cambi) {
      const alterato = GOLDEN.replace(prima, dopo)
      expect(alterato).not.toBe(GOLDEN)
      expect(checkPIndex(alterato).valido).toBe(false)
    }
  })
})

describe('readPIndex', () => {
  it('reads back what was written', () => {
    const letto = readPIndex(GOLDEN)
    expect(letto).toMatchObject({
      versione: '2.0',
      idIndice: 'c_x901-AX90101-20261122-000042#indice',
      idPdv: 'c_x901-AX90101-20261122-000042',
      aggregazione: { percorso: 'aggregazione/metadati.xml', impronta: { algoritmo: 'SHA-256', esadecimale: 'a1'.repeat(32) } },
      istante: '2026-11-22T08:00:00.000Z',
      tolleranze: [],
    })
    expect(letto.documenti[0]?.file.map((f) => f.relazioni)).toEqual([
      [],
      [{ tipo: 'allegato_di', valori: ['c1b6a5e2-0000-7000-8000-000000000001#principale'] }],
    ])
    expect(letto.soggetti.map((s) => s.denominazione)).toEqual(['Comune di Castelvento', 'Comune di Castelvento', 'Lidia Ventimiglia'])
  })

  it('REQ-CONS-049 takes leading slashes, any encoding of digests, no language, several embedded elements, and lists each liberty', () => {
    const base64 = Buffer.from('b1'.repeat(32), 'hex').toString('base64')
    const xml = GOLDEN.replace(' s:language="it"', '')
      .replace('>aggregazione/metadati.xml<', '>/aggregazione/metadati.xml<')
      .replace('b1'.repeat(32), base64)
      .replace('b2'.repeat(32), 'B2'.repeat(32))
      .replace(
        /<s:ExternalMetadata[^>]*>\s*<s:ID[^>]*>[^<]*000002#metadati[\s\S]*?<\/s:ExternalMetadata>/,
        '<s:EmbeddedMetadata><a/><b/></s:EmbeddedMetadata>',
      )
    const letto = readPIndex(xml)
    expect(letto.aggregazione?.percorso).toBe('aggregazione/metadati.xml')
    expect(letto.documenti[0]?.file.map((f) => f.impronta.esadecimale)).toEqual(['b1'.repeat(32), 'b2'.repeat(32)])
    expect(letto.tolleranze).toHaveLength(5)
    expect(checkPIndex(xml).valido).toBe(false)
  })

  it('REQ-CONS-049 reads version 1 for display', () => {
    const xml =
      '<IdC xmlns="http://www.uni.com/U3011/sincro/" xmlns:s="http://www.uni.com/U3011/sincro/" s:version="1.0"><SelfDescription><ID>i1</ID></SelfDescription>' +
      `<VdC><ID>v1</ID></VdC><FileGroup><Label>Uno</Label><File s:format="application/pdf"><ID>f1</ID><Path>/a.pdf</Path><Hash s:function="sha256">${'d1'.repeat(32)}</Hash></File>` +
      '</FileGroup><Process><Agent s:role="Delegate"><AgentName><FormalName>Vecchio conservatore</FormalName></AgentName></Agent></Process></IdC>'
    expect(readPIndex(xml)).toMatchObject({
      versione: '1.0',
      idPdv: 'v1',
      documenti: [
        { id: 'f1', etichetta: 'Uno', file: [{ percorso: 'a.pdf', impronta: { algoritmo: 'SHA-256', esadecimale: 'd1'.repeat(32) } }] },
      ],
      soggetti: [{ ruolo: 'Delegate', denominazione: 'Vecchio conservatore' }],
    })
  })

  it('refuses what is not an index', () => {
    for (const xml of ['<a/>', '<PIndex/>', 'x', '<!DOCTYPE a><a/>']) expect(() => readPIndex(xml)).toThrow(PIndexIlleggibile)
  })
})

describe('against the official schema', () => {
  const copie = ['PIndex.xsd', 'PIndex-variante-parer.xsd']

  itWithMateriali('REQ-CONS-045 the index is valid for both copies of the schema', () => {
    for (const nome of copie) {
      const ufficiale = compileSchema(nome, readFileSync(materiale('schemas', 'conservazione', 'sincro-v2', nome), 'utf8'))
      expect(ufficiale.validate(writePIndex(PINDEX_ESEMPIO).xml).errori).toEqual([])
      expect(ufficiale.validate(writePIndex(conPercorso('documenti/x/principale/Relazione (è).pdf')).xml).errori).toEqual([])
    }
  })

  itWithPrograms(['xmllint'], true)('xmllint agrees on both copies', () => {
    const cartella = mkdtempSync(join(tmpdir(), 'pindex-'))
    try {
      writeFileSync(join(cartella, 'PIndex.xml'), writePIndex(PINDEX_ESEMPIO).xml)
      for (const nome of copie) {
        const xsd = materiale('schemas', 'conservazione', 'sincro-v2', nome)
        expect(runProgram('xmllint', ['--nonet', '--noout', '--schema', xsd, join(cartella, 'PIndex.xml')])).toMatchObject({ codice: 0 })
      }
    } finally {
      rmSync(cartella, { recursive: true })
    }
  })

  itWithMateriali('the samples are read, the invalid ones refused by our schema too', () => {
    const esempi = materiale('schemas', 'conservazione', 'esempi')
    const fascicolo = readFileSync(join(esempi, 'sincro', 'pdv-fascicolo', 'c_x000-AXX0001-20261122-000042', 'PIndex.xml'), 'utf8')
    expect(faults(fascicolo)).toEqual([])
    expect(readPIndex(fascicolo).documenti).toHaveLength(2)
    expect(readPIndex(readFileSync(join(esempi, 'sincro', 'pda-esempio', 'PIndex.xml'))).documenti.length).toBeGreaterThan(0)
    for (const nome of [
      'attributi-non-qualificati',
      'firma-enveloped',
      'agentid-con-underscore',
      'senza-relevantdocument',
      'senza-filegroup',
    ])
      expect(checkPIndex(readFileSync(join(esempi, 'non-validi', `pindex-${nome}.xml`))).valido).toBe(false)
    expect(checkPIndex(readFileSync(join(esempi, 'non-validi', 'semantici', 'pindex-percorso-fuori-radice.xml'))).valido).toBe(false)
  })
})
