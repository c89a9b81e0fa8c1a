import { Readable } from 'node:stream'
import { z } from 'zod'
import type { ObjectStore } from '../../../storage/index.ts'
import { permessiDi } from '../../enti/index.ts'
import { finishLavoro, failLavoro, findLavoro, LavoroInterrotto, progressLavoro, startLavoro } from '../../kernel/lavori.ts'
import { inReadTransaction, inTransaction, profili, query, queryOne } from '../../kernel/scope.ts'
import type { Attore, Scope } from '../../kernel/scope.ts'
import { now, romeDay } from '../../kernel/time.ts'
import type { Stampatrice } from '../../ports/stampa.ts'
import { readableCondition, riservataCondition, visibilitaOf } from '../../protocollo/index.ts'
import { parseDomanda } from '../domanda.ts'
import type { Domanda } from '../domanda.ts'
import { describe } from '../presenter.ts'
import { findNomiUffici } from '../repository.ts'
import { filtriRicerca } from '../schema.ts'
import { reachNewest, selectAll, withFacets } from '../service/cerca.ts'
import { loadRighe } from './righe.ts'
import type { RigaEsportata } from './righe.ts'
import { formati, MASSIMO_PDF, mimeDi, TroppeRighe, writeEsportazione } from './scrittori.ts'
import type { Conto, Intestazione } from './scrittori.ts'

const BATCH = 500
const giorno = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u, 'Scrivi la data come giorno, mese e anno.')

/** What to export: a search or the register, with the same filters as their pages. */
export const nuovaEsportazione = z.object({
  origine: z.enum(['registro', 'ricerca'], 'Scegli che cosa esportare.'),
  formato: z.enum(formati, 'Scegli il formato: CSV, JSON, XML o PDF.'),
  filtri: filtriRicerca.omit({ ordine: true, pagina: true, perPagina: true }).extend({ da: giorno.optional(), a: giorno.optional() }),
})
export type NuovaEsportazione = z.infer<typeof nuovaEsportazione>

const persona = z.object({
  id: z.string(),
  nome: z.string(),
  profili: z.array(z.enum(profili)),
  uffici: z.array(z.string()),
  ufficiDiretti: z.array(z.string()).optional(),
  perContoDi: z.object({ id: z.string(), nome: z.string() }).optional(),
})
const parametri = nuovaEsportazione.extend({ persona, istante: z.string() })

/**
 * Asks for an export (REQ-PROT-154): a job does it as the person could at this instant, while he goes on. Answers the id of the long work. Recorded in the
 * trail with its filters (REQ-PROT-055).
 */
export async function startEsportazione(scope: Scope, input: NuovaEsportazione): Promise<string> {
  const { id, nome, profili: held, uffici, ufficiDiretti, perContoDi } = scope.attore
  return await inTransaction(scope, async (tx) => {
    const clock = await queryOne<{ istante: Date }>(tx, 'select app.istante() as istante')
    const lavoro = await startLavoro(tx, {
      tipo: 'esportazione',
      titolo: `Esportazione ${input.formato.toUpperCase()} ${input.origine === 'registro' ? 'del registro' : 'di una ricerca'}`,
      parametri: {
        ...input,
        persona: { id, nome, profili: held, uffici, ufficiDiretti, perContoDi },
        istante: clock?.istante.toISOString(),
      },
    })
    tx.audit({
      azione: 'esportazione-richiesta',
      oggettoTipo: 'esportazione',
      oggettoId: lavoro,
      dopo: { origine: input.origine, formato: input.formato, filtri: input.filtri },
    })
    tx.emit({ tipo: 'esportazioneRichiesta', id: lavoro })
    return lavoro
  })
}

/** Does an export. Stops where the person asks; what goes wrong is told to the person, never tried again by itself. */
export async function runEsportazione(scope: Scope, id: string, store: ObjectStore, stampa: Stampatrice): Promise<void> {
  const lavoro = await findLavoro(scope, id)
  if (lavoro === null || !['in_attesa', 'in_corso'].includes(lavoro.stato)) return
  const p = parametri.parse(lavoro.parametri)
  const { perContoDi, ufficiDiretti, ...who } = p.persona
  const attore: Attore = {
    tipo: 'operatore',
    ...who,
    ...(ufficiDiretti === undefined ? {} : { ufficiDiretti }),
    ...(perContoDi === undefined ? {} : { perContoDi }),
    permessi: permessiDi(p.persona.profili),
  }
  try {
    await write({ ...scope, attore }, id, p, store, stampa)
  } catch (error) {
    const many = error instanceof TroppeRighe
    if (!many && !(error instanceof LavoroInterrotto)) scope.log.error({ err: error }, 'esportazione non riuscita')
    await failLavoro(
      scope,
      id,
      error,
      many
        ? `La stampa ha più di ${MASSIMO_PDF} righe: restringi i filtri o scegli CSV.`
        : 'Non sono riuscito a preparare il file. Riprova; se succede ancora avvisa chi gestisce il sistema.',
    )
  }
}

