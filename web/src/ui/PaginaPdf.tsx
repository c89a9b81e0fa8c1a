/** One page: canvas plus a text layer, so that text can be selected, searched and read aloud. */
import type { PDFDocumentProxy, RenderTask } from 'pdfjs-dist'
import { useEffect, useRef } from 'react'
import { t } from '../testi/it.ts'
import { pdfjs } from './pdf.ts'

export interface PaginaPdfProps {
  documento: PDFDocumentProxy
  numero: number
  larghezza: number
}

export function PaginaPdf({ documento, numero, larghezza }: PaginaPdfProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const layer = useRef<HTMLDivElement>(null)

  useEffect(() => {
    let cancelled = false
    let render: RenderTask | null = null
    let text: { cancel(): void } | null = null
    async function draw(): Promise<void> {
      const [page, lib] = await Promise.all([documento.getPage(numero), pdfjs()])
      if (cancelled || canvas.current === null || layer.current === null) return
      const scale = larghezza / page.getViewport({ scale: 1 }).width
      const viewport = page.getViewport({ scale })
      const ratio = Math.min(window.devicePixelRatio || 1, 2)
      const element = canvas.current
      element.width = Math.floor(viewport.width * ratio)
      element.height = Math.floor(viewport.height * ratio)
      element.style.width = `${Math.floor(viewport.width)}px`
      element.style.height = `${Math.floor(viewport.height)}px`
      render = page.render({ canvas: element, viewport, ...(ratio === 1 ? {} : { transform: [ratio, 0, 0, ratio, 0, 0] }) })
      await render.promise
      if (cancelled || layer.current === null) return
      layer.current.replaceChildren()
      layer.current.style.setProperty('--total-scale-factor', String(scale))
      const textLayer = new lib.TextLayer({ textContentSource: page.streamTextContent(), container: layer.current, viewport })
      text = textLayer
      await textLayer.render()
    }
    draw().catch((error: unknown) => {
      // A cancelled drawing is the normal end of a page that left the screen.
      if (!cancelled) console.warn(error)
    })
    return () => {
      cancelled = true
      render?.cancel()
      text?.cancel()
    }
  }, [documento, numero, larghezza])

  return (
    <div className="pdf-pagina" data-pagina={numero}>
      <canvas ref={canvas} role="img" aria-label={t.pagina(numero, documento.numPages)} />
      <div ref={layer} className="textLayer" />
    </div>
  )
}
