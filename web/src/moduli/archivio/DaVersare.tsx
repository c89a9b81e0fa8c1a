/** What is concluded and waits to pass to the deposit archive. */
import { useQuery } from '@tanstack/react-query'
import { api, chiama } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { useEsitoAtti } from '../../ui/PaginaAtti.tsx'
import type { FascicoloArchivio, Serie } from './dati.ts'
import { GuscioArchivio } from './Guscio.tsx'
import { Passaggio } from './Passaggio.tsx'

interface DaVersare {
  fascicoli: FascicoloArchivio[]
  serie: Serie[]
  dovuti: number
}

export function Component() {
  const { slug } = useEnte()
  const esito = useEsitoAtti(['archivio', slug])
  const query = useQuery({
    queryKey: ['archivio', slug, 'da-versare'],
    queryFn: () => chiama<DaVersare>(api(slug, 'archivio', 'da-versare')),
  })
  return (
    <GuscioArchivio parte="daVersare" esito={esito}>
      <Carica query={query} cosa={t.archivio.tabelle.daVersare}>
        {(dati) => (
          <>
            {dati.dovuti === 0 ? null : <EsitoBar tipo="avviso">{t.archivio.dovuti(dati.dovuti)}</EsitoBar>}
            {dati.fascicoli.length + dati.serie.length === 0 ? (
              <Vuoto icona="box">{t.archivio.vuoti.daVersare}</Vuoto>
            ) : (
              <Passaggio
                ente={slug}
                percorso="elenchi"
                titolo={t.archivio.tabelle.daVersare}
                azione={t.archivio.passa}
                fascicoli={dati.fascicoli}
                serie={dati.serie}
                onFatto={esito.fatto}
              />
            )}
          </>
        )}
      </Carica>
    </GuscioArchivio>
  )
}
