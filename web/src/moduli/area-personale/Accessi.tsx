/** Who opened my data, and when. */
import { useQuery } from '@tanstack/react-query'
import { Titolo } from '../../app/Titolo.tsx'
import { chiama, sportello } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import type { Lista } from '../../api/tipi.ts'
import type { AccessoAiDati } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { giornoEOra } from '../../ui/formati.ts'

function chi(accesso: AccessoAiDati): string {
  const person = accesso.chi ?? (typeof accesso.attore === 'string' ? accesso.attore : (accesso.attore?.nome ?? ''))
  return [person, accesso.ufficio ?? ''].filter((part) => part !== '').join(' · ')
}

export function Component() {
  const { slug } = useEnte()
  const query = useQuery({
    queryKey: ['accessi', slug],
    queryFn: async () => {
      const data = await chiama<AccessoAiDati[] | Lista<AccessoAiDati>>(sportello(slug, 'accessi'))
      return Array.isArray(data) ? data : data.elementi
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
              {list.map((accesso, index) => (
                <li key={`${accesso.istante}-${index}`}>
                  <time dateTime={accesso.istante}>{giornoEOra(accesso.istante)}</time>
                  <span className="storia-testo">{accesso.descrizione ?? accesso.cosa}</span>
                  <span className="storia-chi">{chi(accesso)}</span>
                </li>
              ))}
            </ol>
          )
        }
      </Carica>
    </>
  )
}
