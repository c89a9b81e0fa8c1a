/** From a PDF of the server to the printer of this workstation. */
import { scaricaBytes } from '../../api/client.ts'

const CHIAVE = 'faldone-stampa-da-sola'

/** What this workstation chose about printing by itself; null when it chose nothing and the ente decides. */
export function preferenzaPostazione(memoria: Pick<Storage, 'getItem'>): boolean | null {
  const value = memoria.getItem(CHIAVE)
  return value === null ? null : value === 'si'
}

/** Keeps the choice of this workstation. */
export function ricordaPreferenza(memoria: Pick<Storage, 'setItem'>, daSola: boolean): void {
  memoria.setItem(CHIAVE, daSola ? 'si' : 'no')
}

/** How long a frame may take before the dialog is asked all the same: a browser that saves PDFs instead of showing them never says it has loaded. */
const ATTESA = 10_000

/** The print dialog on a PDF, in a frame nobody sees; the frame of the print before gives way to it; `corpo` where the PDF is made of what one chose. Answers the address of the same bytes, for who wants to open them. */
export async function stampaPdf(percorso: string, corpo?: unknown): Promise<string> {
  const bytes = await scaricaBytes(percorso, corpo === undefined ? {} : { metodo: 'POST', corpo })
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' }))
  const frame = document.createElement('iframe')
  frame.className = 'cornice-stampa'
  for (const old of document.querySelectorAll('.cornice-stampa')) old.remove()
  frame.tabIndex = -1
  frame.setAttribute('aria-hidden', 'true')
  frame.title = 'PDF'
  const loaded = new Promise<void>((done) => {
    frame.addEventListener('load', () => done(), { once: true })
    setTimeout(done, ATTESA)
  })
  frame.src = url
  document.body.append(frame)
  await loaded
  frame.contentWindow?.focus()
  frame.contentWindow?.print()
  // The dialog may outlive this function: frame and bytes stay for a while.
  setTimeout(() => {
    frame.remove()
    URL.revokeObjectURL(url)
  }, 300_000)
  return url
}
