import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { DocumentoDaVersare, PacchettoDaComporre, SorgenteFile } from '../../metadata-schemas/pacchetto/index.ts'
import { PINDEX_ESEMPIO } from './pindex-esempio.ts'

/** A file of the snapshot held in memory. */
export function sorgente(nome: string, contenuto: Buffer, mime = 'application/pdf'): SorgenteFile {
  return {
    nome,
    mime,
    dimensione: contenuto.length,
    sha256: createHash('sha256').update(contenuto).digest('hex'),
    apri: () => Readable.from([contenuto.subarray(0, 3), contenuto.subarray(3)]),
  }
}

export const DOCUMENTI_ESEMPIO: readonly DocumentoDaVersare[] = [
  {
    id: 'c1b6a5e2-0000-7000-8000-000000000001',
    etichetta: 'Prot. PG 0000123 del 11/03/2026',
    metadatiXml: '<DocumentoAmministrativoInformatico/>',
    principale: sorgente('Istanza (perché).pdf', Buffer.from('%PDF-1.4 istanza')),
    allegati: [
      sorgente('planimetria.pdf', Buffer.from('%PDF-1.4 planimetria')),
      sorgente('PLANIMETRIA.pdf', Buffer.from('%PDF-1.4 altra')),
    ],
    annessi: [sorgente('daticert.xml', Buffer.from('<postacert/>'), 'application/xml')],
  },
  {
    id: 'c1b6a5e2-0000-7000-8000-000000000002',
    metadatiXml: '<DocumentoAmministrativoInformatico/>',
    principale: sorgente('permesso.pdf.p7m', Buffer.from('busta firmata'), 'application/pkcs7-mime'),
    allegati: [],
  },
]

const { documenti: _documenti, aggregazione: _aggregazione, ...CORNICE } = PINDEX_ESEMPIO

export const PACCHETTO_ESEMPIO: PacchettoDaComporre = {
  ...CORNICE,
  aggregazione: { id: '2026-VI/3.12', metadatiXml: '<AggregazioneDocumentaliInformatiche/>' },
  documenti: DOCUMENTI_ESEMPIO,
}
