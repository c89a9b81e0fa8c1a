/** The historical section: what may pass and what is there. */
import { useQuery } from '@tanstack/react-query'
import { api, chiama } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { useEsitoAtti } from '../../ui/PaginaAtti.tsx'
import { Tabella } from '../../ui/Tabella.tsx'
import type { FascicoloArchivio } from './dati.ts'
import { GuscioArchivio } from './Guscio.tsx'
import { colonneFascicoli, Passaggio } from './Passaggio.tsx'

interface Storica {
  proposti: FascicoloArchivio[]
  presenti: FascicoloArchivio[]
  totale: number
}

export function Component() {
  const { slug } = useEnte()
  const esito = useEsitoAtti(['archivio', slug])
  const query = useQuery({
    queryKey: ['archivio', slug, 'storica'],
    queryFn: () => chiama<Storica>(api(slug, 'archivio', 'storica')),
  })
  return (
    <GuscioArchivio parte="storica" esito={esito}>
      <Carica query={query} cosa={t.archivio.tabelle.presenti}>
        {(dati) => (
          <>
            <h2>{t.archivio.tabelle.proposti}</h2>
            {dati.proposti.length === 0 ? (
              <p>{t.archivio.vuoti.proposti}</p>
            ) : (
              <Passaggio
                ente={slug}
                percorso="storica"
                titolo={t.archivio.tabelle.proposti}
                azione={t.archivio.passaStorico}
                fascicoli={dati.proposti}
                onFatto={esito.fatto}
              />
            )}
            <h2>{t.archivio.tabelle.presenti}</h2>
            {dati.presenti.length === 0 ? (
              <Vuoto icona="box">{t.archivio.vuoti.presenti}</Vuoto>
            ) : (
              <Tabella
                didascalia={t.archivio.tabelle.presenti}
                colonne={colonneFascicoli(slug)}
                righe={dati.presenti}
                chiave={(f) => f.id}
              />
            )}
          </>
        )}
      </Carica>
    </GuscioArchivio>
  )
}
