/** How the register is going: one chart for each question of art. 65, same period and office for all. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama, conParametri } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoScelta } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { giornoItaliano, leggiGiorno, scriviGiorno } from '../../ui/date.ts'
import { Grafico } from '../../ui/Grafico.tsx'
import { Icona } from '../../ui/Icona.tsx'
import { ufficiQuery } from '../protocollo/dati.ts'

type Chiave = keyof typeof t.statistiche.grafici

interface Statistica {
  unita: 'numero' | 'ore' | 'percento'
  serie: string[]
  righe: { etichetta: string; valori: (number | null)[] }[]
  riservatiEsclusi: boolean
}

const COLONNE: readonly Chiave[] = ['registrazioni', 'canali', 'ritardi', 'annullamenti']
const CHIAVI = Object.keys(t.statistiche.grafici) as Chiave[]

interface Filtri {
  da: string
  a: string
  ufficio: string
  passo: string
}

function Riquadro({ ente, chiave, filtri }: { ente: string; chiave: Chiave; filtri: Filtri }) {
  const { titolo, definizione } = t.statistiche.grafici[chiave]
  const query = useQuery({
    queryKey: ['statistiche', ente, chiave, filtri],
    queryFn: () => chiama<Statistica>(conParametri(api(ente, 'statistiche', chiave), { ...filtri })),
  })
  return (
    <section className="riquadro">
      <h2>{titolo}</h2>
      <p className="campo-aiuto">{definizione}</p>
      <Carica query={query} cosa={titolo} righe={4}>
        {(dati) => {
          const total = dati.righe.reduce((sum, row) => sum + row.valori.reduce<number>((n, v) => n + (v ?? 0), 0), 0)
          return dati.righe.length === 0 ? (
            <p>{t.statistiche.vuoto}</p>
          ) : (
            <Grafico
              titolo={titolo}
              frase={t.statistiche.frase(total, dati.unita, dati.righe.length)}
              voce={t.statistiche.voce}
              serie={dati.serie.map((name) => t.statistiche.serie[name] ?? name)}
              righe={dati.righe}
              forma={COLONNE.includes(chiave) ? 'colonne' : 'barre'}
              scrivi={(value) => t.statistiche.valore(value, dati.unita)}
            />
          )
        }}
      </Carica>
      <a
        className="collegamento"
        href={conParametri(api(ente, 'statistiche', chiave, 'csv'), { ...filtri })}
        download
        aria-label={t.statistiche.csvDi(titolo)}
      >
        <Icona nome="download" dimensione={16} /> {t.statistiche.csv}
      </a>
    </section>
  )
}

export function Component() {
  const { slug, ente } = useEnte()
  const [parametri, setParametri] = useSearchParams()
  const filtri: Filtri = {
    da: parametri.get('da') ?? '',
    a: parametri.get('a') ?? '',
    ufficio: parametri.get('ufficio') ?? '',
    passo: parametri.get('passo') ?? 'mese',
  }
  const [testi, setTesti] = useState({
    da: filtri.da === '' ? '' : scriviGiorno(filtri.da),
    a: filtri.a === '' ? '' : scriviGiorno(filtri.a),
  })
  const uffici = useQuery(ufficiQuery(slug))
  const set = (chiave: keyof Filtri, value: string): void =>
    setParametri(
      (before) => {
        const next = new URLSearchParams(before)
        if (value === '') next.delete(chiave)
        else next.set(chiave, value)
        return next
      },
      { replace: true },
    )
  const setDay = (chiave: 'da' | 'a') => (text: string) => {
    setTesti((before) => ({ ...before, [chiave]: text }))
    const day = text.trim() === '' ? '' : leggiGiorno(text, giornoItaliano(new Date()))
    if (day !== null) set(chiave, day)
  }
  const whole = ente?.profili.some((p) => p === 'responsabileGestioneDocumentale' || p === 'vicario') ?? false
  return (
    <div className="pagina">
      <Titolo>{t.statistiche.titolo}</Titolo>
      <p>{t.statistiche.sottotitolo}</p>
      {whole ? null : <p className="campo-aiuto">{t.statistiche.riservati}</p>}
      <fieldset className="filtri-statistiche">
        <legend className="visually-hidden">{t.statistiche.filtri}</legend>
        <CampoData id="statistiche-da" etichetta={t.statistiche.da} valore={testi.da} onCambia={setDay('da')} />
        <CampoData id="statistiche-a" etichetta={t.statistiche.a} valore={testi.a} onCambia={setDay('a')} />
        <CampoScelta
          id="statistiche-ufficio"
          etichetta={t.statistiche.ufficio}
          vuota={t.statistiche.tutti}
          valore={filtri.ufficio}
          opzioni={(uffici.data ?? []).map((u) => ({ valore: u.id, testo: u.denominazione }))}
          onCambia={(value) => set('ufficio', value)}
        />
        <CampoScelta
          id="statistiche-passo"
          etichetta={t.statistiche.passo}
          valore={filtri.passo}
          opzioni={(['mese', 'giorno'] as const).map((valore) => ({ valore, testo: t.statistiche.passi[valore] }))}
          onCambia={(value) => set('passo', value)}
        />
      </fieldset>
      <div className="statistiche">
        {CHIAVI.map((chiave) => (
          <Riquadro key={chiave} ente={slug} chiave={chiave} filtri={filtri} />
        ))}
      </div>
    </div>
  )
}
