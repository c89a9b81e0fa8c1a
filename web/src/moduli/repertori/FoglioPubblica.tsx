/** Publication in the albo: from when, for how long, and which files everybody will read. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, compiAtto } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { giornoItaliano, leggiGiorno } from '../../ui/date.ts'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { erroreDi } from '../../api/problema.ts'
import type { Pubblicazione, RigaCompleta } from './tipi.ts'

export interface FoglioPubblicaProps {
  ente: string
  riga: RigaCompleta
  onChiudi: () => void
  onFatto: (etichetta: string) => void
}

export function FoglioPubblica({ ente, riga, onChiudi, onFatto }: FoglioPubblicaProps) {
  const p = t.repertori.pubblica
  const files = [riga.principale, ...riga.allegati]
  const [dal, setDal] = useState('oggi')
  const [giorni, setGiorni] = useState('')
  const [richiedente, setRichiedente] = useState(riga.formatore)
  const [scelti, setScelti] = useState<string[]>([riga.principale.id])
  const act = useMutation({
    mutationFn: () =>
      compiAtto<Pubblicazione>(`${ente}:albo:${riga.id}`, api(ente, 'righe-repertorio', riga.id, 'pubblicazione'), {
        dal: leggiGiorno(dal, giornoItaliano(new Date())) ?? dal,
        ...(giorni.trim() === '' ? {} : { giorni: Number(giorni) }),
        richiedente,
        fileIds: files.map((f) => f.id).filter((id) => scelti.includes(id)),
      }),
    onSuccess: (done) => onFatto(done.etichetta),
  })
  const errore = erroreDi(act.error, 'fileIds')
  return (
    <GuscioFoglio
      titolo={`${p.titolo}: ${riga.etichetta}`}
      conferma={p.conferma}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      <CampoData id="pubblica-dal" etichetta={p.dal} obbligatorio valore={dal} errore={erroreDi(act.error, 'dal')} onCambia={setDal} />
      <CampoTesto
        id="pubblica-giorni"
        etichetta={p.giorni}
        larghezza="meta"
        valore={giorni}
        errore={erroreDi(act.error, 'giorni')}
        onCambia={setGiorni}
      />
      <CampoTesto
        id="pubblica-richiedente"
        etichetta={p.richiedente}
        obbligatorio
        valore={richiedente}
        errore={erroreDi(act.error, 'richiedente')}
        onCambia={setRichiedente}
      />
      <fieldset className="foglio-parte" aria-describedby="pubblica-aiuto">
        <legend>{p.file}</legend>
        <p id="pubblica-aiuto" className="campo-aiuto">
          {p.fileAiuto}
        </p>
        {errore ? <p className="campo-errore">{errore}</p> : null}
        {files.map((f) => (
          <label key={f.id} className="interruttore">
            <input
              type="checkbox"
              checked={scelti.includes(f.id)}
              onChange={(event) => setScelti((all) => (event.target.checked ? [...all, f.id] : all.filter((id) => id !== f.id)))}
            />{' '}
            <span>{f.nome}</span>
          </label>
        ))}
      </fieldset>
    </GuscioFoglio>
  )
}
