import { inReadTransaction } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { now, romeDay } from '../../kernel/time.ts'
import type { DomandaRicerca, MotoreRicerca } from '../../ports/ricerca.ts'
import { findRigheById } from '../../protocollo/index.ts'
import type { RigaRegistroDto } from '../../protocollo/index.ts'
import { findEquivalenti } from '../../titolario/index.ts'
import type { VoceEquivalente } from '../../titolario/index.ts'
import { parseDomanda } from '../domanda.ts'
import type { Domanda, Elemento, Termine } from '../domanda.ts'
import { estratto, evidenzia, toRicercatore } from '../evidenza.ts'
import { presentFacce, presentLettura } from '../presenter.ts'
import {
  findByNumeri,
  findCorpi,
  findEspansioni,
  findNomiUffici,
  findNonIndicizzate,
  findRegistrazioniDiFascicolo,
  findTrovate,
  TETTO,
} from '../repository.ts'
import type { Trovate } from '../repository.ts'
import type { FiltriRicerca, RisultatiDto, TrovataDto } from '../schema.ts'
import { indexSubito } from '../indice.ts'
import { giorniOf, paroleDaEspandere, paroleOf, toParti } from '../tsquery.ts'
import type { Contesto, Espansione } from '../tsquery.ts'

/** Newest registrations looked at for those that the job has not reached. */
const ULTIME = 100
/** More than any register holds. */
const TUTTE = 50_000_000

/**
 * Searches what the scope's person may read (REQ-PROT-142): the one box and the chosen facets. Mistakes are forgiven when nothing else is found, and the answer says
 * with which words. Ids, totals, counts, snippets and nearby words come only from visible documents (REQ-PROT-061).
 */
export async function searchRegistrazioni(scope: Scope, filtri: FiltriRicerca, motore: MotoreRicerca | null): Promise<RisultatiDto> {
  const oggi = romeDay(now())
  const domanda = withFacets(parseDomanda(filtri.q, oggi), filtri)
  await reachNewest(scope)
  const esterni = motore === null ? null : await outsideCandidates(scope, motore, domanda)
  return await inReadTransaction(scope, async (s) => {
    const esito = await run(s, domanda, filtri, oggi, esterni, true)
    const righe = await findRigheById(s, esito.trovate.ids)
    const elementi = await present(s, esito, righe)
    const uffici = await findNomiUffici(s)
    return {
      elementi,
      totale: esito.trovate.totale,
      completo: esito.trovate.completo,
      facce: presentFacce(esito.trovate.conteggi, uffici),
      forseCercavi: esito.perdona ? nearbyWords(domanda, esito.espansioni, elementi) : null,
      lettura: presentLettura(parseDomanda(filtri.q, oggi), uffici),
    }
  })
}

/** Registrations made since the job last ran are put in the index now, so that whoever registers finds at once. */
export async function reachNewest(scope: Scope): Promise<void> {
  const missing = await findNonIndicizzate(scope, ULTIME)
  if (missing.length > 0) await indexSubito(scope, missing)
}

/** What came out of a question, with how it was asked at the end. */
export interface Esito {
  readonly trovate: Trovate
  readonly espansioni: ReadonlyMap<string, Espansione>
  readonly perdona: boolean
  readonly domanda: Domanda
}

/** Runs a question in the scope's read transaction; a second time forgiving mistakes when the first found nothing. */
export async function run(
  s: Scope,
  domanda: Domanda,
  filtri: Pick<FiltriRicerca, 'ordine' | 'pagina' | 'perPagina'>,
  oggi: string,
  esterni: readonly string[] | null,
  conteggi: boolean,
): Promise<Esito> {
  const first = await once(s, domanda, filtri, oggi, esterni, conteggi, false)
  if (first.trovate.totale > 0 || esterni !== null || paroleOf(domanda).length === 0) return first
  const second = await once(s, domanda, filtri, oggi, esterni, conteggi, true)
  return second.trovate.totale > 0 ? second : first
}

/** Every registration that answers a question and that the scope's person may read, in the order of the register and however many they are. */
export async function selectAll(s: Scope, domanda: Domanda, oggi: string): Promise<string[]> {
  const all = await once(s, domanda, { ordine: 'data', pagina: 1, perPagina: TUTTE }, oggi, null, false, false, TUTTE)
  return all.trovate.ids.toReversed()
}

