/** Preview of a file: PDF pages, an image, plain text; for anything else the way to download it, because the original is intact. */
import { useQuery, type QueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { scaricaBytes } from '../api/client.ts'
import { t } from '../testi/it.ts'
import { AnteprimaPdf } from './AnteprimaPdf.tsx'
import { Carica, Vuoto } from './Attesa.tsx'
import { tipoFile } from './formati.ts'
import { Icona } from './Icona.tsx'

export interface AnteprimaProps {
  /** Address of the bytes. */
  url: string
  nome: string
  mime: string
}

type Genere = 'pdf' | 'immagine' | 'testo' | 'altro'

function genere(mime: string, nome: string): Genere {
  if (mime === 'application/pdf' || /\.pdf$/i.test(nome)) return 'pdf'
  if (/^image\/(png|jpeg|gif|webp)$/.test(mime)) return 'immagine'
  if (/^text\/|xml$|^message\/|json$/.test(mime)) return 'testo'
  return 'altro'
}

function bytesQuery(url: string) {
  return {
    queryKey: ['bytes', url],
    queryFn: ({ signal }: { signal: AbortSignal }) => scaricaBytes(url, { segnale: signal }),
    staleTime: Infinity,
    gcTime: 120_000,
    retry: 1,
  }
}

/** Loads the bytes of a preview before it is needed, so that the next document is already there. */
export function precaricaAnteprima(client: QueryClient, { url, nome, mime }: AnteprimaProps): void {
  if (genere(mime, nome) !== 'altro') void client.prefetchQuery(bytesQuery(url))
}

function Immagine({ dati, nome, mime }: { dati: ArrayBuffer; nome: string; mime: string }) {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    const address = URL.createObjectURL(new Blob([dati], { type: mime }))
    setUrl(address)
    return () => URL.revokeObjectURL(address)
  }, [dati, mime])
  return (
    <div className="anteprima-scorre" role="region" tabIndex={0} aria-label={t.anteprima.di(nome)}>
      {url === null ? null : <img src={url} alt={t.anteprima.immagine(nome)} className="anteprima-immagine" />}
    </div>
  )
}

function Testo({ dati, nome, mime }: { dati: ArrayBuffer; nome: string; mime: string }) {
  const text = useMemo(() => {
    const raw = new TextDecoder().decode(dati)
    if (mime !== 'text/html') return raw
    return new DOMParser().parseFromString(raw, 'text/html').body.textContent ?? ''
  }, [dati, mime])
  return (
    <div className="anteprima-scorre" role="region" tabIndex={0} aria-label={t.anteprima.di(nome)}>
      <pre className="anteprima-testo">{text}</pre>
    </div>
  )
}

export function Anteprima({ url, nome, mime }: AnteprimaProps) {
  const kind = genere(mime, nome)
  const query = useQuery({ ...bytesQuery(url), enabled: kind !== 'altro' })
  return (
    <div className="anteprima">
      {kind === 'altro' ? (
        <Vuoto
          icona="file"
          azioni={
            <a className="btn btn-outline-primary btn-xs" href={url} download={nome}>
              <Icona nome="download" dimensione={18} /> {t.anteprima.scaricaFile(nome)}
            </a>
          }
        >
          {t.anteprima.nonDisponibile(tipoFile(nome, mime))}
        </Vuoto>
      ) : (
        <Carica query={query} cosa={t.anteprima.di(nome)} righe={12}>
          {(dati) =>
            kind === 'pdf' ? (
              <AnteprimaPdf dati={dati} nome={nome} />
            ) : kind === 'immagine' ? (
              <Immagine dati={dati} nome={nome} mime={mime} />
            ) : (
              <Testo dati={dati} nome={nome} mime={mime} />
            )
          }
        </Carica>
      )}
    </div>
  )
}
