import { Buffer } from 'node:buffer'
import { createGestore, spedisci } from '../../../server/demo/posta/index.ts'
import type { Gestore, MessaggioDaSpedire, Spedizione } from '../../../server/demo/posta/index.ts'

export const ISTANTE = new Date('2026-03-10T08:15:30Z')

let ready: Promise<Gestore> | null = null

/** One simulated gestore for a whole test file: its keys take some time to make. */
export function gestoreDiProva(): Promise<Gestore> {
  ready ??= createGestore({
    seme: 'prove',
    nome: 'Postaviva di prova',
    dominio: 'postaviva.example',
    validoDal: new Date('2025-01-01T00:00:00Z'),
    validoAl: new Date('2027-01-01T00:00:00Z'),
  })
  return ready
}

export const PDF = Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

export function messaggioDiProva(more: Partial<MessaggioDaSpedire> = {}): MessaggioDaSpedire {
  return {
    mittente: { nome: 'Ada Però', indirizzo: 'ada.pero@cittadini.example' },
    destinatari: [{ indirizzo: 'protocollo@pec.castelvento.example' }],
    oggetto: 'Istanza di occupazione di suolo – località Frazione',
    testo: 'Si trasmette l’istanza allegata.\nCordiali saluti',
    allegati: [{ nome: 'istanza è firmata.pdf', tipo: 'application/pdf', contenuto: PDF }],
    istante: ISTANTE,
    ...more,
  }
}

export async function spedizioneDiProva(more: Partial<MessaggioDaSpedire> = {}): Promise<Spedizione> {
  return spedisci(await gestoreDiProva(), messaggioDiProva(more))
}

/** Raw message from lines joined by CRLF. */
export function eml(...lines: string[]): Buffer {
  return Buffer.from(lines.join('\r\n'))
}
