/** Static extractions of a repertory: the month that ended by itself, any other ended period on request. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { giornoItaliano, leggiGiorno } from '../../ui/date.ts'
import { giorno, numero } from '../../ui/formati.ts'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { erroreDi } from '../../api/problema.ts'
import { repertoriQuery } from './dati.ts'
import type { Estrazione } from './tipi.ts'

function colonne(ente: string): Colonna<Estrazione>[] {
  const e = t.repertori.estrazioni
  return [
    { chiave: 'periodo', titolo: e.periodo, intestazione: true, cella: (x) => `${giorno(x.dal)} – ${giorno(x.al)}` },
    { chiave: 'righe', titolo: e.righe, cella: (x) => numero(x.righe) },
    { chiave: 'impronta', titolo: e.impronta, cella: (x) => <code className="impronta">{x.impronta}</code> },
    {
      chiave: 'file',
      titolo: e.file,
      cella: (x) => <a href={api(ente, 'estrazioni-repertorio', x.id, 'file')}>{e.scarica(giorno(x.dal), giorno(x.al))}</a>,
    },
  ]
}

function FoglioPeriodo({ ente, id, onChiudi, onFatto }: { ente: string; id: string; onChiudi: () => void; onFatto: () => void }) {
  const e = t.repertori.estrazioni
  const [dal, setDal] = useState('')
  const [al, setAl] = useState('')
  const act = useMutation({
    mutationFn: () => {
      const today = giornoItaliano(new Date())
      return chiama(api(ente, 'repertori', id, 'estrazioni'), {
        metodo: 'POST',
        corpo: { dal: leggiGiorno(dal, today) ?? dal, al: leggiGiorno(al, today) ?? al },
      })
    },
    onSuccess: onFatto,
  })
  return (
    <GuscioFoglio
      titolo={e.nuova}
      conferma={e.nuova}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      <CampoData id="estrazione-dal" etichetta={e.dal} obbligatorio valore={dal} errore={erroreDi(act.error, 'dal')} onCambia={setDal} />
      <CampoData id="estrazione-al" etichetta={e.al} obbligatorio valore={al} errore={erroreDi(act.error, 'al')} onCambia={setAl} />
    </GuscioFoglio>
  )
}

export function Component() {
  const { slug } = useEnte()
  const id = useParams()['id'] ?? ''
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const [foglio, setFoglio] = useState(false)
  const nome = useQuery(repertoriQuery(slug)).data?.find((r) => r.id === id)?.denominazione ?? ''
  const query = useQuery({
    queryKey: ['estrazioni-repertorio', slug, id],
    queryFn: async () => (await chiama<{ elementi: Estrazione[] }>(api(slug, 'repertori', id, 'estrazioni'))).elementi,
  })
  return (
    <div className="pagina">
      <Titolo>{t.repertori.estrazioni.titolo(nome)}</Titolo>
      <p className="azioni-pagina">
        <Link to={`/${slug}/repertori/${id}`}>{nome}</Link>{' '}
        <button type="button" className="btn btn-primary btn-xs" onClick={() => setFoglio(true)}>
          {t.repertori.estrazioni.nuova}
        </button>
      </p>
      <Carica query={query} cosa={t.repertori.estrazioni.tabella}>
        {(list) =>
          list.length === 0 ? (
            <Vuoto icona="files">{t.repertori.estrazioni.vuoto}</Vuoto>
          ) : (
            <Tabella didascalia={t.repertori.estrazioni.tabella} colonne={colonne(slug)} righe={list} chiave={(x) => x.id} />
          )
        }
      </Carica>
      {foglio ? (
        <FoglioPeriodo
          ente={slug}
          id={id}
          onChiudi={() => setFoglio(false)}
          onFatto={() => {
            annuncia(t.repertori.estrazioni.fatta)
            setFoglio(false)
            void client.invalidateQueries({ queryKey: ['estrazioni-repertorio', slug, id] })
          }}
        />
      ) : null}
    </div>
  )
}
