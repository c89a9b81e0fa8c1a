import type { Stampatrice } from '../../ports/stampa.ts'
import { writeBlocco, writeIntestazione, writeTitolo } from './blocchi.ts'
import { writeEtichette } from './etichetta.ts'
import { closeFoglio, createFoglio, isEtichetta } from './foglio.ts'
import { printLunga } from './lunga.ts'
import { writeMetadati } from './metadati.ts'

/**
 * Printed documents by pdf-lib: PDF/A-3a and PDF/UA-1 (tagged, fonts embedded, sRGB), accepted by veraPDF in `.ci/judges.sh` for every kind of document the
 * product prints. The same input gives the same bytes. A character that the fonts do not have is drawn as `¿`.
 */
export const stampatricePdf: Stampatrice = {
  dichiarazione: 'PDF/A-3a',
  printLunga,
  print: async (stampa) => {
    const f = await createFoglio(stampa)
    const piccola = isEtichetta(stampa.formato)
    if (piccola) writeEtichette(f, stampa)
    else {
      if (stampa.intestazione.length > 0) writeIntestazione(f, stampa.intestazione)
      if (stampa.senzaTitolo !== true) writeTitolo(f, stampa.titolo, 1)
      for (const blocco of stampa.blocchi) await writeBlocco(f, blocco)
    }
    await closeFoglio(f, piccola ? null : (stampa.piede ?? ''))
    writeMetadati(f.documento, stampa)
    return await f.documento.save({ addDefaultPage: false, updateFieldAppearances: false })
  },
}
