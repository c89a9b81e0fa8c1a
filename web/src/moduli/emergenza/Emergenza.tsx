/** Emergency registers: openings, recovery, registers with their devices, statements, receipts to check, yearly summary. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Titolo } from '../../app/Titolo.tsx'
import { useEnte } from '../../api/sessione.tsx'
import { emergenza as t } from '../../testi/it-emergenza.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica } from '../../ui/Attesa.tsx'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { Aperture } from './Aperture.tsx'
import { quadroQuery } from './dati.ts'
import { Recupera } from './Recupera.tsx'
import { Recuperi, Riepilogo, VerificaRicevuta } from './Recuperi.tsx'
import { Registri } from './Registri.tsx'

export function Component() {
  const { slug } = useEnte()
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const query = useQuery(quadroQuery(slug))
  const [esito, setEsito] = useState<string | null>(null)
  function done(testo: string): void {
    setEsito(testo)
    annuncia(testo)
    void client.invalidateQueries({ queryKey: ['emergenza', slug] })
    void client.invalidateQueries({ queryKey: ['emergenza-stato', slug] })
  }
  return (
    <div className="pagina">
      <Titolo>{t.titolo}</Titolo>
      {esito === null ? null : (
        <EsitoBar tipo="riuscito" onChiudi={() => setEsito(null)}>
          {esito}
        </EsitoBar>
      )}
      <Carica query={query} cosa={t.cosa}>
        {(quadro) => (
          <>
            {quadro.sospeso ? <EsitoBar tipo="avviso">{t.barraSospeso}</EsitoBar> : null}
            <Aperture ente={slug} quadro={quadro} onFatto={done} />
            {quadro.puoGestire ? <Recupera ente={slug} onFatto={done} /> : null}
            <Registri ente={slug} quadro={quadro} onFatto={done} />
            <Recuperi ente={slug} recuperi={quadro.recuperi} />
            <VerificaRicevuta ente={slug} />
            <Riepilogo ente={slug} />
          </>
        )}
      </Carica>
    </div>
  )
}
