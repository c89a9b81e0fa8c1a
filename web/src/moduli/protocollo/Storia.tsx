/** Who did what and when, newest first. */
import type { EventoStoria } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { giornoEOra } from '../../ui/formati.ts'

export function Storia({ eventi }: { eventi: EventoStoria[] }) {
  if (eventi.length === 0) return <p>{t.scheda.storiaVuota}</p>
  return (
    <ol className="storia">
      {eventi.map((evento, index) => (
        <li key={evento.id ?? `${evento.istante}-${index}`}>
          <time dateTime={evento.istante}>{giornoEOra(evento.istante)}</time>
          <span className="storia-testo">{evento.descrizione}</span>
          <span className="storia-chi">{evento.attore}</span>
          {(evento.cambiamenti ?? []).map((cambio) => (
            <span key={cambio.campo} className="storia-chi">
              {t.scheda.cambiamento(cambio.campo, cambio.prima, cambio.dopo)}
            </span>
          ))}
          {evento.motivo ? <span className="storia-motivo">{evento.motivo}</span> : null}
        </li>
      ))}
    </ol>
  )
}
