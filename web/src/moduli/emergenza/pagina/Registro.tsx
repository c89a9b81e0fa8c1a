/** The unlocked register: where it stands, the form, the list, what closes it and what leaves it. */
import { useEffect, useMemo, useState } from 'react'
import type { DatiEmergenza, FattoEmergenza } from '../tipi.ts'
import { emergenza } from '../../../testi/it-emergenza.ts'
import { CampoTesto } from '../../../ui/Campo.tsx'
import { EsitoBar } from '../../../ui/EsitoBar.tsx'
import { scriviIstante } from './campi.tsx'
import type { Deposito } from './deposito.ts'
import { Elenco } from './Elenco.tsx'
import { codiceVerifica, leggiSerie, nuovaRiga, type Voce } from './formato.ts'
import { Autorizza, ChiudiRegistro, Esporta, Giornate } from './Gestione.tsx'
import { ModuloApertura } from './ModuloApertura.tsx'
import { ModuloRegistrazione } from './ModuloRegistrazione.tsx'
import { bloccoRegistrazione, copertaFino, prossimoNumero, statoDi, type Interruzione } from './regole.ts'
import { Stampa, type DaStampare } from './Stampe.tsx'

const t = emergenza.pagina

/** The clock of the page: coverage ends while people write. */
function useAdesso(): number {
  const [adesso, setAdesso] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setAdesso(Date.now()), 10_000)
    return () => clearInterval(timer)
  }, [])
  return adesso
}

function Copertura({ aperta, adesso }: { aperta: Interruzione; adesso: number }) {
  const end = copertaFino(aperta, adesso)
  return end === null ? <EsitoBar tipo="errore">{t.scaduta}</EsitoBar> : <p className="campo-aiuto">{t.copertura(scriviIstante(end))}</p>
}

type SenzaFirma<T> = T extends FattoEmergenza ? Omit<T, 'operatore' | 'scritto'> : never
/** A fact before who wrote it and when are added. */
export type NuovoFatto = SenzaFirma<FattoEmergenza>

export function Registro({ deposito, onDeposito }: { deposito: Deposito; onDeposito: (deposito: Deposito) => void }) {
  const dotazione = deposito.dotazione
  if (dotazione === null) throw new Error('the series is not installed')
  const serie = useMemo(() => leggiSerie(dotazione.serie), [dotazione.serie])
  const voci = useMemo(
    () => deposito.righe.map((riga): Voce => ({ ...riga, fatto: JSON.parse(riga.dati) as FattoEmergenza })),
    [deposito.righe],
  )
  const stato = useMemo(() => statoDi(serie, voci), [serie, voci])
  const adesso = useAdesso()
  const [operatore, setOperatore] = useState('')
  const [chiErrato, setChiErrato] = useState(false)
  const [esito, setEsito] = useState<string | null>(null)
  const [stampa, setStampa] = useState<DaStampare | null>(null)
  const { aperta } = stato

  /** Writes a fact after the last one. Rejects when nobody says who writes. */
  async function write(fatto: NuovoFatto, fatta: (impronta: string) => string): Promise<void> {
    if (operatore.trim() === '') {
      setChiErrato(true)
      document.getElementById('operatore')?.focus()
      throw new Error(t.chi.errore)
    }
    setChiErrato(false)
    const whole = { ...fatto, operatore: operatore.trim(), scritto: new Date().toISOString() } as FattoEmergenza
    const riga = await nuovaRiga(serieText(deposito), deposito.righe, whole)
    onDeposito(await deposito.aggiungi(riga))
    setEsito(fatta(riga.impronta))
  }
  async function register(dati: DatiEmergenza, istante: number, trascritta: boolean): Promise<void> {
    const { numero, anno, progressivo } = prossimoNumero(serie, stato, istante)
    await write(
      { tipo: 'registrazione', numero, anno, progressivo, istante: new Date(istante).toISOString(), trascritta, dati },
      (impronta) => t.modulo.fatta(numero, codiceVerifica(impronta)),
    )
  }
  if (stampa !== null) return <Stampa serie={serie} cosa={stampa} onChiudi={() => setStampa(null)} />
  return (
    <>
      <h1>{`${serie.registro.codice} · ${serie.registro.sede}`}</h1>
      <p className="campo-aiuto">{`${serie.ente.denominazione} · ${serie.aoo.denominazione} · ${serie.dispositivo}`}</p>
      <div role="status">{esito === null ? null : <EsitoBar tipo="riuscito">{esito}</EsitoBar>}</div>
      <div className="emergenza-stretto">
        <CampoTesto
          id="operatore"
          etichetta={t.chi.etichetta}
          obbligatorio
          valore={operatore}
          errore={chiErrato ? t.chi.errore : undefined}
          onCambia={setOperatore}
        />
      </div>
      {aperta === null ? (
        <>
          {stato.interruzioni.length === 0 ? null : <EsitoBar tipo="info">{t.chiuso}</EsitoBar>}
          <ModuloApertura stato={stato} scrivi={write} />
        </>
      ) : (
        <>
          <div className="emergenza-aperta">
            <strong>{t.aperto(serie.registro.codice, scriviIstante(aperta.fatto.inizio), aperta.fatto.causa)}</strong>
            <Copertura aperta={aperta} adesso={adesso} />
          </div>
          <ModuloRegistrazione
            dotazione={dotazione}
            prossimo={prossimoNumero(serie, stato, adesso).numero}
            blocco={(istante) => bloccoRegistrazione(stato, istante, Date.now())}
            onRegistra={register}
          />
          <Elenco interruzione={aperta} onStampa={setStampa} />
          <Autorizza interruzione={aperta} scrivi={write} />
          <Giornate interruzione={aperta} scrivi={write} />
          <ChiudiRegistro key={deposito.righe.length} interruzione={aperta} scrivi={write} />
        </>
      )}
      <Esporta deposito={deposito} serie={serie} aperta={aperta !== null} onDeposito={onDeposito} onFatto={setEsito} />
      <section className="emergenza-riquadro">
        <h2>{t.elenco.stampaModulo}</h2>
        <button type="button" className="btn btn-outline-primary btn-sm" onClick={() => setStampa({ tipo: 'modulo' })}>
          {t.elenco.stampaModulo}
        </button>
      </section>
      <Storia interruzioni={stato.interruzioni.filter((i) => i !== aperta)} onStampa={setStampa} />
    </>
  )
}

function serieText(deposito: Deposito): string {
  return deposito.dotazione?.serie ?? ''
}

function Storia({ interruzioni, onStampa }: { interruzioni: readonly Interruzione[]; onStampa: (cosa: DaStampare) => void }) {
  if (interruzioni.length === 0) return null
  return (
    <section className="emergenza-riquadro">
      <h2>{t.storia.titolo}</h2>
      <ul>
        {interruzioni.map((i) => {
          const words = t.storia.voce(
            scriviIstante(i.fatto.inizio),
            scriviIstante(i.chiusura?.ripristino ?? i.fatto.inizio),
            i.righe.length,
          )
          return (
            <li key={i.fatto.inizio}>
              {words}{' '}
              <button
                type="button"
                className="collegamento"
                aria-label={`${t.elenco.stampaRegistro}: ${words}`}
                onClick={() => onStampa({ tipo: 'registro', interruzione: i })}
              >
                {t.elenco.stampaRegistro}
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
