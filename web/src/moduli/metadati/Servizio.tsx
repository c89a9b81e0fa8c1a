/** How the preservation service wants the metadata: bounds of its schemas, permanent retention, fascicoli only. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ServizioDto, TabellaRegoleDto } from '../../../../server/metadati/schema.ts'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { EsitoBar, EsitoProblema } from '../../ui/EsitoBar.tsx'
import { giornoEOra } from '../../ui/formati.ts'
import { erroreDi } from '../../api/problema.ts'
import { configurabili, letteraliDaRighe, letteraliInRighe } from './servizio.ts'

const s = t.metadati.servizio

function Modulo({ ente, iniziale }: { ente: string; iniziale: ServizioDto }) {
  const client = useQueryClient()
  const [dati, setDati] = useState({
    denominazione: iniziale.denominazione,
    schemi: iniziale.schemi as string,
    permanente: iniziale.permanente === null ? '' : String(iniziale.permanente),
    soloFascicoli: iniziale.soloFascicoli,
    letterali: letteraliInRighe(iniziale.letterali),
  })
  const [gravita, setGravita] = useState<Record<string, string>>(iniziale.gravita)
  const regole = useQuery({
    queryKey: ['metadati-regole', ente],
    queryFn: () => chiama<TabellaRegoleDto>(api(ente, 'metadati', 'regole')),
  })
  const save = useMutation({
    mutationFn: async () =>
      await chiama<ServizioDto>(api(ente, 'metadati', 'servizio'), {
        metodo: 'PUT',
        corpo: {
          ...dati,
          permanente: dati.permanente.trim() === '' ? null : Number(dati.permanente),
          letterali: letteraliDaRighe(dati.letterali),
          gravita: Object.fromEntries(Object.entries(gravita).filter(([, scelta]) => scelta !== '')),
        },
      }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['metadati-servizio', ente] }),
  })
  const change = (campo: string) => (valore: string) => setDati((before) => ({ ...before, [campo]: valore }))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      {save.isSuccess ? <EsitoBar tipo="riuscito">{s.salvato}</EsitoBar> : null}
      {save.error === null ? null : <EsitoProblema errore={save.error} />}
      <CampoTesto
        id="servizio-denominazione"
        etichetta={s.denominazione}
        obbligatorio
        valore={dati.denominazione}
        errore={erroreDi(save.error, 'denominazione')}
        onCambia={change('denominazione')}
      />
      <CampoScelta
        id="servizio-schemi"
        etichetta={s.schemi}
        valore={dati.schemi}
        opzioni={['9999', '4999'].map((valore) => ({ valore, testo: valore }))}
        onCambia={change('schemi')}
      />
      <CampoTesto
        id="servizio-permanente"
        etichetta={s.permanente}
        aiuto={s.permanenteAiuto}
        valore={dati.permanente}
        errore={erroreDi(save.error, 'permanente')}
        onCambia={change('permanente')}
      />
      <div className="campo">
        <label>
          <input
            type="checkbox"
            checked={dati.soloFascicoli}
            onChange={(event) => setDati((before) => ({ ...before, soloFascicoli: event.target.checked }))}
          />{' '}
          {s.soloFascicoli}
        </label>
      </div>
      <CampoTesto
        id="servizio-letterali"
        etichetta={s.letterali}
        aiuto={s.letteraliAiuto}
        righe={4}
        valore={dati.letterali}
        errore={erroreDi(save.error, 'letterali')}
        onCambia={change('letterali')}
      />
      <fieldset>
        <legend>{s.gravita}</legend>
        <p className="campo-aiuto">{s.gravitaAiuto}</p>
        <Carica query={regole} cosa={s.gravita} righe={3}>
          {(tabella) =>
            configurabili(tabella.regole).map((r) => (
              <CampoScelta
                key={r.id}
                id={`servizio-gravita-${r.id}`}
                etichetta={`${r.id}: ${r.enunciato}`}
                valore={gravita[r.id] ?? ''}
                vuota={s.gravitaPredefinita(s.gravitaNomi[r.gravita])}
                opzioni={Object.entries(s.gravitaNomi).map(([valore, testo]) => ({ valore, testo }))}
                errore={erroreDi(save.error, `gravita.${r.id}`)}
                onCambia={(valore) => setGravita((before) => ({ ...before, [r.id]: valore }))}
              />
            ))
          }
        </Carica>
      </fieldset>
      {iniziale.aggiornatoIl === null ? null : (
        <p className="campo-aiuto">{s.ultima(giornoEOra(iniziale.aggiornatoIl), iniziale.autore ?? '')}</p>
      )}
      <p className="azioni-pagina">
        <button type="submit" className="btn btn-primary btn-sm" aria-disabled={save.isPending}>
          {s.salva}
        </button>
      </p>
    </form>
  )
}

export function Component() {
  const { slug } = useEnte()
  const query = useQuery({
    queryKey: ['metadati-servizio', slug],
    queryFn: () => chiama<ServizioDto>(api(slug, 'metadati', 'servizio')),
  })
  return (
    <div className="pagina">
      <Titolo>{s.titolo}</Titolo>
      <p>{s.spiega}</p>
      <Carica query={query} cosa={s.titolo} righe={5}>
        {(iniziale) => <Modulo ente={slug} iniziale={iniziale} />}
      </Carica>
    </div>
  )
}
