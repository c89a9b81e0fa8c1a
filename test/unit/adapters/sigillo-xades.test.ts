import { X509Certificate } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ObjectIdentifier, Sequence } from 'asn1js'
import { Certificate, Extension } from 'pkijs'
import { writeSegnatura } from '../../../metadata-schemas/segnatura/index.ts'
import { compileSchema } from '../../../metadata-schemas/xml/index.ts'
import { describeCertificate } from '../../../server/adapters/sigillo-xades/certificate.ts'
import {
  createSigilloXades,
  ensureTestCertificate,
  generateTestCertificate,
  openTestSigillo,
  SigilloNonApponibile,
  verifySeal,
} from '../../../server/adapters/sigillo-xades/index.ts'
import type { CoppiaPem } from '../../../server/adapters/sigillo-xades/index.ts'
import type { Sigillo } from '../../../server/ports/sigillo.ts'
import { itWithMateriali, materiale } from '../../support/materiali.ts'
import { itWithPrograms, runProgram } from '../../support/programmi.ts'
import { SEGNATURA_COMPLETA, SEGNATURA_MINIMA } from '../../support/segnatura-esempio.ts'

const ENTE = { organizzazione: 'Comune di Castelvento', identificativo: 'CF:IT-90000000901' }
const DAL = new Date('2026-01-01T00:00:00Z')
const ADESSO = new Date('2026-03-11T08:15:43Z')

let cartella: string
let coppia: CoppiaPem
let sigillo: Sigillo
let sigillata: string

beforeAll(async () => {
  cartella = await mkdtemp(join(tmpdir(), 'sigillo-'))
  coppia = await generateTestCertificate({ ...ENTE, dal: DAL })
  sigillo = await createSigilloXades(coppia, () => ADESSO)
  sigillata = await sigillo.sealXml(writeSegnatura(SEGNATURA_COMPLETA))
})
afterAll(() => rm(cartella, { recursive: true }))

const motivo = (xml: string): string => {
  const esito = verifySeal(xml)
  return esito.valido ? 'VALIDO' : esito.motivo
}

describe('sealXml', () => {
  it('REQ-SEGN-001 envelopes a XAdES signature as last child of the root', () => {
    expect(sigillata).toMatch(/<\/p:Descrizione>\s*<ds:Signature [\s\S]*<\/ds:Signature><\/p:SegnaturaInformatica>\s*$/)
    expect(sigillata).toContain('xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"')
    expect(verifySeal(sigillata)).toMatchObject({ valido: true, istante: ADESSO })
  })

  it('REQ-SEGN-004 has the mandatory content of level B', () => {
    for (const parte of [
      '<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>',
      '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>',
      'URI=""',
      '<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>',
      'Type="http://uri.etsi.org/01903#SignedProperties"',
      '<xades:SigningTime>2026-03-11T08:15:43',
      '<xades:SigningCertificateV2>',
      '<xades:DataObjectFormat ObjectReference="#sigillo-contenuto">',
      '<ds:X509Certificate>',
    ])
      expect(sigillata).toContain(parte)
  })

  it('keeps every byte outside the signature', () => {
    const originale = writeSegnatura(SEGNATURA_COMPLETA)
    expect(sigillata.replace(/<ds:Signature [\s\S]*<\/ds:Signature>/, '')).toBe(originale)
  })

  it('refuses what it cannot seal', async () => {
    for (const xml of ['testo', '<a><b></a>', '<a/>', '<!DOCTYPE a><a></a>', sigillata])
      await expect(sigillo.sealXml(xml)).rejects.toThrow(SigilloNonApponibile)
  })

  it('refuses to seal outside the validity of the certificate, or with the key of another one', async () => {
    const scaduto = await createSigilloXades(coppia, () => new Date('2037-01-01T00:00:00Z'))
    await expect(scaduto.sealXml('<a></a>')).rejects.toThrow(/validità/)
    const altra = await generateTestCertificate({ ...ENTE, dal: DAL })
    await expect(createSigilloXades({ chiavePem: altra.chiavePem, certificatoPem: coppia.certificatoPem })).rejects.toThrow(/non è quella/)
    await expect(createSigilloXades({ chiavePem: 'x', certificatoPem: coppia.certificatoPem })).rejects.toThrow(SigilloNonApponibile)
  })
})

