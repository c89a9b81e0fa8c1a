import type { FileRow } from '../documenti/index.ts'
import { isAperto } from '../fascicoli/index.ts'
import { formatItalianDay, romeDay } from '../kernel/time.ts'
import { formatEtichetta, formatProvvedimento } from '../protocollo/index.ts'
import type { AccessoRow, DocumentoPraticaRow, PraticaRow } from './repository.ts'
import { describeAccesso, flussoOf, stageOf, stagesOf } from './rules.ts'
import type { FattiPratica } from './rules.ts'
import type { AccessoDto, DocumentoPraticaDto, PraticaDto, RigaPraticaDto } from './schema.ts'

const label = (r: { anno: number | null; numero: number | null }): string | null =>
  r.anno === null || r.numero === null ? null : formatEtichetta(r.numero, r.anno)

function factsOf(r: PraticaRow): FattiPratica {
  return {
    conclusa: !isAperto(r.stato),
    apertoIl: r.apertoIl,
    creatoIl: r.creatoIl.toISOString(),
    chiusoIl: r.chiusoIl,
    ricevutaIl: r.ricevutaIl?.toISOString() ?? null,
    presaIl: r.presaIl?.toISOString() ?? null,
    istruttoriaDal: r.istruttoriaDal,
    integrazioniChieste: r.integrazioniChieste?.toISOString() ?? null,
    integrazioniArrivate: r.integrazioniArrivate,
  }
}

/** A fascicolo as the citizen's list shows it. */
export function presentRigaPratica(r: PraticaRow): RigaPraticaDto {
  return {
    id: r.id,
    slug: r.slug,
    oggetto: r.oggetto,
    stato: r.stato,
    fase: stageOf(factsOf(r)),
    protocollo: label(r),
    apertoIl: r.apertoIl,
    aggiornatoIl: r.aggiornatoIl.toISOString(),
    termine: r.termine,
  }
}

/** A fascicolo as its page shows it to the citizen (REQ-FASC-021). */
export function presentPratica(r: PraticaRow, documenti: readonly DocumentoPraticaRow[], files: readonly FileRow[]): PraticaDto {
  return {
    ...presentRigaPratica(r),
    codice: r.codice,
    dataProtocollo: r.dataProtocollo,
    chiusoIl: r.chiusoIl,
    esito: r.esito,
    responsabile: { nome: r.responsabile, ufficio: r.ufficio, email: r.email },
    fasi: stagesOf(factsOf(r)),
    documenti: documenti.map((d) => presentDocumentoPratica(d, files)),
  }
}

function presentDocumentoPratica(d: DocumentoPraticaRow, files: readonly FileRow[]): DocumentoPraticaDto {
  return {
    id: d.id,
    oggetto: d.oggetto,
    tipologia: d.tipologia,
    protocollo: label(d),
    data: d.data,
    flusso: flussoOf(d.tipo, d.mio),
    annullamento: d.annullamento === null ? null : markOf(d.annullamento),
    file: files
      .filter((f) => f.documentoId === d.id)
      .map(({ id, nome, mime, dimensione, sha256 }) => ({ id, nome, mime, dimensione, sha256 })),
  }
}

/** Without the operator's name: the citizen is told of the act, not of the person. */
function markOf(a: NonNullable<DocumentoPraticaRow['annullamento']>): string {
  return `ANNULLATO il ${formatItalianDay(romeDay(a.il))} – provv. ${formatProvvedimento(a.numero, a.data)}`
}

/** One read of the citizen's data, as he sees it. */
export function presentAccesso(r: AccessoRow): AccessoDto {
  return {
    id: r.id,
    istante: r.istante.toISOString(),
    chi: r.attoreNome,
    tu: r.attoreTipo === 'cittadino',
    azione: r.azione,
    descrizione: describeAccesso(r.azione),
    oggetto: r.oggetto,
    protocollo: label(r),
    pratica: r.slug === null ? null : { slug: r.slug, oggetto: r.pratica ?? '' },
  }
}
