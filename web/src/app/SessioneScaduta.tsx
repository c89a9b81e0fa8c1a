/** The expired session: a dialog over the page, the login in another window, then the waiting requests go on. And the warning before. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { leggiSessione } from '../api/client.ts'
import { ascoltaRientro, concludiRientro, statoRientro } from '../api/rientro.ts'
import { sessioneQuery, useSessione } from '../api/sessione.tsx'
import { t } from '../testi/it.ts'
import { EsitoBar } from '../ui/EsitoBar.tsx'
import { Finestra } from '../ui/Finestra.tsx'

function useControllo(): { controlla: () => Promise<boolean>; ancora: boolean } {
  const client = useQueryClient()
  const [ancora, setAncora] = useState(false)
  async function controlla(): Promise<boolean> {
    const sessione = await leggiSessione().catch(() => null)
    if (sessione?.autenticato) {
      client.setQueryData(sessioneQuery.queryKey, sessione)
      concludiRientro(true)
      setAncora(false)
      return true
    }
    setAncora(true)
    return false
  }
  return { controlla, ancora }
}

function DialogoScaduta() {
  const { controlla, ancora } = useControllo()
  const per = useSessione().attore?.tipo ?? (window.location.pathname.includes('/area-personale') ? 'cittadino' : 'operatore')
  useEffect(() => ascoltaRientro(() => void controlla()))
  const login = `/accesso?ritorno=${encodeURIComponent('/accesso/rientro')}&per=${per}`
  return (
    <Finestra
      titolo={t.accesso.scadutaTitolo}
      onChiudi={() => concludiRientro(false)}
      azioni={
        <>
          <a className="btn btn-primary btn-sm" href={login} target="faldone-accesso">
            {t.accesso.scadutaAccedi}
          </a>
          <button type="button" className="btn btn-outline-primary btn-sm" onClick={() => void controlla()}>
            {t.accesso.scadutaVerifica}
          </button>
        </>
      }
    >
      <p>{t.accesso.scadutaTesto}</p>
      {ancora ? <EsitoBar tipo="avviso">{t.accesso.scadutaAncora}</EsitoBar> : null}
    </Finestra>
  )
}

const WARNING_MINUTES = 5

function useMinutiRimasti(scadeIl: string | undefined): number | null {
  const [minuti, setMinuti] = useState<number | null>(null)
  useEffect(() => {
    if (scadeIl === undefined) return setMinuti(null)
    const update = (): void => {
      const left = (new Date(scadeIl).getTime() - Date.now()) / 60_000
      setMinuti(left > 0 && left <= WARNING_MINUTES ? Math.max(1, Math.ceil(left)) : null)
    }
    update()
    const timer = setInterval(update, 20_000)
    return () => clearInterval(timer)
  }, [scadeIl])
  return minuti
}

export function SessioneScaduta() {
  const scaduta = useSyncExternalStore(statoRientro.subscribe, statoRientro.read)
  const sessione = useSessione()
  const client = useQueryClient()
  const minuti = useMinutiRimasti(sessione.autenticato ? sessione.scadeIl : undefined)
  if (scaduta) return <DialogoScaduta />
  if (minuti === null) return null
  return (
    <div className="avviso-fisso">
      <EsitoBar
        tipo="avviso"
        azioni={
          <button
            type="button"
            className="btn btn-primary btn-xs"
            onClick={() => void client.refetchQueries({ queryKey: sessioneQuery.queryKey })}
          >
            {t.accesso.continua}
          </button>
        }
      >
        <strong>{t.accesso.staiPerUscire}</strong> {t.accesso.staiPerUscireTesto(minuti)}
      </EsitoBar>
    </div>
  )
}
