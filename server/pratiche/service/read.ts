import {
  canDecideFascicolo,
  canFileDocumento,
  fascicoloAssente,
  findFasi,
  findVisibleFascicolo,
  sightOf,
  visibilitaFascicoliOf,
} from '../../fascicoli/index.ts'
import type { FascicoloRow } from '../../fascicoli/index.ts'
import { inReadTransaction } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { addDays } from '../../kernel/time.ts'
import { isWorkingDay } from '../../enti/index.ts'
import { fasi, findAooPredefinita, findRegole } from '../../procedimenti/index.ts'
import { praticaAssente } from '../errors.ts'
import { presentPratica, presentRigaPratica } from '../presenter.ts'
import { countPratiche, countTermini, findEventi, findPassi, findPratica, findPratiche, readClock } from '../repository.ts'
import type { PraticaRow } from '../repository.ts'
import type { Contatori, FiltriPratiche, PraticaDto, RigaPraticaDto } from '../schema.ts'

/** Days drawn on the strip of the board, before and after today. */
const PRIMA = 14
const DOPO = 45

/** A practice whose fascicolo this person reads whole, with that fascicolo. Throws NotFound: absent and not visible are the same answer. */
export async function findVisiblePratica(
  s: Scope,
  key: { id: string } | { fascicoloId: string },
): Promise<{ pratica: PraticaRow; fascicolo: FascicoloRow }> {
  const pratica = await findPratica(s, key)
  if (pratica === null) throw praticaAssente()
  const fascicolo = await findVisibleFascicolo(s, pratica.fascicoloId).catch((): never => {
    throw praticaAssente()
  })
  if (sightOf(visibilitaFascicoliOf(s.attore), fascicolo) !== 'intero') throw praticaAssente()
  return { pratica, fascicolo }
}

/** A practice as its page shows it. Throws NotFound. */
export async function readPratica(scope: Scope, id: string): Promise<PraticaDto> {
  return await inReadTransaction(scope, async (s) => {
    const found = await findVisiblePratica(s, { id })
    return await compose(s, found.pratica, found.fascicolo)
  })
}

/** The practice of a fascicolo this person sees; null when the fascicolo runs no procedure. Throws NotFound for the fascicolo. */
export async function readPraticaOfFascicolo(scope: Scope, idOrSlug: string): Promise<{ pratica: PraticaDto | null }> {
  return await inReadTransaction(scope, async (s) => {
    const fascicolo = await findVisibleFascicolo(s, idOrSlug)
    if (sightOf(visibilitaFascicoliOf(s.attore), fascicolo) !== 'intero') throw fascicoloAssente()
    const pratica = await findPratica(s, { fascicoloId: fascicolo.id })
    return { pratica: pratica === null ? null : await compose(s, pratica, fascicolo) }
  })
}

async function compose(s: Scope, pratica: PraticaRow, fascicolo: FascicoloRow): Promise<PraticaDto> {
  const { regole } = await findRegole(s, pratica.aooId)
  const may = s.attore.permessi.has('pratiche.lavora') && pratica.conclusaIl === null
  return presentPratica(pratica, {
    passi: await findPassi(s, pratica.id),
    eventi: await findEventi(s, pratica.id),
    fasi: (await findFasi(s, pratica.fascicoloId)).flatMap((f) => {
      const fase = fasi.find((x) => x === f.fase)
      return fase === undefined ? [] : [{ ...f, fase }]
    }),
    regole,
    oggi: (await readClock(s)).oggi,
    azioni: {
      lavora: may && canFileDocumento(s.attore, fascicolo),
      decidi: may && canDecideFascicolo(s.attore, fascicolo),
    },
  })
}

/** The board: the practices this person reads under some filters, the numbers of each situation, and the days the open terms fall on. */
export async function listPratiche(
  scope: Scope,
  filtri: FiltriPratiche,
): Promise<{
  elementi: RigaPraticaDto[]
  totale: number
  contatori: Contatori
  striscia: { giorno: string; termini: number; lavorativo: boolean }[]
}> {
  return await inReadTransaction(scope, async (s) => {
    const { rows, totale } = await findPratiche(s, filtri)
    const { oggi } = await readClock(s)
    const from = addDays(oggi, -PRIMA)
    const counted = await countTermini(s, filtri, from, addDays(oggi, DOPO))
    const { calendario } = await findRegole(s, rows[0]?.aooId ?? (await defaultAoo(s)))
    const striscia = Array.from({ length: PRIMA + DOPO + 1 }, (_, i) => addDays(from, i)).map((giorno) => ({
      giorno,
      termini: counted.get(giorno) ?? 0,
      lavorativo: isWorkingDay(giorno, calendario),
    }))
    return { elementi: rows.map(presentRigaPratica), totale, contatori: await countPratiche(s, filtri), striscia }
  })
}

async function defaultAoo(s: Scope): Promise<string> {
  return (await findAooPredefinita(s)) ?? '00000000-0000-0000-0000-000000000000'
}
