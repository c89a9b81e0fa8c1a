/** One disposal: where its items are, what comes next, each item with its reason; the facts done so far, with who and when. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoScelta } from '../../ui/Campo.tsx'
import { EsitoBar, EsitoProblema } from '../../ui/EsitoBar.tsx'
import { giorno, giornoEOra, peso } from '../../ui/formati.ts'
import { Icona } from '../../ui/Icona.tsx'
import { FoglioMotivo } from '../fascicoli/FoglioMotivo.tsx'
import { percorsoScheda } from '../protocollo/dati.ts'
import { Cammino } from './Cammino.tsx'
import { proceduraQuery } from './dati.ts'
import type { Procedura, VoceScarto } from './dati.ts'
import { FoglioAutorizzazione, FoglioInvio, FoglioOrdine, FoglioProvvedimento, FoglioVerbale } from './Fogli.tsx'
import { Voci } from './Voci.tsx'

const s = t.scarto
type Foglio = 'provvedimento' | 'richiesta' | 'autorizzazione' | 'ordine' | 'verbale' | 'comunicazione'

/** What may be done now, in the order of the procedure. */
function prossimi(p: Procedura, puo: (permesso: string) => boolean): Foglio[] {
  const n = (stato: keyof Procedura['voci']): number => p.voci[stato] ?? 0
  return [
    ...(p.provvedimento === null && n('PROPOSTO') === 0 && n('VERIFICATO') > 0 ? (['provvedimento'] as const) : []),
    ...(p.provvedimento !== null && p.richiesta === null && n('VERIFICATO') > 0 ? (['richiesta'] as const) : []),
    ...(p.richiesta !== null && n('RICHIESTO') > 0 ? (['autorizzazione'] as const) : []),
    ...(n('AUTORIZZATO') > 0 && puo('scarto.ordina') && !p.propostaDaMe ? (['ordine'] as const) : []),
    ...(p.ordine !== null && p.versate > 0 && p.verbale === null ? (['verbale'] as const) : []),
    ...(n('BACKUP_AGGIORNATI') > 0 && p.comunicazione === null ? (['comunicazione'] as const) : []),
  ]
}

function Fatti({ ente, dati }: { ente: string; dati: Procedura }) {
  const registrazione = (r: { etichetta: string }) => <Link to={percorsoScheda(ente, r.etichetta)}>{r.etichetta}</Link>
  return (
    <section>
      <h2>{s.fatti}</h2>
      <ul>
        <li>{`${s.stati['PROPOSTO']}: ${dati.propostaDa}, ${giornoEOra(dati.creataIl)}`}</li>
        {dati.verifica === null ? null : <li>{`${s.verifica}: ${dati.verifica.da}, ${giornoEOra(dati.verifica.il)}`}</li>}
        {dati.provvedimento === null ? null : (
          <li>{`${dati.provvedimento.estremi}, ${giorno(dati.provvedimento.del)}. ${dati.provvedimento.motivazione}`}</li>
        )}
        {dati.richiesta === null ? null : (
          <li>
            {s.richiestaTitolo}: {registrazione(dati.richiesta.registrazione)}
            {dati.richiesta.interno === null ? null : <> · {registrazione(dati.richiesta.interno)}</>}
          </li>
        )}
        {dati.autorizzazioni.map((a) => (
          <li key={a.autorita}>
            {`${s.nomiAutorita[a.autorita] ?? a.autorita}: ${s.esiti[a.esito] ?? a.esito}, prot. ${a.protocollo} del ${giorno(a.del)}, `}
            {registrazione(a.registrazione)}
          </li>
        ))}
        {dati.ordine === null ? null : <li>{`${s.ordineTitolo}: ${dati.ordine.da}, ${giornoEOra(dati.ordine.il)}`}</li>}
        {dati.verbale === null ? null : <li>{`${dati.verbale.estremi}, ${giorno(dati.verbale.del)}`}</li>}
        {dati.comunicazione === null ? null : (
          <li>
            {s.comunicazioneTitolo}: {registrazione(dati.comunicazione.registrazione)}
          </li>
        )}
      </ul>
    </section>
  )
}

function FoglioDi({
  foglio,
  ...props
}: {
  foglio: Foglio
  ente: string
  dati: Procedura
  onChiudi: () => void
  onFatto: (testo: string) => void
}) {
  if (foglio === 'provvedimento') return <FoglioProvvedimento {...props} />
  if (foglio === 'autorizzazione') return <FoglioAutorizzazione {...props} />
  if (foglio === 'ordine') return <FoglioOrdine {...props} />
  if (foglio === 'verbale') return <FoglioVerbale {...props} />
  return <FoglioInvio {...props} cosa={foglio} />
}

