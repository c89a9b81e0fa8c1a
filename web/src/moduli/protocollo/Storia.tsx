/** Who did what and when, newest first. */
import type { EventoStoria } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { giornoEOra } from '../../ui/formati.ts'

function who(attore: EventoStoria['attore']): string {
  return attore === null ? '' : typeof attore === 'string' ? attore : attore.nome
}

export function Storia({ eventi }: { eventi: EventoStoria[] }) {
  if (eventi.length === 0) return <p>{t.scheda.storiaVuota}</p>
  return (
    <ol className="storia">
      {eventi.map((evento, index) => (
        <li key={evento.id ?? `${evento.istante}-${index}`}>
          <time dateTime={evento.istante}>{giornoEOra(evento.istante)}</time>
          <span className="storia-testo">{evento.descrizione ?? evento.azione}</span>
          {who(evento.attore) === '' ? null : <span className="storia-chi">{who(evento.attore)}</span>}
          {evento.motivo ? <span className="storia-motivo">{evento.motivo}</span> : null}
        </li>
      ))}
    </ol>
  )
}
