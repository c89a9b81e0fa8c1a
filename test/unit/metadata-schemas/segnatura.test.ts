import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import {
  checkSegnatura,
  padNumero,
  readSegnatura,
  SegnaturaIlleggibile,
  segnaturaTesto,
  writeSegnatura,
} from '../../../metadata-schemas/segnatura/index.ts'
import type { Segnatura } from '../../../metadata-schemas/segnatura/index.ts'
import { compileSchema } from '../../../metadata-schemas/xml/index.ts'
import { itWithMateriali, materiale } from '../../support/materiali.ts'
import { itWithPrograms, runProgram } from '../../support/programmi.ts'
import { SEGNATURA_COMPLETA, SEGNATURA_MINIMA } from '../../support/segnatura-esempio.ts'

const golden = (nome: string): string => readFileSync(new URL(`../../golden/${nome}`, import.meta.url), 'utf8')
const faults = (xml: string): string[] => checkSegnatura(xml).errori.map((errore) => errore.messaggio)

const conNomi = (a: string, b: string): string =>
  writeSegnatura({
    ...SEGNATURA_MINIMA,
    documentoPrimario: { ...SEGNATURA_MINIMA.documentoPrimario, nomeFile: a },
    allegati: [{ ...SEGNATURA_MINIMA.documentoPrimario, nomeFile: b }],
  })

describe('segnaturaTesto', () => {
  it('writes one line with the number padded to seven digits', () => {
    const parti = { ipa: 'c_x901', aoo: 'AX90101', registro: 'PG', data: '2026-03-11', numero: 123, tipo: 'E' } as const
    expect(segnaturaTesto(parti)).toBe('c_x901#AX90101#PG#2026-03-11#0000123#E')
    expect(segnaturaTesto({ ...parti, numero: 12_345_678, tipo: 'U' })).toBe('c_x901#AX90101#PG#2026-03-11#12345678#U')
  })

  it('refuses a part that would make the line ambiguous', () => {
    const parti = { ipa: 'c_x901', aoo: 'AX#1', registro: 'PG', data: '2026-03-11', numero: 1, tipo: 'E' } as const
    expect(() => segnaturaTesto(parti)).toThrow(RangeError)
    expect(() => segnaturaTesto({ ...parti, aoo: '' })).toThrow(RangeError)
    expect(() => padNumero('12a')).toThrow(RangeError)
  })
})

