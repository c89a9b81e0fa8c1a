import type { CampoErrato } from '../../kernel/errors.ts'
import type { TxScope } from '../../kernel/scope.ts'
import { formatItalianInstant } from '../../kernel/time.ts'
import { findAperture, findAutorizzazioni, findGiornate } from '../repository.ts'
import type { AperturaRow, AutorizzazioneRow, GiornataRow, RegistroEmergenzaRow, RigaRow } from '../repository.ts'
import { ORE_APERTURA, copertureOf, isCoperto, righePerGiorno, totaleErrato } from '../rules.ts'
import type { AperturaLetta, Copertura } from '../rules.ts'

/** One interruption of a file to be recovered, with the opening the office had recorded for it, if any. */
export interface Abbinata {
  readonly letta: AperturaLetta
  readonly ufficio: AperturaRow | null
  readonly autorizzazioni: readonly AutorizzazioneRow[]
  readonly giornate: readonly GiornataRow[]
}

/**
 * Tells the interruptions of a file already recovered from the new ones, and pairs the new ones with the openings the RGD recorded on the same register.
 * Errors: a number recovered with other content, an opening not closed yet, rows outside it or beyond its authorisations, totals that differ from those declared
 * (REQ-PROT-081, 082, 085, 088).
 */
export async function matchAperture(
  tx: TxScope,
  registro: RegistroEmergenzaRow,
  aperture: readonly AperturaLetta[],
  recuperate: ReadonlyMap<string, RigaRow>,
  adesso: Date,
): Promise<{ errori: CampoErrato[]; nuove: Abbinata[] }> {
  const errori: CampoErrato[] = []
  const nuove: Abbinata[] = []
  const recorded = await findAperture(tx, registro.id)
  const ids = recorded.map((r) => r.id)
  const autorizzazioni = await findAutorizzazioni(tx, ids)
  const giornate = await findGiornate(tx, ids)
  const taken = new Set<string>()
  for (const letta of aperture) {
    if (isRecovered(letta, recuperate, recorded, errori)) continue
    const ufficio = recorded.find((r) => r.recuperataIl === null && !taken.has(r.id) && overlaps(r, letta, adesso)) ?? null
    if (ufficio !== null) taken.add(ufficio.id)
    const found: Abbinata = {
      letta,
      ufficio,
      autorizzazioni: autorizzazioni.filter((a) => a.aperturaId === ufficio?.id),
      giornate: giornate.filter((g) => g.aperturaId === ufficio?.id),
    }
    errori.push(...checkAbbinata(found, adesso))
    nuove.push(found)
  }
  return { errori, nuove }
}

/** True for an interruption whose rows are all in the ordinary register already, unchanged. */
function isRecovered(
  letta: AperturaLetta,
  recuperate: ReadonlyMap<string, RigaRow>,
  recorded: readonly AperturaRow[],
  errori: CampoErrato[],
): boolean {
  if (letta.righe.length === 0) {
    const inizio = Date.parse(letta.fatto.inizio)
    return recorded.some((r) => r.recuperataIl !== null && r.inizio.getTime() === inizio)
  }
  const known = letta.righe.filter(({ fatto, impronta }) => {
    const earlier = recuperate.get(fatto.numero)
    if (earlier === undefined) return false
    if (earlier.impronta !== impronta)
      errori.push({ campo: fatto.numero, messaggio: 'Questo numero è già stato recuperato con un altro contenuto.' })
    return true
  })
  return known.length === letta.righe.length
}

function overlaps(r: AperturaRow, letta: AperturaLetta, adesso: Date): boolean {
  const fine = r.ripristino ?? adesso
  return r.inizio.getTime() <= Date.parse(letta.ripristino ?? letta.fatto.inizio) && fine.getTime() >= Date.parse(letta.fatto.inizio)
}

/** The periods that will cover the rows once recovered: what the office recorded, or the device's opening; and every continuation of the device. */
export function periodsOf({ letta, ufficio, autorizzazioni }: Abbinata): Copertura[] {
  const own = copertureOf(letta)
  if (ufficio === null) return own
  return [...autorizzazioni.map((a) => ({ dal: a.dal.getTime(), al: a.al.getTime() })), ...own.slice(1)]
}

function checkAbbinata(a: Abbinata, adesso: Date): CampoErrato[] {
  const { letta, ufficio } = a
  const errori: CampoErrato[] = []
  const add = (campo: string, messaggio: string): void => void errori.push({ campo, messaggio })
  const campo = `apertura del ${formatItalianInstant(new Date(letta.fatto.inizio))}`
  if (letta.ripristino !== null && Date.parse(letta.ripristino) > adesso.getTime() + 60_000) add(campo, 'Il ripristino è nel futuro.')
  const periods = periodsOf(a)
  if (ufficio !== null) {
    const dal = ufficio.inizio.getTime()
    if (ufficio.ripristino === null) add(campo, 'Il registro risulta ancora aperto: chiudilo con data e ora del ripristino, poi recupera.')
    const al = (ufficio.ripristino ?? adesso).getTime()
    for (const { fatto } of letta.righe) {
      const istante = Date.parse(fatto.istante)
      if (istante < dal || istante > al) add(fatto.numero, 'L’istante è fuori dall’interruzione registrata dall’ufficio.')
      else if (!isCoperto(istante, periods))
        add(fatto.numero, `Nessuna autorizzazione copre il ${formatItalianInstant(new Date(istante))}.`)
    }
    checkTotals(a, add, campo)
  }
  return errori
}

function checkTotals({ letta, ufficio, giornate }: Abbinata, add: (campo: string, messaggio: string) => void, campo: string): void {
  const declared = ufficio?.righeDichiarate ?? null
  if (declared !== null && declared !== letta.righe.length)
    add(campo, `Alla chiusura sono state dichiarate ${declared} registrazioni, il file ne contiene ${letta.righe.length}.`)
  const found = righePerGiorno(letta.righe)
  for (const g of giornate)
    if (g.totale !== (found.get(g.giorno) ?? 0)) add(campo, totaleErrato(g.giorno, g.totale, found.get(g.giorno) ?? 0))
}

/** End of the first 24 hours of an interruption as its device wrote it. */
export function fineApertura(letta: AperturaLetta): Date {
  return new Date(Date.parse(letta.fatto.inizio) + ORE_APERTURA * 3_600_000)
}
