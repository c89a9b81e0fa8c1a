/** A sheet made of a few fields and one act: what is missing is said beside its field, the first one takes the focus. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useEnte } from '../../api/sessione.tsx'
import { Campo, CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { Combobox, type ComboboxProps } from '../../ui/Combobox.tsx'
import { caricaFile } from '../protocollo/caricamento.ts'
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
  /** A file to upload: its value is the stored content with its name, as JSON. */
  file?: true
}

export interface FoglioAttoProps {
  titolo: string
  testo?: string
  campi: CampoAtto[]
  invia: (valori: Record<string, string>) => Promise<unknown>
  onChiudi: () => void
  onFatto: () => void
}

/** A file goes to the store as soon as it is chosen; the act names it. */
function CampoFile({
  id,
  etichetta,
  errore,
  onFile,
}: {
  id: string
  etichetta: string
  errore: string | undefined
  onFile: (value: string) => void
}) {
  const { slug } = useEnte()
  const upload = useMutation({
    mutationFn: (file: File) => caricaFile(slug, file, () => undefined),
    onSuccess: (stored) => onFile(JSON.stringify({ contenutoId: stored.id, nome: stored.nome })),
  })
  return (
    <Campo id={id} etichetta={etichetta} obbligatorio errore={errore ?? (upload.error === null ? undefined : upload.error.message)}>
      <input
        id={id}
        type="file"
        className="controllo"
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file !== undefined) upload.mutate(file)
        }}
      />
      {upload.data === undefined ? null : <p className="campo-aiuto">{upload.data.nome}</p>}
    </Campo>
  )
}

export function FoglioAtto({ titolo, testo, campi, invia, onChiudi, onFatto }: FoglioAttoProps) {
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
      {testo === undefined ? null : <p>{testo}</p>}
      {campi.map((c) => {
        const common = { id: `atto-${c.id}`, etichetta: c.etichetta, obbligatorio: c.errore !== undefined, errore: errori[c.id] }
        if (c.file === true)
          return (
            <CampoFile key={c.id} id={`atto-${c.id}`} etichetta={c.etichetta} errore={errori[c.id]} onFile={(value) => set(c.id, value)} />
          )
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
