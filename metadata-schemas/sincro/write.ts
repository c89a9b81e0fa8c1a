import { el, writeXml } from '../xml/index.ts'
import type { NodoXml } from '../xml/index.ts'
import { requireAgentId } from './identifiers.ts'
import { NS_SINCRO } from './model.ts'
import type {
  DocumentoPIndex,
  DocumentoRilevante,
  EnteSincro,
  FilePIndex,
  MetadatiPIndex,
  PacchettoPrecedente,
  PersonaSincro,
  PIndex,
} from './model.ts'
import { encodePath, indexText } from './text.ts'
import type { Avvisi } from './text.ts'

type Attributi = Record<string, string | undefined>

/** Attributes are qualified like elements in this schema. */
function s(nome: string, contenuto: Parameters<typeof el>[1], attributi: Attributi = {}): NodoXml {
  return el(`s:${nome}`, contenuto, Object.fromEntries(Object.entries(attributi).map(([chiave, valore]) => [`s:${chiave}`, valore])))
}

/** Extension as shown by the name, without the dot; undefined when there is none. */
function extension(percorso: string): string | undefined {
  return /[^/.]\.([A-Za-z0-9]+)$/.exec(percorso)?.[1]?.toLowerCase()
}

function isText(mime: string): boolean {
  return mime.startsWith('text/') || mime === 'application/xml' || mime.endsWith('+xml')
}

class Writer {
  private readonly schema: string
  private readonly avvisi: Avvisi

  constructor(schema: string, avvisi: Avvisi) {
    this.schema = schema
    this.avvisi = avvisi
  }

  private text(nome: string, valore: string | undefined, dove: string, attributi: Attributi = {}): NodoXml | undefined {
    return valore === undefined || valore.trim() === '' ? undefined : s(nome, indexText(valore, dove, this.avvisi), attributi)
  }

  id(valore: string): NodoXml {
    return s('ID', valore, { scheme: this.schema })
  }

  hash(sha256: string): NodoXml {
    return s('Hash', sha256, { canonicalXML: 'false', hashFunction: 'SHA-256' })
  }

  labels(etichetta: string | undefined, descrizione: string | undefined, dove: string): (NodoXml | undefined)[] {
    return [this.text('Label', etichetta, dove), this.text('Description', descrizione, dove)]
  }

  /** The index this one derives from: a new version of the same package. */
  indexSource(p: PacchettoPrecedente): NodoXml {
    const contenuto = [this.id(`${p.idPdv}#indice`), s('Path', encodePath(`${p.idPdv}/PIndex.xml`)), this.hash(p.improntaIndice)]
    return s('PIndexSource', contenuto, { derivation: 'onetoone' })
  }

  volumeSource(p: PacchettoPrecedente): NodoXml {
    return s('PVolumeSource', [this.id(p.idPdv), s('PIndexID', `${p.idPdv}#indice`, { scheme: this.schema })])
  }

  metadata(m: MetadatiPIndex): NodoXml {
    const contenuto = [this.id(m.id), s('Path', encodePath(m.percorso)), this.hash(m.sha256)]
    return s('MoreInfo', [s('ExternalMetadata', contenuto, { encoding: '8bit', extension: 'xml', format: 'application/xml' })], {
      xmlSchema: m.schema,
    })
  }

  file(f: FilePIndex): NodoXml {
    return s(
      'File',
      [
        this.id(f.id),
        s('Path', encodePath(f.percorso)),
        this.hash(f.sha256),
        f.relazione && s('Relation', [s('Type', f.relazione.tipo), s('Value', f.relazione.valore)]),
      ],
      { encoding: isText(f.mime) ? '8bit' : 'binary', extension: extension(f.percorso), format: f.mime },
    )
  }

  document(d: DocumentoPIndex): NodoXml {
    const labels = this.labels(d.etichetta, d.descrizione, `documento ${d.id}`).filter((nodo) => nodo !== undefined)
    return s('FileGroup', [this.id(d.id), labels, d.file.map((f) => this.file(f)), this.metadata(d.metadati)])
  }

  private relevant(d: DocumentoRilevante): NodoXml {
    return s('RelevantDocument', indexText(d.descrizione, 'documento rilevante', this.avvisi), {
      docHash: d.sha256,
      hashFunction: d.sha256 === undefined ? undefined : 'SHA-256',
      uriDoc: d.indirizzo,
    })
  }

  agent(nome: string, a: EnteSincro | PersonaSincro, attributi: Attributi = {}): NodoXml {
    const denominazione =
      a.tipo === 'ente'
        ? s('FormalName', indexText(a.denominazione, 'soggetto', this.avvisi))
        : s('NameAndSurname', [
            s('FirstName', indexText(a.nome, 'soggetto', this.avvisi)),
            s('LastName', indexText(a.cognome, 'soggetto', this.avvisi)),
          ])
    return s(
      nome,
      [
        a.identificativi.map((identificativo) => s('AgentID', requireAgentId(identificativo))),
        s('AgentName', [denominazione]),
        a.documenti.map((documento) => this.relevant(documento)),
      ],
      { agentType: a.tipo === 'ente' ? 'legal person' : 'natural person', ...attributi },
    )
  }

  process(p: PIndex): NodoXml {
    return s('Process', [
      this.agent('Submitter', p.versante),
      p.titolari.map((titolare) => this.agent('Holder', titolare, { holderRole: titolare.ruolo })),
      p.firmatari.map((firmatario) => this.agent('AuthorizedSigner', firmatario, { signerRole: firmatario.ruolo })),
      s('TimeReference', [s('TimeInfo', p.istante.toISOString(), { attachedTimeStamp: 'false' })]),
      this.text('LawsAndRegulations', p.norme, 'norme'),
    ])
  }
}

function volume(p: PIndex, w: Writer): NodoXml {
  return s('PVolume', [
    w.id(p.idPdv),
    ...w.labels(p.etichetta, p.descrizione, 'pacchetto'),
    p.precedente && w.volumeSource(p.precedente),
    p.gruppo && s('PVolumeGroup', [w.id(p.gruppo.id), ...w.labels(p.gruppo.etichetta, undefined, 'gruppo')]),
    p.aggregazione && w.metadata(p.aggregazione),
  ])
}

/**
 * The index as XML: the same model always gives the same bytes (REQ-CONS-033), language always written, times in UTC, attributes prefixed. `avvisi` says
 * what was replaced (REQ-CONS-048). Faults of content are for `checkPIndex`, to be called on the result. Throws IdentificativoNonAmmesso for a subject
 * whose identifier does not fit the schema (REQ-CONS-046) and TestoNonRappresentabile for broken text.
 */
export function writePIndex(p: PIndex): { readonly xml: string; readonly avvisi: readonly string[] } {
  const avvisi: Avvisi = { testi: [] }
  const w = new Writer(p.schema ?? 'local', avvisi)
  const applicazione = [s('Name', p.applicazione.nome), s('Version', p.applicazione.versione), s('Producer', p.applicazione.produttore)]
  const xml = writeXml(
    el(
      's:PIndex',
      [
        s('SelfDescription', [
          w.id(`${p.idPdv}#indice`),
          s('CreatingApplication', applicazione),
          p.precedente && w.indexSource(p.precedente),
        ]),
        volume(p, w),
        p.documenti.map((documento) => w.document(documento)),
        w.process(p),
      ],
      { 'xmlns:s': NS_SINCRO, 's:language': 'it', 's:uri': `${NS_SINCRO}PIndex.xsd`, 's:sincroVersion': '2.0' },
    ),
  )
  return { xml, avvisi: avvisi.testi }
}
