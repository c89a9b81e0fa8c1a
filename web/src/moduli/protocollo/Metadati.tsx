/** Metadata of a document or a fascicolo: the rules that are not satisfied in words, the XML to read and to download. */
import { useQuery } from '@tanstack/react-query'
import { chiama } from '../../api/client.ts'
import type { EsitoMetadati } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { Carica } from '../../ui/Attesa.tsx'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { Finestra } from '../../ui/Finestra.tsx'
import { Icona } from '../../ui/Icona.tsx'
import { Esiti } from '../metadati/Esiti.tsx'

export function Metadati({ percorso, titolo, onChiudi }: { percorso: string; titolo: string; onChiudi: () => void }) {
  const query = useQuery({ queryKey: ['metadati', percorso], queryFn: () => chiama<EsitoMetadati>(percorso) })
  const data = query.data
  return (
    <Finestra
      titolo={titolo}
      onChiudi={onChiudi}
      azioni={
        data?.completo ? (
          <a className="btn btn-primary btn-sm" href={`${percorso}.xml`} download>
            <Icona nome="download" dimensione={18} /> {t.scheda.scaricaXml}
          </a>
        ) : null
      }
    >
      <Carica query={query} cosa={t.scheda.metadati}>
        {(result) => (
          <>
            {result.completo ? (
              <EsitoBar tipo="riuscito">{t.scheda.metadatiCompleti}</EsitoBar>
            ) : (
              <EsitoBar tipo="avviso">{t.scheda.metadatiMancanti}</EsitoBar>
            )}
            <p>{t.metadati.su100(result.punteggio)}</p>
            {result.esiti.length === 0 ? null : <Esiti esiti={result.esiti} />}
            {result.xml === null ? null : (
              <div className="xml" role="region" tabIndex={0} aria-label={t.scheda.metadatiXml}>
                <pre>{result.xml}</pre>
              </div>
            )}
          </>
        )}
      </Carica>
    </Finestra>
  )
}
