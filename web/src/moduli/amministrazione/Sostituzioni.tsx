/** Who works in whose name, and when: everybody says who substitutes him. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { giornoItaliano, leggiGiorno, scriviGiorno } from '../../ui/date.ts'
import { giorno } from '../../ui/formati.ts'
import { PaginaAtti, useEsitoAtti } from '../../ui/PaginaAtti.tsx'
import { Stato } from '../../ui/Stato.tsx'
import { Tabella } from '../../ui/Tabella.tsx'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { useRicerche } from '../protocollo/dati.ts'
import type { Scelta } from '../protocollo/modulo.ts'
import { sostituzioniQuery, type Sostituzione } from './dati.ts'

const T = t.amministrazione.sostituzioni

function FoglioSostituzione({ ente, onChiudi, onFatto }: { ente: string; onChiudi: () => void; onFatto: () => void }) {
  const today = giornoItaliano(new Date())
  const ricerche = useRicerche(ente)
  const [titolare, setTitolare] = useState<Scelta | null>(null)
  const [sostituto, setSostituto] = useState<Scelta | null>(null)
  const [dati, setDati] = useState({ tipo: 'assenza', motivo: '', atto: '', dal: scriviGiorno(today), al: '' })
  const set = (chiave: keyof typeof dati) => (value: string) => setDati((before) => ({ ...before, [chiave]: value }))
  const [errore, setErrore] = useState<string | undefined>()
  const act = useMutation({
    mutationFn: (days: { dal: string; al: string }) =>
      chiama(api(ente, 'sostituzioni'), {
        metodo: 'POST',
        corpo: { titolareId: titolare?.id, sostitutoId: sostituto?.id, tipo: dati.tipo, motivo: dati.motivo, atto: dati.atto, ...days },
      }),
    onSuccess: onFatto,
  })
  function confirm(): void {
    const [dal, al] = [leggiGiorno(dati.dal, today), leggiGiorno(dati.al, today)]
    setErrore(dal === null || al === null ? t.amministrazione.organigramma.dataErrore : undefined)
    if (dal !== null && al !== null) act.mutate({ dal, al })
  }
  const people = { chiave: ['persone', ente], cerca: ricerche.persone, obbligatorio: true } as const
  return (
    <GuscioFoglio titolo={T.nuova} conferma={T.nuova} errore={act.error} inCorso={act.isPending} onConferma={confirm} onChiudi={onChiudi}>
      <Combobox id="sostituzione-titolare" etichetta={T.titolare} {...people} valore={titolare} onScelta={setTitolare} />
      <Combobox id="sostituzione-sostituto" etichetta={T.sostituto} {...people} valore={sostituto} onScelta={setSostituto} />
      <CampoScelta
        id="sostituzione-tipo"
        etichetta={T.tipo}
        valore={dati.tipo}
        opzioni={(['assenza', 'delega'] as const).map((valore) => ({ valore, testo: T.tipi[valore] }))}
        onCambia={set('tipo')}
      />
      <CampoTesto id="sostituzione-motivo" etichetta={T.motivo} obbligatorio valore={dati.motivo} onCambia={set('motivo')} massimo={300} />
      <CampoTesto
        id="sostituzione-atto"
        etichetta={T.atto}
        obbligatorio={dati.tipo === 'delega'}
        valore={dati.atto}
        onCambia={set('atto')}
        massimo={300}
      />
      <CampoData id="sostituzione-dal" etichetta={T.dal} obbligatorio valore={dati.dal} onCambia={set('dal')} />
      <CampoData id="sostituzione-al" etichetta={T.al} obbligatorio errore={errore} valore={dati.al} onCambia={set('al')} />
    </GuscioFoglio>
  )
}

export function Component() {
  const { slug } = useEnte()
  const esito = useEsitoAtti(sostituzioniQuery(slug).queryKey, ['sessione'])
  const query = useQuery(sostituzioniQuery(slug))
  const [nuova, setNuova] = useState(false)
  const done = (text: string) => () => {
    setNuova(false)
    esito.fatto(text)
  }
  const revoca = useMutation({
    mutationFn: (id: string) => chiama(api(slug, 'sostituzioni', id, 'revoca'), { metodo: 'POST' }),
    onSuccess: done(T.fatta),
  })
  const stato = (s: Sostituzione) =>
    s.revocata ? (
      <Stato tono="neutro">{T.revocata}</Stato>
    ) : s.inVigore ? (
      <Stato tono="buono">{T.inVigore}</Stato>
    ) : (
      <Stato tono="attivo">{T.futura}</Stato>
    )
  const azioni = (s: Sostituzione) =>
    s.revocata ? null : (
      <button
        type="button"
        className="btn btn-outline-primary btn-xs"
        aria-label={T.revocaDi(s.titolare.nome)}
        onClick={() => revoca.mutate(s.id)}
      >
        {T.revoca}
      </button>
    )
  return (
    <PaginaAtti titolo={T.titolo} testo={T.testo} esito={esito} errore={revoca.error}>
      <button type="button" className="btn btn-primary btn-sm" onClick={() => setNuova(true)}>
        {T.nuova}
      </button>
      <Carica query={query} cosa={T.tabella} righe={4}>
        {(righe) =>
          righe.length === 0 ? (
            <Vuoto>{T.vuoto}</Vuoto>
          ) : (
            <Tabella
              didascalia={T.tabella}
              colonne={[
                { chiave: 'titolare', titolo: T.titolare, intestazione: true, cella: (s: Sostituzione) => s.titolare.nome },
                { chiave: 'sostituto', titolo: T.sostituto, cella: (s: Sostituzione) => s.sostituto.nome },
                { chiave: 'tipo', titolo: T.tipo, cella: (s: Sostituzione) => `${T.tipi[s.tipo]}: ${s.motivo}` },
                { chiave: 'periodo', titolo: T.periodo, cella: (s: Sostituzione) => `${giorno(s.dal)} – ${giorno(s.al)}` },
                { chiave: 'stato', titolo: T.stato, cella: stato },
                {
                  chiave: 'azioni',
                  titolo: t.amministrazione.persone.azioni,
                  cella: azioni,
                },
              ]}
              righe={righe}
              chiave={(s) => s.id}
            />
          )
        }
      </Carica>
      {nuova ? <FoglioSostituzione ente={slug} onChiudi={() => setNuova(false)} onFatto={done(T.creata)} /> : null}
    </PaginaAtti>
  )
}
