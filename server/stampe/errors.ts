import { InvalidInput } from '../kernel/errors.ts'

/** A list too long for one print: an export makes it as a job. */
export function periodoTroppoLungo(righe: number, massimo: number): InvalidInput {
  const messaggio = `Il periodo contiene ${righe} registrazioni: se ne stampano al massimo ${massimo} alla volta. Restringi il periodo oppure usa l’esportazione.`
  return new InvalidInput('periodo-troppo-lungo', messaggio, [{ campo: 'a', messaggio }])
}
