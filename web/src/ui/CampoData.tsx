/** A date as people write it: 14/9, oggi, ieri. On leaving the field it is rewritten in full; what is not a date stays for the check. */
import { CampoTesto, type CampoTestoProps } from './Campo.tsx'
import { giornoItaliano, leggiGiorno, scriviGiorno } from './date.ts'

export function CampoData(props: CampoTestoProps) {
  function complete(): void {
    const day = leggiGiorno(props.valore, giornoItaliano(new Date()))
    if (day !== null && scriviGiorno(day) !== props.valore) props.onCambia(scriviGiorno(day))
    props.onEsci?.()
  }
  return <CampoTesto {...props} onEsci={complete} />
}