describe('writeSegnatura', () => {
  it('gives the same bytes for the same registration, equal to the golden files', () => {
    expect(writeSegnatura(SEGNATURA_MINIMA)).toBe(golden('segnatura-minima.xml'))
    expect(writeSegnatura(SEGNATURA_COMPLETA)).toBe(golden('segnatura-completa.xml'))
    expect(writeSegnatura(structuredClone(SEGNATURA_COMPLETA))).toBe(writeSegnatura(SEGNATURA_COMPLETA))
  })

  it('prefixes every attribute', () => {
    const attributi = [...golden('segnatura-completa.xml').matchAll(/\s([A-Za-z:]+)="/g)].map((match) => match[1] as string)
    const senzaPrefisso = attributi.filter(
      (nome) => !nome.startsWith('p:') && !nome.startsWith('xmlns') && !['version', 'encoding'].includes(nome),
    )
    expect(attributi.length).toBeGreaterThan(20)
    expect(senzaPrefisso).toEqual([])
  })

  it('REQ-SEGN-025 never writes a postal address', () => {
    expect(writeSegnatura(SEGNATURA_COMPLETA)).not.toContain('IndirizzoPostale')
    const conIndirizzo = golden('segnatura-completa.xml').replace('<p:IndirizzoTelematico', '<p:IndirizzoPostale/><p:IndirizzoTelematico')
    expect(checkSegnatura(conIndirizzo).valido).toBe(false)
  })

  it('REQ-SEGN-026 leaves out fiscal codes that do not match the official patterns', () => {
    const xml = writeSegnatura({
      ...SEGNATURA_MINIMA,
      mittente: { tipo: 'PF', nome: 'Ada', cognome: 'Brezza', codiceFiscale: 'brzdaa80a41x901k' },
      destinatari: [{ tipo: 'PG', denominazione: 'Ditta Brezza', codiceFiscalePartitaIva: 'BRZDAA80A41X901K' }],
    })
    expect(xml).not.toMatch(/CodiceFiscale|PIVAoCF/)
    expect(faults(xml)).toEqual([])
    expect(writeSegnatura(SEGNATURA_COMPLETA)).toContain('<p:PIVAoCF>90000000902</p:PIVAoCF>')
  })

  it('lists every destinatario of one registration in one segnatura', () => {
    const letta = readSegnatura(writeSegnatura(SEGNATURA_COMPLETA))
    expect(letta.destinatari.map((d) => d.tipo)).toEqual(['PAI', 'PG', 'PF', 'PAE'])
    expect(letta.identificatore?.numero).toBe('1234567')
  })

  it('REQ-SEGN-027 REQ-SEGN-028 carries the answered message and the first registration', () => {
    const letta = readSegnatura(writeSegnatura(SEGNATURA_COMPLETA))
    expect(letta.riferimento).toEqual({
      codiceAmministrazione: 'p_x902',
      codiceAoo: 'AX90201',
      codiceRegistro: 'PROT',
      numero: '0012345',
      data: '2026-03-10',
    })
    expect(letta.primaRegistrazione?.numero).toBe('0000045')
  })

  it('writes the base64 of the binary digest, not of its hexadecimal text', () => {
    expect(writeSegnatura(SEGNATURA_MINIMA)).toContain('>n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=<')
  })

  it('numbers detached files from 1', () => {
    expect(golden('segnatura-completa.xml')).toContain(
      '<p:Detached p:nomeFile="planimetria.p7s" p:mimeType="application/pkcs7-signature" p:order="1">true</p:Detached>',
    )
  })
})

describe('checkSegnatura', () => {
  const minima = golden('segnatura-minima.xml')

  it('accepts what the writer emits and refuses what is missing or out of place', () => {
    expect(faults(minima)).toEqual([])
    expect(faults(golden('segnatura-completa.xml'))).toEqual([])
    const guasti: [string, string][] = [
      [' p:versione=', ' versione='],
      ['<p:NumeroRegistrazione>0000123', '<p:NumeroRegistrazione>123'],
      [/<p:Classifica>[\s\S]*<\/p:Classifica>/.exec(minima)?.[0] as string, ''],
      ['<p:OraRegistrazione>09:15:42</p:OraRegistrazione>', ''],
      ['>Richiesta di parere<', '>  <'],
      ['2026-03-11', '2026-03-11Z'],
    ]
    for (const [prima, dopo] of guasti) {
      const alterata = minima.replace(prima, dopo)
      expect(alterata).not.toBe(minima)
      expect(checkSegnatura(alterata).valido).toBe(false)
    }
  })

  it('REQ-SEGN-022 refuses repeated names ignoring case, separators and names over 100 characters', () => {
    expect(faults(conNomi('Parere.pdf', 'parere.PDF'))[0]).toMatch(/compare due volte/)
    expect(checkSegnatura(conNomi('a/b.pdf', 'c.pdf')).valido).toBe(false)
    expect(checkSegnatura(conNomi('..', 'c.pdf')).valido).toBe(false)
    expect(checkSegnatura(conNomi('x'.repeat(101), 'c.pdf')).valido).toBe(false)
    expect(checkSegnatura(conNomi('x'.repeat(100), 'c.pdf')).valido).toBe(true)
  })

  it('refuses a digest whose length is not the one of its algorithm', () => {
    const esadecimaleComeBase64 = minima.replace('n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=', 'ab'.repeat(32))
    expect(faults(esadecimaleComeBase64)[0]).toMatch(/48 byte/)
  })

  it('refuses a document type declaration', () => {
    expect(faults(minima.replace('<p:Segn', '<!DOCTYPE p:SegnaturaInformatica []>\n<p:Segn'))[0]).toMatch(/DTD/)
  })
})

describe('readSegnatura', () => {
  it('reads back what was written', () => {
    const letta = readSegnatura(writeSegnatura(SEGNATURA_COMPLETA))
    expect(letta.oggetto).toBe(SEGNATURA_COMPLETA.oggetto)
    expect(letta.mittente).toMatchObject({
      tipo: 'PAI',
      codiceIpa: 'c_x901',
      codiceUo: 'UX9001',
      indirizzi: [{ valore: 'protocollo@pec.castelvento.example', tipo: 'smtp' }],
    })
    expect(letta.classifica).toEqual({ denominazione: 'Edilizia privata', codice: 'VI/3/1' })
    expect(letta.allegati[1]?.impronta).toEqual({ algoritmo: 'SHA-512', esadecimale: 'ab'.repeat(64) })
    expect(letta).toMatchObject({ formato: 'allegato6', sigillata: false, riservato: true, fascicolo: { codice: '2026-VI/3.12' } })
  })

  it('REQ-SEGN-052 accepts both roots', () => {
    const pec = golden('segnatura-minima.xml')
      .replace(
        'xmlns:p="http://www.agid.gov.it/protocollo/"',
        'xmlns:p="http://www.agid.gov.it/protocollo/" xmlns:pec="http://www.agid.gov.it/protocollo/pec/"',
      )
      .replaceAll('p:SegnaturaInformatica', 'pec:SegnaturaInformatica')
    expect(readSegnatura(pec)).toMatchObject({ formato: 'allegato6-pec', identificatore: { numero: '0000123' } })
    expect(writeSegnatura(SEGNATURA_MINIMA)).toContain('<p:SegnaturaInformatica xmlns:p="http://www.agid.gov.it/protocollo/"')
  })

  it('takes a missing confermaRicezione as true and tolerates unprefixed attributes', () => {
    const letta = readSegnatura(golden('segnatura-completa.xml').replaceAll(' p:', ' '))
    expect(letta.destinatari.map((d) => d.confermaRicezione)).toEqual([true, false, true, true])
    expect(letta.destinatari.map((d) => d.perConoscenza)).toEqual([false, false, false, true])
    expect(letta.documentoPrimario?.nomeFile).toBe('riscontro.pdf.p7m')
  })

  it('recognises the earlier formats and refuses everything else', () => {
    expect(readSegnatura('<Segnatura versione="2001-05-07"/>').formato).toBe('circolare-28-2001')
    expect(readSegnatura('<s:Segnatura xmlns:s="http://www.digitPa.gov.it/protocollo/"/>').formato).toBe('circolare-60-2013')
    for (const altro of ['<Altro/>', '<p:SegnaturaInformatica xmlns:p="urn:x"/>', 'testo', '<!DOCTYPE a [<!ENTITY x "y">]><a/>'])
      expect(() => readSegnatura(altro)).toThrow(SegnaturaIlleggibile)
  })
})

const conFirmaVuota = (s: Segnatura): string =>
  writeSegnatura(s).replace(
    '</p:SegnaturaInformatica>',
    '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="urn:x"/>' +
      '<ds:SignatureMethod Algorithm="urn:x"/><ds:Reference><ds:DigestMethod Algorithm="urn:x"/><ds:DigestValue>AA==</ds:DigestValue></ds:Reference>' +
      '</ds:SignedInfo><ds:SignatureValue>AA==</ds:SignatureValue></ds:Signature></p:SegnaturaInformatica>',
  )

describe('against the official schema', () => {
  itWithMateriali('what we emit, with a signature in its place, is valid for the published schema', () => {
    const xsd = readFileSync(materiale('schemas', 'allegato6', 'segnatura_protocollo.xsd'), 'utf8')
    // the signature schema names a DTD on the network: the declaration is dropped, the reader refuses DTDs
    const dsig = readFileSync(materiale('schemas', 'allegato6', 'import_schemas', 'xmldsig-core-schema.xsd'), 'utf8').replace(
      /<!DOCTYPE[\s\S]*?\]>/,
      '',
    )
    const official = compileSchema('segnatura_protocollo.xsd', xsd, { 'import_schemas/xmldsig-core-schema.xsd': dsig })
    for (const segnatura of [SEGNATURA_MINIMA, SEGNATURA_COMPLETA]) expect(official.validate(conFirmaVuota(segnatura)).errori).toEqual([])
    expect(official.validate(writeSegnatura(SEGNATURA_MINIMA)).valido).toBe(false)
  })

  itWithPrograms(['xmllint'], true)('xmllint gives the same verdict', () => {
    const cartella = mkdtempSync(join(tmpdir(), 'segnatura-'))
    try {
      const file = join(cartella, 's.xml')
      writeFileSync(file, conFirmaVuota(SEGNATURA_COMPLETA))
      const esito = runProgram('xmllint', [
        '--nonet',
        '--noout',
        '--schema',
        materiale('schemas', 'allegato6', 'segnatura_protocollo.xsd'),
        file,
      ])
      expect(esito).toMatchObject({ codice: 0 })
    } finally {
      rmSync(cartella, { recursive: true })
    }
  })

  itWithMateriali('the published examples are read whole', () => {
    const letta = readSegnatura(readFileSync(materiale('schemas', 'allegato6', 'examples', 'segnatura-fascicolo.xml')))
    expect(letta).toMatchObject({ formato: 'allegato6', sigillata: true, riservato: true, classifica: { codice: 'VI/3/1' } })
    expect(letta.riferimento?.numero).toBe('0012345')
  })
})
