import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createCanvas } from '@napi-rs/canvas'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

const require = createRequire(import.meta.url)
let ready: Promise<void> | undefined

/** The page of a PDF as dots, as a printer of that resolution would put them on paper. */
export async function renderPagina(pdf: Uint8Array, pagina: number, dpi: number): Promise<ImageData> {
  const task = getDocument({ data: Uint8Array.from(pdf), verbosity: 0 })
  const document = await task.promise
  const page = await document.getPage(pagina)
  const viewport = page.getViewport({ scale: dpi / 72 })
  const canvas = createCanvas(Math.round(viewport.width), Math.round(viewport.height))
  const context = canvas.getContext('2d')
  await page.render({
    canvas: canvas as unknown as HTMLCanvasElement,
    canvasContext: context as unknown as CanvasRenderingContext2D,
    viewport,
  }).promise
  const image = context.getImageData(0, 0, canvas.width, canvas.height) as unknown as ImageData
  await task.destroy()
  return image
}

/** What a scanner reads on an image: format and text of every code, in the order of the formats' names. */
export async function readCodici(image: ImageData): Promise<{ formato: string; testo: string }[]> {
  ready ??= (async () => {
    const wasm = await readFile(require.resolve('zxing-wasm/reader/zxing_reader.wasm'))
    await prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(wasm).buffer }, fireImmediately: true })
  })()
  await ready
  const found = await readBarcodes(image, { formats: ['QRCode', 'Code128'], tryHarder: true })
  return found.map((r) => ({ formato: r.format, testo: r.text })).toSorted((a, b) => a.formato.localeCompare(b.formato))
}

/** The words of every page, with spaces only where the page has them. */
export async function readTesto(pdf: Uint8Array): Promise<string[]> {
  const task = getDocument({ data: Uint8Array.from(pdf), verbosity: 0 })
  const document = await task.promise
  const pages: string[] = []
  for (let i = 1; i <= document.numPages; i++) {
    const content = await (await document.getPage(i)).getTextContent()
    pages.push(content.items.map((item) => ('str' in item ? item.str : '')).join(' '))
  }
  await task.destroy()
  return pages
}
