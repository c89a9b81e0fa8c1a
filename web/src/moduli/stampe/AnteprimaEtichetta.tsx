/** A label as it comes out of the printer, in its real millimetres on a screen at 100 %. */
import { useQuery } from '@tanstack/react-query'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import { useEffect, useState } from 'react'
import { api, conParametri, scaricaBytes } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { Carica } from '../../ui/Attesa.tsx'
import { PaginaPdf } from '../../ui/PaginaPdf.tsx'
import { apriPdf } from '../../ui/pdf.ts'
import type { Impostazioni } from './tipi.ts'

/** CSS pixels of a millimetre. */
const MILLIMETRO = 96 / 25.4

/** Address of the label with invented data. */
export function percorsoProva(ente: string, formato: Impostazioni['formatoEtichetta']): string {
  return conParametri(api(ente, 'stampe', 'etichetta-di-prova.pdf'), { formato })
}

function Foglio({ dati, larghezza }: { dati: ArrayBuffer; larghezza: number }) {
  const [documento, setDocumento] = useState<PDFDocumentProxy | null>(null)
  useEffect(() => {
    let close: (() => Promise<void>) | null = null
    let gone = false
    // The library takes the bytes for itself: a copy leaves the others to the next drawing.
    void apriPdf(dati.slice(0)).then((opened) => {
      close = () => opened.task.destroy()
      if (gone) void close()
      else setDocumento(opened.documento)
    })
    return () => {
      gone = true
      setDocumento(null)
      void close?.()
    }
  }, [dati])
  return documento === null ? null : <PaginaPdf documento={documento} numero={1} larghezza={larghezza} />
}

export function AnteprimaEtichetta({ ente, formato }: { ente: string; formato: Impostazioni['formatoEtichetta'] }) {
  const query = useQuery({
    queryKey: ['etichetta-di-prova', ente, formato],
    queryFn: ({ signal }) => scaricaBytes(percorsoProva(ente, formato), { segnale: signal }),
  })
  return (
    <figure className="anteprima-etichetta" aria-label={t.stampe.anteprimaDi(t.stampe.formatiEtichetta[formato])}>
      <Carica query={query} cosa={t.stampe.anteprima} righe={3}>
        {(dati) => <Foglio dati={dati} larghezza={Number(formato.split('x')[0]) * MILLIMETRO} />}
      </Carica>
      <figcaption>
        <span className="righello">{t.stampe.riga}</span>
        {t.stampe.anteprimaAiuto}
      </figcaption>
    </figure>
  )
}
