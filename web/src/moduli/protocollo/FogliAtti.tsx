/** Sheets of the acts on a registration: annulment and rectification asked, level of reserve, reasons why one sees it. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PercheDto } from '../../../../server/protocollo/schema/atti.ts'
import { api, chiama, compiAtto } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { giornoItaliano, leggiGiorno } from '../../ui/date.ts'
import { Finestra } from '../../ui/Finestra.tsx'
import { GuscioFoglio, type FoglioProps } from './FogliScheda.tsx'
import { CampoPersona } from './CampiRicerca.tsx'

const w = t.attiRegistro

/** The reason that stays in the register. */
export function Motivo({ valore, onCambia, errore }: { valore: string; onCambia: (v: string) => void; errore: string | undefined }) {
  return (
    <CampoTesto
      id="atto-motivo"
      etichetta={w.motivo}
      aiuto={w.motivoAiuto}
      obbligatorio
      righe={3}
      massimo={1000}
      valore={valore}
      onCambia={onCambia}
      errore={errore}
    />
  )
}

export function FoglioAnnulla({ ente, dati, onChiudi, onFatto }: FoglioProps) {
  const annuncia = useAnnuncio()
  const [motivo, setMotivo] = useState('')
  const [errore, setErrore] = useState<string | undefined>()
  const act = useMutation({
    mutationFn: () => compiAtto(`annulla-${dati.id}`, api(ente, 'registrazioni', dati.id, 'annullamento'), { motivo }),
    onSuccess: () => {
      annuncia(w.annullaInviata)
      onFatto()
    },
  })
  const confirm = (): void => (motivo.trim() === '' ? setErrore(w.motivoManca) : act.mutate())
  return (
    <GuscioFoglio titolo={w.annulla} conferma={w.invia} errore={act.error} inCorso={act.isPending} onConferma={confirm} onChiudi={onChiudi}>
      <p>{w.annullaTesto}</p>
      <Motivo valore={motivo} onCambia={setMotivo} errore={errore} />
    </GuscioFoglio>
  )
}

export function FoglioRiserva({ ente, dati, onChiudi, onFatto }: FoglioProps) {
  const annuncia = useAnnuncio()
  const [livello, setLivello] = useState<string>(dati.condizione.livello)
  const [fino, setFino] = useState('')
  const [lettori, setLettori] = useState<{ id: string; testo: string }[]>([])
  const [motivo, setMotivo] = useState('')
  const [errori, setErrori] = useState<{ fino?: string; lettori?: string; motivo?: string }>({})
  const act = useMutation({
    mutationFn: (corpo: unknown) => chiama(api(ente, 'registrazioni', dati.id, 'riserva'), { metodo: 'POST', corpo }),
    onSuccess: () => {
      annuncia(w.riservaCambiata)
      onFatto()
    },
  })
  const confirm = (): void => {
    const day = fino.trim() === '' ? null : leggiGiorno(fino, giornoItaliano(new Date()))
    const wrong = {
      ...(livello === 'RISERVATO' && day === null ? { fino: w.riservaFinoManca } : {}),
      ...(livello === 'PARTICOLARE' && lettori.length === 0 ? { lettori: w.riservaLettoriManca } : {}),
      ...(motivo.trim() === '' ? { motivo: w.motivoManca } : {}),
    }
    setErrori(wrong)
    if (Object.keys(wrong).length > 0) return
    act.mutate({
      livello,
      motivo: motivo.trim(),
      lettori: lettori.map((l) => l.id),
      ...(day === null || livello === 'ORDINARIO' ? {} : { fino: day }),
    })
  }
  return (
    <GuscioFoglio
      titolo={w.riserva}
      conferma={w.riservaConferma}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={confirm}
      onChiudi={onChiudi}
    >
      <CampoScelta
        id="riserva-livello"
        etichetta={w.riservaLivello}
        valore={livello}
        onCambia={setLivello}
        opzioni={Object.entries(w.livelli).map(([valore, testo]) => ({ valore, testo }))}
      />
      {livello === 'ORDINARIO' ? null : (
        <>
          <CampoData
            id="riserva-fino"
            etichetta={w.riservaFino}
            obbligatorio={livello === 'RISERVATO'}
            valore={fino}
            errore={errori.fino}
            onCambia={setFino}
          />
          <CampoPersona
            id="riserva-lettori"
            etichetta={w.riservaLettori}
            ente={ente}
            valore={null}
            errore={errori.lettori}
            onScelta={(scelta) => {
              if (scelta !== null && !lettori.some((l) => l.id === scelta.id)) setLettori([...lettori, scelta])
            }}
          />
          {lettori.length === 0 ? null : (
            <>
              <p className="campo-aiuto">{w.riservaLettoriElenco}</p>
              <ul className="elenco-piano">
                {lettori.map((l) => (
                  <li key={l.id}>
                    {l.testo}{' '}
                    <button type="button" className="collegamento" onClick={() => setLettori(lettori.filter((x) => x.id !== l.id))}>
                      {w.togli(l.testo)}
                    </button>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
      <Motivo valore={motivo} onCambia={setMotivo} errore={errori.motivo} />
    </GuscioFoglio>
  )
}

export function FoglioPerche({ ente, dati, onChiudi }: Omit<FoglioProps, 'onFatto'>) {
  const query = useQuery({
    queryKey: ['perche', ente, dati.id],
    queryFn: () => chiama<PercheDto>(api(ente, 'registrazioni', dati.id, 'perche')),
  })
  return (
    <Finestra
      titolo={w.perche}
      onChiudi={onChiudi}
      azioni={
        <button type="button" className="btn btn-primary btn-sm" onClick={onChiudi}>
          {w.percheChiudi}
        </button>
      }
    >
      <Carica query={query} cosa={w.perche} righe={2}>
        {(perche) => (
          <ul>
            {perche.ragioni.map((r, i) => (
              <li key={`${r.codice}-${i}`}>{r.testo}</li>
            ))}
          </ul>
        )}
      </Carica>
    </Finestra>
  )
}
