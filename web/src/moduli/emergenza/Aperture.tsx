/** Openings: what is open, until when it is covered, what waits to be recovered; the acts of the RGD. */
import { useState } from 'react'
import { emergenza } from '../../testi/it-emergenza.ts'
import { Vuoto } from '../../ui/Attesa.tsx'
import { giorno, giornoEOra } from '../../ui/formati.ts'
import { MenuAzioni } from '../../ui/MenuAzioni.tsx'
import { Stato, type Tono } from '../../ui/Stato.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { FoglioApertura, FoglioAutorizza, FoglioChiudi, FoglioDeroga, FoglioGiornata } from './Fogli.tsx'
import type { AperturaDto, Quadro } from './tipi.ts'

const t = emergenza.aperture

interface Condizione {
  readonly tono: Tono
  readonly testo: string
}

/** Where an opening stands. */
export function condizioneDi(a: AperturaDto, adesso: number): Condizione {
  if (a.recuperataIl !== null) return { tono: 'buono', testo: t.stati.recuperato }
  if (a.ripristino !== null)
    return a.deroga === null ? { tono: 'male', testo: t.stati.attesa } : { tono: 'attenzione', testo: t.stati.deroga }
  if (a.coperturaFino !== null && Date.parse(a.coperturaFino) <= adesso) return { tono: 'male', testo: t.stati.scaduto }
  return { tono: 'attivo', testo: t.stati.aperto }
}

type Foglio = 'apri' | 'autorizza' | 'giornata' | 'chiudi' | 'deroga'

function azioniDi(a: AperturaDto): { chiave: Foglio; testo: string }[] {
  if (a.recuperataIl !== null) return []
  if (a.ripristino === null)
    return [
      { chiave: 'autorizza', testo: t.autorizza },
      { chiave: 'giornata', testo: t.giornata },
      { chiave: 'chiudi', testo: t.chiudi },
    ]
  return a.deroga === null ? [{ chiave: 'deroga', testo: t.deroga }] : []
}

function Dettagli({ apertura }: { apertura: AperturaDto }) {
  return (
    <details>
      <summary>{t.dettagli(apertura.registro.codice)}</summary>
      <ul className="emergenza-errori">
        {apertura.autorizzazioni.map((x) => (
          <li key={x.dal + x.provvedimento}>
            {t.autorizzazioneRiga(x.provvedimento, x.autorizzataDa, giornoEOra(x.dal), giornoEOra(x.al))}
          </li>
        ))}
        {apertura.giornate.map((g) => (
          <li key={g.giorno}>{t.giornataRiga(giorno(g.giorno), g.totale)}</li>
        ))}
        {apertura.deroga === null ? null : (
          <li>{t.derogaRiga(apertura.deroga.da, giornoEOra(apertura.deroga.il), apertura.deroga.motivo)}</li>
        )}
        <li>{t.origine[apertura.origine] ?? apertura.origine}</li>
      </ul>
    </details>
  )
}

function colonneDi(gestisce: boolean, scegli: (foglio: Foglio, apertura: AperturaDto) => void): Colonna<AperturaDto>[] {
  const titles = t.colonne
  const columns: Colonna<AperturaDto>[] = [
    { chiave: 'registro', titolo: titles.registro, intestazione: true, cella: (a) => `${a.registro.codice} · ${a.registro.sede}` },
    { chiave: 'inizio', titolo: titles.inizio, classe: 'cella-data', cella: (a) => giornoEOra(a.inizio) },
    {
      chiave: 'causa',
      titolo: titles.causa,
      classe: 'cella-larga',
      cella: (a) => (
        <>
          {a.causa}
          <Dettagli apertura={a} />
        </>
      ),
    },
    { chiave: 'ripristino', titolo: titles.ripristino, classe: 'cella-data', cella: (a) => giornoEOra(a.ripristino) || '—' },
    { chiave: 'righe', titolo: titles.righe, classe: 'cella-numero', cella: (a) => a.righeDichiarate ?? a.righe },
    {
      chiave: 'stato',
      titolo: titles.stato,
      cella: (a) => {
        const { tono, testo } = condizioneDi(a, Date.now())
        return (
          <>
            <Stato tono={tono}>{testo}</Stato>
            {a.coperturaFino === null ? null : <small> {t.coperta(giornoEOra(a.coperturaFino))}</small>}
          </>
        )
      },
    },
  ]
  if (!gestisce) return columns
  return [
    ...columns,
    {
      chiave: 'azioni',
      titolo: titles.azioni,
      cella: (a) =>
        azioniDi(a).length === 0 ? null : (
          <MenuAzioni
            etichetta={t.azioniDi(a.registro.codice)}
            bottone={titles.azioni}
            azioni={azioniDi(a).map(({ chiave, testo }) => ({
              chiave,
              testo,
              testoPiano: testo,
              onScelta: () => scegli(chiave, a),
            }))}
          />
        ),
    },
  ]
}

export function Aperture({ ente, quadro, onFatto }: { ente: string; quadro: Quadro; onFatto: (testo: string) => void }) {
  const [foglio, setFoglio] = useState<{ tipo: Foglio; apertura: AperturaDto | null } | null>(null)
  const close = (): void => setFoglio(null)
  const done = (testo: string): void => {
    close()
    onFatto(testo)
  }
  const common = { ente, onChiudi: close, onFatto: done }
  const apertura = foglio?.apertura ?? null
  return (
    <section className="riquadro riquadro-sotto" aria-label={t.titolo}>
      <h2>{t.titolo}</h2>
      {quadro.puoGestire && quadro.registri.length > 0 ? (
        <p>
          <button type="button" className="btn btn-primary btn-sm" onClick={() => setFoglio({ tipo: 'apri', apertura: null })}>
            {t.apri}
          </button>
        </p>
      ) : null}
      {quadro.aperture.length === 0 ? (
        <Vuoto>{t.vuoto}</Vuoto>
      ) : (
        <Tabella
          didascalia={t.titolo}
          colonne={colonneDi(quadro.puoGestire, (tipo, a) => setFoglio({ tipo, apertura: a }))}
          righe={quadro.aperture}
          chiave={(a) => a.id}
        />
      )}
      {foglio?.tipo === 'apri' ? <FoglioApertura {...common} registri={quadro.registri} /> : null}
      {foglio?.tipo === 'autorizza' && apertura !== null ? <FoglioAutorizza {...common} apertura={apertura} /> : null}
      {foglio?.tipo === 'giornata' && apertura !== null ? <FoglioGiornata {...common} apertura={apertura} /> : null}
      {foglio?.tipo === 'chiudi' && apertura !== null ? <FoglioChiudi {...common} apertura={apertura} /> : null}
      {foglio?.tipo === 'deroga' && apertura !== null ? <FoglioDeroga {...common} apertura={apertura} /> : null}
    </section>
  )
}
