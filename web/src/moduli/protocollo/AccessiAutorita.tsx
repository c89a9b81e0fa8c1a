/** Accesses of authorities: the request with its legal basis, who reads, what and until when. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama, compiAtto } from '../../api/client.ts'
import { Problema } from '../../api/problema.ts'
import { useEnte } from '../../api/sessione.tsx'
import type { Registrazione } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { giornoItaliano, leggiGiorno } from '../../ui/date.ts'
import { giorno } from '../../ui/formati.ts'
import { Stato } from '../../ui/Stato.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { erroreDi } from '../../api/problema.ts'
import { GuscioFoglio } from './FogliScheda.tsx'
import { leggiNumeroProtocollo } from './numero.ts'
import type { AccessoAutoritaDto as AccessoAutorita } from '../../../../server/protocollo/schema/atti.ts'
import { CampoPersona } from './CampiRicerca.tsx'

/** Ids of the registrations named by their numbers. Throws Problema on the first that is not there. */
async function findIds(ente: string, numeri: string): Promise<string[]> {
  const ids: string[] = []
  for (const etichetta of numeri.split(/[,;\s]+/u).filter((x) => x !== '')) {
    const asked = leggiNumeroProtocollo(etichetta, giornoItaliano(new Date()).slice(0, 4))
    const found =
      asked === null ? null : await chiama<Registrazione>(api(ente, 'registrazioni', asked.anno, asked.numero)).catch(() => null)
    if (found === null) {
      const messaggio = t.attiRegistro.autorita.numeroSconosciuto(etichetta)
      throw new Problema({ stato: 400, codice: 'numero-sconosciuto', titolo: messaggio, campi: [{ campo: 'registrazioni', messaggio }] })
    }
    ids.push(found.id)
  }
  return ids
}

function FoglioAccesso({ ente, onChiudi, onFatto }: { ente: string; onChiudi: () => void; onFatto: () => void }) {
  const a = t.attiRegistro.autorita
  const [testi, setTesti] = useState({ autorita: '', baseGiuridica: '', riferimento: '', oggetto: '', al: '', numeri: '' })
  const [persona, setPersona] = useState<{ id: string; testo: string } | null>(null)
  const act = useMutation({
    mutationFn: async () => {
      const { numeri, al, ...rest } = testi
      const registrazioni = await findIds(ente, numeri)
      const day = leggiGiorno(al, giornoItaliano(new Date())) ?? al
      return await compiAtto(`${ente}:accesso-autorita`, api(ente, 'accessi-autorita'), {
        ...rest,
        al: day,
        operatoreId: persona?.id ?? '',
        registrazioni,
      })
    },
    onSuccess: onFatto,
  })
  const text = (chiave: keyof typeof testi, etichetta: string, extra: { righe?: number; aiuto?: string } = {}) => (
    <CampoTesto
      id={`accesso-${chiave}`}
      etichetta={etichetta}
      obbligatorio
      valore={testi[chiave]}
      errore={erroreDi(act.error, chiave === 'numeri' ? 'registrazioni' : chiave)}
      onCambia={(v) => setTesti((before) => ({ ...before, [chiave]: v }))}
      {...extra}
    />
  )
  return (
    <GuscioFoglio
      titolo={a.nuovo}
      conferma={a.conferma}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      {text('autorita', a.autorita)}
      {text('baseGiuridica', a.base)}
      {text('riferimento', a.riferimento)}
      {text('oggetto', a.oggetto, { righe: 3 })}
      <CampoPersona
        id="accesso-operatoreId"
        etichetta={a.persona}
        obbligatorio
        ente={ente}
        valore={persona}
        errore={erroreDi(act.error, 'operatoreId')}
        onScelta={setPersona}
      />
      <CampoData
        id="accesso-al"
        etichetta={a.al}
        obbligatorio
        valore={testi.al}
        errore={erroreDi(act.error, 'al')}
        onCambia={(al) => setTesti((before) => ({ ...before, al }))}
      />
      {text('numeri', a.numeri, { aiuto: a.numeriAiuto })}
    </GuscioFoglio>
  )
}

function colonne(onChiudi: (x: AccessoAutorita) => void): Colonna<AccessoAutorita>[] {
  const a = t.attiRegistro.autorita
  return [
    { chiave: 'autorita', titolo: a.autorita, intestazione: true, cella: (x) => x.autorita },
    { chiave: 'base', titolo: a.base, cella: (x) => `${x.baseGiuridica} · ${x.riferimento}` },
    { chiave: 'oggetto', titolo: a.oggetto, cella: (x) => x.oggetto },
    { chiave: 'numeri', titolo: a.numeri, cella: (x) => x.registrazioni.map((r) => r.etichetta).join(', ') },
    { chiave: 'persona', titolo: a.persona, cella: (x) => x.operatore },
    { chiave: 'al', titolo: a.al, cella: (x) => giorno(x.al) },
    {
      chiave: 'stato',
      titolo: a.stato,
      cella: (x) => (
        <>
          <Stato tono={x.aperto ? 'attivo' : 'neutro'}>{x.aperto ? a.aperto : a.chiuso}</Stato>{' '}
          {x.aperto ? (
            <button type="button" className="collegamento" onClick={() => onChiudi(x)}>
              {a.chiudi}
            </button>
          ) : null}
        </>
      ),
    },
  ]
}

export function Component() {
  const { slug } = useEnte()
  const a = t.attiRegistro.autorita
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const [nuovo, setNuovo] = useState(false)
  const query = useQuery({
    queryKey: ['accessi-autorita', slug],
    queryFn: () => chiama<AccessoAutorita[]>(api(slug, 'accessi-autorita')),
  })
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['accessi-autorita', slug] })
  const close = useMutation({
    mutationFn: (x: AccessoAutorita) => chiama(api(slug, 'accessi-autorita', x.id, 'chiusura'), { metodo: 'POST' }),
    onSuccess: refresh,
  })
  return (
    <div className="pagina">
      <Titolo>{a.titolo}</Titolo>
      <p>{a.intro}</p>
      <p className="azioni-pagina">
        <button type="button" className="btn btn-primary btn-xs" onClick={() => setNuovo(true)}>
          {a.nuovo}
        </button>
      </p>
      <Carica query={query} cosa={a.tabella}>
        {(list) =>
          list.length === 0 ? (
            <Vuoto icona="key">{a.vuoto}</Vuoto>
          ) : (
            <Tabella didascalia={a.tabella} colonne={colonne((x) => close.mutate(x))} righe={list} chiave={(x) => x.id} />
          )
        }
      </Carica>
      {nuovo ? (
        <FoglioAccesso
          ente={slug}
          onChiudi={() => setNuovo(false)}
          onFatto={() => {
            annuncia(a.fatto)
            setNuovo(false)
            refresh()
          }}
        />
      ) : null}
    </div>
  )
}
