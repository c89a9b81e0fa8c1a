/** A draft saved as it is written: one second after the last key, on leaving, and never over what somebody else wrote. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { Problema } from '../../api/problema.ts'
import { bozzaQuery, type Bozza, type Dati } from './dati.ts'

export interface Modifica {
  dati: Dati
  corpo: string
  fascicoloId: string | null
  modelloId: string | null
  richiedeFirma: boolean
}

export interface BozzaAperta {
  bozza: Bozza
  /** What is on screen, saved or not. */
  corrente: Modifica
  cambia: (patch: Partial<Modifica>) => void
  cambiaDati: (patch: Partial<Dati>) => void
  stato: 'salvata' | 'in attesa' | 'errore' | 'conflitto'
  errore: unknown
  /** Saves now; answers the draft as it is on the server. Throws Problema. */
  salva: () => Promise<Bozza>
  accogli: (bozza: Bozza) => void
  /** Words of the ids in the data: those the server sent and those just chosen. */
  nome: (id: string) => string
  ricorda: (id: string, testo: string) => void
  /** After a conflict: takes what the other wrote, or keeps one's own. */
  ricarica: () => void
  sovrascrivi: () => void
}

const PAUSE = 1000

const modificaDi = (b: Bozza): Modifica => ({
  dati: b.dati,
  corpo: b.corpo,
  fascicoloId: b.fascicolo?.id ?? null,
  modelloId: b.modello?.id ?? null,
  richiedeFirma: b.richiedeFirma,
})

export function useBozza(ente: string, iniziale: Bozza): BozzaAperta {
  const client = useQueryClient()
  const [bozza, setBozza] = useState(iniziale)
  const [corrente, setCorrente] = useState<Modifica>(() => modificaDi(iniziale))
  const [stato, setStato] = useState<BozzaAperta['stato']>('salvata')
  const [errore, setErrore] = useState<unknown>(null)
  const [nomi, setNomi] = useState<Record<string, string>>({})
  const latest = useRef({ bozza, corrente, sporca: false })
  const sending = useRef<Promise<Bozza> | null>(null)

  const accept = useCallback(
    (saved: Bozza) => {
      latest.current.bozza = saved
      client.setQueryData(bozzaQuery(ente, saved.id).queryKey, saved)
      setBozza(saved)
    },
    [client, ente],
  )
  const salva = useCallback(async (): Promise<Bozza> => {
    if (sending.current !== null) await sending.current.catch(() => null)
    if (!latest.current.sporca) return latest.current.bozza
    latest.current.sporca = false
    const { bozza: base, corrente: now } = latest.current
    const request = chiama<Bozza>(api(ente, 'bozze', base.id), { metodo: 'PUT', corpo: { versione: base.versione, ...now } })
    sending.current = request
    try {
      const saved = await request
      accept(saved)
      setErrore(null)
      setStato(latest.current.sporca ? 'in attesa' : 'salvata')
      return saved
    } catch (error) {
      latest.current.sporca = true
      setErrore(error)
      setStato(error instanceof Problema && error.codice === 'bozza-cambiata' ? 'conflitto' : 'errore')
      throw error
    } finally {
      sending.current = null
    }
  }, [accept, ente])

  useEffect(() => {
    if (stato !== 'in attesa') return
    const timer = setTimeout(() => void salva().catch(() => null), PAUSE)
    return () => clearTimeout(timer)
  }, [corrente, stato, salva])
  // Leaving the page must not lose the last words.
  useEffect(
    () => () => {
      if (latest.current.sporca) void salva().catch(() => null)
    },
    [salva],
  )

  const cambia = useCallback((patch: Partial<Modifica>) => {
    latest.current.sporca = true
    latest.current.corrente = { ...latest.current.corrente, ...patch }
    setCorrente(latest.current.corrente)
    setStato((before) => (before === 'conflitto' ? before : 'in attesa'))
  }, [])
  const accogli = useCallback(
    (next: Bozza) => {
      accept(next)
      latest.current = { bozza: next, corrente: modificaDi(next), sporca: false }
      setCorrente(latest.current.corrente)
      setErrore(null)
      setStato('salvata')
    },
    [accept],
  )
  const reread = useCallback(async (): Promise<Bozza> => await chiama<Bozza>(api(ente, 'bozze', latest.current.bozza.id)), [ente])
  return {
    bozza,
    corrente,
    cambia,
    cambiaDati: (patch) => cambia({ dati: { ...latest.current.corrente.dati, ...patch } }),
    stato,
    errore,
    salva,
    accogli,
    nome: (id) => nomi[id] ?? bozza.nomi[id] ?? id,
    ricorda: (id, testo) => setNomi((before) => ({ ...before, [id]: testo })),
    ricarica: () => void reread().then(accogli, setErrore),
    sovrascrivi: () =>
      void reread().then((theirs) => {
        accept(theirs)
        setStato('in attesa')
      }, setErrore),
  }
}
