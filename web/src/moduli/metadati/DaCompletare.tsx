/** What is still to be completed: the least complete first, filtered by kind, rule and office; each finding leads to its field. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import type { DaCompletareDto } from '../../../../server/metadati/schema.ts'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama, conParametri } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { CampoScelta } from '../../ui/Campo.tsx'
import { Paginazione } from '../../ui/Paginazione.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { Esiti } from './Esiti.tsx'

const s = t.metadati
const PER_PAGINA = 25
type Riga = DaCompletareDto['elementi'][number]

const COLONNE: Colonna<Riga>[] = [
  {
    chiave: 'numero',
    titolo: s.numero,
    intestazione: true,
    cella: (r) => (r.pagina === null ? r.etichetta : <Link to={r.pagina}>{r.etichetta}</Link>),
  },
  { chiave: 'oggetto', titolo: s.oggetto, cella: (r) => r.oggetto },
  { chiave: 'ufficio', titolo: s.ufficio, cella: (r) => r.ufficio ?? '—' },
  { chiave: 'punteggio', titolo: s.punteggio, cella: (r) => s.su100(r.punteggio) },
  { chiave: 'manca', titolo: s.manca, cella: (r) => <Esiti esiti={r.esiti} /> },
]

function Collegamenti({ ente }: { ente: string }) {
  const puo = usePermessi()
  return (
    <p className="azioni-pagina">
      <Link to={`/${ente}/metadati/regole`}>{s.vai.regole}</Link>
      {puo('protocollo.importa') ? (
        <>
          <Link to={`/${ente}/metadati/importati`}>{s.vai.importati}</Link>
          <Link to={`/${ente}/metadati/servizio`}>{s.vai.servizio}</Link>
        </>
      ) : null}
    </p>
  )
}

export function Component() {
  const { slug } = useEnte()
  const [parametri, setParametri] = useSearchParams()
  const get = (nome: string): string => parametri.get(nome) ?? ''
  const filtri = {
    tipo: get('tipo'),
    regola: get('regola'),
    ufficio: get('ufficio'),
    avvisi: get('avvisi'),
    pagina: get('pagina') || '1',
    perPagina: PER_PAGINA,
  }
  const query = useQuery({
    queryKey: ['metadati-da-completare', slug, filtri],
    queryFn: () => chiama<DaCompletareDto>(conParametri(api(slug, 'metadati', 'da-completare'), filtri)),
    placeholderData: keepPreviousData,
  })
  const set = (nome: string, valore: string): void => {
    const next = new URLSearchParams(parametri)
    if (valore === '') next.delete(nome)
    else next.set(nome, valore)
    next.delete('pagina')
    setParametri(next, { replace: true })
  }
  return (
    <div className="pagina">
      <Titolo>{s.titolo}</Titolo>
      <p>{s.spiega}</p>
      <Collegamenti ente={slug} />
      <Carica query={query} cosa={s.titolo} righe={10}>
        {(dati) => (
          <>
            {dati.media === null ? null : <p>{s.media(dati.media)}</p>}
            <div className="griglia-campi">
              <CampoScelta
                id="metadati-tipo"
                etichetta={s.tipo}
                larghezza="meta"
                vuota={s.tutti}
                valore={filtri.tipo}
                opzioni={Object.entries(s.tipi).map(([valore, testo]) => ({ valore, testo }))}
                onCambia={(valore) => set('tipo', valore)}
              />
              <CampoScelta
                id="metadati-regola"
                etichetta={s.regola}
                larghezza="meta"
                vuota={s.tutti}
                valore={filtri.regola}
                opzioni={dati.perRegola.map(({ regola, quanti }) => ({ valore: regola, testo: s.conta(regola, quanti) }))}
                onCambia={(valore) => set('regola', valore)}
              />
              <CampoScelta
                id="metadati-ufficio"
                etichetta={s.ufficio}
                larghezza="meta"
                vuota={s.tutti}
                valore={filtri.ufficio}
                opzioni={dati.perUfficio.flatMap(({ id, denominazione, quanti }) =>
                  id === null ? [] : [{ valore: id, testo: s.conta(denominazione, quanti) }],
                )}
                onCambia={(valore) => set('ufficio', valore)}
              />
              <div className="campo campo-meta">
                <label>
                  <input
                    type="checkbox"
                    checked={filtri.avvisi === '1'}
                    onChange={(event) => set('avvisi', event.target.checked ? '1' : '')}
                  />{' '}
                  {s.avvisi}
                </label>
              </div>
            </div>
            {dati.elementi.length === 0 ? (
              <Vuoto>{s.vuoto}</Vuoto>
            ) : (
              <>
                <Tabella didascalia={s.titolo} colonne={COLONNE} righe={dati.elementi} chiave={(r) => r.id} />
                <Paginazione totale={dati.totale} perPagina={PER_PAGINA} />
              </>
            )}
          </>
        )}
      </Carica>
    </div>
  )
}
