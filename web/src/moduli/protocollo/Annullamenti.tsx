/** Requests of annulment and rectification: before and after side by side, the head authorises with a provvedimento or refuses. One at a time. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { RichiestaDto } from '../../../../server/protocollo/schema/atti.ts'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama, conParametri } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import type { Lista } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { giornoItaliano, leggiGiorno } from '../../ui/date.ts'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { giorno, giornoEOra } from '../../ui/formati.ts'
import { Paginazione } from '../../ui/Paginazione.tsx'
import { Schede } from '../../ui/Schede.tsx'
import { Stato } from '../../ui/Stato.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { percorsoScheda } from './dati.ts'
import { DaComunicare } from './DaComunicare.tsx'
import { GuscioFoglio } from './FogliScheda.tsx'

const w = t.attiRegistro
const VISTE = { 'da-autorizzare': w.daAutorizzare, decise: w.decise, 'da-comunicare': w.comunicazione.lista }

/** Old and new value of a request, in words. */
function valori(q: RichiestaDto): { prima: string; dopo: string } {
  if (q.atto === 'annullamento') return { prima: w.validaOra, dopo: w.annullataDopo }
  return {
    prima: q.valoreAnnullato === '' ? w.vuoto : (q.valoreAnnullato ?? ''),
    dopo: q.valoreCorretto === '' ? w.vuoto : (q.valoreCorretto ?? ''),
  }
}

interface DecisioneProps {
  ente: string
  q: RichiestaDto
  onChiudi: () => void
  onFatto: (messaggio: string) => void
}

function FoglioAutorizza({ ente, q, onChiudi, onFatto }: DecisioneProps) {
  const [numero, setNumero] = useState('')
  const [data, setData] = useState<string>(w.oggi)
  const [conferma, setConferma] = useState(false)
  const [errori, setErrori] = useState<{ numero?: string; data?: string; conferma?: string }>({})
  const act = useMutation({
    mutationFn: (corpo: unknown) => chiama(api(ente, 'annullamenti', q.id, 'autorizzazione'), { metodo: 'POST', corpo }),
    onSuccess: () => onFatto(w.autorizzata),
  })
  const confirm = (): void => {
    const day = leggiGiorno(data, giornoItaliano(new Date()))
    const wrong = {
      ...(numero.trim() === '' ? { numero: w.provvedimentoNumeroManca } : {}),
      ...(day === null ? { data: w.dataManca } : {}),
      ...(q.chiedeConferma && !conferma ? { conferma: w.confermaManca } : {}),
    }
    setErrori(wrong)
    if (Object.keys(wrong).length === 0) act.mutate({ provvedimento: { numero: numero.trim(), data: day }, confermaDestinatario: conferma })
  }
  const { prima, dopo } = valori(q)
  return (
    <GuscioFoglio
      titolo={w.autorizza}
      conferma={w.autorizza}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={confirm}
      onChiudi={onChiudi}
    >
      <dl className="dati">
        <div>
          <dt>{w.colonne.protocollo}</dt>
          <dd>
            {q.registrazione.etichetta} · {q.registrazione.oggetto}
          </dd>
        </div>
        <div>
          <dt>{q.campo === null ? w.tuttaLaRegistrazione : (w.campi[q.campo] ?? q.campo)}</dt>
          <dd>
            <s>{prima}</s> → <strong>{dopo}</strong>
          </dd>
        </div>
        <div>
          <dt>{w.motivo}</dt>
          <dd>{q.motivo}</dd>
        </div>
      </dl>
      {q.avvisi.map((avviso) => (
        <EsitoBar key={avviso} tipo="avviso">
          {avviso}
        </EsitoBar>
      ))}
      <CampoTesto
        id="provvedimento-numero"
        etichetta={w.provvedimentoNumero}
        obbligatorio
        valore={numero}
        errore={errori.numero}
        onCambia={setNumero}
        massimo={100}
      />
      <CampoData
        id="provvedimento-data"
        etichetta={w.provvedimentoData}
        obbligatorio
        valore={data}
        errore={errori.data}
        onCambia={setData}
      />
      {q.chiedeConferma ? (
        <p>
          <label>
            <input type="checkbox" checked={conferma} onChange={(event) => setConferma(event.target.checked)} /> {w.conferma}
          </label>
          {errori.conferma === undefined ? null : <span className="campo-errore">{errori.conferma}</span>}
        </p>
      ) : null}
    </GuscioFoglio>
  )
}

function FoglioRifiuta({ ente, q, onChiudi, onFatto }: DecisioneProps) {
  const [motivo, setMotivo] = useState('')
  const [errore, setErrore] = useState<string | undefined>()
  const act = useMutation({
    mutationFn: () => chiama(api(ente, 'annullamenti', q.id, 'rifiuto'), { metodo: 'POST', corpo: { motivo } }),
    onSuccess: () => onFatto(w.rifiutata),
  })
  const confirm = (): void => (motivo.trim() === '' ? setErrore(w.motivoManca) : act.mutate())
  return (
    <GuscioFoglio
      titolo={w.rifiuta}
      conferma={w.rifiuta}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={confirm}
      onChiudi={onChiudi}
    >
      <CampoTesto
        id="rifiuto-motivo"
        etichetta={w.motivo}
        aiuto={w.motivoAiuto}
        obbligatorio
        righe={3}
        valore={motivo}
        errore={errore}
        onCambia={setMotivo}
      />
    </GuscioFoglio>
  )
}