function Azioni({
  ente,
  dati,
  onFoglio,
  onFatto,
}: {
  ente: string
  dati: Procedura
  onFoglio: (f: Foglio) => void
  onFatto: (testo: string) => void
}) {
  const puo = usePermessi()
  const verify = useMutation({
    mutationFn: () =>
      chiama<{ verificate: number; sospese: number }>(api(ente, 'scarto', 'procedure', dati.id, 'verifica'), { metodo: 'POST' }),
    onSuccess: ({ verificate, sospese }) => onFatto(s.verificaFatta(verificate, sospese)),
  })
  return (
    <>
      {verify.error === null ? null : <EsitoProblema errore={verify.error} />}
      <div className="azioni-pagina">
        {(dati.voci.PROPOSTO ?? 0) > 0 && dati.composizione === 'pronta' ? (
          <button type="button" className="btn btn-primary btn-xs" disabled={verify.isPending} onClick={() => verify.mutate()}>
            {s.verifica}
          </button>
        ) : null}
        {prossimi(dati, puo).map((foglio) => (
          <button type="button" key={foglio} className="btn btn-primary btn-xs" onClick={() => onFoglio(foglio)}>
            {s[foglio]}
          </button>
        ))}
        {dati.totale === 0 ? null : (
          <>
            <a href={api(ente, 'scarto', 'procedure', dati.id, 'elenco')} download>
              <Icona nome="download" dimensione={16} /> {s.elencoPdf}
            </a>
            <a href={`${api(ente, 'scarto', 'procedure', dati.id, 'elenco')}?formato=csv`} download>
              <Icona nome="download" dimensione={16} /> {s.elencoCsv}
            </a>
          </>
        )}
      </div>
      {(dati.voci.AUTORIZZATO ?? 0) > 0 && dati.propostaDaMe ? <p>{s.ordineAltri}</p> : null}
    </>
  )
}

export function Component() {
  const { slug: ente } = useEnte()
  const { id = '' } = useParams()
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const [parametri, setParametri] = useSearchParams()
  const [foglio, setFoglio] = useState<Foglio | null>(null)
  const [gesto, setGesto] = useState<{ cosa: 'escludi' | 'riprendi'; voce: VoceScarto } | null>(null)
  const [esito, setEsito] = useState<string | null>(null)
  const query = useQuery(proceduraQuery(ente, id))
  const stato = parametri.get('stato') ?? ''
  function done(text: string): void {
    setFoglio(null)
    setGesto(null)
    setEsito(text)
    annuncia(text)
    void client.invalidateQueries({ queryKey: ['scarto', ente] })
  }
  return (
    <div className="pagina">
      <Carica query={query} cosa={s.titolo} righe={10}>
        {(dati) => (
          <>
            <nav aria-label={t.percorso} className="percorso">
              <Link to={`/${ente}/scarto`}>{s.titolo}</Link> / <span>{dati.etichetta}</span>
            </nav>
            <Titolo>{s.procedura(dati.etichetta)}</Titolo>
            {esito === null ? null : (
              <EsitoBar tipo="riuscito" onChiudi={() => setEsito(null)}>
                {esito}
              </EsitoBar>
            )}
            <p>
              {dati.composizione === 'pronta'
                ? `${s.voci(dati.totale)}: ${s.quantita(dati.quantita.documenti, dati.quantita.file, peso(dati.quantita.byte))}`
                : `${s.composizione[dati.composizione]}. ${s.esaminati(dati.esaminati, dati.daEsaminare)}`}
            </p>
            {dati.note === '' ? null : <p>{dati.note}</p>}
            <Azioni ente={ente} dati={dati} onFoglio={setFoglio} onFatto={done} />
            <Cammino voci={dati.voci} />
            <Fatti ente={ente} dati={dati} />
            <h2>{s.elenco}</h2>
            <CampoScelta
              id="scarto-stato"
              etichetta={s.stato}
              vuota={s.tutti}
              valore={stato}
              opzioni={Object.entries(s.stati).map(([valore, testo]) => ({ valore, testo }))}
              onCambia={(valore) => setParametri(valore === '' ? {} : { stato: valore })}
            />
            <Voci
              ente={ente}
              dati={dati}
              stato={stato}
              pagina={parametri.get('pagina') ?? '1'}
              onGesto={(cosa, voce) => setGesto({ cosa, voce })}
            />
            {foglio === null ? null : <FoglioDi foglio={foglio} ente={ente} dati={dati} onChiudi={() => setFoglio(null)} onFatto={done} />}
            {gesto === null ? null : (
              <FoglioMotivo
                titolo={`${s[gesto.cosa]} ${gesto.voce.fascicolo.codice}`}
                invia={(motivo) =>
                  chiama(api(ente, 'scarto', 'procedure', id, 'voci', gesto.voce.id, gesto.cosa), { metodo: 'POST', corpo: { motivo } })
                }
                onChiudi={() => setGesto(null)}
                onFatto={() => done(gesto.cosa === 'escludi' ? s.esclusa : s.ripresa)}
              />
            )}
          </>
        )}
      </Carica>
    </div>
  )
}
