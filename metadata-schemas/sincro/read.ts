import { child, children, childText, readXml } from '../xml/index.ts'
import type { ElementoXml } from '../xml/index.ts'
import { NS_SINCRO, NS_SINCRO_1 } from './model.ts'

export interface ImprontaLetta {
  /** As declared: 'SHA-256' in every spelling found in the field, or whatever else is written. */
  readonly algoritmo: string
  /** Lower-case hexadecimal; '' when the text is neither hexadecimal nor base64 of a digest. */
  readonly esadecimale: string
}

export interface FileLetto {
  readonly id: string
  /** Decoded, without leading slash. Not judged here: whoever opens a file by it must check it stays inside. */
  readonly percorso: string
  readonly impronta: ImprontaLetta
  readonly mime?: string
  readonly relazioni: readonly { readonly tipo: string; readonly valori: readonly string[] }[]
}

export interface DocumentoLetto {
  readonly id: string
  readonly etichetta?: string
  readonly descrizione?: string
  readonly file: readonly FileLetto[]
  readonly metadati?: FileLetto
}

export interface PIndexLetto {
  readonly versione: '2.0' | '1.0'
  readonly idIndice: string
  readonly idPdv: string
  readonly etichetta?: string
  readonly descrizione?: string
  readonly aggregazione?: FileLetto
  readonly documenti: readonly DocumentoLetto[]
  readonly soggetti: readonly { readonly ruolo: string; readonly denominazione: string; readonly identificativi: readonly string[] }[]
  readonly istante?: string
  /** Every liberty taken while reading, one Italian sentence each: to be logged (REQ-CONS-049). */
  readonly tolleranze: readonly string[]
}

/** Not an index of preservation, or not XML at all. The message is Italian. */
export class PIndexIlleggibile extends Error {
  override readonly name = 'PIndexIlleggibile'
}

const LUNGHEZZE = new Set([20, 32, 48, 64])

function compact<T extends object>(valori: { [K in keyof T]?: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(valori).filter(([, valore]) => valore !== undefined && valore !== '')) as T
}

class Reader {
  readonly tolleranze = new Set<string>()

  path(testo: string): string {
    let percorso = testo.trim()
    if (percorso.startsWith('/')) {
      this.tolleranze.add('Percorsi con la barra iniziale: letti come relativi alla cartella del pacchetto.')
      percorso = percorso.slice(1)
    }
    try {
      return decodeURIComponent(percorso)
    } catch {
      this.tolleranze.add('Percorsi con codifica percentuale errata: letti alla lettera.')
      return percorso
    }
  }

  /** Hexadecimal or base64 is decided by the decoded length: 64 hexadecimal characters are also base64, of 48 bytes. */
  digest(e: ElementoXml | undefined): ImprontaLetta {
    const testo = e?.testo.replace(/\s+/g, '') ?? ''
    const algoritmo = (e?.attributi['hashFunction'] ?? e?.attributi['function'] ?? '').toUpperCase().replace(/^SHA-?(\d+)$/, 'SHA-$1')
    if (/^([0-9a-fA-F]{2})+$/.test(testo) && LUNGHEZZE.has(testo.length / 2)) {
      if (/[A-F]/.test(testo)) this.tolleranze.add('Impronte in esadecimale maiuscolo.')
      return { algoritmo, esadecimale: testo.toLowerCase() }
    }
    const byte = /^[A-Za-z0-9+/]+={0,2}$/.test(testo) ? Buffer.from(testo, 'base64') : Buffer.alloc(0)
    if (!LUNGHEZZE.has(byte.length)) return { algoritmo, esadecimale: '' }
    this.tolleranze.add('Impronte in base64 invece che in esadecimale.')
    return { algoritmo, esadecimale: byte.toString('hex') }
  }

