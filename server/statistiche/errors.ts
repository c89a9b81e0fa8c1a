import { InvalidInput } from '../kernel/errors.ts'

export function periodoTroppoLungo(): InvalidInput {
  return new InvalidInput(
    'periodo-troppo-lungo',
    'Giorno per giorno si vedono al massimo 400 giorni: accorcia il periodo o scegli i mesi.',
    [{ campo: 'da', messaggio: 'Periodo troppo lungo per una lettura giorno per giorno.' }],
  )
}
