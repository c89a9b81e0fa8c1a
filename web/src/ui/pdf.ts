/** pdf.js, loaded only when a PDF is shown: one worker for the whole session (a new one per document costs ten times more and leaks). */
import type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFWorker } from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'

type Library = typeof import('pdfjs-dist')
let library: Promise<Library> | null = null
let worker: PDFWorker | null = null

/** The library itself, for the text layer. */
export function pdfjs(): Promise<Library> {
  library ??= import('pdfjs-dist').then((loaded) => {
    loaded.GlobalWorkerOptions.workerSrc = workerUrl
    return loaded
  })
  return library
}

/** Opens a document over the shared worker. The caller must call `destroy()` on the task when the document leaves the screen. */
export async function apriPdf(data: ArrayBuffer): Promise<{ task: PDFDocumentLoadingTask; documento: PDFDocumentProxy }> {
  const lib = await pdfjs()
  if (worker === null || worker.destroyed) worker = new lib.PDFWorker()
  const task = lib.getDocument({
    // pdf.js takes the bytes away: the cache keeps its own.
    data: new Uint8Array(data.slice(0)),
    worker,
    standardFontDataUrl: '/assets/pdfjs/standard_fonts/',
    cMapUrl: '/assets/pdfjs/cmaps/',
    cMapPacked: true,
    iccUrl: '/assets/pdfjs/iccs/',
    wasmUrl: '/assets/pdfjs/wasm/',
    // WebAssembly would need 'wasm-unsafe-eval' in the content policy: the plain decoders are enough.
    useWasm: false,
    enableXfa: false,
  })
  return { task, documento: await task.promise }
}
