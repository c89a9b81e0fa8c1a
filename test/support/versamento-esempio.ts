import { readFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { composePacchetto, streamPacchetto } from '../../metadata-schemas/pacchetto/index.ts'
import type { DocumentoDaVersare, PacchettoComposto, PacchettoDaComporre } from '../../metadata-schemas/pacchetto/index.ts'
import { PACCHETTO_ESEMPIO, sorgente } from './pacchetto-esempio.ts'

const golden = (nome: string): string => readFileSync(new URL(`../golden/allegato5/${nome}`, import.meta.url), 'utf8')
const ID_GOLDEN = '0197f0a0-2222-7000-8000-000000000001'
const IMPRONTA_GOLDEN = 'nHCc/sBGMG9Aecr8MGQFzJxjwLqdjzrdhjRFssZy7AM='

/** One document without attachments whose Allegato 5 metadata are true of its only file. */
export function documentoVersabile(id: string, contenuto: string): DocumentoDaVersare {
  const principale = sorgente('istanza.pdf', Buffer.from(contenuto))
  const impronta = Buffer.from(principale.sha256, 'hex').toString('base64')
  return {
    id,
    etichetta: `Documento ${id}`,
    metadatiXml: golden('dai-minimo.xml').replaceAll(ID_GOLDEN, id).replaceAll(IMPRONTA_GOLDEN, impronta),
    principale,
    allegati: [],
    annessi: [sorgente('daticert.xml', Buffer.from('<postacert/>'), 'application/xml')],
  }
}

const ID_DOCUMENTO = '0197f0a0-2222-7000-8000-00000000000a'

/** A fascicolo with one document that a strict conservatore accepts; parts can be replaced to make it wrong. */
export function versamentoEsempio(cambi: Partial<PacchettoDaComporre> = {}): PacchettoComposto {
  const documento = documentoVersabile(ID_DOCUMENTO, '%PDF-1.4 istanza di prova')
  const impronta = Buffer.from(documento.principale.sha256, 'hex').toString('base64')
  const aggregazione = golden('agg-minima.xml').replaceAll(ID_GOLDEN, ID_DOCUMENTO).replaceAll(IMPRONTA_GOLDEN, impronta)
  return composePacchetto({
    ...PACCHETTO_ESEMPIO,
    aggregazione: { id: '2026-VI/3.12', metadatiXml: aggregazione },
    documenti: [documento],
    ...cambi,
  })
}

/** The bytes of a composed package. */
export function zipOf(composto: PacchettoComposto): Promise<Buffer> {
  return buffer(streamPacchetto(composto).flusso)
}
