/** The pages of a PDF: only those on screen are drawn, zoom in fixed steps, everything destroyed when the document changes. */
import { useVirtualizer } from '@tanstack/react-virtual'
import type { PDFDocumentLoadingTask, PDFDocumentProxy } from 'pdfjs-dist'
import { useEffect, useRef, useState } from 'react'
import { t } from '../testi/it.ts'
import { EsitoBar } from './EsitoBar.tsx'
import { Icona } from './Icona.tsx'
import { PaginaPdf } from './PaginaPdf.tsx'
import { apriPdf } from './pdf.ts'
import { useScorciatoie } from './Scorciatoie.tsx'

const STEPS = [0.5, 0.75, 1, 1.25, 1.5, 2]
const GAP = 12

interface Aperto {
  documento: PDFDocumentProxy
  rapporto: number
}

function useDocumento(dati: ArrayBuffer): { aperto: Aperto | null; guasto: boolean } {
  const [aperto, setAperto] = useState<Aperto | null>(null)
  const [guasto, setGuasto] = useState(false)
  useEffect(() => {
    let task: PDFDocumentLoadingTask | null = null
    let gone = false
    setAperto(null)
    setGuasto(false)
    apriPdf(dati)
      .then(async (opened) => {
        task = opened.task
        if (gone) return void task.destroy()
        const size = (await opened.documento.getPage(1)).getViewport({ scale: 1 })
        if (!gone) setAperto({ documento: opened.documento, rapporto: size.height / size.width })
      })
      .catch(() => {
        if (!gone) setGuasto(true)
      })
    return () => {
      gone = true
      void task?.destroy()
    }
  }, [dati])
  return { aperto, guasto }
}

/** Width the pages may take, measured after each resize of the pane (debounced: no loop of layout and drawing). */
function useLarghezza(): { ref: React.RefObject<HTMLDivElement | null>; larghezza: number } {
  const ref = useRef<HTMLDivElement>(null)
  const [larghezza, setLarghezza] = useState(0)
  useEffect(() => {
    const element = ref.current
    if (element === null) return
    const measure = (): void => setLarghezza(Math.max(200, Math.floor(element.clientWidth - 24)))
    measure()
    let timer = 0
    const observer = new ResizeObserver(() => {
      window.clearTimeout(timer)
      timer = window.setTimeout(measure, 120)
    })
    observer.observe(element)
    return () => {
      window.clearTimeout(timer)
      observer.disconnect()
    }
  }, [])
  return { ref, larghezza }
}

export function AnteprimaPdf({ dati, nome }: { dati: ArrayBuffer; nome: string }) {
  const { aperto, guasto } = useDocumento(dati)
  const { ref, larghezza } = useLarghezza()
  const [zoom, setZoom] = useState(1)
  const width = Math.round(Math.min(larghezza, 1100) * zoom)
  const pages = aperto?.documento.numPages ?? 0
  const virtual = useVirtualizer({
    count: pages,
    getScrollElement: () => ref.current,
    estimateSize: () => Math.round(width * (aperto?.rapporto ?? 1.414)) + GAP,
    overscan: 1,
  })
  useEffect(() => virtual.measure(), [width, aperto, virtual])
  const top = virtual.scrollOffset ?? 0
  const current = Math.min(pages, Math.max(1, (virtual.getVirtualItemForOffset(top + 80)?.index ?? 0) + 1))
  const go = (page: number): void => virtual.scrollToIndex(Math.min(pages, Math.max(1, page)) - 1, { align: 'start' })
  useScorciatoie({ 'Alt+End': () => go(current + 1), 'Alt+Home': () => go(current - 1) })
  const step = (delta: number): void => setZoom(STEPS[Math.min(STEPS.length - 1, Math.max(0, STEPS.indexOf(zoom) + delta))] ?? 1)

  return (
    <div className="pdf">
      <div className="pdf-barra">
        <button
          type="button"
          className="pulsante-icona"
          disabled={current <= 1}
          onClick={() => go(current - 1)}
          aria-label={t.anteprima.paginaPrecedente}
        >
          <Icona nome="chevron-left" />
        </button>
        <span className="pdf-conteggio">{pages === 0 ? '' : t.anteprima.conteggio(current, pages)}</span>
        <button
          type="button"
          className="pulsante-icona"
          disabled={current >= pages}
          onClick={() => go(current + 1)}
          aria-label={t.anteprima.paginaSuccessiva}
        >
          <Icona nome="chevron-right" />
        </button>
        <span className="pdf-spazio" />
        <button
          type="button"
          className="pulsante-icona"
          disabled={zoom === STEPS[0]}
          onClick={() => step(-1)}
          aria-label={t.anteprima.riduci}
        >
          <Icona nome="zoom-out" />
        </button>
        <span className="pdf-conteggio">{Math.round(zoom * 100)} %</span>
        <button
          type="button"
          className="pulsante-icona"
          disabled={zoom === STEPS.at(-1)}
          onClick={() => step(1)}
          aria-label={t.anteprima.ingrandisci}
        >
          <Icona nome="zoom-in" />
        </button>
      </div>
      <div ref={ref} className="pdf-pagine" role="region" tabIndex={0} aria-label={t.anteprima.di(nome)}>
        {guasto ? <EsitoBar tipo="avviso">{t.anteprima.guasto}</EsitoBar> : null}
        {aperto === null || larghezza === 0 ? null : (
          <div className="pdf-rullo" style={{ height: virtual.getTotalSize(), width: width + 24 }}>
            {virtual.getVirtualItems().map((item) => (
              <div key={item.key} className="pdf-posto" style={{ transform: `translateY(${item.start}px)` }}>
                <PaginaPdf documento={aperto.documento} numero={item.index + 1} larghezza={width} />
              </div>
            ))}
          </div>
        )}
      </div>
    </div>
  )
}
