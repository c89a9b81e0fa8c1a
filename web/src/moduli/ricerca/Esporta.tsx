/** The sheet that starts an export; the work goes on by itself and is found in /lavori. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { EsitoBar, EsitoProblema } from '../../ui/EsitoBar.tsx'
import { Finestra } from '../../ui/Finestra.tsx'
import { Icona } from '../../ui/Icona.tsx'

const FORMATI = ['csv', 'json', 'xml', 'pdf'] as const

export interface EsportaProps {
  ente: string
  origine: 'ricerca' | 'registro'
  /** Filters of the list, as in its address. */
  filtri: Record<string, string>
}

/** The filters that an export understands: the register calls `voce` what the search calls `classe`. */
function filtriOf(filtri: Record<string, string>): Record<string, string | number> {
  const { voce, pagina: _pagina, ordine: _ordine, ...others } = filtri
  return { ...others, ...(voce === undefined ? {} : { classe: voce }) }
}

export function Esporta({ ente, origine, filtri }: EsportaProps) {
  const [aperta, setAperta] = useState(false)
  const [formato, setFormato] = useState<(typeof FORMATI)[number]>('csv')
  const client = useQueryClient()
  const avvia = useMutation({
    mutationFn: () => chiama(api(ente, 'esportazioni'), { metodo: 'POST', corpo: { origine, formato, filtri: filtriOf(filtri) } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['lavori', ente] }),
  })
  return (
    <>
      <button
        type="button"
        className="btn btn-outline-primary btn-xs"
        onClick={() => {
          avvia.reset()
          setAperta(true)
        }}
      >
        <Icona nome="download" dimensione={16} /> {t.ricerca.esporta.bottone}
      </button>
      {aperta ? (
        <Finestra
          titolo={t.ricerca.esporta.titolo}
          onChiudi={() => setAperta(false)}
          onConferma={avvia.isSuccess ? undefined : () => avvia.mutate()}
          azioni={
            avvia.isSuccess ? null : (
              <button type="button" className="btn btn-primary btn-xs" disabled={avvia.isPending} onClick={() => avvia.mutate()}>
                {t.ricerca.esporta.avvia}
              </button>
            )
          }
        >
          {avvia.isSuccess ? (
            <EsitoBar tipo="riuscito" azioni={<Link to={`/${ente}/lavori`}>{t.ricerca.esporta.vai}</Link>}>
              {t.ricerca.esporta.avviata}
            </EsitoBar>
          ) : (
            <>
              {avvia.isError ? <EsitoProblema errore={avvia.error} /> : null}
              <fieldset className="scelte-radio">
                <legend>{t.ricerca.esporta.formato}</legend>
                {FORMATI.map((value) => (
                  <label key={value}>
                    <input type="radio" name="formato" value={value} checked={formato === value} onChange={() => setFormato(value)} />{' '}
                    {t.ricerca.esporta.formati[value]}
                  </label>
                ))}
              </fieldset>
              <p>{t.ricerca.esporta.spiega}</p>
            </>
          )}
        </Finestra>
      ) : null}
    </>
  )
}
