import { Readable } from 'node:stream'
import { FileReply } from '../../kernel/endpoint.ts'
import type { Ports } from '../../kernel/endpoint.ts'
import { inReadTransaction, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { countPratiche, readClock } from '../repository.ts'
import { findAvvisi, findDurate, findFermi } from '../repository-misure.ts'
import type { Contatori, DurataDto, FermoDto } from '../schema.ts'
import { composeTempi, LICENZA, writeCsv, writeXml } from '../tempi/dati.ts'
import type { RigaTempi } from '../tempi/dati.ts'
import { writeDcat } from '../tempi/dcat.ts'

/** Measured times of the practices this person reads, by procedure and year, latest year first (L. 241/1990 art. 2 c. 4-bis). */
export async function readDurate(scope: Scope, anno?: number): Promise<DurataDto[]> {
  const rows = await inReadTransaction(scope, async (s) => await findDurate(s, { anno, pubblico: false }))
  return rows.map((r) => ({
    procedimento: { id: r.procedimentoId, codice: r.codice, denominazione: r.denominazione },
    anno: r.anno,
    conclusi: r.conclusi,
    inCorso: r.inCorso,
    oltreTermine: r.oltreTermine,
    termineGiorni: r.termineGiorni,
    mediana: r.mediana,
    novantesimo: r.novantesimo,
    medianaNetta: r.medianaNetta,
    neiTermini: r.neiTermini,
  }))
}

/** Two of the indicators of REQ-FASC-061, each the length of a list the same person can open. */
export async function readIndicatori(scope: Scope): Promise<{ oltreTermine: number; fermi: number; contatori: Contatori }> {
  return await inReadTransaction(scope, async (s) => {
    const contatori = await countPratiche(s, { pagina: 1, perPagina: 1 })
    return { oltreTermine: contatori.scaduta, fermi: (await findFermi(s, 1, 1)).totale, contatori }
  })
}

/** How many practices this person reads are in each situation: the numbers of the desk, each the length of a list of the board. */
export async function countTerminiPratiche(scope: Scope): Promise<Contatori> {
  return await inReadTransaction(scope, async (s) => await countPratiche(s, { pagina: 1, perPagina: 1 }))
}

/** The open fascicoli without movement for twelve months that this person reads (REQ-FASC-061). */
export async function listFermi(scope: Scope, pagina: number, perPagina: number): Promise<{ elementi: FermoDto[]; totale: number }> {
  const { rows, totale } = await inReadTransaction(scope, async (s) => await findFermi(s, pagina, perPagina))
  return { elementi: rows, totale }
}

/** A notice about a term, as desks and digests show it. */
export interface AvvisoTermine {
  readonly id: string
  readonly tipo: string
  readonly termine: string
  readonly il: string
  readonly fascicolo: { readonly slug: string; readonly codice: string; readonly oggetto: string }
  readonly procedimento: string
  readonly ufficioId: string
  readonly responsabileId: string
}

/** The notices in force about terms this person may read, the nearest term first; the weekly digest takes its entries from here. */
export async function listAvvisiTermini(scope: Scope): Promise<AvvisoTermine[]> {
  const rows = await inReadTransaction(scope, async (s) => await findAvvisi(s))
  return rows.map((r) => ({
    id: r.id,
    tipo: r.tipo,
    termine: r.termine,
    il: r.creatoIl.toISOString(),
    fascicolo: { slug: r.slug, codice: r.codice, oggetto: r.oggetto },
    procedimento: r.denominazione,
    ufficioId: r.ufficioId,
    responsabileId: r.responsabileId,
  }))
}

/** The dataset of the times as anybody reads it: counts and times of procedures, no person. */
export async function readTempi(scope: Scope): Promise<{ ente: string; licenza: { nome: string; uri: string }; righe: RigaTempi[] }> {
  const rows = await inReadTransaction(scope, async (s) => await findDurate(s, { pubblico: true }))
  return { ente: scope.ente.denominazione, licenza: LICENZA, righe: composeTempi(rows) }
}

const reply = (nome: string, tipo: string, text: string): FileReply => {
  const bytes = Buffer.from(text, 'utf8')
  return new FileReply({ nome, tipo, stream: Readable.from([bytes]), dimensione: bytes.length })
}

/** The same dataset as CSV. */
export async function tempiCsv(scope: Scope): Promise<FileReply> {
  return reply('tempi-procedimenti.csv', 'text/csv; charset=utf-8', writeCsv((await readTempi(scope)).righe))
}

/** The same dataset as XML. */
export async function tempiXml(scope: Scope): Promise<FileReply> {
  return reply('tempi-procedimenti.xml', 'application/xml; charset=utf-8', writeXml((await readTempi(scope)).righe, scope.ente))
}

/** The description of the dataset, DCAT-AP_IT in RDF/XML. */
export async function tempiDcat(scope: Scope, ports: Ports): Promise<FileReply> {
  const dati = await inReadTransaction(scope, async (s) => ({
    ...(await readClock(s)),
    ...(await queryOne<{ pec: string; primo: string | null }>(
      s,
      `select a.domicilio_digitale as pec, (select to_char(min(v.creata_il) at time zone 'Europe/Rome', 'YYYY-MM-DD') from procedimento_versione v where v.ente_id = a.ente_id) as primo
         from aoo a where a.ente_id = $1 and a.predefinita`,
      [s.ente.id],
    )),
  }))
  const text = writeDcat({
    ente: scope.ente,
    indirizzo: `${ports.indirizzoPubblico}/api/v1/${scope.ente.slug}/trasparenza/tempi`,
    pagina: `${ports.indirizzoPubblico}/${scope.ente.slug}/trasparenza/procedimenti`,
    pec: dati.pec ?? null,
    pubblicatoIl: dati.primo ?? dati.oggi,
    modificatoIl: dati.oggi,
  })
  return reply('tempi-procedimenti.rdf', 'application/rdf+xml; charset=utf-8', text)
}
