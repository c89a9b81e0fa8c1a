/** Annulments of rows that wait for the head of records: each with its reason, decided with a provvedimento. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { CampoTesto } from '../../ui/Campo.tsx'
import { giornoItaliano, leggiGiorno } from '../../ui/date.ts'
import { giorno } from '../../ui/formati.ts'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { erroreDi } from '../../api/problema.ts'
import type { Richiesta } from './tipi.ts'

function FoglioDecisione({
  ente,
  richiesta,
  esito,
  onChiudi,
}: {
  ente: string
  richiesta: Richiesta
  esito: 'autorizzato' | 'rifiutato'
  onChiudi: () => void
}) {
  const a = t.repertori.annullamento
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const [numero, setNumero] = useState('')
  const [data, setData] = useState('')
  const [nota, setNota] = useState('')
  const act = useMutation({
    mutationFn: () => {
      const day = leggiGiorno(data, giornoItaliano(new Date()))
      return chiama(api(ente, 'annullamenti-repertorio', richiesta.id, 'decisione'), {
        metodo: 'POST',
        corpo: { esito, numero, ...(day === null ? {} : { data: day }), nota },
      })
    },
    onSuccess: () => {
      annuncia(a.fatto)
      void client.invalidateQueries({ queryKey: ['annullamenti-repertorio', ente] })
      onChiudi()
    },
  })
  return (
    <GuscioFoglio
      titolo={`${a.decidi}: ${richiesta.riga.etichetta}`}
      conferma={esito === 'autorizzato' ? t.repertori.scheda.autorizza : t.repertori.scheda.rifiuta}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      <p>
        <strong>{richiesta.riga.oggetto}</strong>
      </p>
      <p>
        {a.motivo}: {richiesta.motivo}
      </p>
      {esito === 'autorizzato' ? (
        <>
          <CampoTesto
            id="decisione-numero"
            etichetta={a.numero}
            obbligatorio
            valore={numero}
            errore={erroreDi(act.error, 'numero')}
            onCambia={setNumero}
          />
          <CampoData
            id="decisione-data"
            etichetta={a.data}
            obbligatorio
            valore={data}
            errore={erroreDi(act.error, 'data')}
            onCambia={setData}
          />
        </>
      ) : null}
      <CampoTesto id="decisione-nota" etichetta={a.nota} righe={3} valore={nota} onCambia={setNota} />
    </GuscioFoglio>
  )
}

export function DaAutorizzare({ ente }: { ente: string }) {
  const query = useQuery({
    queryKey: ['annullamenti-repertorio', ente],
    queryFn: async () => (await chiama<{ elementi: Richiesta[] }>(api(ente, 'annullamenti-repertorio'))).elementi,
  })
  const [scelta, setScelta] = useState<{ richiesta: Richiesta; esito: 'autorizzato' | 'rifiutato' } | null>(null)
  const list = query.data ?? []
  if (list.length === 0) return null
  return (
    <section className="blocco">
      <h2>{t.repertori.daAutorizzare}</h2>
      <ul className="elenco-piano">
        {list.map((richiesta) => (
          <li key={richiesta.id}>
            <Link to={`/${ente}/repertori/righe/${richiesta.riga.id}`}>{richiesta.riga.etichetta}</Link> {richiesta.riga.oggetto}
            <br />
            {t.repertori.scheda.richiesto(richiesta.richiestoDa, giorno(richiesta.richiestoIl))} — {richiesta.motivo}{' '}
            {(['autorizzato', 'rifiutato'] as const).map((esito) => (
              <button
                key={esito}
                type="button"
                className="btn btn-outline-primary btn-xs"
                aria-label={`${esito === 'autorizzato' ? t.repertori.scheda.autorizza : t.repertori.scheda.rifiuta} ${richiesta.riga.etichetta}`}
                onClick={() => setScelta({ richiesta, esito })}
              >
                {esito === 'autorizzato' ? t.repertori.scheda.autorizza : t.repertori.scheda.rifiuta}
              </button>
            ))}
          </li>
        ))}
      </ul>
      {scelta === null ? null : <FoglioDecisione ente={ente} {...scelta} onChiudi={() => setScelta(null)} />}
    </section>
  )
}
