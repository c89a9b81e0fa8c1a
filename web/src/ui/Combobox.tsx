/**
 * The most used piece of the product: type, see grouped proposals with their reason, press Enter.
 * The first result is always the highlighted one; an Enter typed before the results arrive waits for them.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import {
  ComboBox,
  ComboBoxStateContext,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Popover,
  type Key,
} from 'react-aria-components'
import { t } from '../testi/it.ts'
import { type CampoProps, descrizioni, NoteCampo, RigaEtichetta } from './Campo.tsx'
import { Icona } from './Icona.tsx'
import { useAnnuncio } from './Annunci.tsx'
import { lasciaVisibile } from './livelli.ts'
import { useRicerca } from './useRicerca.ts'

export interface Opzione {
  id: string
  testo: string
  dettaglio?: string
  perche?: string
}

export interface GruppoOpzioni {
  nome: string
  opzioni: Opzione[]
}

export interface ComboboxProps extends Omit<CampoProps, 'children'> {
  valore: { id: string; testo: string; perche?: string } | null
  onScelta: (scelta: Opzione | null) => void
  /** Finds the options for what was typed ('' when nothing was). Called with a short delay; its result is kept for a minute. */
  cerca: (testo: string) => Promise<GruppoOpzioni[]>
  /** Distinguishes the cache of this list from the others. */
  chiave: readonly unknown[]
  segnaposto?: string
}

const CURRENT = '__attuale'

/** What the field needs of the list of react-aria. */
interface StatoElenco {
  isOpen: boolean
  close(): void
}

/** Keeps the first option highlighted while the list is open, and lends the state of the list to the field. */
function PrimaEvidenziata({ prima, onStato }: { prima: string | null; onStato: (stato: StatoElenco | null) => void }) {
  const state = useContext(ComboBoxStateContext)
  useEffect(() => onStato(state), [state, onStato])
  const last = useRef<string | null>(null)
  useEffect(() => {
    if (state === null || !state.isOpen || prima === null) {
      last.current = null
      return
    }
    // New results: their first is highlighted even if the old highlight is still in the list. Otherwise the arrows decide.
    if (last.current === prima && state.selectionManager.focusedKey !== null) return
    if (state.collection.getItem(prima) === null) return
    last.current = prima
    state.selectionManager.setFocusedKey(prima)
  })
  return null
}

function Voce({ opzione }: { opzione: Opzione }) {
  return (
    <ListBoxItem id={opzione.id} textValue={opzione.testo} className="scelta">
      <span>{opzione.testo}</span>
      {opzione.dettaglio ? <small>{opzione.dettaglio}</small> : null}
      {opzione.perche ? <small className="scelta-perche">{opzione.perche}</small> : null}
    </ListBoxItem>
  )
}

