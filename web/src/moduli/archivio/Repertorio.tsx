/** The repertorio dei fascicoli: every fascicolo one may see, in the order of the titolario; below, the years frozen, for who governs the archive. */
import { useMutation, useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { Link, useSearchParams } from 'react-router'
import { api, chiama, conParametri } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { giornoItaliano } from '../../ui/date.ts'
import { giorno } from '../../ui/formati.ts'
import { PaginaAtti, useEsitoAtti } from '../../ui/PaginaAtti.tsx'
import { Paginazione } from '../../ui/Paginazione.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { StatoFascicolo } from '../fascicoli/Fascicoli.tsx'
import { conservazione } from './dati.ts'
import type { Estratto, Estrazione, Repertorio } from './dati.ts'

const a = t.archivio
const r = a.repertorio
type Riga = Repertorio['elementi'][number]

function colonne(ente: string): Colonna<Riga>[] {
  const c = a.colonne
  return [
    {
      chiave: 'codice',
      titolo: c.identificativo,
      intestazione: true,
      classe: 'cella-codice',
      cella: (f) => (
        <>
          <Link to={`/${ente}/fascicoli/${f.slug}`}>{f.codice}</Link>
          {f.parteDi === null ? null : <small className="campo-perche">{r.parteDi(f.parteDi)}</small>}
        </>
      ),
    },
    { chiave: 'oggetto', titolo: c.oggetto, classe: 'cella-larga', cella: (f) => f.oggetto },
    { chiave: 'stato', titolo: c.stato, cella: (f) => <StatoFascicolo stato={f.stato} /> },
    { chiave: 'voce', titolo: c.voce, classe: 'cella-media', cella: (f) => `${f.voce.codice} ${f.voce.denominazione}` },
    { chiave: 'aperto', titolo: c.aperto, classe: 'cella-data', cella: (f) => giorno(f.apertoIl) },
    { chiave: 'chiuso', titolo: c.chiuso, classe: 'cella-data', cella: (f) => giorno(f.chiusoIl) },
    { chiave: 'ufficio', titolo: c.ufficio, classe: 'cella-media', cella: (f) => f.ufficio },
    { chiave: 'responsabile', titolo: c.responsabile, classe: 'cella-media', cella: (f) => f.responsabile },
    { chiave: 'tipo', titolo: c.tipo, cella: (f) => t.fascicoli.tipi[f.tipo] ?? f.tipo },
    { chiave: 'documenti', titolo: c.documenti, cella: (f) => f.documenti },
    { chiave: 'conservazione', titolo: c.conservazione, cella: (f) => conservazione(f.conservazioneAnni) },
    { chiave: 'trasferimenti', titolo: c.trasferimenti, classe: 'cella-media', cella: (f) => f.trasferimenti },
    { chiave: 'riaperture', titolo: c.riaperture, classe: 'cella-media', cella: (f) => f.riaperture },
  ]
}

const CAMPI = ['anno', 'voce', 'ufficio', 'tipo', 'stato'] as const

function Filtri({ dati }: { dati: Repertorio }) {
  const [parametri, setParametri] = useSearchParams()
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const next = new URLSearchParams()
    for (const campo of CAMPI) {
      const text = String(form.get(campo) ?? '').trim()
      if (text !== '') next.set(campo, text)
    }
    setParametri(next)
  }
  const scelta = (campo: (typeof CAMPI)[number], opzioni: readonly (readonly [string, string])[]) => (
    <label className="filtro">
      <span>{r[campo]}</span>
      <select className="controllo" name={campo} defaultValue={parametri.get(campo) ?? ''}>
        <option value="">{r.tutti}</option>
        {opzioni.map(([valore, testo]) => (
          <option key={valore} value={valore}>
            {testo}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <form key={parametri.toString()} role="search" aria-label={r.filtri} className="filtri" onSubmit={submit}>
      {scelta(
        'anno',
        dati.anni.map((anno) => [String(anno), String(anno)]),
      )}
      <label className="filtro">
        <span>{r.voce}</span>
        <input className="controllo" name="voce" defaultValue={parametri.get('voce') ?? ''} autoComplete="off" />
      </label>
      {scelta(
        'ufficio',
        dati.uffici.map((u) => [u.id, u.denominazione]),
      )}
      {scelta('tipo', Object.entries(t.fascicoli.tipi))}
      {scelta('stato', Object.entries(t.stati.fascicolo))}
      <button type="submit" className="btn btn-primary btn-xs">
        {r.applica}
      </button>
    </form>
  )
}

function colonneEstrazioni(ente: string): Colonna<Estrazione>[] {
  const c = a.colonne
  return [
    { chiave: 'anno', titolo: c.anno, intestazione: true, cella: (e) => e.anno },
    { chiave: 'revisione', titolo: c.revisione, cella: (e) => e.revisione },
    { chiave: 'quando', titolo: c.quando, cella: (e) => `${giorno(e.creataIl)}, ${e.creataDa}` },
    { chiave: 'righe', titolo: c.righe, cella: (e) => e.righe },
    {
      chiave: 'cambiato',
      titolo: c.cambiato,
      classe: 'cella-larga',
      cella: (e) => (e.variazioni.length === 0 ? r.prima : e.variazioni.map((v) => <div key={v}>{v}</div>)),
    },
    { chiave: 'impronta', titolo: c.impronta, cella: (e) => <code className="impronta">{e.impronta}</code> },
    {
      chiave: 'file',
      titolo: c.file,
      cella: (e) =>
        e.file.map((f) => (
          <div key={f.formato}>
            <a href={api(ente, 'repertorio-fascicoli', 'estrazioni', e.id, 'file', f.formato)}>
              {r.scarica(f.formato, e.anno, e.revisione)}
            </a>
          </div>
        )),
    },
  ]
}

function Estrazioni({ ente, onFatto }: { ente: string; onFatto: (testo: string) => void }) {
  const anno = Number(giornoItaliano(new Date()).slice(0, 4))
  const query = useQuery({
    queryKey: ['archivio', ente, 'estrazioni'],
    queryFn: () => chiama<Estrazione[]>(api(ente, 'repertorio-fascicoli', 'estrazioni')),
  })
  const estrai = useMutation({
    mutationFn: () => chiama<Estratto>(api(ente, 'repertorio-fascicoli', 'estrazioni'), { metodo: 'POST', corpo: { anno } }),
    onSuccess: ({ nuova, estrazione }) => onFatto(nuova ? r.estratto(estrazione.anno, estrazione.revisione) : r.invariato(estrazione.anno)),
  })
  return (
    <section>
      <h2>{a.tabelle.estrazioni}</h2>
      <p>{r.estrazioniTesto}</p>
      <button type="button" className="btn btn-outline-primary btn-xs" disabled={estrai.isPending} onClick={() => estrai.mutate()}>
        {r.estrai(anno)}
      </button>
      <Carica query={query} cosa={a.tabelle.estrazioni}>
        {(list) =>
          list.length === 0 ? (
            <Vuoto icona="files">{a.vuoti.estrazioni}</Vuoto>
          ) : (
            <Tabella didascalia={a.tabelle.estrazioni} colonne={colonneEstrazioni(ente)} righe={list} chiave={(e) => e.id} />
          )
        }
      </Carica>
    </section>
  )
}

export function Component() {
  const { slug } = useEnte()
  const puo = usePermessi()
  const [parametri] = useSearchParams()
  const search = Object.fromEntries(parametri)
  const esito = useEsitoAtti(['archivio', slug])
  const query = useQuery({
    queryKey: ['archivio', slug, 'repertorio', search],
    queryFn: () => chiama<Repertorio>(conParametri(api(slug, 'repertorio-fascicoli'), { ...search, perPagina: 50 })),
  })
  return (
    <PaginaAtti titolo={r.titolo} testo={r.testo} esito={esito}>
      <Carica query={query} cosa={a.tabelle.repertorio} righe={12}>
        {(dati) => (
          <>
            <Filtri dati={dati} />
            {dati.elementi.length === 0 ? (
              <Vuoto icona="folder">{a.vuoti.repertorio}</Vuoto>
            ) : (
              <>
                <Tabella didascalia={a.tabelle.repertorio} colonne={colonne(slug)} righe={dati.elementi} chiave={(f) => f.id} />
                <Paginazione totale={dati.totale} />
              </>
            )}
          </>
        )}
      </Carica>
      {puo('archivio.gestisci') ? <Estrazioni ente={slug} onFatto={esito.fatto} /> : null}
    </PaginaAtti>
  )
}
