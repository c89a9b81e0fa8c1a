/** The queue at the left: two lines per message, the chosen one marked, one stop for Tab and letters to move. */
import { useEffect, useRef } from 'react'
import { useSessione } from '../../api/sessione.tsx'
import type { RigaMessaggio } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { giornoItaliano } from '../../ui/date.ts'
import { quando } from '../../ui/formati.ts'
import { Icona } from '../../ui/Icona.tsx'

export interface CodaMessaggiProps {
  messaggi: RigaMessaggio[]
  scelto: string | null
  onScegli: (id: string) => void
}

function Riga({
  messaggio,
  attuale,
  primo,
  onScegli,
}: {
  messaggio: RigaMessaggio
  attuale: boolean
  primo: boolean
  onScegli: () => void
}) {
  const ref = useRef<HTMLButtonElement>(null)
  const io = useSessione().attore?.nome
  useEffect(() => {
    if (attuale) ref.current?.scrollIntoView({ block: 'nearest' })
  }, [attuale])
  return (
    <li>
      <button
        ref={ref}
        type="button"
        className="coda-voce"
        aria-current={attuale ? 'true' : undefined}
        tabIndex={attuale || primo ? 0 : -1}
        data-fuoco-elenco={attuale ? '' : undefined}
        onClick={onScegli}
      >
        <span className="coda-sopra">
          <span className="coda-tipo">{messaggio.tipo === 'pec' ? 'PEC' : 'E-mail'}</span>
          {messaggio.allegati > 0 ? (
            <span className="coda-allegati">
              <Icona nome="clip" dimensione={14} />
              <span className="visually-hidden">{t.messaggi.allegati(messaggio.allegati)}</span>
              <span aria-hidden="true">{messaggio.allegati}</span>
            </span>
          ) : null}
          {messaggio.bloccatoDa !== null && messaggio.bloccatoDa.nome !== io ? (
            <Icona nome="lock" dimensione={14} etichetta={t.messaggi.inLavorazione(messaggio.bloccatoDa.nome)} />
          ) : null}
          {messaggio.possibileDuplicato ? (
            <Icona nome="copy" dimensione={14} etichetta={`${t.messaggi.duplicato} ${messaggio.possibileDuplicato.etichetta}`} />
          ) : null}
          <time dateTime={messaggio.ricevutoIl}>{quando(messaggio.ricevutoIl, giornoItaliano(new Date()))}</time>
        </span>
        <span className="coda-mittente">{messaggio.mittente}</span>
        <span className="coda-oggetto">{messaggio.oggetto}</span>
      </button>
    </li>
  )
}

export function CodaMessaggi({ messaggi, scelto, onScegli }: CodaMessaggiProps) {
  const nobody = !messaggi.some((item) => item.id === scelto)
  return (
    <ul className="coda" aria-label={t.messaggi.elenco}>
      {messaggi.map((messaggio, index) => (
        <Riga
          key={messaggio.id}
          messaggio={messaggio}
          attuale={messaggio.id === scelto}
          primo={nobody && index === 0}
          onScegli={() => onScegli(messaggio.id)}
        />
      ))}
    </ul>
  )
}
