import { createHash } from 'node:crypto'
import { checkPIndex, isIdPdv, writePIndex } from '../sincro/index.ts'
import type { DocumentoPIndex, FilePIndex, MetadatiPIndex, TipoRelazione } from '../sincro/index.ts'
import { FILE_INDICE, PacchettoNonComponibile } from './model.ts'
import type { DocumentoDaVersare, PacchettoComposto, PacchettoDaComporre, SorgenteFile, VocePacchetto } from './model.ts'
import { sanitizeName } from './names.ts'

function textEntry(percorso: string, testo: string): VocePacchetto {
  const contenuto = Buffer.from(testo, 'utf8')
  return { percorso, contenuto, dimensione: contenuto.length, sha256: createHash('sha256').update(contenuto).digest('hex') }
}

interface Parte {
  readonly voci: VocePacchetto[]
  readonly documento: DocumentoPIndex
}

/** The numbered files of one folder: the number keeps the order and makes equal names different. */
function numbered(
  cartella: string,
  sorgenti: readonly (SorgenteFile & { readonly id?: string })[],
  relazione: { tipo: TipoRelazione; prefisso: string; valore: string; idDocumento: string },
): { voce: VocePacchetto; file: FilePIndex }[] {
  const usati = new Set<string>()
  const cifre = Math.max(2, String(sorgenti.length).length)
  return sorgenti.map((sorgente, i) => {
    const numero = String(i + 1).padStart(cifre, '0')
    const percorso = `${cartella}/${numero}-${sanitizeName(sorgente.nome, usati)}`
    return {
      voce: { percorso, sha256: sorgente.sha256, dimensione: sorgente.dimensione, contenuto: sorgente.apri },
      file: {
        id: sorgente.id ?? `${relazione.idDocumento}#${relazione.prefisso}-${i + 1}`,
        percorso,
        sha256: sorgente.sha256,
        mime: sorgente.mime,
        relazione: { tipo: relazione.tipo, valore: relazione.valore },
      },
    }
  })
}

function document(d: DocumentoDaVersare, cartella: string): Parte {
  const base = `documenti/${cartella}`
  const metadati = textEntry(`${base}/metadati.xml`, d.metadatiXml)
  const percorso = `${base}/principale/${sanitizeName(d.principale.nome, new Set())}`
  const idPrincipale = `${d.id}#principale`
  const gruppi = [
    ...numbered(`${base}/allegati`, d.allegati, { tipo: 'allegato_di', prefisso: 'allegato', valore: idPrincipale, idDocumento: d.id }),
    ...numbered(`${base}/annessi`, d.annessi ?? [], { tipo: 'annesso_di', prefisso: 'annesso', valore: idPrincipale, idDocumento: d.id }),
    ...numbered(`${base}/annotazioni`, d.annotazioni ?? [], {
      tipo: 'annotazione_di',
      prefisso: 'annotazione',
      valore: idPrincipale,
      idDocumento: d.id,
    }),
  ]
  const { sha256, dimensione, mime, apri } = d.principale
  return {
    voci: [metadati, { percorso, sha256, dimensione, contenuto: apri }, ...gruppi.map((g) => g.voce)],
    documento: {
      id: d.id,
      ...(d.etichetta === undefined ? {} : { etichetta: d.etichetta }),
      ...(d.descrizione === undefined ? {} : { descrizione: d.descrizione }),
      file: [{ id: idPrincipale, percorso, sha256, mime }, ...gruppi.map((g) => g.file)],
      metadati: metadataOf(`${d.id}#metadati`, metadati, 'DocumentoAmministrativoInformatico.xsd'),
    },
  }
}

function metadataOf(id: string, voce: VocePacchetto, schema: string): MetadatiPIndex {
  return { id, percorso: voce.percorso, sha256: voce.sha256, schema }
}

/**
 * Lays the package out (`spec` section 3.2) and writes its index. Pure: same snapshot, same index and same order of files (REQ-CONS-033). The world is
 * closed by construction: what is listed is what is written, and the index is checked against our schema before anything else happens.
 * Throws PacchettoNonComponibile; and IdentificativoNonAmmesso, TestoNonRappresentabile of the index writer.
 */
export function composePacchetto(p: PacchettoDaComporre): PacchettoComposto {
  if (!isIdPdv(p.idPdv)) throw new PacchettoNonComponibile('IDENTIFICATIVO', `Codice di pacchetto non ammesso: «${p.idPdv}».`)
  const { aggregazione, documenti, ...indice } = p
  const cartelle = new Set<string>()
  const parti = documenti.map((d) => document(d, sanitizeName(d.id, cartelle)))
  const metadatiAggregazione = aggregazione && textEntry('aggregazione/metadati.xml', aggregazione.metadatiXml)
  const { xml, avvisi } = writePIndex({
    ...indice,
    ...(aggregazione && metadatiAggregazione
      ? { aggregazione: metadataOf(`${aggregazione.id}#metadati`, metadatiAggregazione, 'AggregazioneDocumentaliInformatiche.xsd') }
      : {}),
    documenti: parti.map((parte) => parte.documento),
  })
  const esito = checkPIndex(xml)
  if (!esito.valido)
    throw new PacchettoNonComponibile('INDICE', `L’indice del pacchetto non è valido: ${esito.errori.map((e) => e.messaggio).join(' ')}`)
  const voceIndice = textEntry(FILE_INDICE, xml)
  return {
    idPdv: p.idPdv,
    indice: { xml, sha256: voceIndice.sha256 },
    voci: [voceIndice, ...(metadatiAggregazione ? [metadatiAggregazione] : []), ...parti.flatMap((parte) => parte.voci)],
    avvisi,
  }
}
