/** Pages of a list, in the address. */
import { Link, useSearchParams } from 'react-router'
import { t } from '../testi/it.ts'

export function Paginazione({ totale, perPagina = 50 }: { totale: number; perPagina?: number }) {
  const [parametri] = useSearchParams()
  const pagina = Math.max(1, Number(parametri.get('pagina') ?? 1) || 1)
  const pagine = Math.max(1, Math.ceil(totale / perPagina))
  if (pagine === 1) return null
  const verso = (numero: number): string => {
    const next = new URLSearchParams(parametri)
    next.set('pagina', String(numero))
    return `?${next.toString()}`
  }
  return (
    <nav className="paginazione" aria-label={t.paginazione}>
      {pagina > 1 ? (
        <Link className="btn btn-outline-primary btn-xs" to={verso(pagina - 1)}>
          {t.precedente}
        </Link>
      ) : null}
      <span>{t.pagina(pagina, pagine)}</span>
      {pagina < pagine ? (
        <Link className="btn btn-outline-primary btn-xs" to={verso(pagina + 1)}>
          {t.successiva}
        </Link>
      ) : null}
    </nav>
  )
}
