/** Sheets of the steps of a disposal. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { giornoItaliano, leggiGiorno } from '../../ui/date.ts'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { vociQuery } from './dati.ts'
import type { Procedura } from './dati.ts'

const s = t.scarto

export interface FoglioProps {
  ente: string
  dati: Procedura
  onChiudi: () => void
  /** What happened, in words. */
  onFatto: (testo: string) => void
}

/** A day as it is sent, or the text itself, which the server refuses with its reason. */
export const inviaGiorno = (testo: string): string => leggiGiorno(testo, giornoItaliano(new Date())) ?? testo
const facoltativo = (testo: string): string | null => (testo.trim() === '' ? null : inviaGiorno(testo))
const protocollo = (anno: string, numero: string) => ({ anno: Number(anno), numero: Number(numero) })

export function FoglioProvvedimento({ ente, dati, onChiudi, onFatto }: FoglioProps) {
  const [estremi, setEstremi] = useState('')
  const [del, setDel] = useState('')
  const [motivazione, setMotivazione] = useState('')
  const act = useMutation({
    mutationFn: () =>
      chiama(api(ente, 'scarto', 'procedure', dati.id, 'provvedimento'), {
        metodo: 'PUT',
        corpo: { estremi, del: inviaGiorno(del), motivazione },
      }),
    onSuccess: () => onFatto(s.salvato),
  })
  return (
    <GuscioFoglio
      titolo={s.provvedimentoTitolo}
      conferma={s.salva}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      <CampoTesto id="scarto-estremi" etichetta={s.estremi} obbligatorio valore={estremi} onCambia={setEstremi} />
      <CampoData id="scarto-del" etichetta={s.del} obbligatorio valore={del} onCambia={setDel} />
      <CampoTesto id="scarto-motivazione" etichetta={s.motivazione} obbligatorio righe={5} valore={motivazione} onCambia={setMotivazione} />
    </GuscioFoglio>
  )
}

/** The registration in uscita that carries the request, or that tells the outcome. */
export function FoglioInvio({ ente, dati, onChiudi, onFatto, cosa }: FoglioProps & { cosa: 'richiesta' | 'comunicazione' }) {
  const year = giornoItaliano(new Date()).slice(0, 4)
  const [anno, setAnno] = useState(year)
  const [numero, setNumero] = useState('')
  const [annoInterno, setAnnoInterno] = useState(year)
  const [numeroInterno, setNumeroInterno] = useState('')
  const interno = cosa === 'richiesta' ? dati.riservate > 0 : dati.richiesta?.interno != null
  const act = useMutation({
    mutationFn: () =>
      chiama(api(ente, 'scarto', 'procedure', dati.id, cosa), {
        metodo: 'PUT',
        corpo: {
          registrazione: protocollo(anno, numero),
          registrazioneInterno: numeroInterno.trim() === '' ? null : protocollo(annoInterno, numeroInterno),
        },
      }),
    onSuccess: () => onFatto(s.salvato),
  })
  return (
    <GuscioFoglio
      titolo={cosa === 'richiesta' ? s.richiestaTitolo : s.comunicazioneTitolo}
      conferma={s.salva}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      <p>{cosa === 'richiesta' ? s.richiestaSpiega : s.comunicazioneSpiega}</p>
      <CampoTesto id="scarto-anno" etichetta={s.anno} obbligatorio valore={anno} onCambia={setAnno} />
      <CampoTesto id="scarto-numero" etichetta={s.numero} obbligatorio valore={numero} onCambia={setNumero} />
      {interno ? (
        <>
          <p>{s.internoSpiega}</p>
          <CampoTesto id="scarto-anno-interno" etichetta={s.annoInterno} obbligatorio valore={annoInterno} onCambia={setAnnoInterno} />
          <CampoTesto
            id="scarto-numero-interno"
            etichetta={s.numeroInterno}
            obbligatorio
            valore={numeroInterno}
            onCambia={setNumeroInterno}
          />
        </>
      ) : null}
    </GuscioFoglio>
  )
}

