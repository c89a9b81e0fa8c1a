/** Puts the document of a row into an open fascicolo. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { Combobox } from '../../ui/Combobox.tsx'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { useRicerche } from '../protocollo/dati.ts'

export interface FoglioFascicolaRigaProps {
  ente: string
  documentoId: string
  onChiudi: () => void
  onFatto: () => void
}

export function FoglioFascicolaRiga({ ente, documentoId, onChiudi, onFatto }: FoglioFascicolaRigaProps) {
  const s = t.repertori.scheda
  const ricerche = useRicerche(ente)
  const [fascicolo, setFascicolo] = useState<{ id: string; testo: string } | null>(null)
  const [errore, setErrore] = useState<string | undefined>()
  const act = useMutation({
    mutationFn: (id: string) => chiama(api(ente, 'fascicoli', id, 'documenti'), { metodo: 'POST', corpo: { documentoId } }),
    onSuccess: onFatto,
  })
  return (
    <GuscioFoglio
      titolo={s.fascicola}
      conferma={s.fascicola}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => (fascicolo === null ? setErrore(s.fascicoloErrore) : act.mutate(fascicolo.id))}
      onChiudi={onChiudi}
    >
      <Combobox
        id="riga-fascicolo"
        etichetta={s.fascicolo}
        obbligatorio
        chiave={['fascicoli', ente]}
        cerca={ricerche.fascicoli}
        valore={fascicolo}
        errore={errore}
        onScelta={(scelta) => {
          setFascicolo(scelta)
          setErrore(undefined)
        }}
      />
    </GuscioFoglio>
  )
}
