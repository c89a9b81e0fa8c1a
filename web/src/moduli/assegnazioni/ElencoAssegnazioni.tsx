/** The list at the left, with the age of each document and, where it helps, a box to act on many. */
import { useEffect, useRef } from 'react'
import type { RigaAssegnazione } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { Icona } from '../../ui/Icona.tsx'

export interface ElencoAssegnazioniProps {
  righe: RigaAssegnazione[]
  scelta: string | null
  /** Ids ticked; null where nothing can be done in bulk. */
  segnati: string[] | null
  onScegli: (id: string) => void
  onSegna: (id: string) => void
}

function Riga({
  riga,
  attuale,
  primo,
  segnata,
  onScegli,
  onSegna,
}: {
  riga: RigaAssegnazione
  attuale: boolean
  primo: boolean
  segnata: boolean | null
  onScegli: () => void
  onSegna: () => void
}) {
  const ref = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (attuale) ref.current?.scrollIntoView({ block: 'nearest' })
  }, [attuale])
  const { registrazione } = riga
  return (
    <li className="coda-con-spunta">
      {segnata === null ? null : (
        <input type="checkbox" checked={segnata} onChange={onSegna} aria-label={t.assegnazioni.seleziona(registrazione.etichetta)} />
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
          <span className="coda-tipo">{registrazione.etichetta}</span>
          {registrazione.riservata ? <Icona nome="lock" dimensione={14} etichetta={t.stati.riservata} /> : null}
          <span className={riga.giorni >= 3 ? 'coda-eta coda-vecchia' : 'coda-eta'}>{t.assegnazioni.daGiorni(riga.giorni)}</span>
        </span>
        <span className="coda-mittente">{registrazione.corrispondente}</span>
        <span className="coda-oggetto">{registrazione.oggetto}</span>
      </button>
    </li>
  )
}

export function ElencoAssegnazioni({ righe, scelta, segnati, onScegli, onSegna }: ElencoAssegnazioniProps) {
  const nobody = !righe.some((riga) => riga.id === scelta)
  return (
    <ul className="coda" aria-label={t.assegnazioni.elenco}>
      {righe.map((riga, index) => (
        <Riga
          key={riga.id}
          riga={riga}
          attuale={riga.id === scelta}
          primo={nobody && index === 0}
          segnata={segnati === null ? null : segnati.includes(riga.id)}
          onScegli={() => onScegli(riga.id)}
          onSegna={() => onSegna(riga.id)}
        />
      ))}
    </ul>
  )
}
