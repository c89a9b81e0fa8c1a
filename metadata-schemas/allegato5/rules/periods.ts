import { isBlank } from '../../xml/index.ts'
import type { AssegnazioneAgg, ModelloAgg, UfficioAgg } from '../models/agg.ts'
import { day, endsBefore, nonVerificata, same, samePerson, violata } from './findings.ts'
import type { ContestoAggregazione, Riscontro } from './types.ts'

function startOf(assegnazione: AssegnazioneAgg): { data: string; ora?: string | null } {
  return { data: assegnazione.dataInizio, ora: assegnazione.oraInizio ?? null }
}

/** R86: every handover is listed, one competenza open at a time. */
export function* checkHandovers(modello: ModelloAgg, contesto: ContestoAggregazione): Generator<Riscontro> {
  const competenze = [...modello.assegnazioni.entries()]
    .filter(([, una]) => una.tipo === 'PerCompetenza')
    .sort(([, a], [, b]) => (endsBefore(startOf(a), startOf(b)) ? 1 : endsBefore(startOf(b), startOf(a)) ? -1 : 0))
  for (const [posto, [, prima]] of competenze.entries()) {
    const dopo = competenze[posto + 1]
    if (dopo === undefined) break
    const aperta = isBlank(prima.dataFine)
    if (!aperta && !endsBefore({ data: prima.dataFine ?? '', ora: prima.oraFine ?? null }, startOf(dopo[1]))) continue
    yield violata(
      `Assegnazione/TipoAssegnazione[${dopo[0] + 1}]/PerCompetenza`,
      'Comincia mentre un’altra competenza è ancora aperta: chiudere la precedente.',
    )
  }
  if (contesto.passaggi === undefined) yield nonVerificata('Assegnazione', 'passaggi')
  else if (contesto.passaggi !== modello.assegnazioni.length) {
    yield violata(
      'Assegnazione',
      `I passaggi in carico sono ${contesto.passaggi}, quelli elencati ${modello.assegnazioni.length}: elencarli tutti.`,
    )
  }
}

/** The same office, and the same person when the assignment names one. */
export function sameOffice(a: UfficioAgg, b: UfficioAgg): boolean {
  if (!same(a.ipaAmm.codice, b.ipaAmm.codice) || !same(a.ipaAoo.codice, b.ipaAoo.codice) || !same(a.ipaUor.codice, b.ipaUor.codice))
    return false
  const anonimi = isBlank(a.cognome) && isBlank(b.cognome)
  return anonimi || samePerson(a, b)
}

/** R88: nothing ends before it starts. */
export function* checkPeriods(modello: ModelloAgg): Generator<Riscontro> {
  for (const [indice, una] of modello.assegnazioni.entries()) {
    const qui = `Assegnazione/TipoAssegnazione[${indice + 1}]/${una.tipo}`
    if (isBlank(una.dataFine)) {
      if (!isBlank(una.oraFine))
        yield violata(`${qui}/OraFineAssegnazione`, 'C’è l’ora di fine senza la data: aggiungere la data o togliere l’ora.')
    } else if (endsBefore(startOf(una), { data: una.dataFine ?? '', ora: una.oraFine ?? null })) {
      yield violata(`${qui}/DataFineAssegnazione`, 'La fine dell’assegnazione precede l’inizio: correggere le date.')
    }
  }
  for (const [indice, fase] of (modello.procedimento?.fasi ?? []).entries()) {
    if (isBlank(fase.dataFine) || !endsBefore({ data: fase.dataInizio }, { data: fase.dataFine ?? '' })) continue
    yield violata(
      `ProcedimentoAmministrativo/Fasi/TipoFase[${indice + 1}]/${fase.fase}/DataFineFase`,
      'La fine della fase precede l’inizio: correggere le date.',
    )
  }
}

/** R89: phases in order, none left open in a closed fascicolo but the last kind. */
export function* checkPhases(modello: ModelloAgg, contesto: ContestoAggregazione): Generator<Riscontro> {
  const fasi = modello.procedimento?.fasi ?? []
  const chiuso = contesto.chiusa ?? !isBlank(modello.dataChiusura)
  for (const [indice, fase] of fasi.entries()) {
    const qui = `ProcedimentoAmministrativo/Fasi/TipoFase[${indice + 1}]/${fase.fase}`
    const prima = fasi[indice - 1]
    if (prima && day(fase.dataInizio) < day(prima.dataInizio))
      yield violata(`${qui}/DataInizioFase`, 'Le fasi vanno in ordine di inizio: riordinarle.')
    if (chiuso && isBlank(fase.dataFine) && fase.fase !== 'Integrazionedellefficacia') {
      yield violata(`${qui}/DataFineFase`, 'Il fascicolo è chiuso e la fase è ancora aperta: indicare quando è finita.')
    }
  }
}
