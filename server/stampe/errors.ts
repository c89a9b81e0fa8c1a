import { InvalidInput } from '../kernel/errors.ts'

/** A list too long for one print: an export makes it as a job. */
export function periodoTroppoLungo(massimo: number): InvalidInput {
  const messaggio = `Il periodo contiene più di ${massimo} registrazioni, il massimo di una stampa. Restringi il periodo oppure usa l’esportazione.`
  return new InvalidInput('periodo-troppo-lungo', messaggio, [{ campo: 'a', messaggio }])
}
