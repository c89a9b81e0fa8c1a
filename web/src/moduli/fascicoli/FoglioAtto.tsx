/** A sheet made of a few fields and one act: what is missing is said beside its field, the first one takes the focus. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { Combobox, type ComboboxProps } from '../../ui/Combobox.tsx'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import type { Scelta } from '../protocollo/modulo.ts'

export interface CampoAtto {
  id: string
  etichetta: string
  /** Said when it is empty; absent, it may be empty. */
  errore?: string
  righe?: number
  opzioni?: { valore: string; testo: string }[]
  cerca?: ComboboxProps['cerca']
  chiave?: ComboboxProps['chiave']
  iniziale?: string
}

export interface FoglioAttoProps {
  titolo: string
  campi: CampoAtto[]
  invia: (valori: Record<string, string>) => Promise<unknown>
  onChiudi: () => void
  onFatto: () => void
}

export function FoglioAtto({ titolo, campi, invia, onChiudi, onFatto }: FoglioAttoProps) {
  const [valori, setValori] = useState<Record<string, string>>(() => Object.fromEntries(campi.map((c) => [c.id, c.iniziale ?? ''])))
  const [scelte, setScelte] = useState<Record<string, Scelta | null>>({})
  const [errori, setErrori] = useState<Record<string, string>>({})
  const act = useMutation({
    mutationFn: () => invia(Object.fromEntries(Object.entries(valori).map(([id, value]) => [id, value.trim()]))),
    onSuccess: onFatto,
  })
  const set = (id: string, value: string): void => {
    setValori((before) => ({ ...before, [id]: value }))
    setErrori(({ [id]: _gone, ...rest }) => rest)
  }
  function confirm(): void {
    const found = Object.fromEntries(
      campi.flatMap((c) => (c.errore !== undefined && (valori[c.id] ?? '').trim() === '' ? [[c.id, c.errore]] : [])),
    )
    setErrori(found)
    const first = Object.keys(found)[0]
    if (first === undefined) act.mutate()
    else document.getElementById(`atto-${first}`)?.focus()
  }
  return (
    <GuscioFoglio titolo={titolo} conferma={titolo} errore={act.error} inCorso={act.isPending} onConferma={confirm} onChiudi={onChiudi}>
      {campi.map((c) => {
        const common = { id: `atto-${c.id}`, etichetta: c.etichetta, obbligatorio: c.errore !== undefined, errore: errori[c.id] }
        if (c.cerca !== undefined) {
          return (
            <Combobox
              key={c.id}
              {...common}
              chiave={c.chiave ?? [c.id]}
              cerca={c.cerca}
              valore={scelte[c.id] ?? null}
              onScelta={(value) => {
                setScelte((before) => ({ ...before, [c.id]: value }))
                set(c.id, value?.id ?? '')
              }}
            />
          )
        }
        if (c.opzioni !== undefined)
          return (
            <CampoScelta key={c.id} {...common} valore={valori[c.id] ?? ''} opzioni={c.opzioni} onCambia={(value) => set(c.id, value)} />
          )
        return (
          <CampoTesto
            key={c.id}
            {...common}
            {...(c.righe === undefined ? {} : { righe: c.righe })}
            valore={valori[c.id] ?? ''}
            onCambia={(value) => set(c.id, value)}
          />
        )
      })}
    </GuscioFoglio>
  )
}
