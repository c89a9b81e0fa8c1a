/** The quiet line: metadata complete, or what is missing. One line in the page of a document or of a fascicolo. */
import { useQuery } from '@tanstack/react-query'
import type { StatoMetadatiDto } from '../../../../server/metadati/schema.ts'
import { chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { Stato } from '../../ui/Stato.tsx'

/** `percorso` is the address of the metadata, as for the sheet that shows them. Says nothing while it waits, before the first judgement, or when it may not be seen. */
export function RigaMetadati({ percorso }: { percorso: string }) {
  const query = useQuery({
    queryKey: ['metadati-stato', percorso],
    queryFn: () => chiama<StatoMetadatiDto>(`${percorso}/stato`),
    retry: false,
  })
  const found = query.data?.valutazione ?? null
  if (found === null) return null
  if (found.completo) return <Stato tono="buono">{t.metadati.riga.completi}</Stato>
  return <Stato tono="attenzione">{t.metadati.riga.manca(found.punteggio, found.manca.slice(0, 3).join(', ').toLowerCase())}</Stato>
}
