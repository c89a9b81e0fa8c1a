/** The rail at the left: icons with names, or words; on small screens it opens under the bar. */
import { NavLink } from 'react-router'
import type { EnteSessione } from '../api/tipi.ts'
import { t } from '../testi/it.ts'
import { Icona } from '../ui/Icona.tsx'
import { vociMenu } from './menu.ts'

export interface MenuLateraleProps {
  ente: EnteSessione
  largo: boolean
  aperto: boolean
  onLargo: () => void
  onScelta: () => void
}

export function MenuLaterale({ ente, largo, aperto, onLargo, onScelta }: MenuLateraleProps) {
  return (
    <nav
      id="menu"
      className={`rotaia${largo ? ' rotaia-larga' : ''}${aperto ? ' rotaia-aperta' : ''}`}
      aria-label={t.menu.principale}
      tabIndex={-1}
    >
      <ul>
        {vociMenu(ente).map((voce) => (
          <li key={voce.chiave}>
            <NavLink to={`/${ente.slug}/${voce.percorso}`} onClick={onScelta} title={largo ? undefined : t.menu[voce.chiave]}>
              <Icona nome={voce.icona} dimensione={22} />
              <span className="rotaia-parola">{t.menu[voce.chiave]}</span>
            </NavLink>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="rotaia-bottone"
        onClick={onLargo}
        aria-label={largo ? t.menu.stringi : t.menu.allarga}
        aria-expanded={largo}
      >
        <Icona nome={largo ? 'chevron-left' : 'chevron-right'} />
      </button>
    </nav>
  )
}
