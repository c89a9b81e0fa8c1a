import { PDFDocument, StandardFonts } from 'pdf-lib'

/** A paper of somebody else, as people bring them: a small PDF that says nothing of its own conformity. */
export async function buildCarta(titolo: string, testo: string): Promise<Buffer> {
  const documento = await PDFDocument.create()
  documento.setTitle(titolo)
  documento.setProducer('Carte del racconto')
  const font = await documento.embedFont(StandardFonts.Helvetica)
  const pagina = documento.addPage([595, 842])
  pagina.drawText(titolo, { x: 62, y: 770, size: 13, font })
  pagina.drawText(testo, { x: 62, y: 740, size: 11, font })
  return Buffer.from(await documento.save())
}
