/** Saved searches and views of a list: mine and of my offices; saving the present one. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, chiama } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Campo } from '../../ui/Campo.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { Finestra } from '../../ui/Finestra.tsx'
import { Icona } from '../../ui/Icona.tsx'
import { salvateQuery, type RicercaSalvata } from './dati.ts'

function Salva({ ambito, domanda, onChiudi }: { ambito: RicercaSalvata['ambito']; domanda: string; onChiudi: () => void }) {
  const { slug, ente } = useEnte()
  const [nome, setNome] = useState('')
  const [ufficio, setUfficio] = useState('')
  const annuncia = useAnnuncio()
  const client = useQueryClient()
  const salva = useMutation({
    mutationFn: () =>
      chiama(api(slug, 'ricerche-salvate'), {
        metodo: 'POST',
        corpo: { nome, ambito, domanda, ...(ufficio === '' ? {} : { ufficioId: ufficio }) },
      }),
    onSuccess: async () => {
      annuncia(t.ricerca.salvata(nome))
      await client.invalidateQueries({ queryKey: ['ricerche-salvate', slug] })
      onChiudi()
    },
  })
  return (
    <Finestra
      titolo={ambito === 'ricerca' ? t.ricerca.salva : t.ricerca.salvaVista}
      onChiudi={onChiudi}
      onConferma={() => salva.mutate()}
      azioni={
        <button type="button" className="btn btn-primary btn-xs" disabled={salva.isPending} onClick={() => salva.mutate()}>
          {t.ricerca.salvaBottone}
        </button>
      }
    >
      {salva.isError ? <EsitoProblema errore={salva.error} /> : null}
      <Campo id="salva-nome" etichetta={t.ricerca.nome} obbligatorio>
        <input id="salva-nome" className="controllo" maxLength={80} value={nome} onChange={(event) => setNome(event.target.value)} />
      </Campo>
      <Campo id="salva-chi" etichetta={t.ricerca.condividi}>
        <select id="salva-chi" className="controllo" value={ufficio} onChange={(event) => setUfficio(event.target.value)}>
          <option value="">{t.ricerca.soloIo}</option>
          {(ente?.uffici ?? []).map((item) => (
            <option key={item.id} value={item.id}>
              {item.denominazione}
            </option>
          ))}
        </select>
      </Campo>
    </Finestra>
  )
}

/** The list of what is saved for this list of the product, and the button that saves what is on screen. */
export function Salvate({ ambito, domanda }: { ambito: RicercaSalvata['ambito']; domanda: string }) {
  const { slug } = useEnte()
  const [aperta, setAperta] = useState(false)
  const client = useQueryClient()
  const query = useQuery(salvateQuery(slug, ambito))
  const togli = useMutation({
    mutationFn: (id: string) => chiama(api(slug, 'ricerche-salvate', id), { metodo: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['ricerche-salvate', slug] }),
  })
  const saved = query.data?.elementi ?? []
  return (
    <section className="salvate" aria-label={ambito === 'ricerca' ? t.ricerca.salvate : t.ricerca.viste}>
      <h2>{ambito === 'ricerca' ? t.ricerca.salvate : t.ricerca.viste}</h2>
      {saved.length === 0 ? <p className="trovata-nota">{t.ricerca.nessunaSalvata}</p> : null}
      <ul>
        {saved.map((item) => (
          <li key={item.id}>
            <Link to={`?${item.domanda}`}>{item.nome}</Link>
            {item.mia ? (
              <button
                type="button"
                className="pulsante-icona"
                aria-label={t.ricerca.elimina(item.nome)}
                onClick={() => togli.mutate(item.id)}
              >
                <Icona nome="close" dimensione={16} />
              </button>
            ) : (
              <small>{t.ricerca.di(item.autore)}</small>
            )}
          </li>
        ))}
      </ul>
      {domanda === '' ? null : (
        <button type="button" className="btn btn-outline-primary btn-xs" onClick={() => setAperta(true)}>
          {ambito === 'ricerca' ? t.ricerca.salva : t.ricerca.salvaVista}
        </button>
      )}
      {aperta ? <Salva ambito={ambito} domanda={domanda} onChiudi={() => setAperta(false)} /> : null}
    </section>
  )
}
