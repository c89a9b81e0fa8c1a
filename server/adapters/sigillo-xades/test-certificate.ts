import { randomBytes, webcrypto } from 'node:crypto'
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BitString, Integer, Null, ObjectIdentifier, OctetString, PrintableString, Sequence, Set as Asn1Set, Utf8String } from 'asn1js'
import { AlgorithmIdentifier, BasicConstraints, Certificate, Extension, PublicKeyInfo, RelativeDistinguishedNames } from 'pkijs'
import { now } from '../../kernel/time.ts'

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 3072, publicExponent: new Uint8Array([1, 0, 1]) }
const SHA256_CON_RSA = '1.2.840.113549.1.1.11'
const CARTELLA = 'sigillo-di-prova'
const ANNI = 10

/** Names in the certificate: country, organisation, organisation identifier, common name. */
const OID = { paese: '2.5.4.6', organizzazione: '2.5.4.10', identificativo: '2.5.4.97', nome: '2.5.4.3' } as const

export interface CoppiaPem {
  readonly chiavePem: string
  readonly certificatoPem: string
}

function pem(etichetta: string, der: ArrayBuffer): string {
  const righe =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${etichetta}-----\n${righe.join('\n')}\n-----END ${etichetta}-----\n`
}

/** A distinguished name of single-valued parts: pkijs would put them all in one, which readers show as a single strange name. */
function distinguishedName(organizzazione: string, identificativo: string): RelativeDistinguishedNames {
  const parti = [
    [OID.paese, new PrintableString({ value: 'IT' })],
    [OID.organizzazione, new Utf8String({ value: organizzazione })],
    [OID.identificativo, new Utf8String({ value: identificativo })],
    [OID.nome, new Utf8String({ value: 'SIGILLO DI PROVA - NON QUALIFICATO' })],
  ] as const
  const nome = new Sequence({
    value: parti.map(([oid, valore]) => new Asn1Set({ value: [new Sequence({ value: [new ObjectIdentifier({ value: oid }), valore] })] })),
  })
  return new RelativeDistinguishedNames({ valueBeforeDecode: nome.toBER(false) })
}

/** Marks the certificate as an end entity that may only sign: no verifier can take it for an authority. */
function extensions(): Extension[] {
  const soloFirma = new BitString({ valueHex: new Uint8Array([0xc0]).buffer, unusedBits: 6 })
  return [
    new Extension({ extnID: '2.5.29.19', critical: true, extnValue: new BasicConstraints({ cA: false }).toSchema().toBER(false) }),
    new Extension({ extnID: '2.5.29.15', critical: true, extnValue: soloFirma.toBER(false) }),
    new Extension({
      extnID: '2.5.29.14',
      critical: false,
      extnValue: new OctetString({ valueHex: new Uint8Array(randomBytes(20)).buffer }).toBER(false),
    }),
  ]
}

/**
 * A new key and a self-signed certificate named SIGILLO DI PROVA, valid ten years from the given instant. It has the structure of a seal certificate and
 * no qualified statement: everything made with it must be reported as not qualified (REQ-SEGN-010).
 */
export async function generateTestCertificate(opzioni: { organizzazione: string; identificativo: string; dal: Date }): Promise<CoppiaPem> {
  const chiavi = (await webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair
  const algoritmo = new AlgorithmIdentifier({ algorithmId: SHA256_CON_RSA, algorithmParams: new Null() })
  const nome = distinguishedName(opzioni.organizzazione, opzioni.identificativo)
  const certificato = new Certificate()
  certificato.version = 2
  certificato.serialNumber = new Integer({ valueHex: new Uint8Array([0x01, ...randomBytes(15)]).buffer })
  certificato.subject = nome
  certificato.issuer = nome
  certificato.notBefore.value = opzioni.dal
  const fine = new Date(opzioni.dal.getTime())
  fine.setUTCFullYear(fine.getUTCFullYear() + ANNI)
  certificato.notAfter.value = fine
  certificato.extensions = extensions()
  certificato.subjectPublicKeyInfo = PublicKeyInfo.fromBER(new Uint8Array(await webcrypto.subtle.exportKey('spki', chiavi.publicKey)))
  certificato.signature = algoritmo
  certificato.signatureAlgorithm = algoritmo
  certificato.tbsView = new Uint8Array(certificato.encodeTBS().toBER(false))
  certificato.signatureValue = new BitString({ valueHex: await webcrypto.subtle.sign(RSA.name, chiavi.privateKey, certificato.tbsView) })
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', chiavi.privateKey)
  return { chiavePem: pem('PRIVATE KEY', pkcs8), certificatoPem: pem('CERTIFICATE', certificato.toSchema(true).toBER(false)) }
}

async function load(cartella: string): Promise<CoppiaPem | null> {
  try {
    const [chiavePem, certificatoPem] = await Promise.all([
      readFile(join(cartella, 'chiave.pem'), 'utf8'),
      readFile(join(cartella, 'certificato.pem'), 'utf8'),
    ])
    return { chiavePem, certificatoPem }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/**
 * The test certificate kept in `cartella`, made the first time and the same ever after. The pair appears whole or not at all (a folder renamed into
 * place), so two processes starting together end with one and the same. The key is readable by its owner only.
 */
export async function ensureTestCertificate(opzioni: {
  cartella: string
  organizzazione: string
  identificativo: string
}): Promise<CoppiaPem> {
  const definitiva = join(opzioni.cartella, CARTELLA)
  const esistente = await load(definitiva)
  if (esistente !== null) return esistente
  const nuova = await generateTestCertificate({ ...opzioni, dal: now() })
  const provvisoria = `${definitiva}.${randomBytes(6).toString('hex')}`
  await mkdir(provvisoria, { recursive: true, mode: 0o700 })
  await writeFile(join(provvisoria, 'chiave.pem'), nuova.chiavePem, { mode: 0o600 })
  await chmod(join(provvisoria, 'chiave.pem'), 0o600)
  await writeFile(join(provvisoria, 'certificato.pem'), nuova.certificatoPem)
  try {
    await rename(provvisoria, definitiva)
    return nuova
  } catch (error) {
    const dellAltro = await load(definitiva)
    if (dellAltro === null) throw error
    await rm(provvisoria, { recursive: true })
    return dellAltro
  }
}