async function write(scope: Scope, id: string, p: z.infer<typeof parametri>, store: ObjectStore, stampa: Stampatrice): Promise<void> {
  const istante = new Date(p.istante)
  const domanda = toDomanda(p, romeDay(now()))
  const uffici = await findNomiUffici(scope)
  const testa: Intestazione = {
    ente: scope.ente.denominazione,
    origine: p.origine,
    filtri: domanda.gruppi.map((g) => g.map((e) => `${e.nega ? 'senza ' : ''}${describe(e.termine, uffici)}`).join(' oppure ')),
    autore: scope.attore.nome,
    istante,
  }
  await progressLavoro(scope, id, 0)
  const ids = await selectIds(scope, domanda, istante)
  const conto: Conto = { righe: 0, improntaRighe: '' }
  const pieces = writeEsportazione(p.formato, testa, batches(scope, id, ids), conto, stampa)
  const stored = await store.put(Readable.from(pieces, { objectMode: false }), { ente: scope.ente.id })
  const nome = `${p.origine}-${scope.ente.slug}-${romeDay(istante)}.${p.formato}`
  const esito = {
    origine: p.origine,
    formato: p.formato,
    filtri: testa.filtri,
    autore: testa.autore,
    istante: p.istante,
    righe: conto.righe,
    improntaRighe: conto.improntaRighe,
    impronta: stored.sha256,
  }
  await finishLavoro(scope, id, { esito, fatti: conto.righe, file: { nome, mime: mimeDi[p.formato], ...stored } })
  await inTransaction(scope, async (tx) => {
    tx.audit({ azione: 'esportazione-conclusa', oggettoTipo: 'esportazione', oggettoId: id, dopo: esito })
    await Promise.resolve()
  })
}

/** The rows, a piece at a time, telling how far it is. */
async function* batches(scope: Scope, id: string, ids: readonly string[]): AsyncIterable<readonly RigaEsportata[]> {
  for (let from = 0; from < ids.length; from += BATCH) {
    await progressLavoro(scope, id, from, ids.length)
    yield await inReadTransaction(scope, async (s) => await loadRighe(s, ids.slice(from, from + BATCH)))
  }
}

function toDomanda(p: Pick<NuovaEsportazione, 'filtri'>, oggi: string): Domanda {
  const { da, a } = p.filtri
  const days = [
    ...(da === undefined ? [] : [{ tipo: 'da' as const, giorno: da }]),
    ...(a === undefined ? [] : [{ tipo: 'a' as const, giorno: a }]),
  ]
  const base = withFacets(parseDomanda(p.filtri.q, oggi), p.filtri)
  return { ...base, gruppi: [...base.gruppi, ...days.map((termine) => [{ termine, nega: false, inizio: 0, fine: 0 }])] }
}

/** Ids in the order of the register. By days alone it is read whole, riservati included as its list shows them; otherwise what the search finds, all of it. */
async function selectIds(scope: Scope, domanda: Domanda, finoA: Date): Promise<string[]> {
  const whole = domanda.gruppi.every(
    (g) => g.every((e) => !e.nega && ['da', 'a', 'anno', 'verso'].includes(e.termine.tipo)) && g.length === 1,
  )
  if (!whole) await reachNewest(scope)
  if (!whole) return await inReadTransaction(scope, async (s) => await selectAll(s, domanda, romeDay(now())))
  const binds: unknown[] = [scope.ente.id, finoA.toISOString()]
  const bind = (value: unknown): string => `$${binds.push(value)}`
  const readable = readableCondition(scope, bind)
  const seen = visibilitaOf(scope.attore).ordinari ? `(${readable} or ${riservataCondition()})` : readable
  const where = domanda.gruppi.flat().map(({ termine: t }) => {
    if (t.tipo === 'da') return `r.giorno >= ${bind(t.giorno)}::date`
    if (t.tipo === 'a') return `r.giorno <= ${bind(t.giorno)}::date`
    if (t.tipo === 'anno') return `r.anno = ${bind(t.anno)}`
    return `r.tipo = ${bind(t.tipo === 'verso' ? t.valore : '')}`
  })
  const rows = await query<{ id: string }>(
    scope,
    `select r.id from registrazione r where r.ente_id = $1 and r.istante <= $2 and ${[seen, ...where].join(' and ')} order by r.istante, r.numero`,
    binds,
  )
  return rows.map((r) => r.id)
}
