/** Deferred registrations: what was authorised, for which documents and until when (REQ-PROT-076); the manager authorises here. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { DifferimentoDto } from '../../../../server/protocollo/schema/arrivo.ts'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { giornoItaliano, leggiGiorno } from '../../ui/date.ts'
import { giorno } from '../../ui/formati.ts'
import { ElencoAtti, type FoglioAttoProps } from '../../ui/ElencoAtti.tsx'
import type { Colonna } from '../../ui/Tabella.tsx'
import { erroreDi } from '../../api/problema.ts'
import { GuscioFoglio } from './FogliScheda.tsx'

const T = t.arrivo.differimenti
const TEXTS = ['provvedimento', 'causa', 'ambito'] as const
const DAYS = ['dal', 'al', 'entroIl'] as const
type Campo = (typeof TEXTS)[number] | (typeof DAYS)[number]

const COLONNE: Colonna<DifferimentoDto>[] = [
  { chiave: 'provvedimento', titolo: T.provvedimento, intestazione: true, cella: (d) => d.provvedimento },
  { chiave: 'causa', titolo: T.causa, classe: 'cella-larga', cella: (d) => d.causa },
  { chiave: 'ambito', titolo: T.ambito, classe: 'cella-larga', cella: (d) => d.ambito },
  { chiave: 'periodo', titolo: T.periodo, cella: (d) => `${giorno(d.dal)} – ${giorno(d.al)}` },
  { chiave: 'entroIl', titolo: T.entroIl, classe: 'cella-data', cella: (d) => giorno(d.entroIl) },
  { chiave: 'autore', titolo: T.autore, cella: (d) => d.autore },
]

function FoglioDifferimento({ ente, onChiudi, onFatto }: FoglioAttoProps) {
  const today = giornoItaliano(new Date())
  const [dati, setDati] = useState<Record<Campo, string>>({ provvedimento: '', causa: '', ambito: '', dal: '', al: '', entroIl: '' })
  const [tentato, setTentato] = useState(false)
  const act = useMutation({
    mutationFn: (corpo: Record<string, string>) => chiama(api(ente, 'differimenti'), { metodo: 'POST', corpo }),
    onSuccess: onFatto,
  })
  const days = Object.fromEntries(DAYS.map((nome) => [nome, leggiGiorno(dati[nome], today)]))
  function confirm(): void {
    setTentato(true)
    if (DAYS.every((nome) => days[nome] !== null)) act.mutate({ ...dati, ...(days as Record<string, string>) })
  }
  const common = (nome: Campo) => ({
    id: `differimento-${nome}`,
    etichetta: T[nome],
    obbligatorio: true,
    valore: dati[nome],
    onCambia: (value: string) => setDati((before) => ({ ...before, [nome]: value })),
  })
  return (
    <GuscioFoglio
      titolo={T.nuovo}
      conferma={T.conferma}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={confirm}
      onChiudi={onChiudi}
    >
      {TEXTS.map((nome) => (
        <CampoTesto
          key={nome}
          {...common(nome)}
          errore={erroreDi(act.error, nome)}
          {...(nome === 'provvedimento' ? {} : { righe: 2 })}
          {...(nome === 'causa' ? { aiuto: T.causaAiuto } : {})}
        />
      ))}
      {DAYS.map((nome) => (
        <CampoData key={nome} {...common(nome)} errore={tentato && days[nome] === null ? T.dataErrore : erroreDi(act.error, nome)} />
      ))}
    </GuscioFoglio>
  )
}

export function Component() {
  return (
    <ElencoAtti<DifferimentoDto>
      testi={T}
      risorsa="differimenti"
      colonne={COLONNE}
      permesso="registro.gestisci"
      Foglio={FoglioDifferimento}
    />
  )
}