async function once(
  s: Scope,
  domanda: Domanda,
  filtri: Pick<FiltriRicerca, 'ordine' | 'pagina' | 'perPagina'>,
  oggi: string,
  esterni: readonly string[] | null,
  conteggi: boolean,
  perdona: boolean,
  tetto = TETTO,
): Promise<Esito> {
  const termini = domanda.gruppi.flat()
  const espansioni = await findEspansioni(s, paroleDaEspandere(domanda), perdona)
  const uffici = termini.some((e) => e.termine.tipo === 'ufficio') ? await findNomiUffici(s) : []
  const linee = await findLinee(s, domanda)
  const contesto: Contesto = {
    oggi,
    voci: new Map([...linee].map(([codice, voci]) => [codice, voci.map((v) => v.codice)])),
    espansioni,
    perdona,
    uffici: (parole) => uffici.filter((u) => parole.every((p) => u.parole.some((word) => word.startsWith(p)))).map((u) => u.id),
  }
  const filters = esterni === null ? domanda : { ...domanda, gruppi: domanda.gruppi.filter((g) => !g.some(isWords)) }
  const trovate = await findTrovate(s, {
    parti: toParti(filters, contesto),
    fra: await amongOf(s, domanda, esterni),
    condizioni: (bind) => [...conditions(domanda, bind), ...vociConditions(domanda, linee, bind)],
    rilevanza: filtri.ordine === 'rilevanza',
    limite: filtri.perPagina,
    salta: (filtri.pagina - 1) * filtri.perPagina,
    conteggi,
    tetto,
  })
  return { trovate: await withNumber(s, domanda, trovate, filtri.pagina), espansioni, perdona, domanda }
}

const isWords = (e: Elemento): boolean => e.termine.tipo === 'parole' && !e.nega

/** A number alone is asked of the register too, and its registrations come first. */
async function withNumber(s: Scope, domanda: Domanda, trovate: Trovate, pagina: number): Promise<Trovate> {
  const [solo] = domanda.gruppi.flat()
  if (domanda.gruppi.length !== 1 || solo === undefined || solo.nega || solo.termine.tipo !== 'numero' || pagina > 1) return trovate
  const found = await findByNumeri(s, solo.termine.numero, solo.termine.anno)
  const others = trovate.ids.filter((id) => !found.includes(id))
  const unseen = found.filter((id) => !trovate.ids.includes(id)).length
  return { ...trovate, ids: [...found, ...others], totale: Math.max(trovate.totale, found.length + others.length, unseen) }
}

type Linee = ReadonlyMap<string, readonly VoceEquivalente[]>

/**
 * The voices that the classes of a question name in every version of the titolario, where they are not only those under the code itself: a class that was
 * renamed, split or united is found by what it was and by what it became (REQ-TIT-007). Looked up before the search, by id.
 */
async function findLinee(s: Scope, domanda: Domanda): Promise<Linee> {
  const codici = new Set(domanda.gruppi.flat().flatMap((e) => (e.termine.tipo === 'voce' ? [e.termine.codice] : [])))
  const found = await Promise.all([...codici].map(async (codice) => [codice, await findEquivalenti(s, codice)] as const))
  return new Map(found.filter(([codice, voci]) => voci.some((v) => v.codice !== codice && !v.codice.startsWith(`${codice}/`))))
}

/** The index holds codes, and the same code may be two voices in two versions: where that matters the voice of the document decides. */
function vociConditions(domanda: Domanda, linee: Linee, bind: (value: unknown) => string): string[] {
  return domanda.gruppi.flatMap(([solo, ...altri]) => {
    if (solo === undefined || altri.length > 0 || solo.nega || solo.termine.tipo !== 'voce') return []
    const voci = linee.get(solo.termine.codice)
    if (voci === undefined) return []
    const ids = bind(voci.map((v) => v.id))
    return [`exists (select 1 from documento d where d.ente_id = r.ente_id and d.id = r.documento_id and d.voce_id = any(${ids}::uuid[]))`]
  })
}

/** What the index does not say: days inside a month, the whole segnatura. */
function conditions(domanda: Domanda, bind: (value: unknown) => string): string[] {
  const { da, a } = giorniOf(domanda)
  const segnature = domanda.gruppi.flatMap((g) =>
    g.length === 1 && g[0]?.termine.tipo === 'segnatura' && !g[0].nega ? [g[0].termine.testo] : [],
  )
  return [
    ...(da === null ? [] : [`r.giorno >= ${bind(da)}::date`]),
    ...(a === null ? [] : [`r.giorno <= ${bind(a)}::date`]),
    ...segnature.map((testo) => `r.segnatura = ${bind(testo)}`),
  ]
}

/** The registrations to look among: the outside engine's, those of the fascicoli asked for, what is in all of them; null for everywhere. */
async function amongOf(s: Scope, domanda: Domanda, esterni: readonly string[] | null): Promise<readonly string[] | null> {
  const asked = domanda.gruppi.flat().flatMap((e) => (e.termine.tipo === 'fascicolo' && !e.nega ? [e.termine.testo] : []))
  let among = esterni
  for (const testo of asked) {
    const found = await findRegistrazioniDiFascicolo(s, testo)
    const inside = new Set(found)
    among = among === null ? found : among.filter((id) => inside.has(id))
  }
  return among
}

