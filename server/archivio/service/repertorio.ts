import { canSeeRiservata, MASCHERA, sightOf, visibilitaFascicoliOf } from '../../fascicoli/index.ts'
import type { VisibilitaFascicoli } from '../../fascicoli/index.ts'
import { inReadTransaction } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { findAoo, findRepertorio, findScelte } from '../repository.ts'
import type { RigaRepertorioRow } from '../repository.ts'
import type { FiltriRepertorio, RepertorioDto, RigaRepertorioDto } from '../schema.ts'

/** The repertorio dei fascicoli as this person sees it (REQ-FASC-032): one with riservati shows its frame only to who may not read them. */
export async function listRepertorio(scope: Scope, filtri: FiltriRepertorio): Promise<RepertorioDto> {
  return await inReadTransaction(scope, async (s) => {
    const v = visibilitaFascicoliOf(s.attore)
    const { rows, totale } = await findRepertorio(s, filtri)
    const aoo = (await findAoo(s)).map(({ id, denominazione }) => ({ id, denominazione }))
    return { ...(await findScelte(s)), aoo, elementi: rows.map((r) => presentRiga(v, r)), totale }
  })
}

/** A row of the repertorio, masked as every other view masks it. */
export function presentRiga(v: VisibilitaFascicoli, r: RigaRepertorioRow): RigaRepertorioDto {
  const masked = sightOf(v, r) !== 'intero'
  return {
    id: r.id,
    codice: r.codice,
    slug: r.slug,
    parteDi: r.parteDi,
    tipo: r.tipo,
    voce: { codice: r.codiceVoce, denominazione: r.denominazioneVoce },
    oggetto: masked ? MASCHERA : r.oggetto,
    apertoIl: r.apertoIl,
    chiusoIl: r.chiusoIl,
    ufficio: r.ufficio,
    responsabile: r.responsabile,
    stato: r.stato,
    documenti: r.documenti + (canSeeRiservata(v, r) ? r.documentiRiservati : 0),
    conservazioneAnni: r.conservazioneAnni,
    trasferimenti: masked ? '' : r.trasferimenti,
    riaperture: masked ? '' : r.riaperture,
  }
}