describe('verifySeal', () => {
  it('refuses the document after one bit changes, wherever it changes', async () => {
    const xml = Buffer.from(await sigillo.sealXml(writeSegnatura(SEGNATURA_MINIMA)), 'utf8')
    const inizio = xml.indexOf('<p:SegnaturaInformatica')
    const fine = xml.indexOf('<ds:Signature')
    const accettate: number[] = []
    for (let i = inizio; i < fine; i += 1) {
      const alterato = Buffer.from(xml)
      alterato[i] = (alterato[i] as number) ^ (1 << (i % 8))
      if (verifySeal(alterato.toString('utf8')).valido) accettate.push(i)
    }
    expect(fine - inizio).toBeGreaterThan(1000)
    expect(accettate).toEqual([])
  })

  it('refuses a changed signature value, digest, time, certificate or reference', () => {
    const cambi: [RegExp, (intero: string) => string][] = [
      [/(?<=<ds:SignatureValue>)./, (c) => (c === 'A' ? 'B' : 'A')],
      [/(?<=<ds:DigestValue>)./, (c) => (c === 'A' ? 'B' : 'A')],
      [/(?<=<xades:SigningTime>2026-03-1)1/, () => '2'],
      [/(?<=<ds:X509Certificate>.{40})./, (c) => (c === 'A' ? 'B' : 'A')],
      [/URI=""/, () => 'URI="#sigillo-proprieta"'],
      [/xmldsig-more#rsa-sha256/, () => 'xmldsig#rsa-sha1'],
      [/<ds:Transform Algorithm="http:\/\/www.w3.org\/2000\/09\/xmldsig#enveloped-signature"\/>/, () => ''],
      [/<\/p:SegnaturaInformatica>/, (c) => `<p:Altro xmlns:p="urn:x"/>${c}`],
    ]
    for (const [dove, cambio] of cambi) {
      const alterata = sigillata.replace(dove, cambio)
      expect(alterata).not.toBe(sigillata)
      expect(verifySeal(alterata).valido).toBe(false)
    }
  })

  it('refuses a seal moved to another root, a doubled one and a missing one', () => {
    const firma = /<ds:Signature [\s\S]*<\/ds:Signature>/.exec(sigillata)?.[0] as string
    expect(motivo(`<involucro>${sigillata.replace(/^<\?xml.*\?>\s*/, '')}</involucro>`)).toMatch(/radice/)
    expect(motivo(sigillata.replace(firma, firma + firma))).toMatch(/firme nel documento/)
    expect(motivo(sigillata.replace(firma, ''))).toMatch(/trovati 0/)
  })

  it('REQ-SEGN-008 refuses a document type declaration before parsing', () => {
    expect(motivo(sigillata.replace('<p:Segn', '<!DOCTYPE x [<!ENTITY a "b">]><p:Segn'))).toMatch(/DTD/)
  })

  it('reports the test certificate as not qualified', () => {
    const esito = verifySeal(sigillata)
    expect(esito).toMatchObject({
      valido: true,
      certificato: { qualificato: false, soggetto: expect.stringContaining('SIGILLO DI PROVA') },
    })
    expect(sigillo.certificato()).toMatchObject({ qualificato: false, scadeIl: new Date('2036-01-01T00:00:00Z') })
  })
})

describe('describeCertificate', () => {
  it('takes as qualified only a certificate that declares both compliance and the type for seals', () => {
    const conDichiarazioni = (oids: readonly string[]): string => {
      const certificato = Certificate.fromBER(new Uint8Array(new X509Certificate(coppia.certificatoPem).raw))
      const dichiarazioni = new Sequence({ value: oids.map((oid) => new Sequence({ value: [new ObjectIdentifier({ value: oid })] })) })
      certificato.extensions?.push(new Extension({ extnID: '1.3.6.1.5.5.7.1.3', critical: false, extnValue: dichiarazioni.toBER(false) }))
      const der = Buffer.from(certificato.toSchema(true).toBER(false))
      return `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`
    }
    expect(describeCertificate(conDichiarazioni(['0.4.0.1862.1.1', '0.4.0.1862.1.6.2'])).qualificato).toBe(true)
    expect(describeCertificate(conDichiarazioni(['0.4.0.1862.1.1', '0.4.0.1862.1.6.1'])).qualificato).toBe(false)
    expect(describeCertificate(coppia.certificatoPem).qualificato).toBe(false)
  })
})

describe('ensureTestCertificate', () => {
  it('makes the pair once, readable by its owner only, also when two start together', async () => {
    const opzioni = { cartella: join(cartella, 'uno'), ...ENTE }
    const [a, b] = await Promise.all([ensureTestCertificate(opzioni), ensureTestCertificate(opzioni)])
    expect(a).toEqual(b)
    expect(await ensureTestCertificate(opzioni)).toEqual(a)
    expect(await readdir(opzioni.cartella)).toEqual(['sigillo-di-prova'])
    const chiave = await stat(join(opzioni.cartella, 'sigillo-di-prova', 'chiave.pem'))
    expect(chiave.mode & 0o777).toBe(0o600)
  })

  it('opens a working seal', async () => {
    const aperto = await openTestSigillo({ cartella: join(cartella, 'due'), ...ENTE })
    expect(verifySeal(await aperto.sealXml('<a xmlns="urn:x" b="1"><c/> testo è </a>')).valido).toBe(true)
  })
})

describe('against outside verifiers', () => {
  itWithMateriali('the sealed segnatura is valid for the published schema', async () => {
    const xsd = await readFile(materiale('schemas', 'allegato6', 'segnatura_protocollo.xsd'), 'utf8')
    const dsig = await readFile(materiale('schemas', 'allegato6', 'import_schemas', 'xmldsig-core-schema.xsd'), 'utf8')
    const official = compileSchema('segnatura_protocollo.xsd', xsd, {
      'import_schemas/xmldsig-core-schema.xsd': dsig.replace(/<!DOCTYPE[\s\S]*?\]>/, ''),
    })
    expect(official.validate(sigillata).errori).toEqual([])
    expect(official.validate(await sigillo.sealXml(writeSegnatura(SEGNATURA_MINIMA))).errori).toEqual([])
  })

  itWithMateriali('the seals of the published examples verify, and stop verifying after a change', async () => {
    for (const nome of ['segnatura-minima', 'segnatura-fascicolo', 'segnatura-allegati-classificazione']) {
      const xml = await readFile(materiale('schemas', 'allegato6', 'examples', `${nome}.xml`), 'utf8')
      expect(verifySeal(xml)).toMatchObject({ valido: true, certificato: { qualificato: false } })
      expect(verifySeal(xml.replace('<p:Oggetto>', '<p:Oggetto>.')).valido).toBe(false)
    }
  })

  itWithPrograms(['xmlsec1'])('xmlsec1 accepts the seal, and refuses it after a change', async () => {
    const file = join(cartella, 's.xml')
    const certificato = join(cartella, 'c.pem')
    await writeFile(certificato, coppia.certificatoPem)
    const argomenti = [
      '--verify',
      '--id-attr:Id',
      'SignedProperties',
      '--verification-time',
      '2026-03-12 00:00:00',
      '--trusted-pem',
      certificato,
      file,
    ]
    await writeFile(file, sigillata)
    expect(runProgram('xmlsec1', argomenti)).toMatchObject({ codice: 0, uscita: expect.stringContaining('2/2') })
    await writeFile(file, sigillata.replace('Nota di riscontro', 'Nota di riscontrO'))
    expect(runProgram('xmlsec1', argomenti).codice).not.toBe(0)
  })
})
