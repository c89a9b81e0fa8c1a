import type { Readable } from 'node:stream'
import type { DocumentoDaVersare, PacchettoDaComporre, SorgenteFile } from '../../metadata-schemas/pacchetto/index.ts'
import { bodyAgentId, personAgentId } from '../../metadata-schemas/sincro/index.ts'
import type { DocumentoRilevante, EnteSincro } from '../../metadata-schemas/sincro/index.ts'
import type { FileIstantanea, Istantanea } from './snapshot.ts'

/** Opens the stored bytes of a file by digest. */
export type OpenFile = (sha256: string) => Promise<Readable>

/** What writes the packages: stated in every index. */
const APPLICAZIONE = { nome: 'Faldone', versione: '0.1.0', produttore: 'Progetto Faldone' } as const
const NORME =
  'D.P.R. 445/2000; D.Lgs. 82/2005, artt. 43 e 44; Linee guida AgID su formazione, gestione e conservazione dei documenti informatici, cap. 4'

/** The manual binds the body, the act of appointment binds the person: the index wants one of each. */
function manuale(i: Istantanea): DocumentoRilevante {
  return { descrizione: `Manuale di conservazione di ${i.ente.denominazione}` }
}

function source(f: FileIstantanea, open: OpenFile): SorgenteFile & { id: string } {
  return { id: f.id, nome: f.nome, sha256: f.sha256, dimensione: f.dimensione, mime: f.mime, apri: async () => await open(f.sha256) }
}

function toDocumento(d: Istantanea['documenti'][number], open: OpenFile): DocumentoDaVersare {
  const of = (ruolo: FileIstantanea['ruolo']): (SorgenteFile & { id: string })[] =>
    d.file.filter((f) => f.ruolo === ruolo).map((f) => source(f, open))
  // The same message can be evidence of two documents: inside the index each occurrence has an identifier of its own.
  const annessi = of('annesso').map(({ id: _id, ...f }) => f)
  const [principale] = of('principale')
  if (principale === undefined) throw new Error('a document of the snapshot without its main file')
  return {
    id: d.id,
    etichetta: d.etichetta,
    ...(d.descrizione === undefined ? {} : { descrizione: d.descrizione }),
    metadatiXml: d.metadati.xml,
    principale,
    allegati: of('allegato'),
    annessi,
  }
}

/** What the package holds: a fascicolo, which is an aggregation with metadata of its own, or the register of a day. */
function describe({ fascicolo, registro }: Istantanea): Pick<PacchettoDaComporre, 'etichetta' | 'descrizione' | 'aggregazione'> {
  if (fascicolo === undefined)
    return { etichetta: `Registro ${registro?.identificativo}`, ...(registro && { descrizione: registro.oggetto }) }
  return {
    etichetta: `Fascicolo ${fascicolo.codice}`,
    ...(fascicolo.riservato ? {} : { descrizione: fascicolo.oggetto }),
    aggregazione: { id: fascicolo.codice, metadatiXml: fascicolo.metadati.xml },
  }
}

/**
 * The package of a snapshot, ready to be composed. A pure function of snapshot and identifier (REQ-CONS-033): the time in the index is that of the freeze,
 * not of the writing. The body is identified by fiscal code, never by its IPA code (REQ-CONS-046). Throws IdentificativoNonAmmesso when the body or the
 * produttore has no usable one.
 */
export function layoutPacchetto(i: Istantanea, idPdv: string, open: OpenFile): PacchettoDaComporre {
  const { codiceFiscale } = i.ente
  const ente: EnteSincro = {
    tipo: 'ente',
    denominazione: i.ente.denominazione,
    identificativi: [bodyAgentId({ codiceFiscale })],
    documenti: [manuale(i)],
  }
  return {
    idPdv,
    ...(i.precedente === undefined ? {} : { precedente: i.precedente }),
    applicazione: APPLICAZIONE,
    ...describe(i),
    documenti: i.documenti.map((d) => toDocumento(d, open)),
    versante: ente,
    titolari: [{ ...ente, ruolo: 'soggetto produttore' }],
    firmatari: [
      {
        tipo: 'persona',
        nome: i.produttore.nome,
        cognome: i.produttore.cognome,
        identificativi: [personAgentId(i.produttore.codiceFiscale)],
        documenti: [{ descrizione: i.produttore.atto }],
        ruolo: 'Produttore del pacchetto di versamento',
      },
    ],
    istante: new Date(i.istante),
    norme: NORME,
  }
}
