/** What is shown when a page breaks: the reason in words and a way out, never a white screen. */
import { useEffect } from 'react'
import { useRouteError } from 'react-router'
import { t } from '../testi/it.ts'
import { useTavolozza } from './tavolozze.ts'

export function PaginaRotta() {
  const error = useRouteError()
  useTavolozza(undefined)
  useEffect(() => {
    console.error(error)
  }, [error])
  return (
    <main className="pagina pagina-stretta">
      <h1>{t.errori.paginaRotta}</h1>
      <p>{t.errori.paginaRottaTesto}</p>
      <button type="button" className="btn btn-primary" onClick={() => window.location.reload()}>
        {t.errori.ricarica}
      </button>
    </main>
  )
}
