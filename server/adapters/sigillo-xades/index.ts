import { createPrivateKey, X509Certificate } from 'node:crypto'
import { now } from '../../kernel/time.ts'
import type { Sigillo } from '../../ports/sigillo.ts'
import { describeCertificate } from './certificate.ts'
import { SigilloNonApponibile } from './errors.ts'
import { importPrivateKey, signXml } from './sign.ts'
import { ensureTestCertificate } from './test-certificate.ts'
import { verifySeal } from './verify.ts'

export { SigilloNonApponibile } from './errors.ts'
export { ensureTestCertificate, generateTestCertificate } from './test-certificate.ts'
export type { CoppiaPem } from './test-certificate.ts'
export { verifySeal } from './verify.ts'
export type { EsitoSigillo } from './verify.ts'

/**
 * The seal with a key held here in PEM: the demo and the tests use it; a body's real seal is remote, behind the same port. `clock` gives SigningTime.
 * Every sealed document is verified before it is returned, by code that shares nothing with the signer. Throws SigilloNonApponibile for a key that is not
 * RSA or not the certificate's, and when sealing outside the validity of the certificate.
 */
export async function createSigilloXades(coppia: { chiavePem: string; certificatoPem: string }, clock: () => Date = now): Promise<Sigillo> {
  const { der, valeDal, ...certificato } = describeCertificate(coppia.certificatoPem)
  const chiave = await importPrivateKey(coppia.chiavePem)
  if (!new X509Certificate(coppia.certificatoPem).checkPrivateKey(createPrivateKey(coppia.chiavePem)))
    throw new SigilloNonApponibile('La chiave del sigillo non è quella del suo certificato.')
  return {
    certificato: () => certificato,
    async sealXml(xml) {
      const istante = clock()
      if (istante < valeDal || istante > certificato.scadeIl)
        throw new SigilloNonApponibile('Il certificato del sigillo non è in corso di validità.')
      const sigillato = await signXml(xml, chiave, der, istante)
      const esito = verifySeal(sigillato)
      if (!esito.valido) throw new SigilloNonApponibile(`Il sigillo appena apposto non supera la verifica: ${esito.motivo}.`)
      return sigillato
    },
  }
}

/** The demo's seal: certificate SIGILLO DI PROVA kept in `cartella`, made once (REQ-SEGN-010). Same errors as `createSigilloXades`. */
export async function openTestSigillo(
  opzioni: { cartella: string; organizzazione: string; identificativo: string },
  clock: () => Date = now,
): Promise<Sigillo> {
  return createSigilloXades(await ensureTestCertificate(opzioni), clock)
}