/** Candidates of the outside engine, asked outside any transaction; null when the question has no words. */
async function outsideCandidates(scope: Scope, motore: MotoreRicerca, domanda: Domanda): Promise<readonly string[] | null> {
  const parole = toParole(domanda)
  if (parole.parole.length + parole.frasi.length + parole.corrispondente.length === 0) return null
  return await motore.candidates(scope.ente.id, parole, TETTO)
}

/** The words of a question for an engine that knows words only. */
export function toParole(domanda: Domanda): DomandaRicerca {
  const flat = domanda.gruppi.flat().filter((e): e is Elemento & { termine: Termine & { tipo: 'parole' } } => e.termine.tipo === 'parole')
  const text = (e: (typeof flat)[number]): string => e.termine.parole.join(' ')
  return {
    parole: flat.filter((e) => !e.nega && e.termine.campo === 'tutto' && !e.termine.esatta).map(text),
    frasi: flat.filter((e) => !e.nega && e.termine.esatta).map(text),
    escluse: flat.filter((e) => e.nega).map(text),
    corrispondente: flat.filter((e) => !e.nega && e.termine.campo !== 'tutto').map(text),
  }
}

/** The facets chosen on the page, as if they had been typed. */
export function withFacets(domanda: Domanda, f: Partial<FiltriRicerca>): Domanda {
  const chosen: Termine[] = []
  if (f.tipo !== undefined) chosen.push({ tipo: 'verso', valore: f.tipo })
  if (f.anno !== undefined) chosen.push({ tipo: 'anno', anno: f.anno })
  if (f.classe !== undefined) chosen.push({ tipo: 'voce', codice: f.classe })
  if (f.ufficio !== undefined) chosen.push({ tipo: 'ufficioId', id: f.ufficio })
  if (f.stato !== undefined) chosen.push({ tipo: 'statoIndice', valore: f.stato })
  if (f.canale !== undefined) chosen.push({ tipo: 'canale', valore: f.canale })
  if (f.fascicolo !== undefined) chosen.push({ tipo: 'fascicolo', testo: f.fascicolo })
  return { ...domanda, gruppi: [...domanda.gruppi, ...chosen.map((termine) => [{ termine, nega: false, inizio: 0, fine: 0 }])] }
}

/** What marks the searched words of a question in a text: as typed, by root, and the words that stood in for them. */
export function ricercatoreOf(e: Pick<Esito, 'domanda' | 'espansioni' | 'perdona'>): RegExp | null {
  const words = paroleOf(e.domanda).flatMap((word) => {
    const x = e.espansioni.get(word)
    const root = x?.radice != null && x.radice.length >= 4 ? [x.radice] : []
    return [word, ...root, ...(x?.contenenti ?? []), ...(e.perdona ? (x?.simili ?? []) : [])]
  })
  const numbers = e.domanda.gruppi.flat().flatMap((x) => (x.termine.tipo === 'numero' && !x.nega ? [String(x.termine.numero)] : []))
  return toRicercatore([...words, ...numbers])
}

async function present(s: Scope, esito: Esito, righe: ReadonlyMap<string, RigaRegistroDto>): Promise<TrovataDto[]> {
  const corpi = await findCorpi(s, esito.trovate.ids)
  const ricercatore = ricercatoreOf(esito)
  return esito.trovate.ids.flatMap((id) => {
    const riga = righe.get(id)
    if (riga === undefined) return []
    const corpo = corpi.get(id)
    return [
      {
        riga,
        oggetto: evidenzia(riga.oggetto, ricercatore),
        corrispondente: evidenzia(riga.corrispondente, ricercatore),
        estratto: corpo === undefined ? null : estratto(corpo.corpo, ricercatore),
        estrazione: corpo?.estrazione ?? null,
      },
    ]
  })
}

/** The question with the nearby words that were found in what is shown: never a word of a document that is not. */
function nearbyWords(domanda: Domanda, espansioni: ReadonlyMap<string, Espansione>, elementi: readonly TrovataDto[]): string | null {
  const shown = elementi.flatMap((e) =>
    [...e.oggetto, ...e.corrispondente, ...(e.estratto ?? [])].filter((p) => p.trovata).map((p) => p.testo),
  )
  const seen = new Set(shown.map((word) => word.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()))
  const words = paroleOf(domanda).map((word) => espansioni.get(word)?.simili.find((similar) => seen.has(similar)) ?? word)
  return words.join(' ') === paroleOf(domanda).join(' ') ? null : words.join(' ')
}
