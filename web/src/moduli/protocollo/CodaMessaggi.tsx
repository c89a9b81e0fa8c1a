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
  /** Ids ticked; null where nothing can be done in bulk. */
  segnati: readonly string[] | null
  onScegli: (id: string) => void
  onSegna: (id: string) => void
}

interface RigaProps {
  messaggio: RigaMessaggio
  attuale: boolean
  primo: boolean
  segnato: boolean | null
  onScegli: () => void
  onSegna: () => void
}

function Riga({ messaggio, attuale, primo, segnato, onScegli, onSegna }: RigaProps) {
  const ref = useRef<HTMLButtonElement>(null)
  const io = useSessione().attore?.nome
  useEffect(() => {
    if (attuale) ref.current?.scrollIntoView({ block: 'nearest' })
  }, [attuale])
  return (
    <li className="coda-con-spunta">
      {segnato === null ? null : (
        <input type="checkbox" checked={segnato} onChange={onSegna} aria-label={t.coda.seleziona(messaggio.oggetto)} />
      )}
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
          {messaggio.inRitardo ? (
            <span className="coda-vecchia" title={t.coda.inRitardo}>
              <Icona nome="clock" dimensione={14} /> {t.coda.ritardo}
            </span>
          ) : null}
          <time dateTime={messaggio.ricevutoIl}>{quando(messaggio.ricevutoIl, giornoItaliano(new Date()))}</time>
        </span>
        <span className="coda-mittente">{messaggio.mittente}</span>
        <span className="coda-oggetto">{messaggio.oggetto}</span>
        {messaggio.passatoDa === null ? null : (
          <span className="coda-passato" title={messaggio.passatoDa.nota}>
            <Icona nome="user" dimensione={14} /> {t.coda.passatoDa(messaggio.passatoDa.nome)}
          </span>
        )}
      </button>
    </li>
  )
}

export function CodaMessaggi({ messaggi, scelto, segnati, onScegli, onSegna }: CodaMessaggiProps) {
  const nobody = !messaggi.some((item) => item.id === scelto)
  return (
    <ul className="coda" aria-label={t.messaggi.elenco}>
      {messaggi.map((messaggio, index) => (
        <Riga
          key={messaggio.id}
          messaggio={messaggio}
          attuale={messaggio.id === scelto}
          primo={nobody && index === 0}
          segnato={segnati?.includes(messaggio.id) ?? null}
          onScegli={() => onScegli(messaggio.id)}
          onSegna={() => onSegna(messaggio.id)}
        />
      ))}
    </ul>
  )
}
