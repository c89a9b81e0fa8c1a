/** 404. */
import { Link } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { useTavolozza } from '../../app/tavolozze.ts'
import { t } from '../../testi/it.ts'

export function Component() {
  useTavolozza(undefined)
  return (
    <main id="contenuto" className="pagina pagina-stretta">
      <Titolo>{t.nonTrovata.titolo}</Titolo>
      <p>{t.nonTrovata.testo}</p>
      <Link className="btn btn-primary" to="/">
        {t.nonTrovata.torna}
      </Link>
    </main>
  )
}
