/** Dialogs: a window in the middle or a sheet at the side. Focus goes in, stays in, returns to the opener; Esc closes. */
import { useCallback, type ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { t } from '../testi/it.ts'
import { Icona } from './Icona.tsx'
import { useScorciatoie } from './Scorciatoie.tsx'

export interface FinestraProps {
  titolo: string
  forma?: 'centro' | 'lato'
  onChiudi: () => void
  /** Runs on Ctrl+Invio: the main action of the sheet. */
  onConferma?: (() => void) | undefined
  chiudibile?: boolean
  /** For dialogs made only of text: the keyboard must be able to scroll them. */
  scorrevole?: boolean
  azioni?: ReactNode
  children: ReactNode
}

export function Finestra({
  titolo,
  forma = 'centro',
  onChiudi,
  onConferma,
  chiudibile = true,
  scorrevole = false,
  azioni,
  children,
}: FinestraProps) {
  const confirm = useCallback(() => onConferma?.(), [onConferma])
  useScorciatoie(onConferma ? { 'Ctrl+Enter': confirm } : {}, true)
  return (
    <ModalOverlay
      isOpen
      isDismissable={chiudibile && forma === 'lato'}
      isKeyboardDismissDisabled={!chiudibile}
      onOpenChange={(open) => {
        if (!open) onChiudi()
      }}
      className={`velo velo-${forma}`}
    >
      <Modal className={`finestra finestra-${forma}`}>
        <Dialog className="finestra-corpo">
          <header className="finestra-testa">
            <Heading slot="title" level={2}>
              {titolo}
            </Heading>
            {chiudibile ? (
              <button type="button" className="pulsante-icona" onClick={onChiudi} aria-label={t.chiudi}>
                <Icona nome="close" />
              </button>
            ) : null}
          </header>
          <div className="finestra-contenuto" {...(scorrevole ? { role: 'group', 'aria-label': titolo, tabIndex: 0 } : {})}>
            {children}
          </div>
          {azioni ? <footer className="finestra-azioni">{azioni}</footer> : null}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
