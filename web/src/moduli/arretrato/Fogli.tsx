/** Sheets of the arrears: the cause put right, the days after which somebody is told. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import type { Riga, Sintesi } from './dati.ts'

interface FoglioProps {
  ente: string
  onChiudi: () => void
  /** What happened, in words. */
  onFatto: (testo: string) => void
}

export function FoglioCausa({ ente, riga, onChiudi, onFatto }: FoglioProps & { riga: Riga }) {
  const [causa, setCausa] = useState<string>(riga.causa)
  const [nota, setNota] = useState(riga.corretta?.nota ?? '')
  const act = useMutation({
    mutationFn: () => chiama(api(ente, 'arretrato', riga.registrazione.id, 'causa'), { metodo: 'PUT', corpo: { causa, nota } }),
    onSuccess: () => onFatto(t.arretrato.corretta),
  })
  return (
    <GuscioFoglio
      titolo={t.arretrato.correggiTitolo(riga.registrazione.etichetta)}
      conferma={t.arretrato.salva}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      <p>{riga.motivo}</p>
      <CampoScelta
        id="arretrato-causa"
        etichetta={t.arretrato.causa}
        obbligatorio
        valore={causa}
        opzioni={Object.entries(t.arretrato.cause).map(([valore, testo]) => ({ valore, testo }))}
        onCambia={setCausa}
      />
      <CampoTesto id="arretrato-nota" etichetta={t.arretrato.nota} valore={nota} onCambia={setNota} righe={3} />
    </GuscioFoglio>
  )
}

export function FoglioSoglie({ ente, soglie, onChiudi, onFatto }: FoglioProps & { soglie: Sintesi['soglie'] }) {
  const [primo, setPrimo] = useState(String(soglie.giorniResponsabile))
  const [secondo, setSecondo] = useState(String(soglie.giorniRgd))
  const act = useMutation({
    mutationFn: () =>
      chiama(api(ente, 'arretrato', 'soglie'), {
        metodo: 'PUT',
        corpo: { giorniResponsabile: Number(primo), giorniRgd: Number(secondo) },
      }),
    onSuccess: () => onFatto(t.arretrato.soglieSalvate),
  })
  return (
    <GuscioFoglio
      titolo={t.arretrato.soglieTitolo}
      conferma={t.arretrato.salva}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      <CampoTesto id="soglia-responsabile" etichetta={t.arretrato.giorniResponsabile} obbligatorio valore={primo} onCambia={setPrimo} />
      <CampoTesto id="soglia-rgd" etichetta={t.arretrato.giorniRgd} obbligatorio valore={secondo} onCambia={setSecondo} />
    </GuscioFoglio>
  )
}
