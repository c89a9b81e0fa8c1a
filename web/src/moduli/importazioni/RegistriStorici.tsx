/** The registrations of past years, brought from other systems: read only. */
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { scriviGiorno } from '../../ui/date.ts'
import { Paginazione } from '../../ui/Paginazione.tsx'
import { Stato } from '../../ui/Stato.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { registriQuery, storicheQuery, type RigaStorica } from './dati.ts'

const s = t.importazioni.storico

function colonne(ente: string): Colonna<RigaStorica>[] {
  return [
    {
      chiave: 'numero',
      titolo: t.importazioni.serie.numero,
      intestazione: true,
      cella: (r) => <Link to={`/${ente}/protocollo/registri-storici/${r.id}`}>{r.etichetta}</Link>,
    },
    { chiave: 'registro', titolo: s.registro, cella: (r) => <Stato tono="neutro">{`${r.registro} · ${s.storico}`}</Stato> },
    { chiave: 'data', titolo: s.campi.data, cella: (r) => scriviGiorno(r.giorno) },
    { chiave: 'tipo', titolo: s.campi.tipo, cella: (r) => t.bozze.tipi[r.tipo] },
    { chiave: 'corrispondente', titolo: s.campi.corrispondente, cella: (r) => r.corrispondente },
    { chiave: 'oggetto', titolo: s.campi.oggetto, cella: (r) => (r.annullata ? `${s.annullata('')} · ${r.oggetto}` : r.oggetto) },
  ]
}

export function Component() {
  const { slug } = useEnte()
  const navigate = useNavigate()
  const [parametri, setParametri] = useSearchParams()
  const filtri = {
    q: parametri.get('q') ?? '',
    registro: parametri.get('registro') ?? '',
    pagina: Math.max(1, Number(parametri.get('pagina') ?? 1) || 1),
  }
  const registri = useQuery(registriQuery(slug))
  const query = useQuery(storicheQuery(slug, filtri))
  const set = (nome: string, valore: string): void => {
    const next = new URLSearchParams(parametri)
    next.set(nome, valore)
    next.delete('pagina')
    setParametri(next, { replace: true })
  }
  return (
    <div className="pagina">
      <Titolo>{s.registrazioni}</Titolo>
      <div className="griglia-campi">
        <CampoTesto id="storico-q" etichetta={s.cerca} larghezza="meta" valore={filtri.q} onCambia={(q) => set('q', q)} />
        <CampoScelta
          id="storico-registro"
          etichetta={s.registro}
          larghezza="meta"
          vuota="—"
          valore={filtri.registro}
          opzioni={(registri.data ?? []).map((one) => ({ valore: one.id, testo: `${one.codice} ${one.anno} · ${one.denominazione}` }))}
          onCambia={(registro) => set('registro', registro)}
        />
      </div>
      <Carica query={query} cosa={s.registrazioni} righe={10}>
        {({ elementi, totale }) =>
          elementi.length === 0 ? (
            <Vuoto icona="list">{s.nessuna}</Vuoto>
          ) : (
            <>
              <Tabella
                didascalia={s.registrazioni}
                colonne={colonne(slug)}
                righe={elementi}
                chiave={(r) => r.id}
                scorciatoie
                onApri={(r) => void navigate(`/${slug}/protocollo/registri-storici/${r.id}`)}
              />
              <Paginazione totale={totale} />
            </>
          )
        }
      </Carica>
    </div>
  )
}
