/** Every list kept of what passed, to be read as it was. */
import { useQuery } from '@tanstack/react-query'
import { api, chiama } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { giorno } from '../../ui/formati.ts'
import { useEsitoAtti } from '../../ui/PaginaAtti.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import type { Elenco } from './dati.ts'
import { GuscioArchivio } from './Guscio.tsx'

function colonne(ente: string): Colonna<Elenco>[] {
  const c = t.archivio.colonne
  return [
    {
      chiave: 'elenco',
      titolo: c.elenco,
      intestazione: true,
      cella: (e) => `${t.archivio.tipiElenco[e.tipo] ?? e.tipo} n. ${e.numero}`,
    },
    { chiave: 'quando', titolo: c.quando, cella: (e) => giorno(e.creatoIl) },
    { chiave: 'chi', titolo: c.chi, cella: (e) => e.creatoDa },
    { chiave: 'righe', titolo: c.righe, cella: (e) => e.righe },
    { chiave: 'posizione', titolo: c.posizione, cella: (e) => e.posizione ?? '' },
    { chiave: 'impronta', titolo: c.impronta, cella: (e) => <code className="impronta">{e.impronta}</code> },
    {
      chiave: 'file',
      titolo: c.file,
      cella: (e) =>
        (['pdf', 'csv'] as const).map((formato) => (
          <div key={formato}>
            <a href={api(ente, 'archivio', 'elenchi', e.id, `elenco.${formato}`)}>
              {t.archivio.scaricaElenco(formato, t.archivio.tipiElenco[e.tipo] ?? e.tipo, e.numero)}
            </a>
          </div>
        )),
    },
  ]
}

export function Component() {
  const { slug } = useEnte()
  const esito = useEsitoAtti(['archivio', slug])
  const query = useQuery({
    queryKey: ['archivio', slug, 'elenchi'],
    queryFn: () => chiama<Elenco[]>(api(slug, 'archivio', 'elenchi')),
  })
  return (
    <GuscioArchivio parte="elenchi" esito={esito}>
      <Carica query={query} cosa={t.archivio.tabelle.elenchi}>
        {(list) =>
          list.length === 0 ? (
            <Vuoto icona="files">{t.archivio.vuoti.elenchi}</Vuoto>
          ) : (
            <Tabella didascalia={t.archivio.tabelle.elenchi} colonne={colonne(slug)} righe={list} chiave={(e) => e.id} />
          )
        }
      </Carica>
    </GuscioArchivio>
  )
}
