/** "Dove finirebbe…?": a subject, the voices proposed for it and the words that led there. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama, conParametri } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoTesto } from '../../ui/Campo.tsx'
import type { Destinazione } from './dati.ts'

export function Prova({ ente, versione }: { ente: string; versione: string }) {
  const [testo, setTesto] = useState('')
  const [provato, setProvato] = useState('')
  const query = useQuery({
    queryKey: ['titolario', ente, 'prova', versione, provato],
    queryFn: () => chiama<Destinazione[]>(conParametri(api(ente, 'titolario', 'prova'), { testo: provato, versione })),
    enabled: provato !== '',
  })
  return (
    <section className="riquadro" aria-labelledby="titolo-prova">
      <h2 id="titolo-prova">{t.titolario.prova.titolo}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setProvato(testo.trim())
        }}
      >
        <CampoTesto
          id="campo-prova"
          etichetta={t.titolario.prova.campo}
          aiuto={t.titolario.prova.aiuto}
          valore={testo}
          onCambia={setTesto}
          massimo={500}
        />
        <button type="submit" className="btn btn-primary">
          {t.titolario.prova.titolo}
        </button>
      </form>
      <div aria-live="polite">
        {provato === '' ? (
          <p>{t.titolario.prova.attesa}</p>
        ) : (
          <Carica query={query} cosa={t.titolario.cosa} righe={3}>
            {(voci) =>
              voci.length === 0 ? (
                <p>{t.titolario.prova.nessuna}</p>
              ) : (
                <ol>
                  {voci.map((v) => (
                    <li key={v.id}>
                      <strong>
                        {v.codice} {v.denominazione}
                      </strong>
                      <br />
                      {v.spiegazione}
                    </li>
                  ))}
                </ol>
              )
            }
          </Carica>
        )}
      </div>
    </section>
  )
}
