/** What a person sees and why: profiles, offices, counts by cause, a sample as the asker may read it. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { VisibilitaOperatoreDto } from '../../../../server/protocollo/schema/atti.ts'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { numero } from '../../ui/formati.ts'
import { Tabella } from '../../ui/Tabella.tsx'
import { colonneRegistro } from './colonne.tsx'
import { CampoPersona } from './CampiRicerca.tsx'

const w = t.attiRegistro.visibilita

function Risposta({ ente, v }: { ente: string; v: VisibilitaOperatoreDto }) {
  return (
    <>
      <dl className="dati">
        <div>
          <dt>{w.ambito}</dt>
          <dd>{v.ambito}</dd>
        </div>
        <div>
          <dt>{w.profili}</dt>
          <dd>{v.profili.map((p) => w.nomiProfili[p] ?? p).join(', ')}</dd>
        </div>
        <div>
          <dt>{w.uffici}</dt>
          <dd>
            {v.uffici.length === 0
              ? w.nessunUfficio
              : v.uffici.map((u) => `${u.denominazione}${u.diretto ? ` (${w.diretto})` : ''}`).join(', ')}
          </dd>
        </div>
        <div>
          <dt>{w.sostituzioni}</dt>
          <dd>{v.sostituzioni.length === 0 ? w.nessunaSostituzione : v.sostituzioni.join(' ')}</dd>
        </div>
      </dl>
      <h2>{w.cause}</h2>
      {v.cause.length === 0 ? (
        <p>{w.vuota}</p>
      ) : (
        <ul className="elenco-piano">
          {v.cause.map((c) => (
            <li key={c.causa}>
              {c.descrizione}: <strong>{c.parziale ? w.piuDi(c.registrazioni) : numero(c.registrazioni)}</strong>
            </li>
          ))}
        </ul>
      )}
      <h2>{w.campione}</h2>
      {v.campione.length === 0 ? (
        <p>{w.vuota}</p>
      ) : (
        <Tabella didascalia={w.campione} colonne={colonneRegistro(ente)} righe={v.campione} chiave={(r) => r.id} />
      )}
    </>
  )
}

export function Component() {
  const { slug } = useEnte()
  const [persona, setPersona] = useState<{ id: string; testo: string } | null>(null)
  const query = useQuery({
    queryKey: ['visibilita', slug, persona?.id],
    queryFn: () => chiama<VisibilitaOperatoreDto>(api(slug, 'visibilita', 'operatori', persona?.id ?? '')),
    enabled: persona !== null,
  })
  return (
    <div className="pagina">
      <Titolo>{w.titolo}</Titolo>
      <CampoPersona id="visibilita-persona" etichetta={w.persona} ente={slug} valore={persona} onScelta={setPersona} />
      {persona === null ? (
        <Vuoto icona="search">{w.scegli}</Vuoto>
      ) : (
        <Carica query={query} cosa={w.titolo} righe={8}>
          {(v) => <Risposta ente={slug} v={v} />}
        </Carica>
      )}
    </div>
  )
}
