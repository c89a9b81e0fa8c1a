/** An appointment: who, which role, where, by which act, in which dates. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { PROFILI } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { giornoItaliano, leggiGiorno, scriviGiorno } from '../../ui/date.ts'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { ufficiQuery } from '../protocollo/dati.ts'
import type { Persona } from './dati.ts'

const T = t.amministrazione.persone
const NUOVA = 'nuova'

export function FoglioIncarico({
  ente,
  persone,
  onChiudi,
  onFatto,
}: {
  ente: string
  persone: Persona[]
  onChiudi: () => void
  onFatto: () => void
}) {
  const today = giornoItaliano(new Date())
  const uffici = useQuery(ufficiQuery(ente))
  const [chi, setChi] = useState('')
  const [nuova, setNuova] = useState({ nome: '', cognome: '', codiceFiscale: '', email: '', soggetto: '' })
  const [dati, setDati] = useState({ profilo: '', ufficioId: '', atto: '', dal: scriviGiorno(today), al: '' })
  const set = (chiave: keyof typeof dati) => (value: string) => setDati((before) => ({ ...before, [chiave]: value }))
  const setPersona = (chiave: keyof typeof nuova) => (value: string) => setNuova((before) => ({ ...before, [chiave]: value }))
  const [errore, setErrore] = useState<string | undefined>()
  const act = useMutation({
    mutationFn: (days: { dal: string; al: string | null }) =>
      chiama(api(ente, 'organizzazione', 'incarichi'), {
        metodo: 'POST',
        corpo: {
          ...(chi === NUOVA ? { persona: nuova } : { operatoreId: chi }),
          profilo: dati.profilo,
          ...(dati.ufficioId === '' ? {} : { ufficioId: dati.ufficioId }),
          atto: dati.atto.trim(),
          dal: days.dal,
          ...(days.al === null ? {} : { al: days.al }),
        },
      }),
    onSuccess: onFatto,
  })
  function confirm(): void {
    const dal = leggiGiorno(dati.dal, today)
    const al = dati.al.trim() === '' ? null : leggiGiorno(dati.al, today)
    const wrong = dal === null || (dati.al.trim() !== '' && al === null)
    setErrore(wrong ? t.amministrazione.organigramma.dataErrore : undefined)
    if (!wrong) act.mutate({ dal, al })
  }
  return (
    <GuscioFoglio titolo={T.nuovo} conferma={T.nuovo} errore={act.error} inCorso={act.isPending} onConferma={confirm} onChiudi={onChiudi}>
      <CampoScelta
        id="incarico-chi"
        etichetta={T.chi}
        obbligatorio
        vuota="—"
        valore={chi}
        opzioni={[{ valore: NUOVA, testo: T.nuova }, ...persone.map((p) => ({ valore: p.id, testo: p.nome }))]}
        onCambia={setChi}
      />
      {chi === NUOVA ? (
        <>
          <CampoTesto id="incarico-nome" etichetta={T.nomeProprio} obbligatorio valore={nuova.nome} onCambia={setPersona('nome')} />
          <CampoTesto id="incarico-cognome" etichetta={T.cognome} obbligatorio valore={nuova.cognome} onCambia={setPersona('cognome')} />
          <CampoTesto
            id="incarico-cf"
            etichetta={T.codiceFiscale}
            obbligatorio
            valore={nuova.codiceFiscale}
            onCambia={setPersona('codiceFiscale')}
            massimo={16}
          />
          <CampoTesto
            id="incarico-email"
            etichetta={T.email}
            tipo="email"
            obbligatorio
            valore={nuova.email}
            onCambia={setPersona('email')}
          />
          <CampoTesto
            id="incarico-soggetto"
            etichetta={T.soggetto}
            aiuto={T.soggettoAiuto}
            obbligatorio
            valore={nuova.soggetto}
            onCambia={setPersona('soggetto')}
          />
        </>
      ) : null}
      <CampoScelta
        id="incarico-ruolo"
        etichetta={T.ruolo}
        obbligatorio
        vuota="—"
        valore={dati.profilo}
        opzioni={PROFILI.map((valore) => ({ valore, testo: t.stati.profilo[valore] ?? valore }))}
        onCambia={set('profilo')}
      />
      <CampoScelta
        id="incarico-ufficio"
        etichetta={T.ufficio}
        vuota="—"
        valore={dati.ufficioId}
        opzioni={(uffici.data ?? []).map((u) => ({ valore: u.id, testo: u.denominazione }))}
        onCambia={set('ufficioId')}
      />
      <CampoTesto id="incarico-atto" etichetta={T.atto} obbligatorio valore={dati.atto} onCambia={set('atto')} massimo={300} />
      <CampoData id="incarico-dal" etichetta={T.dal} obbligatorio errore={errore} valore={dati.dal} onCambia={set('dal')} />
      <CampoData id="incarico-al" etichetta={T.al} aiuto={T.facoltativa} valore={dati.al} onCambia={set('al')} />
    </GuscioFoglio>
  )
}
