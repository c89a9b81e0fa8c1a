/** What the product does for accessibility, in plain words. */
import { Link } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { useTavolozza } from '../../app/tavolozze.ts'
import { t } from '../../testi/it.ts'

export function Component() {
  const pronta = useTavolozza(undefined)
  if (!pronta) return null
  return (
    <main id="contenuto" className="pagina pagina-stretta">
      <Titolo>{t.accessibilita.titolo}</Titolo>
      <p>{t.accessibilita.intro}</p>
      <ul>
        {t.accessibilita.punti.map((punto) => (
          <li key={punto}>{punto}</li>
        ))}
      </ul>
      <h2>{t.accessibilita.limiti}</h2>
      <p>{t.accessibilita.limitiTesto}</p>
      <Link to="/">{t.nonTrovata.torna}</Link>
    </main>
  )
}
