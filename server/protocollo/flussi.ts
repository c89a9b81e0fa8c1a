import type { Scope } from '../kernel/scope.ts'
import { isConsegnata } from './service/consegne.ts'

/** Says why the flow of a registration with another AOO is still open, in words that follow "Non si può annullare adesso:"; null when it is not. */
export type ControlloFlusso = (scope: Scope, registrazioneId: string) => Promise<string | null>
/** True when the document reached an addressee, false when it surely did not, null when it is not known. */
export type ControlloConsegna = (scope: Scope, registrazioneId: string) => Promise<boolean | null>

const flussi: ControlloFlusso[] = []
const consegne: ControlloConsegna[] = []

function add<T>(list: T[], item: T): () => void {
  list.push(item)
  return () => {
    list.splice(list.indexOf(item), 1)
  }
}

/** The rooms that exchange messages with other AOOs say here when a flow is open: an annulment is refused meanwhile (REQ-PROT-054). Answers how to take it back. */
export function onFlussoAperto(controllo: ControlloFlusso): () => void {
  return add(flussi, controllo)
}

/** The rooms that deliver say here what they know of a delivery (REQ-PROT-053). Answers how to take it back. */
export function onConsegna(controllo: ControlloConsegna): () => void {
  return add(consegne, controllo)
}

/** The first reason why an annulment must wait, or null. */
export async function findFlussoAperto(scope: Scope, registrazioneId: string): Promise<string | null> {
  for (const controllo of flussi) {
    const motivo = await controllo(scope, registrazioneId)
    if (motivo !== null) return motivo
  }
  return null
}

/** May the outgoing document have reached somebody? Yes, unless somebody knows that it did not: prudence is on the addressee's side. */
export async function mayBeDelivered(scope: Scope, registrazioneId: string): Promise<boolean> {
  const written = await isConsegnata(scope, registrazioneId)
  const answers = written === null ? [] : [written]
  for (const controllo of consegne) {
    const known = await controllo(scope, registrazioneId)
    answers.push(known !== false)
  }
  return answers.length === 0 || answers.includes(true)
}