  file(e: ElementoXml): FileLetto {
    return compact<FileLetto>({
      id: childText(e, 'ID') ?? '',
      percorso: this.path(childText(e, 'Path') ?? ''),
      impronta: this.digest(child(e, 'Hash')),
      mime: e.attributi['format'],
      relazioni: children(e, 'Relation').map((r) => ({
        tipo: childText(r, 'Type') ?? '',
        valori: children(r, 'Value').map((v) => v.testo.trim()),
      })),
    })
  }

  metadata(e: ElementoXml | undefined): FileLetto | undefined {
    const info = child(e, 'MoreInfo')
    const esterni = child(info, 'ExternalMetadata')
    if ((child(info, 'EmbeddedMetadata')?.figli.length ?? 0) > 1) this.tolleranze.add('Metadati incorporati con più di un elemento.')
    return esterni && this.file(esterni)
  }

  document(e: ElementoXml): DocumentoLetto {
    return compact<DocumentoLetto>({
      id: childText(e, 'ID') ?? childText(child(e, 'File'), 'ID') ?? '',
      etichetta: childText(e, 'Label'),
      descrizione: childText(e, 'Description'),
      file: children(e, 'File').map((file) => this.file(file)),
      metadati: this.metadata(e),
    })
  }

  agent(e: ElementoXml): PIndexLetto['soggetti'][number] {
    const nome = child(e, 'AgentName')
    const persona = child(nome, 'NameAndSurname')
    const completo = persona && `${childText(persona, 'FirstName') ?? ''} ${childText(persona, 'LastName') ?? ''}`.trim()
    return {
      ruolo: e.attributi['holderRole'] ?? e.attributi['signerRole'] ?? e.attributi['role'] ?? e.nome,
      denominazione: completo ?? childText(nome, 'FormalName') ?? '',
      identificativi: [...children(e, 'AgentID'), ...children(e, 'Agent_ID')].map((id) => id.testo.trim()),
    }
  }
}

function root(xml: string | Uint8Array): ElementoXml {
  try {
    return readXml(xml)
  } catch (error) {
    throw new PIndexIlleggibile(`L’indice non è XML leggibile: ${(error as Error).message}`, { cause: error })
  }
}

/**
 * Reads an index of version 2.0 or, for display, of version 1.0 (`IdC`). Tolerant as REQ-CONS-049 asks: leading slash, digests in any encoding, missing
 * language, several embedded elements; each liberty is in `tolleranze`. An enveloped signature is skipped, not verified. Throws PIndexIlleggibile.
 */
export function readPIndex(xml: string | Uint8Array): PIndexLetto {
  const radice = root(xml)
  const seconda = radice.nome === 'PIndex' && radice.namespace === NS_SINCRO
  if (!seconda && !(radice.nome === 'IdC' && radice.namespace === NS_SINCRO_1))
    throw new PIndexIlleggibile(`Il file non è un indice di conservazione: la radice è ${radice.nome}.`)
  const reader = new Reader()
  if (seconda && radice.attributi['language'] === undefined) reader.tolleranze.add('Lingua non dichiarata.')
  const volume = child(radice, seconda ? 'PVolume' : 'VdC')
  const processo = child(radice, 'Process')
  const soggetti = ['Submitter', 'Holder', 'AuthorizedSigner', 'Agent']
    .flatMap((nome) => children(processo, nome))
    .map((e) => reader.agent(e))
  const tempo = child(processo, 'TimeReference')
  const documenti = children(radice, 'FileGroup').map((gruppo) => reader.document(gruppo))
  return compact<PIndexLetto>({
    versione: seconda ? '2.0' : '1.0',
    idIndice: childText(child(radice, 'SelfDescription'), 'ID') ?? '',
    idPdv: childText(volume, 'ID') ?? '',
    etichetta: childText(volume, 'Label'),
    descrizione: childText(volume, 'Description'),
    aggregazione: reader.metadata(volume),
    documenti,
    soggetti,
    istante: childText(tempo, 'TimeInfo') ?? child(tempo, 'TimeStamp')?.attributi['normal'],
    tolleranze: [...reader.tolleranze],
  })
}
