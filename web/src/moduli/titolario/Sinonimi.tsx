/** Words of this ente that stand for the same thing: the search of a class takes one for the others. */
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { Carica } from '../../ui/Attesa.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { Uno } from './Modulini.tsx'
import { useAttoTitolario } from './atti.ts'
import { sinonimiQuery } from './dati.ts'

const testi = t.titolario.sinonimi

export function Sinonimi({ ente, puo }: { ente: string; puo: boolean }) {
  const query = useQuery(sinonimiQuery(ente))
  const atto = useAttoTitolario(ente)
  return (
    <details className="riquadro">
      <summary>{testi.titolo}</summary>
      <p>{testi.aiuto}</p>
      <Carica query={query} cosa={testi.titolo} righe={2}>
        {(gruppi) =>
          gruppi.length === 0 ? (
            <p>{testi.nessuno}</p>
          ) : (
            <ul>
              {gruppi.map((g) => (
                <li key={g.id}>
                  {g.parole.join(', ')} ({g.autoreNome}){' '}
                  {puo ? (
                    <button
                      type="button"
                      className="btn btn-outline-primary btn-xs"
                      disabled={atto.isPending}
                      onClick={() =>
                        atto.mutate({ percorso: api(ente, 'titolario', 'sinonimi', g.id), metodo: 'DELETE', riuscito: testi.tolti })
                      }
                    >
                      {testi.togli}
                      <span className="visually-hidden"> {g.parole.join(', ')}</span>
                    </button>
                  ) : null}
                </li>
              ))}
            </ul>
          )
        }
      </Carica>
      {puo ? (
        <Uno
          id="campo-sinonimi"
          etichetta={testi.parole}
          aiuto={testi.paroleAiuto}
          azione={testi.aggiungi}
          onInvia={(testo) =>
            atto.mutate({
              percorso: api(ente, 'titolario', 'sinonimi'),
              corpo: {
                parole: testo
                  .split(',')
                  .map((p) => p.trim())
                  .filter((p) => p !== ''),
              },
              riuscito: testi.aggiunti,
            })
          }
        />
      ) : null}
      {atto.error ? <EsitoProblema errore={atto.error} /> : null}
    </details>
  )
}
