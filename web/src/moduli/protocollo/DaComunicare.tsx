/** Annulments the administration a document came from has not been told of yet (REQ-PROT-052): the message is ready, a person sends it. */
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { ComunicazioneApertaDto } from '../../../../server/protocollo/schema/comunicazione.ts'
import { api, chiama } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { giornoEOra } from '../../ui/formati.ts'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { percorsoScheda } from './dati.ts'

const w = t.attiRegistro.comunicazione

const colonne = (ente: string): Colonna<ComunicazioneApertaDto>[] => [
  {
    chiave: 'protocollo',
    titolo: t.attiRegistro.colonne.protocollo,
    intestazione: true,
    classe: 'cella-codice',
    cella: (c) => c.etichetta,
  },
  { chiave: 'annullata', titolo: w.annullataIl, classe: 'cella-data', cella: (c) => giornoEOra(c.annullataIl) },
  { chiave: 'destinatario', titolo: w.destinatario, classe: 'cella-larga', cella: (c) => c.destinatario },
  {
    chiave: 'azioni',
    titolo: t.attiRegistro.colonne.azioni,
    cella: (c) => (
      <Link to={percorsoScheda(ente, c.etichetta)} aria-label={w.apriDi(c.etichetta)}>
        {w.apri}
      </Link>
    ),
  },
]

export function DaComunicare() {
  const { slug } = useEnte()
  const query = useQuery({
    queryKey: ['comunicazioni-annullamento', slug],
    queryFn: () => chiama<{ elementi: ComunicazioneApertaDto[] }>(api(slug, 'comunicazioni-annullamento')),
  })
  return (
    <Carica query={query} cosa={w.tabella} righe={4}>
      {({ elementi }) =>
        elementi.length === 0 ? (
          <Vuoto icona="check-circle">{w.nessuna}</Vuoto>
        ) : (
          <>
            <p>{w.spiega}</p>
            <Tabella didascalia={w.tabella} colonne={colonne(slug)} righe={elementi} chiave={(c) => c.id} />
          </>
        )
      }
    </Carica>
  )
}
