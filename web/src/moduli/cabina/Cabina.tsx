/** The association's panel: one line per ente, numbers only. Contents of documents are never shown here. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { TAVOLOZZE } from '../../app/tavolozze.ts'
import { Titolo } from '../../app/Titolo.tsx'
import { chiama } from '../../api/client.ts'
import { useSessione } from '../../api/sessione.tsx'
import type { EnteCabina } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { giornoEOra, numero } from '../../ui/formati.ts'
import { Stato } from '../../ui/Stato.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'

function colonne(onAspetto: (ente: EnteCabina) => void): Colonna<EnteCabina>[] {
  const titles = t.cabina.colonne
  return [
    { chiave: 'ente', titolo: titles.ente, intestazione: true, cella: (row) => row.denominazione },
    { chiave: 'ipa', titolo: titles.ipa, cella: (row) => <code>{row.codiceIpa}</code> },
    { chiave: 'coda', titolo: titles.coda, classe: 'cella-numero', cella: (row) => numero(row.inCoda) },
    {
      chiave: 'vecchio',
      titolo: titles.vecchio,
      classe: 'cella-data',
      cella: (row) => (row.piuVecchio === null ? '—' : giornoEOra(row.piuVecchio)),
    },
    {
      chiave: 'caselle',
      titolo: titles.caselle,
      classe: 'cella-larga',
      cella: (row) =>
        row.caselle.length === 0
          ? t.cabina.nessunaCasella
          : row.caselle.map((item) => (
              <span key={item.indirizzo} className="casella">
                <Stato tono={item.stato === 'attiva' ? 'buono' : 'male'}>
                  {item.stato === 'attiva' ? t.cabina.casellaAttiva : item.stato.charAt(0).toUpperCase() + item.stato.slice(1)}
                </Stato>{' '}
                {item.indirizzo}
              </span>
            )),
    },
    {
      chiave: 'ultima',
      titolo: titles.ultima,
      classe: 'cella-data',
      cella: (row) => (row.ultimaRegistrazione === null ? '—' : giornoEOra(row.ultimaRegistrazione)),
    },
    { chiave: 'utenti', titolo: titles.utenti, classe: 'cella-numero', cella: (row) => numero(row.utentiAttivi) },
    {
      chiave: 'aspetto',
      titolo: titles.aspetto,
      cella: (row) => (
        <button type="button" className="collegamento" onClick={() => onAspetto(row)}>
          {t.cabina.cambia}
          <span className="visually-hidden"> {t.cabina.aspettoTitolo(row.denominazione)}</span>
        </button>
      ),
    },
  ]
}

function FoglioAspetto({ ente, onChiudi, onFatto }: { ente: EnteCabina; onChiudi: () => void; onFatto: () => void }) {
  const [denominazione, setDenominazione] = useState(ente.denominazione)
  const [tavolozza, setTavolozza] = useState(ente.tavolozza)
  const [errore, setErrore] = useState<string | undefined>()
  const act = useMutation({
    mutationFn: () =>
      chiama(`/api/v1/cabina/enti/${encodeURIComponent(ente.slug)}`, {
        metodo: 'PATCH',
        corpo: { denominazione: denominazione.trim(), tavolozza },
      }),
    onSuccess: onFatto,
  })
  const confirm = (): void => (denominazione.trim() === '' ? setErrore(t.cabina.denominazioneErrore) : act.mutate())
  return (
    <GuscioFoglio
      titolo={t.cabina.aspettoTitolo(ente.denominazione)}
      conferma={t.salva}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={confirm}
      onChiudi={onChiudi}
    >
      <CampoTesto
        id="cabina-denominazione"
        etichetta={t.cabina.denominazione}
        obbligatorio
        valore={denominazione}
        onCambia={setDenominazione}
        errore={errore}
      />
      <CampoScelta
        id="cabina-tavolozza"
        etichetta={t.cabina.tavolozza}
        valore={tavolozza}
        onCambia={setTavolozza}
        opzioni={TAVOLOZZE.map((valore) => ({ valore, testo: t.cabina.tavolozze[valore] ?? valore }))}
      />
    </GuscioFoglio>
  )
}

export function Component() {
  const sessione = useSessione()
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const [aspetto, setAspetto] = useState<EnteCabina | null>(null)
  const query = useQuery({
    queryKey: ['cabina'],
    queryFn: () => chiama<EnteCabina[]>('/api/v1/cabina/enti'),
    enabled: sessione.amministratoreSia === true,
    refetchInterval: 60_000,
  })
  if (!sessione.amministratoreSia) {
    return (
      <div className="pagina">
        <Titolo>{t.cabina.titolo}</Titolo>
        <Vuoto icona="lock">{t.cabina.nonAutorizzato}</Vuoto>
      </div>
    )
  }
  return (
    <div className="pagina">
      <Titolo>{t.cabina.titolo}</Titolo>
      <p>{t.cabina.sottotitolo}</p>
      <Carica query={query} cosa={t.cabina.tabella}>
        {(list) => <Tabella didascalia={t.cabina.tabella} colonne={colonne(setAspetto)} righe={list} chiave={(row) => row.slug} />}
      </Carica>
      {aspetto === null ? null : (
        <FoglioAspetto
          ente={aspetto}
          onChiudi={() => setAspetto(null)}
          onFatto={() => {
            setAspetto(null)
            annuncia(t.cabina.salvato)
            void client.invalidateQueries({ queryKey: ['cabina'] })
            void client.invalidateQueries({ queryKey: ['sessione'] })
          }}
        />
      )}
    </div>
  )
}
