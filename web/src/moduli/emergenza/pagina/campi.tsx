/** Small fields of the emergency page. */
import { emergenza } from '../../../testi/it-emergenza.ts'
import { Campo, CampoTesto, type CampoProps, descrizioni } from '../../../ui/Campo.tsx'
import { CampoData } from '../../../ui/CampoData.tsx'
import { giornoItaliano, istanteItaliano, leggiGiorno } from '../../../ui/date.ts'

const t = emergenza.pagina

/** A PIN: never shown, never completed by the browser with something else. */
export function CampoSegreto({
  valore,
  onCambia,
  completamento = 'new-password',
  ...campo
}: Omit<CampoProps, 'children'> & { valore: string; onCambia: (valore: string) => void; completamento?: string }) {
  return (
    <Campo {...campo} obbligatorio>
      <input
        id={campo.id}
        className="controllo"
        type="password"
        value={valore}
        autoComplete={completamento}
        aria-required
        aria-invalid={campo.errore ? true : undefined}
        aria-describedby={descrizioni(campo.id, campo)}
        onChange={(event) => onCambia(event.target.value)}
      />
    </Campo>
  )
}

/** A day and an hour as people write them. */
export interface Quando {
  readonly giorno: string
  readonly ora: string
}

/** The instant of what was written; NaN when it is not one. */
export function istanteDi(quando: Quando): number {
  const day = leggiGiorno(quando.giorno, giornoItaliano(new Date()))
  const instant = day === null ? null : istanteItaliano(day, quando.ora)
  return instant === null ? Number.NaN : Date.parse(instant)
}

/** Day and hour of an instant, as a person would write them. */
export function quandoDi(istante: number): Quando {
  const [date = '', time = ''] = new Intl.DateTimeFormat('it-IT', {
    timeZone: 'Europe/Rome',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  })
    .format(istante)
    .split(', ')
  return { giorno: date, ora: time }
}

/** `14/09/2026 08:13`, for lists and receipts. */
export function scriviIstante(istante: string | number): string {
  const { giorno, ora } = quandoDi(typeof istante === 'number' ? istante : Date.parse(istante))
  return `${giorno} ${ora}`
}

/** `14/09/2026` of a day `2026-09-14`. */
export function scriviGiornata(giorno: string): string {
  return `${giorno.slice(8, 10)}/${giorno.slice(5, 7)}/${giorno.slice(0, 4)}`
}

export function CampoIstante({
  id,
  etichetta,
  valore,
  onCambia,
  errore,
}: {
  id: string
  etichetta: string
  valore: Quando
  onCambia: (valore: Quando) => void
  errore?: string | undefined
}) {
  return (
    <fieldset className="emergenza-istante">
      <legend>{etichetta}</legend>
      <div className="griglia-campi">
        <CampoData
          id={`${id}-giorno`}
          etichetta={t.istante.giorno}
          larghezza="meta"
          obbligatorio
          valore={valore.giorno}
          errore={errore}
          onCambia={(giorno) => onCambia({ ...valore, giorno })}
        />
        <CampoTesto
          id={`${id}-ora`}
          etichetta={t.istante.ora}
          larghezza="meta"
          obbligatorio
          segnaposto={t.istante.oraAiuto}
          valore={valore.ora}
          onCambia={(ora) => onCambia({ ...valore, ora })}
        />
      </div>
    </fieldset>
  )
}
