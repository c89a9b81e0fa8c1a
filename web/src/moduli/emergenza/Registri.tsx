/** Registers, one for each site, and the devices that hold their series. */
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { emergenza } from '../../testi/it-emergenza.ts'
import { CampoTesto } from '../../ui/Campo.tsx'
import { Vuoto } from '../../ui/Attesa.tsx'
import { Stato, type Tono } from '../../ui/Stato.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { agisci, istituisciRegistro } from './dati.ts'
import { FoglioAtto, FoglioMotivo } from './Fogli.tsx'
import type { Quadro, RegistroEmergenza } from './tipi.ts'

const t = emergenza.registri
const TONES: Readonly<Record<string, Tono>> = { autorizzata: 'attenzione', attiva: 'buono', revocata: 'neutro' }

type Foglio = { tipo: 'nuovo' } | { tipo: 'affida' | 'revoca'; registro: RegistroEmergenza }

function colonneDi(ente: string, gestisce: boolean, scegli: (foglio: Foglio) => void): Colonna<RegistroEmergenza>[] {
  const titles = t.colonne
  const held = (r: RegistroEmergenza): boolean => r.serie !== null && r.serie.stato !== 'revocata'
  return [
    { chiave: 'codice', titolo: titles.codice, intestazione: true, classe: 'cella-codice', cella: (r) => r.codice },
    { chiave: 'sede', titolo: titles.sede, cella: (r) => r.sede },
    { chiave: 'ultimo', titolo: titles.ultimo, cella: (r) => r.ultimo ?? t.nessuno },
    { chiave: 'dispositivo', titolo: titles.dispositivo, cella: (r) => r.serie?.dispositivo ?? t.nessuno },
    {
      chiave: 'stato',
      titolo: titles.stato,
      cella: (r) =>
        r.serie === null ? '—' : <Stato tono={TONES[r.serie.stato] ?? 'neutro'}>{t.stati[r.serie.stato] ?? r.serie.stato}</Stato>,
    },
    {
      chiave: 'azioni',
      titolo: titles.azioni,
      cella: (r) => (
        <span className="emergenza-azioni">
          <a href={api(ente, 'emergenza', 'registri', r.id, 'modulo.pdf')} download aria-label={`${t.modulo}: ${r.codice}`}>
            {t.modulo}
          </a>
          {gestisce ? (
            <button
              type="button"
              className="btn btn-outline-primary btn-xs"
              aria-label={`${held(r) ? t.revoca : t.affida}: ${r.codice}`}
              onClick={() => scegli({ tipo: held(r) ? 'revoca' : 'affida', registro: r })}
            >
              {held(r) ? t.revoca : t.affida}
            </button>
          ) : null}
        </span>
      ),
    },
  ]
}

interface FogliProps {
  ente: string
  foglio: Foglio
  onChiudi: () => void
  onFatto: (testo: string) => void
}

function Fogli({ ente, foglio, onChiudi, onFatto }: FogliProps) {
  const [sede, setSede] = useState('')
  const [dispositivo, setDispositivo] = useState('')
  const [provvedimento, setProvvedimento] = useState('')
  const common = { onChiudi, onFatto }
  if (foglio.tipo === 'nuovo') {
    return (
      <FoglioAtto
        {...common}
        titolo={t.nuovo}
        conferma={t.conferma}
        completo={sede.trim() !== ''}
        fatto={t.istituito}
        invia={() => istituisciRegistro(ente, { sede })}
      >
        {(errore) => (
          <CampoTesto id="registro-sede" etichetta={t.sede} obbligatorio valore={sede} errore={errore('sede', sede)} onCambia={setSede} />
        )}
      </FoglioAtto>
    )
  }
  const { registro } = foglio
  if (foglio.tipo === 'affida') {
    return (
      <FoglioAtto
        {...common}
        titolo={t.affida}
        conferma={t.affidaConferma}
        completo={dispositivo.trim() !== '' && provvedimento.trim() !== ''}
        fatto={t.affidata}
        invia={() => agisci(ente, ['serie'], { registroId: registro.id, dispositivo, provvedimento })}
      >
        {(errore) => (
          <>
            <CampoTesto
              id="serie-dispositivo"
              etichetta={t.dispositivo}
              aiuto={t.dispositivoAiuto}
              obbligatorio
              valore={dispositivo}
              errore={errore('dispositivo', dispositivo)}
              onCambia={setDispositivo}
            />
            <CampoTesto
              id="serie-provvedimento"
              etichetta={t.provvedimento}
              obbligatorio
              valore={provvedimento}
              errore={errore('provvedimento', provvedimento)}
              onCambia={setProvvedimento}
            />
          </>
        )}
      </FoglioAtto>
    )
  }
  return (
    <FoglioMotivo
      {...common}
      id="revoca-motivo"
      titolo={t.revoca}
      conferma={t.revocaConferma}
      fatto={t.revocata}
      invia={(motivo) => agisci(ente, ['serie', registro.serie?.id ?? '', 'revoca'], { motivo })}
    />
  )
}

export function Registri({ ente, quadro, onFatto }: { ente: string; quadro: Quadro; onFatto: (testo: string) => void }) {
  const [foglio, setFoglio] = useState<Foglio | null>(null)
  const done = (testo: string): void => {
    setFoglio(null)
    onFatto(testo)
  }
  return (
    <section className="riquadro riquadro-sotto" aria-label={t.titolo}>
      <h2>{t.titolo}</h2>
      <p>{t.testo}</p>
      <p>
        {t.paginaTesto} <a href="/emergenza/">{t.pagina}</a>
      </p>
      {quadro.puoGestire ? (
        <p>
          <button type="button" className="btn btn-outline-primary btn-sm" onClick={() => setFoglio({ tipo: 'nuovo' })}>
            {t.nuovo}
          </button>
        </p>
      ) : null}
      {quadro.registri.length === 0 ? (
        <Vuoto icona="info-circle">{t.vuoto}</Vuoto>
      ) : (
        <Tabella
          didascalia={t.titolo}
          colonne={colonneDi(ente, quadro.puoGestire, setFoglio)}
          righe={quadro.registri}
          chiave={(r) => r.id}
        />
      )}
      {foglio === null ? null : <Fogli ente={ente} foglio={foglio} onChiudi={() => setFoglio(null)} onFatto={done} />}
    </section>
  )
}