export function FoglioAutorizzazione({ ente, dati, onChiudi, onFatto }: FoglioProps) {
  const answered = dati.autorizzazioni.map((a) => a.autorita)
  const [autorita, setAutorita] = useState(answered.includes('soprintendenza') ? 'interno' : 'soprintendenza')
  const [anno, setAnno] = useState(giornoItaliano(new Date()).slice(0, 4))
  const [numero, setNumero] = useState('')
  const [prot, setProt] = useState('')
  const [del, setDel] = useState('')
  const [note, setNote] = useState('')
  const [rifiutate, setRifiutate] = useState<ReadonlySet<string>>(new Set())
  const [motivo, setMotivo] = useState('')
  const [prima, setPrima] = useState('')
  const voci = useQuery(vociQuery(ente, dati.id, 'RICHIESTO', '1', JSON.stringify(dati.voci)))
  const act = useMutation({
    mutationFn: () =>
      chiama(api(ente, 'scarto', 'procedure', dati.id, 'autorizzazioni'), {
        metodo: 'POST',
        corpo: {
          autorita,
          registrazione: protocollo(anno, numero),
          protocollo: prot,
          del: inviaGiorno(del),
          note,
          rifiutate: [...rifiutate].map((voceId) => ({ voceId, motivo, nonPrimaDel: facoltativo(prima) })),
        },
      }),
    onSuccess: () => onFatto(s.salvato),
  })
  function toggle(id: string): void {
    const next = new Set(rifiutate)
    if (!next.delete(id)) next.add(id)
    setRifiutate(next)
  }
  return (
    <GuscioFoglio
      titolo={s.autorizzazioneTitolo}
      conferma={s.salva}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      <CampoScelta
        id="scarto-autorita"
        etichetta={s.autorita}
        obbligatorio
        valore={autorita}
        opzioni={Object.entries(s.nomiAutorita).map(([valore, testo]) => ({ valore, testo }))}
        onCambia={setAutorita}
      />
      <CampoTesto id="scarto-anno" etichetta={s.anno} obbligatorio valore={anno} onCambia={setAnno} />
      <CampoTesto id="scarto-numero" etichetta={s.numero} obbligatorio valore={numero} onCambia={setNumero} />
      <CampoTesto id="scarto-prot" etichetta={s.protocolloAutorita} obbligatorio valore={prot} onCambia={setProt} />
      <CampoData id="scarto-del" etichetta={s.del} obbligatorio valore={del} onCambia={setDel} />
      <CampoTesto id="scarto-note" etichetta={s.note} righe={2} valore={note} onCambia={setNote} />
      <fieldset>
        <legend>{s.rifiutateSpiega}</legend>
        {(voci.data?.elementi ?? []).map((v) => (
          <div className="form-check" key={v.id}>
            <input id={`rifiuta-${v.id}`} type="checkbox" checked={rifiutate.has(v.id)} onChange={() => toggle(v.id)} />
            <label htmlFor={`rifiuta-${v.id}`}>{s.rifiutata(v.fascicolo.codice)}</label>
          </div>
        ))}
      </fieldset>
      {rifiutate.size === 0 ? null : (
        <>
          <CampoTesto id="scarto-motivo" etichetta={s.motivoRifiuto} obbligatorio righe={2} valore={motivo} onCambia={setMotivo} />
          <CampoData id="scarto-prima" etichetta={s.nonPrimaDel} valore={prima} onCambia={setPrima} />
        </>
      )}
    </GuscioFoglio>
  )
}

export function FoglioOrdine({ ente, dati, onChiudi, onFatto }: FoglioProps) {
  const act = useMutation({
    mutationFn: () => chiama<{ ordinate: number }>(api(ente, 'scarto', 'procedure', dati.id, 'ordine'), { metodo: 'POST' }),
    onSuccess: ({ ordinate }) => onFatto(s.ordinate(ordinate)),
  })
  return (
    <GuscioFoglio
      titolo={s.ordineTitolo}
      conferma={s.ordine}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      <p>{s.ordineSpiega(dati.voci.AUTORIZZATO ?? 0)}</p>
    </GuscioFoglio>
  )
}

export function FoglioVerbale({ ente, dati, onChiudi, onFatto }: FoglioProps) {
  const [estremi, setEstremi] = useState('')
  const [del, setDel] = useState('')
  const act = useMutation({
    mutationFn: () =>
      chiama(api(ente, 'scarto', 'procedure', dati.id, 'verbale'), { metodo: 'PUT', corpo: { estremi, del: inviaGiorno(del) } }),
    onSuccess: () => onFatto(s.salvato),
  })
  return (
    <GuscioFoglio
      titolo={s.verbaleTitolo}
      conferma={s.salva}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      <CampoTesto id="scarto-verbale" etichetta={s.verbaleEstremi} obbligatorio valore={estremi} onCambia={setEstremi} />
      <CampoData id="scarto-verbale-del" etichetta={s.del} obbligatorio valore={del} onCambia={setDel} />
    </GuscioFoglio>
  )
}