export function Combobox({ valore, onScelta, cerca, chiave, segnaposto, ...campo }: ComboboxProps) {
  const shown = valore?.testo ?? ''
  const [testo, setTesto] = useState(shown)
  const [fuoco, setFuoco] = useState(false)
  const state = useRef<StatoElenco | null>(null)
  const keepState = useCallback((current: StatoElenco | null) => {
    state.current = current
  }, [])
  const focused = useRef(false)
  useEffect(() => () => lasciaVisibile(false), [])
  const annuncia = useAnnuncio()
  const client = useQueryClient()
  const query = testo === shown ? '' : testo
  const { gruppi, pronto } = useRicerca({ chiave, query, cerca, attiva: fuoco })

  // The form changed the value from outside (another message, a proposal): the text follows.
  const lastShown = useRef(shown)
  if (lastShown.current !== shown) {
    lastShown.current = shown
    if (testo !== shown) setTesto(shown)
  }

  const options = useMemo(() => gruppi.flatMap((gruppo) => gruppo.opzioni), [gruppi])
  const sections = useMemo(() => {
    const list = gruppi.filter((gruppo) => gruppo.opzioni.length > 0)
    const missing = valore !== null && !options.some((option) => option.id === valore.id)
    return missing ? [...list, { nome: CURRENT, opzioni: [valore] }] : list
  }, [gruppi, options, valore])

  /**
   * Enter or Tab before the results are here: the first of what was typed is chosen when it arrives, wherever the focus is by then.
   * `data-attesa` tells the shortcuts that a choice is on its way.
   */
  async function chooseWhenReady(input: HTMLElement): Promise<void> {
    const typed = query
    input.setAttribute('data-attesa', '')
    try {
      const found = await client.fetchQuery({ queryKey: ['scelte', ...chiave, typed], queryFn: () => cerca(typed), staleTime: 60_000 })
      const first = found.flatMap((gruppo) => gruppo.opzioni)[0]
      if (first !== undefined) choose(first)
      else annuncia(t.nessunRisultato)
      // A new value closes the list by itself; the same value again does not. After the drawing, so that the list knows the choice.
      await new Promise((done) => setTimeout(done, 30))
      if (state.current?.isOpen) state.current.close()
    } catch {
      // The search failed: the field keeps what it had, and the list says so the next time it opens.
    } finally {
      input.removeAttribute('data-attesa')
    }
  }

  function choose(option: Opzione | null): void {
    onScelta(option)
    setTesto(option?.testo ?? '')
  }

  useEffect(() => {
    if (fuoco && pronto && query !== '') annuncia(options.length === 0 ? t.nessunRisultato : t.risultati(options.length))
  }, [pronto, query, options.length, fuoco, annuncia])

  function change(key: Key | null): void {
    if (key === null || key === valore?.id) {
      setTesto(shown)
      return
    }
    const option = options.find((item) => item.id === key)
    if (option !== undefined) choose(option)
  }

  return (
    <div className={`campo${campo.errore ? ' campo-con-errore' : ''}${campo.larghezza === 'meta' ? ' campo-meta' : ''}`}>
      <RigaEtichetta {...campo} />
      <ComboBox
        aria-label={campo.etichetta}
        items={sections}
        value={valore?.id ?? null}
        onChange={change}
        inputValue={testo}
        onInputChange={(text) => {
          setTesto(text)
          if (text === '' && valore !== null && fuoco) onScelta(null)
        }}
        onOpenChange={lasciaVisibile}
        menuTrigger="input"
        allowsEmptyCollection
        className="combo"
        isInvalid={Boolean(campo.errore)}
      >
        <div
          className="combo-campo"
          onKeyDownCapture={(event) => {
            if ((event.key !== 'Enter' && event.key !== 'Tab') || event.ctrlKey || query === '' || pronto) return
            if (event.key === 'Enter') {
              event.preventDefault()
              event.stopPropagation()
            }
            if (event.target instanceof HTMLElement) void chooseWhenReady(event.target)
          }}
        >
          <Input
            id={campo.id}
            className="controllo"
            placeholder={segnaposto ?? ''}
            aria-required={campo.obbligatorio ? true : undefined}
            aria-describedby={descrizioni(campo.id, { ...campo, perche: campo.perche ?? valore?.perche })}
            autoComplete="off"
            onFocus={(event) => {
              if (focused.current) return
              focused.current = true
              setFuoco(true)
              event.currentTarget.select()
            }}
            onBlur={(event) => {
              // react-aria moves a virtual focus between options and tells the field with events of its own.
              if (document.activeElement === event.currentTarget) return
              focused.current = false
              setFuoco(false)
            }}
          />
          <ApriElenco etichetta={campo.etichetta} onApri={() => setFuoco(true)} />
        </div>
        <PrimaEvidenziata onStato={keepState} prima={query === '' || !pronto ? null : (options[0]?.id ?? null)} />
        <Popover className="combo-elenco" isNonModal placement="bottom start">
          <ListBox
            className="scelte"
            aria-label={campo.etichetta}
            items={sections}
            renderEmptyState={() => <p className="scelte-vuote">{pronto ? t.nessunRisultato : t.caricamento}</p>}
          >
            {(gruppo: GruppoOpzioni) => (
              <ListBoxSection
                id={`gruppo-${gruppo.nome}`}
                aria-label={gruppo.nome === CURRENT ? t.sceltaAttuale : gruppo.nome || campo.etichetta}
              >
                {gruppo.nome === '' ? null : (
                  <Header className="scelte-gruppo">{gruppo.nome === CURRENT ? t.sceltaAttuale : gruppo.nome}</Header>
                )}
                {gruppo.opzioni.map((opzione) => (
                  <Voce key={opzione.id} opzione={opzione} />
                ))}
              </ListBoxSection>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
      <NoteCampo {...campo} perche={campo.perche ?? valore?.perche} />
    </div>
  )
}

/** The arrow at the right: mouse and touch only, the keyboard has the arrows. */
function ApriElenco({ etichetta, onApri }: { etichetta: string; onApri: () => void }) {
  const state = useContext(ComboBoxStateContext)
  return (
    <button
      type="button"
      tabIndex={-1}
      className="combo-freccia"
      aria-label={t.mostraElenco(etichetta)}
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => {
        onApri()
        const input = event.currentTarget.parentElement?.querySelector('input')
        input?.focus()
        state?.toggle(null, 'manual')
      }}
    >
      <Icona nome="expand" dimensione={18} />
    </button>
  )
}
