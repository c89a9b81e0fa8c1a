/** The one box: what is typed is completed with documents, words and recent searches; Enter searches. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { ComboBox, Header, Input, Label, ListBox, ListBoxItem, ListBoxSection, Popover } from 'react-aria-components'
import { t } from '../../testi/it.ts'
import { Icona } from '../../ui/Icona.tsx'
import { lasciaVisibile } from '../../ui/livelli.ts'
import { suggerimentiQuery } from './dati.ts'

export interface CasellaProps {
  ente: string
  valore: string
  onCerca: (q: string) => void
  onDocumento: (etichetta: string) => void
}

/** The text as it stands when the person stops typing for a moment. */
export function useCalmo(text: string, attesa = 120): string {
  const [calm, setCalm] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setCalm(text), attesa)
    return () => clearTimeout(timer)
  }, [text, attesa])
  return calm
}

export function CasellaRicerca({ ente, valore, onCerca, onDocumento }: CasellaProps) {
  const [testo, setTesto] = useState(valore)
  const last = useRef(valore)
  if (last.current !== valore) {
    last.current = valore
    setTesto(valore)
  }
  const calm = useCalmo(testo)
  useEffect(() => () => lasciaVisibile(false), [])
  const [attiva, setAttiva] = useState(false)
  const query = useQuery({ ...suggerimentiQuery(ente, calm), enabled: attiva, placeholderData: keepPreviousData })
  const found = query.data
  const sections = [
    {
      nome: t.ricerca.gruppi.documenti,
      voci: (found?.documenti ?? []).map((d) => ({
        id: `d:${d.etichetta}`,
        testo: d.etichetta,
        dettaglio: `${d.corrispondente} · ${d.oggetto}`,
      })),
    },
    { nome: t.ricerca.gruppi.parole, voci: (found?.parole ?? []).map((p) => ({ id: `p:${p}`, testo: p, dettaglio: '' })) },
    { nome: t.ricerca.gruppi.recenti, voci: (found?.recenti ?? []).map((r) => ({ id: `r:${r}`, testo: r, dettaglio: '' })) },
  ].filter((section) => section.voci.length > 0 && testo !== valore)
  function choose(key: string): void {
    if (key.startsWith('d:')) return onDocumento(key.slice(2))
    setTesto(key.slice(2))
    onCerca(key.slice(2))
  }
  function onEnter(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || (event.target as HTMLElement).getAttribute('aria-activedescendant')) return
    event.preventDefault()
    event.stopPropagation()
    onCerca(testo.trim())
  }
  return (
    <form
      role="search"
      className="casella-ricerca"
      aria-label={t.ricerca.casella}
      onSubmit={(event) => {
        event.preventDefault()
        onCerca(testo.trim())
      }}
    >
      <ComboBox
        className="casella-campo"
        allowsCustomValue
        allowsEmptyCollection={false}
        menuTrigger="input"
        inputValue={testo}
        onInputChange={setTesto}
        selectedKey={null}
        onSelectionChange={(key) => (key === null ? undefined : choose(String(key)))}
        onFocusChange={setAttiva}
        onOpenChange={lasciaVisibile}
      >
        <Label className="visually-hidden">{t.ricerca.casella}</Label>
        <div className="casella-riga" onKeyDownCapture={onEnter}>
          <Icona nome="search" dimensione={20} />
          <Input className="controllo" placeholder={t.ricerca.segnaposto} spellCheck={false} autoComplete="off" />
        </div>
        <Popover className="tendina" placement="bottom start">
          <ListBox className="tendina-voci" aria-label={t.ricerca.suggerimenti}>
            {sections.map((section) => (
              <ListBoxSection key={section.nome} id={section.nome}>
                <Header className="scelta-gruppo">{section.nome}</Header>
                {section.voci.map((voce) => (
                  <ListBoxItem key={voce.id} id={voce.id} textValue={voce.testo} className="scelta">
                    <span>{voce.testo}</span>
                    {voce.dettaglio === '' ? null : <small>{voce.dettaglio}</small>}
                  </ListBoxItem>
                ))}
              </ListBoxSection>
            ))}
          </ListBox>
        </Popover>
      </ComboBox>
      <button type="submit" className="btn btn-primary btn-xs">
        {t.ricerca.cerca}
      </button>
    </form>
  )
}
