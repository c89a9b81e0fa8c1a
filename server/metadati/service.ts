import { emitAgg, emitDai, emitDi, MetadatiNonEmettibili } from '../../metadata-schemas/allegato5/index.ts'
import type { Emissione, Esito, Profilo } from '../../metadata-schemas/allegato5/index.ts'
import { documentoAssente } from '../documenti/index.ts'
import { fascicoloAssente } from '../fascicoli/index.ts'
import { inReadTransaction } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { now, romeDay } from '../kernel/time.ts'
import type { DocumentoFatti, FascicoloFatti } from './facts.ts'
import { toAgg } from './presenter/agg.ts'
import { toDai } from './presenter/dai.ts'
import { toDi } from './presenter/di.ts'
import { toDaiRepertorio } from './presenter/repertorio.ts'
import { punteggioOf } from './punteggio.ts'
import { findDocumentiFatti } from './repository.ts'
import { findFascicoloFatti } from './repository-fascicolo.ts'
import type { EsitoRegola, MetadatiDto } from './schema.ts'

/** What to do about a rule, in words of the product, where the library can only name the missing part. */
const RIMEDI: Readonly<Record<string, string>> = {
  R50: 'Inserisci il documento in un fascicolo: senza, i metadati non si possono emettere.',
}

function toEsito(e: Esito): EsitoRegola {
  const gravita = e.stato === 'non verificata' ? 'non-verificata' : e.gravita === 'E' ? 'errore' : 'avviso'
  return {
    regola: e.regola,
    gravita,
    percorso: e.percorso,
    messaggio: gravita === 'errore' ? (RIMEDI[e.regola] ?? e.messaggio) : e.messaggio,
  }
}

/** Emits, turning a refusal into findings: metadata that are not ready are an answer, not a failure. */
function attempt(profilo: Profilo, emit: () => Emissione): MetadatiDto {
  const outcome = (xml: string | null, found: readonly Esito[]): MetadatiDto => {
    const esiti = found.map(toEsito)
    return { profilo, xml, completo: xml !== null, punteggio: punteggioOf(esiti), esiti }
  }
  try {
    const { xml, esiti } = emit()
    return outcome(xml, esiti)
  } catch (error) {
    if (!(error instanceof MetadatiNonEmettibili)) throw error
    return outcome(null, error.esiti)
  }
}

/** What has no digest has no identity: the one finding that comes before every rule. */
function withoutFile(profilo: Profilo): MetadatiDto {
  const messaggio = 'Manca il file principale: allegare il documento o la sua scansione.'
  return {
    profilo,
    xml: null,
    completo: false,
    punteggio: 0,
    esiti: [{ regola: 'R03', gravita: 'errore', percorso: 'IdDoc/ImprontaCrittograficaDelDocumento/Impronta', messaggio }],
  }
}

/**
 * The metadata of a document (Allegato 5, 2021): DAI when it is in the protocol or in a repertory, DI when it is in no register. XML when every blocking
 * rule holds, the findings in any case. Pure.
 */
export function emitDocumento(fatti: DocumentoFatti, oggi: string): MetadatiDto {
  if (fatti.registrazione === null && fatti.repertorio === null) {
    const di = toDi(fatti, oggi)
    return di === null ? withoutFile('DI') : attempt('DI', () => emitDi(di.modello, di.contesto))
  }
  const dai = fatti.repertorio === null ? toDai(fatti, oggi) : toDaiRepertorio(fatti, fatti.repertorio, oggi)
  return dai === null ? withoutFile('DAI') : attempt('DAI', () => emitDai(dai.modello, dai.contesto))
}

/** The AGG of these facts; see emitDocumento. */
export function emitFascicolo(fatti: FascicoloFatti, oggi: string): MetadatiDto {
  const agg = toAgg(fatti, oggi)
  return attempt('AGG', () => emitAgg(agg.modello, agg.contesto))
}

/**
 * Metadata of a document from its live rows. Whether the caller may see the document is the caller's question. Throws NotFound when there is none in
 * this ente.
 */
export async function buildDai(scope: Scope, documentoId: string): Promise<MetadatiDto> {
  const [fatti] = await inReadTransaction(scope, async (s) => await findDocumentiFatti(s, [documentoId]))
  if (fatti === undefined) throw documentoAssente()
  return emitDocumento(fatti, romeDay(now()))
}

/** Metadata of a fascicolo from its live rows; see buildDai. */
export async function buildAgg(scope: Scope, fascicoloId: string): Promise<MetadatiDto> {
  const fatti = await inReadTransaction(scope, async (s) => await findFascicoloFatti(s, fascicoloId))
  if (fatti === null) throw fascicoloAssente()
  return emitFascicolo(fatti, romeDay(now()))
}

/** Metadata of some documents from their live rows, by id; see buildDai. */
export async function buildMolti(scope: Scope, documentoIds: readonly string[]): Promise<Map<string, MetadatiDto>> {
  const fatti = await inReadTransaction(scope, async (s) => await findDocumentiFatti(s, documentoIds))
  const oggi = romeDay(now())
  return new Map(fatti.map((d) => [d.id, emitDocumento(d, oggi)]))
}

/** The AGG of a fascicolo that names only some of its documents: what leaves the body without the reserved ones. Throws NotFound. */
export async function buildAggOf(scope: Scope, fascicoloId: string, documenti: ReadonlySet<string>): Promise<MetadatiDto> {
  const fatti = await inReadTransaction(scope, async (s) => await findFascicoloFatti(s, fascicoloId))
  if (fatti === null) throw fascicoloAssente()
  return emitFascicolo({ ...fatti, documenti: fatti.documenti.filter((d) => documenti.has(d.id)) }, romeDay(now()))
}
