/** State of the registration form with its draft, its checks and the act that gives the number. */
import { useMutation } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { compiAtto } from '../../api/client.ts'
import { Problema } from '../../api/problema.ts'
import type { Registrazione } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { giornoItaliano } from '../../ui/date.ts'
import { useSessione } from '../../api/sessione.tsx'
import { bozze } from './bozze.ts'
import { erroriDelServer, vaiAlCampo } from './errori.ts'
import { errori as check, type Avviso, type StatoModulo } from './modulo.ts'

export interface OpzioniModulo {
  ente: string
  /** Names the act and its draft: 'messaggio:<id>', 'nuova'. */
  atto: string
  percorso: string
  iniziale: StatoModulo
  /** The request of a form without errors. */
  richiesta: (stato: StatoModulo, oggi: string) => unknown
  onRegistrata: (registrazione: Registrazione, resta: boolean) => void
}

export interface ModuloEntrata {
  stato: StatoModulo
  cambia: (patch: Partial<StatoModulo>) => void
  errori: Avviso[]
  errore: (campo: string) => string | undefined
  rifiuto: Problema | null
  inCorso: boolean
  /** Something was changed by hand, or comes from a draft. */
  toccato: boolean
  ripresa: boolean
  registra: (resta?: boolean) => void
  ricomincia: () => void
}

const DRAFT_DELAY = 600

export function useModuloEntrata({ ente, atto, percorso, iniziale, richiesta, onRegistrata }: OpzioniModulo): ModuloEntrata {
  const persona = useSessione().attore?.nome ?? ''
  const drafts = useMemo(() => bozze<StatoModulo>(localStorage, `${ente}.${persona}`, () => Date.now()), [ente, persona])
  const [draft] = useState(() => drafts.leggi(atto))
  const [stato, setStato] = useState<StatoModulo>(draft === null ? iniziale : { ...iniziale, ...draft })
  const [toccato, setToccato] = useState(draft !== null)
  const [errori, setErrori] = useState<Avviso[]>([])
  const annuncia = useAnnuncio()
  const latest = useRef(stato)
  latest.current = stato
  const request = useRef(richiesta)
  request.current = richiesta
  const touched = useRef(toccato)
  touched.current = toccato

  const act = useMutation({
    mutationFn: ({ corpo }: { corpo: unknown; resta: boolean }) => compiAtto<Registrazione>(`${ente}:${atto}`, percorso, corpo),
    onSuccess: (registrazione, { resta }) => {
      // Also the ref: the form may leave the screen before it is drawn again.
      touched.current = false
      drafts.elimina(atto)
      setToccato(false)
      annuncia(t.modulo.annuncio(registrazione.numeroFormattato, registrazione.anno))
      onRegistrata(registrazione, resta)
    },
    onError: (error) => {
      if (!(error instanceof Problema)) return
      const refused = erroriDelServer(error)
      setErrori(refused)
      if (refused[0] !== undefined) vaiAlCampo(refused[0].campo)
      if (error.stato === 0) annuncia(t.errori.connessione, true)
    },
  })

  useEffect(() => {
    if (!toccato) return
    const timer = setTimeout(() => drafts.salva(atto, stato), DRAFT_DELAY)
    return () => {
      clearTimeout(timer)
    }
  }, [stato, toccato, drafts, atto])
  // Leaving the message at once must not lose the last keystrokes.
  useEffect(
    () => () => {
      if (touched.current) drafts.salva(atto, latest.current)
    },
    [drafts, atto],
  )

  const cambia = useCallback((patch: Partial<StatoModulo>) => {
    setToccato(true)
    setStato((before) => ({ ...before, ...patch }))
    setErrori((before) => before.filter((item) => !touches(item.campo, patch)))
  }, [])

  const { mutate, isPending } = act
  const registra = useCallback(
    (resta = false) => {
      if (isPending) return
      const today = giornoItaliano(new Date())
      const found = check(latest.current, today)
      setErrori(found)
      if (found[0] !== undefined) {
        const first = found[0].campo
        annuncia(t.campiDaCorreggere(found.length))
        // The fields of a folded sender appear with the error: wait for them.
        requestAnimationFrame(() => vaiAlCampo(first))
        return
      }
      mutate({ corpo: request.current(latest.current, today), resta })
    },
    [isPending, mutate, annuncia],
  )

  const ricomincia = useCallback(() => {
    drafts.elimina(atto)
    setToccato(false)
    setErrori([])
    setStato(iniziale)
  }, [drafts, atto, iniziale])

  return {
    stato,
    cambia,
    errori,
    errore: (campo) => errori.find((item) => item.campo === campo)?.messaggio,
    rifiuto: act.error instanceof Problema ? act.error : null,
    inCorso: act.isPending,
    toccato,
    ripresa: draft !== null && toccato,
    registra,
    ricomincia,
  }
}

const OWNERS: Record<string, keyof StatoModulo> = {
  voceId: 'voce',
  assegnazione: 'assegnatario',
  documento: 'principale',
  'protocolloMittente.numero': 'protocolloNumero',
  'protocolloMittente.data': 'protocolloData',
}

/** True when a change of the form concerns the field of an error. */
function touches(campo: string, patch: Partial<StatoModulo>): boolean {
  const key = OWNERS[campo] ?? (campo.split('.')[0] as keyof StatoModulo)
  return key in patch
}
