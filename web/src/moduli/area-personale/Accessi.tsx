/** Who opened my data, and when. */
import { useQuery } from '@tanstack/react-query'
import { Titolo } from '../../app/Titolo.tsx'
import { chiama, conParametri, sportello } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import type { Lista } from '../../api/tipi.ts'
import type { AccessoAiDati } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { giornoEOra } from '../../ui/formati.ts'

export function Component() {
  const { slug } = useEnte()
  const query = useQuery({
    queryKey: ['accessi', slug],
    queryFn: async () => {
      const data = await chiama<Lista<AccessoAiDati>>(conParametri(sportello(slug, 'accessi'), { perPagina: 100 }))
      return data.elementi
    },
  })
  return (
    <>
      <Titolo>{t.cittadino.registroAccessi}</Titolo>
      <p>{t.cittadino.accessiTesto}</p>
      <Carica query={query} cosa={t.cittadino.registroAccessi}>
        {(list) =>
          list.length === 0 ? (
            <Vuoto icona="lock">{t.cittadino.accessiVuoto}</Vuoto>
          ) : (
            <ol className="storia">
              {list.map((accesso) => (
                <li key={accesso.id}>
                  <time dateTime={accesso.istante}>{giornoEOra(accesso.istante)}</time>
                  <span className="storia-testo">
                    {accesso.descrizione}
                    {accesso.oggetto === '' ? null : `: ${accesso.oggetto}`}
                  </span>
                  <span className="storia-chi">
                    {accesso.tu ? t.cittadino.tu : accesso.chi}
                    {accesso.protocollo === null ? null : ` · ${t.cittadino.protocollo(accesso.protocollo)}`}
                  </span>
                </li>
              ))}
            </ol>
          )
        }
      </Carica>
    </>
  )
}
