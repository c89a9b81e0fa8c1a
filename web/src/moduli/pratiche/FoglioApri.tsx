/** Opens a procedure: from the request that was assigned, or d'ufficio. The model fills the fascicolo. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama, compiAtto, conParametri } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { Combobox, type GruppoOpzioni, type Opzione } from '../../ui/Combobox.tsx'
import { giornoItaliano, leggiGiorno } from '../../ui/date.ts'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import type { RigaProcedimento } from '../procedimenti/dati.ts'
import { erroreDi } from '../../api/problema.ts'
import type { Pratica } from './dati.ts'
import { CampoUfficio, CampoPersona } from '../protocollo/CampiRicerca.tsx'

export interface FoglioApriProps {
  ente: string
  /** The registration that starts it; null for what starts d'ufficio. */
  registrazioneId: string | null
  onChiudi: () => void
  onFatto: (pratica: Pratica) => void
}

async function cerca(ente: string, testo: string): Promise<GruppoOpzioni[]> {
  const { elementi } = await chiama<{ elementi: RigaProcedimento[] }>(conParametri(api(ente, 'procedimenti'), { q: testo }))
  const groups = new Map<string, Opzione[]>()
  for (const p of elementi) {
    const option = { id: p.id, testo: p.denominazione, dettaglio: `${p.codice} · ${p.voce.codice} · ${p.ufficio?.nome ?? ''}` }
    groups.set(p.materia, [...(groups.get(p.materia) ?? []), option])
  }
  return [...groups].map(([nome, opzioni]) => ({ nome, opzioni }))
}

const uuid = (scelta: Opzione | null): string | undefined => scelta?.id.replace(/^ufficio:/u, '')

export function FoglioApri({ ente, registrazioneId, onChiudi, onFatto }: FoglioApriProps) {
  const [procedimento, setProcedimento] = useState<Opzione | null>(null)
  const [ufficio, setUfficio] = useState<Opzione | null>(null)
  const [responsabile, setResponsabile] = useState<Opzione | null>(null)
  const [oggetto, setOggetto] = useState('')
  const [avvio, setAvvio] = useState('')
  const act = useMutation({
    mutationFn: () =>
      compiAtto<Pratica>(`${ente}:pratica:${registrazioneId ?? 'ufficio'}`, api(ente, 'pratiche'), {
        procedimentoId: procedimento?.id,
        registrazioneId: registrazioneId ?? undefined,
        ufficioId: uuid(ufficio),
        responsabileId: uuid(responsabile),
        oggetto: oggetto.trim() === '' ? undefined : oggetto.trim(),
        avvio: avvio === '' ? undefined : (leggiGiorno(avvio, giornoItaliano(new Date())) ?? avvio),
      }),
    onSuccess: onFatto,
  })
  const e = (campo: string): string | undefined => erroreDi(act.error, campo)
  return (
    <GuscioFoglio
      titolo={t.pratiche.apri}
      conferma={t.pratiche.apriConferma}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      <Combobox
        id="pratica-procedimento"
        etichetta={t.pratiche.procedimento}
        obbligatorio
        chiave={['procedimenti-scelta', ente]}
        cerca={(testo) => cerca(ente, testo)}
        valore={procedimento}
        errore={e('procedimentoId')}
        onScelta={setProcedimento}
      />
      <CampoUfficio
        id="pratica-ufficio"
        etichetta={t.pratiche.ufficio}
        ente={ente}
        valore={ufficio}
        errore={e('ufficioId')}
        onScelta={setUfficio}
      />
      <CampoPersona
        id="pratica-responsabile"
        etichetta={t.pratiche.responsabile}
        ente={ente}
        valore={responsabile}
        errore={e('responsabileId')}
        onScelta={setResponsabile}
      />
      <CampoTesto
        id="pratica-oggetto"
        etichetta={t.pratiche.oggetto}
        aiuto={t.pratiche.oggettoAiuto}
        valore={oggetto}
        errore={e('oggetto')}
        onCambia={setOggetto}
      />
      {registrazioneId === null ? (
        <CampoData
          id="pratica-avvio"
          etichetta={t.pratiche.avvio}
          aiuto={t.pratiche.avvioAiuto}
          larghezza="meta"
          valore={avvio}
          errore={e('avvio')}
          onCambia={setAvvio}
        />
      ) : null}
    </GuscioFoglio>
  )
}
