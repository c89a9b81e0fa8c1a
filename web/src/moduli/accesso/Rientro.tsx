/** Where the login window lands after an expired session: it tells the waiting page and closes. */
import { useEffect } from 'react'
import { Titolo } from '../../app/Titolo.tsx'
import { annunciaRientro } from '../../api/rientro.ts'
import { t } from '../../testi/it.ts'

export function Component() {
  useEffect(() => {
    annunciaRientro()
    window.close()
  }, [])
  return (
    <main className="pagina pagina-stretta">
      <Titolo>{t.accesso.rientroTitolo}</Titolo>
      <p>{t.accesso.rientroTesto}</p>
    </main>
  )
}
