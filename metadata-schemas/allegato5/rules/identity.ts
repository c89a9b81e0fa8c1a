import { isBlank } from '../../xml/index.ts'
import { LUNGHEZZA_IMPRONTA, normalizeAlgoritmo } from '../literals.ts'
import type { IdDocDai } from '../models/dai.ts'
import type { IdDocDi } from '../models/di.ts'
import type { Impronta } from '../models/shared.ts'
import { walk } from '../walk.ts'
import type { Modello } from '../write.ts'
import { nonVerificata, sameKey, violata } from './findings.ts'
import { perDocumenti, perTutti } from './types.ts'
import type { ModelloDocumentale, Regola, Riscontro } from './types.ts'

/** Every file the model speaks of: path of its identity, digest, identifier. */
function* identities(modello: Modello): Generator<{ percorso: string; idDoc: IdDocDi & Pick<IdDocDai, 'segnatura'> }> {
  if (modello.profilo === 'AGG') {
    for (const [indice, documento] of modello.documenti.entries()) {
      const nome = documento.tipo === 'DAI' ? 'DocumentoAmministativoinformatico' : 'Documentoinformatico'
      yield { percorso: `IndiceDocumenti/TipoDocumento[${indice + 1}]/${nome}`, idDoc: documento }
    }
    return
  }
  yield { percorso: 'IdDoc', idDoc: modello.idDoc }
  for (const [indice, allegato] of modello.allegati.indice.entries()) {
    yield { percorso: `Allegati/IndiceAllegati[${indice + 1}]/IdDoc`, idDoc: allegato.idDoc }
  }
  if (modello.documentoPrimario) yield { percorso: 'IdIdentificativoDocumentoPrimario', idDoc: modello.documentoPrimario }
  if (modello.modifica) {
    yield { percorso: 'TracciatureModificheDocumento/IdDocVersionePrecedente', idDoc: modello.modifica.versionePrecedente }
  }
}

function digests(modello: Modello): { percorso: string; impronta: Impronta }[] {
  return [...identities(modello)].map(({ percorso, idDoc }) => ({
    percorso: `${percorso}/ImprontaCrittograficaDelDocumento`,
    impronta: idDoc.impronta,
  }))
}

function decoded(impronta: Impronta): Buffer | undefined {
  const testo = impronta.valore.replace(/\s+/gu, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(testo) || testo.length % 4 !== 0) return undefined
  return Buffer.from(testo, 'base64')
}

function* checkLength(modello: Modello): Generator<Riscontro> {
  for (const { percorso, impronta } of digests(modello)) {
    const algoritmo = normalizeAlgoritmo(impronta.algoritmo)
    const byte = decoded(impronta)?.length
    if (byte === undefined || byte === 0) {
      yield violata(`${percorso}/Impronta`, 'L’impronta non è base64: scrivere in base64 i byte del digest.')
    } else if (algoritmo !== undefined && byte !== LUNGHEZZA_IMPRONTA[algoritmo]) {
      const giusti = LUNGHEZZA_IMPRONTA[algoritmo]
      yield violata(
        `${percorso}/Impronta`,
        `L’impronta è di ${byte} byte, ${algoritmo} ne dà ${giusti}: scrivere in base64 i byte del digest, non le sue cifre esadecimali.`,
      )
    }
  }
}

function* checkStored(modello: Modello, impronte: Readonly<Record<string, Impronta>> | undefined): Generator<Riscontro> {
  for (const { percorso, idDoc } of identities(modello)) {
    // Of the primary document and of the previous version this metadata file only repeats the identity: their own files answer for them.
    if (percorso.startsWith('IdIdentificativo') || percorso.startsWith('Tracciature')) continue
    const qui = `${percorso}/ImprontaCrittograficaDelDocumento/Impronta`
    const vera = impronte?.[idDoc.identificativo]
    if (vera === undefined) yield nonVerificata(qui, 'improntePerIdentificativo')
    else if (
      normalizeAlgoritmo(vera.algoritmo) !== normalizeAlgoritmo(idDoc.impronta.algoritmo) ||
      decoded(vera)?.equals(decoded(idDoc.impronta) ?? Buffer.alloc(0)) !== true
    ) {
      yield violata(qui, 'L’impronta non è quella del file conservato: ricalcolarla dal file, o verificare che il file sia integro.')
    }
  }
}

function* checkDistinct(modello: ModelloDocumentale): Generator<Riscontro> {
  const prime = new Map<string, string>()
  for (const { percorso, idDoc } of identities(modello)) {
    const key = sameKey(idDoc.identificativo)
    const prima = prime.get(key)
    if (prima === undefined) prime.set(key, percorso)
    // Two equal attachments are the business of R31.
    else if (!percorso.startsWith('Allegati') || !prima.startsWith('Allegati')) {
      yield violata(`${percorso}/Identificativo`, `L’identificativo è lo stesso di ${prima}: ogni documento ne ha uno proprio.`)
    }
  }
}

function* checkBlank(modello: Modello): Generator<Riscontro> {
  for (const { percorso, voce, valore } of walk(modello)) {
    if (voce.forma !== 'valore' || (voce.tipo !== 'riga' && voce.tipo !== 'data') || voce.card === '0..1') continue
    if (valore === undefined || (typeof valore === 'string' && isBlank(valore))) {
      yield violata(percorso, `${voce.el} è vuoto: indicare un valore.`)
    }
  }
}

/** Identity and integrity: R01-R05. */
export const REGOLE_IDENTITA: readonly Regola[] = [
  perTutti({
    id: 'R01',
    gravita: 'E',
    fonte: 'P',
    diProgetto: true,
    enunciato:
      'I testi obbligatori (identificativi, oggetto, nome, tipologia, versione, formato, denominazioni, codici IPA, cognomi, nomi, indirizzi) non sono vuoti.',
    check: checkBlank,
  }),
  perTutti({
    id: 'R02',
    gravita: 'E',
    fonte: 'P',
    diProgetto: true,
    enunciato: 'La lunghezza dell’impronta decodificata corrisponde all’algoritmo.',
    check: checkLength,
  }),
  perTutti({
    id: 'R03',
    gravita: 'E',
    fonte: 'B',
    enunciato: 'L’impronta è quella del file conservato.',
    check: (modello, contesto) => checkStored(modello, contesto.improntePerIdentificativo),
  }),
  perTutti({
    id: 'R04',
    gravita: 'E',
    fonte: 'B, P',
    enunciato: 'L’algoritmo è SHA-224, SHA-256, SHA-384 o SHA-512.',
    *check(modello) {
      for (const { percorso, impronta } of digests(modello)) {
        if (normalizeAlgoritmo(impronta.algoritmo) !== undefined) continue
        yield violata(`${percorso}/Algoritmo`, `L’algoritmo «${impronta.algoritmo}» non è ammesso: usare SHA-256.`)
      }
    },
  }),
  perDocumenti({
    id: 'R05',
    gravita: 'E',
    fonte: 'P',
    diProgetto: true,
    enunciato: 'Gli identificativi di documento, allegati, versione precedente e documento primario sono tutti diversi.',
    check: checkDistinct,
  }),
]