function colonne(ente: string, decide: ((q: RichiestaDto, atto: 'autorizza' | 'rifiuta') => void) | null): Colonna<RichiestaDto>[] {
  const c = w.colonne
  return [
    {
      chiave: 'protocollo',
      titolo: c.protocollo,
      intestazione: true,
      classe: 'cella-codice',
      cella: (q) => <Link to={percorsoScheda(ente, q.registrazione.etichetta)}>{q.registrazione.etichetta}</Link>,
    },
    {
      chiave: 'richiesta',
      titolo: c.richiesta,
      cella: (q) => (
        <>
          {w.atti[q.atto]} <small>{`${giornoEOra(q.richiestoIl)} · ${q.richiedente}`}</small>
        </>
      ),
    },
    { chiave: 'dato', titolo: c.dato, cella: (q) => (q.campo === null ? w.tuttaLaRegistrazione : (w.campi[q.campo] ?? q.campo)) },
    { chiave: 'prima', titolo: c.prima, classe: 'cella-media', cella: (q) => <s>{valori(q).prima}</s> },
    { chiave: 'dopo', titolo: c.dopo, classe: 'cella-media', cella: (q) => <strong>{valori(q).dopo}</strong> },
    { chiave: 'motivo', titolo: c.motivo, classe: 'cella-larga', cella: (q) => q.motivo },
    decide === null
      ? {
          chiave: 'esito',
          titolo: c.esito,
          cella: (q) => (
            <>
              <Stato tono={q.stato === 'AUTORIZZATO' ? 'buono' : q.stato === 'RIFIUTATO' ? 'male' : 'neutro'}>
                {w.stati[q.stato] ?? q.stato}
              </Stato>{' '}
              {q.decisione?.provvedimento ? (
                <small>{`${q.decisione.provvedimento.numero} · ${giorno(q.decisione.provvedimento.data)}`}</small>
              ) : q.decisione === null ? null : (
                <small>{q.decisione.motivo}</small>
              )}
            </>
          ),
        }
      : {
          chiave: 'azioni',
          titolo: c.azioni,
          cella: (q) => (
            <>
              <button
                type="button"
                className="btn btn-primary btn-xs"
                aria-label={w.autorizzaDi(q.registrazione.etichetta)}
                onClick={() => decide(q, 'autorizza')}
              >
                {w.autorizza}
              </button>{' '}
              <button
                type="button"
                className="btn btn-outline-primary btn-xs"
                aria-label={w.rifiutaDi(q.registrazione.etichetta)}
                onClick={() => decide(q, 'rifiuta')}
              >
                {w.rifiuta}
              </button>
            </>
          ),
        },
  ]
}

/** Requests in one of their two states; who may decide does it here. */
function Richieste({ stato }: { stato: 'da-autorizzare' | 'decise' }) {
  const { slug } = useEnte()
  const puo = usePermessi()
  const annuncia = useAnnuncio()
  const [parametri] = useSearchParams()
  const [aperta, setAperta] = useState<{ q: RichiestaDto; atto: 'autorizza' | 'rifiuta' } | null>(null)
  const query = useQuery({
    queryKey: ['annullamenti', slug, stato, parametri.get('pagina')],
    queryFn: () =>
      chiama<Lista<RichiestaDto>>(conParametri(api(slug, 'annullamenti'), { stato, pagina: parametri.get('pagina') ?? undefined })),
  })
  const decide =
    stato === 'da-autorizzare' && puo('annullamenti.autorizza')
      ? (q: RichiestaDto, atto: 'autorizza' | 'rifiuta') => setAperta({ q, atto })
      : null
  const props = {
    ente: slug,
    onChiudi: () => setAperta(null),
    onFatto: (messaggio: string) => {
      setAperta(null)
      annuncia(messaggio)
      void query.refetch()
    },
  }
  return (
    <>
      <Carica query={query} cosa={w.tabella} righe={6}>
        {(list) =>
          list.elementi.length === 0 ? (
            <Vuoto icona="check-circle">{stato === 'decise' ? w.nessunaDecisa : w.nessunaDaAutorizzare}</Vuoto>
          ) : (
            <>
              <p>{w.totale(list.totale)}</p>
              <Tabella didascalia={w.tabella} colonne={colonne(slug, decide)} righe={list.elementi} chiave={(q) => q.id} />
              <Paginazione totale={list.totale} />
            </>
          )
        }
      </Carica>
      {aperta?.atto === 'autorizza' ? <FoglioAutorizza q={aperta.q} {...props} /> : null}
      {aperta?.atto === 'rifiuta' ? <FoglioRifiuta q={aperta.q} {...props} /> : null}
    </>
  )
}

export function Component() {
  const puo = usePermessi()
  const [parametri] = useSearchParams()
  const asked = parametri.get('stato')
  const viste = (Object.keys(VISTE) as (keyof typeof VISTE)[]).filter((v) => v !== 'da-comunicare' || puo('annullamenti.autorizza'))
  const stato = viste.find((v) => v === asked) ?? 'da-autorizzare'
  return (
    <div className="pagina">
      <Titolo>{w.titolo}</Titolo>
      <Schede
        etichetta={w.viste}
        corrente={stato}
        schede={viste.map((vista) => ({ chiave: vista, testo: VISTE[vista], verso: `?stato=${vista}` }))}
      />
      {stato === 'da-comunicare' ? <DaComunicare /> : <Richieste stato={stato} />}
    </div>
  )
}
