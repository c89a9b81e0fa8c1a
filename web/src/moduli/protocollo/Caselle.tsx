/** Health of the mailboxes under the queue: when they were read last, which one does not answer, and "Controlla ora". */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { EsitoBar, EsitoProblema } from '../../ui/EsitoBar.tsx'
import { giornoEOra } from '../../ui/formati.ts'
import { Icona } from '../../ui/Icona.tsx'
import { caselleQuery } from './messaggi.ts'

export function Caselle({ ente }: { ente: string }) {
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const caselle = useQuery(caselleQuery(ente)).data ?? []
  const check = useMutation({
    mutationFn: () => chiama(api(ente, 'caselle', 'controllo'), { metodo: 'POST' }),
    onSuccess: async () => {
      annuncia(t.messaggi.controllato)
      await Promise.all([
        client.invalidateQueries({ queryKey: ['caselle', ente] }),
        client.invalidateQueries({ queryKey: ['messaggi', ente] }),
      ])
    },
  })
  const last = caselle
    .map((item) => item.ultimoControllo)
    .filter((item) => item !== null)
    .toSorted()
    .at(-1)
  return (
    <div className="caselle">
      {caselle
        .filter((item) => item.errore)
        .map((item) => (
          <EsitoBar key={item.id} tipo="avviso">
            {t.messaggi.casellaGuasta(item.indirizzo)} {item.errore}
          </EsitoBar>
        ))}
      {check.error === null ? null : <EsitoProblema errore={check.error} />}
      {caselle.length === 0 ? null : (
        <p>
          {last === undefined ? null : <span>{t.messaggi.ultimoControllo(giornoEOra(last))} </span>}
          <button type="button" className="collegamento" disabled={check.isPending} onClick={() => check.mutate()}>
            <Icona nome="refresh" dimensione={16} /> {t.messaggi.controlla}
          </button>
        </p>
      )}
    </div>
  )
}
