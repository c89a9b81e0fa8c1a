/** A button that opens a menu of actions: arrows, letters, Esc, focus back to the button. */
import type { ReactNode } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'

export interface AzioneMenu {
  chiave: string
  testo: ReactNode
  testoPiano: string
  /** Inside the application. */
  percorso?: string
  onScelta?: () => void
}

export interface MenuAzioniProps {
  etichetta: string
  bottone: ReactNode
  classe?: string
  azioni: AzioneMenu[]
  vai?: (percorso: string) => void
}

export function MenuAzioni({ etichetta, bottone, classe = 'btn btn-outline-primary btn-xs', azioni, vai }: MenuAzioniProps) {
  return (
    <MenuTrigger>
      <Button className={classe} aria-label={etichetta}>
        {bottone}
      </Button>
      <Popover className="tendina" placement="bottom end">
        <Menu
          className="tendina-voci"
          onAction={(key) => {
            const azione = azioni.find((item) => item.chiave === key)
            if (azione?.percorso !== undefined) vai?.(azione.percorso)
            azione?.onScelta?.()
          }}
        >
          {azioni.map((azione) => (
            <MenuItem key={azione.chiave} id={azione.chiave} textValue={azione.testoPiano} className="tendina-voce">
              {azione.testo}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
