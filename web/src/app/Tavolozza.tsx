/** Ctrl+K: one list of commands, documents and searches, narrowed by what is typed. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Autocomplete, Input, Menu, MenuItem, SearchField } from 'react-aria-components'
import { useNavigate } from 'react-router'
import type { EnteSessione } from '../api/tipi.ts'
import { percorsoScheda } from '../moduli/protocollo/dati.ts'
import { useCalmo } from '../moduli/ricerca/CasellaRicerca.tsx'
import { suggerimentiQuery } from '../moduli/ricerca/dati.ts'
import { t } from '../testi/it.ts'
import { Finestra } from '../ui/Finestra.tsx'
import { corrisponde } from '../ui/parole.ts'
import { puoProtocollare, vociMenu } from './menu.ts'

interface Comando {
  id: string
  testo: string
  dettaglio?: string
  percorso: string
}

/** Where the person may go and what he may begin, by name. */
function comandi(ente: EnteSessione): Comando[] {
  const go = vociMenu(ente).map((voce) => ({
    id: `vai:${voce.chiave}`,
    testo: t.ricerca.tavolozza.vai(t.menu[voce.chiave]),
    percorso: `/${ente.slug}/${voce.percorso}`,
  }))
  const begin = puoProtocollare(ente)
    ? [
        { id: 'nuovo:entrata', testo: t.menu.nuovaEntrata, percorso: `/${ente.slug}/protocollo/entrata/nuovo` },
        { id: 'nuovo:uscita', testo: t.menu.nuovaUscita, percorso: `/${ente.slug}/protocollo/uscita/nuovo` },
        { id: 'nuovo:interno', testo: t.menu.nuovoInterno, percorso: `/${ente.slug}/protocollo/interno/nuovo` },
      ]
    : []
  const works = { id: 'vai:lavori', testo: t.ricerca.tavolozza.vai(t.ricerca.lavori.titolo), percorso: `/${ente.slug}/lavori` }
  return [...go, works, ...begin]
}

export function Tavolozza({ ente, onChiudi }: { ente: EnteSessione; onChiudi: () => void }) {
  const navigate = useNavigate()
  const [testo, setTesto] = useState('')
  const calm = useCalmo(testo.trim())
  const found = useQuery({ ...suggerimentiQuery(ente.slug, calm), enabled: calm.length > 1, placeholderData: keepPreviousData }).data
  const typed = testo.trim()
  const q = encodeURIComponent(typed)
  const items: Comando[] = [
    ...comandi(ente).filter((comando) => typed === '' || corrisponde(comando.testo, typed)),
    ...(typed === ''
      ? []
      : [
          ...(found?.documenti ?? []).map((d) => ({
            id: `doc:${d.id}`,
            testo: d.etichetta,
            dettaglio: `${d.corrispondente} · ${d.oggetto}`,
            percorso: percorsoScheda(ente.slug, d.etichetta),
          })),
          { id: 'cerca', testo: t.ricerca.tavolozza.cercaTutto(typed), percorso: `/${ente.slug}/ricerca?q=${q}` },
          { id: 'fascicolo', testo: t.ricerca.tavolozza.apriFascicolo(typed), percorso: `/${ente.slug}/fascicoli?q=${q}` },
        ]),
  ]
  return (
    <Finestra titolo={t.ricerca.tavolozza.titolo} onChiudi={onChiudi}>
      <Autocomplete inputValue={testo} onInputChange={setTesto}>
        <SearchField aria-label={t.ricerca.tavolozza.campo} autoFocus>
          <Input className="controllo" placeholder={t.ricerca.tavolozza.campo} />
        </SearchField>
        <Menu
          className="tendina-voci tavolozza-voci"
          aria-label={t.ricerca.tavolozza.titolo}
          items={items}
          renderEmptyState={() => t.ricerca.tavolozza.nessuno}
          onAction={(key) => {
            const chosen = items.find((item) => item.id === key)
            if (chosen === undefined) return
            onChiudi()
            void navigate(chosen.percorso)
          }}
        >
          {(item) => (
            <MenuItem id={item.id} textValue={item.testo} className="tendina-voce scelta">
              <span>{item.testo}</span>
              {item.dettaglio === undefined ? null : <small>{item.dettaglio}</small>}
            </MenuItem>
          )}
        </Menu>
      </Autocomplete>
    </Finestra>
  )
}
