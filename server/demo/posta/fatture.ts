import { Buffer } from 'node:buffer'
import { romeDay } from '../../kernel/time.ts'
import type { MessaggioDaSpedire } from './posta.ts'

/** Invented exchange system of the demo: its domain must be configured among the SdI domains. */
export const DOMINIO_SDI_DIMOSTRATIVO = 'sdi.scambio.example'

export interface DatiFattura {
  identificativoSdi: string
  progressivo: string
  destinatario: string
  fornitore: string
  partitaIva: string
  numero: string
  oggettoFornitura: string
  importo: string
  istante: Date
}

/**
 * An electronic invoice as the exchange system delivers it: the invoice file and its metadata file with the names of the technical rules, an
 * invented supplier and a short invented invoice. It imitates the shape of the delivery, it is not a valid FatturaPA.
 */
export function buildFattura(data: DatiFattura): MessaggioDaSpedire {
  const base = `IT${data.partitaIva}_${data.progressivo}`
  const invoice = `<?xml version="1.0" encoding="UTF-8"?>
<p:FatturaElettronica xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2" versione="FPA12">
<FatturaElettronicaHeader><CedentePrestatore><DatiAnagrafici><Anagrafica><Denominazione>${escapeXml(data.fornitore)}</Denominazione></Anagrafica></DatiAnagrafici></CedentePrestatore></FatturaElettronicaHeader>
<FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento><TipoDocumento>TD01</TipoDocumento><Data>${romeDay(data.istante)}</Data><Numero>${escapeXml(data.numero)}</Numero><ImportoTotaleDocumento>${escapeXml(data.importo)}</ImportoTotaleDocumento><Causale>${escapeXml(data.oggettoFornitura)}</Causale></DatiGeneraliDocumento></DatiGenerali></FatturaElettronicaBody>
</p:FatturaElettronica>
`
  const metadata = `<?xml version="1.0" encoding="UTF-8"?>
<m:MetadatiInvioFile xmlns:m="urn:example:sdi:metadati" versione="1.0"><IdentificativoSdI>${escapeXml(data.identificativoSdi)}</IdentificativoSdI><NomeFile>${base}.xml</NomeFile><TentativiInvio>1</TentativiInvio><Formato>FPA12</Formato></m:MetadatiInvioFile>
`
  return {
    mittente: { nome: '', indirizzo: `sdi01@${DOMINIO_SDI_DIMOSTRATIVO}` },
    destinatari: [{ indirizzo: data.destinatario }],
    oggetto: `Invio File ${data.identificativoSdi}`,
    testo: `Il file ${base}.xml, identificativo ${data.identificativoSdi}, è trasmesso con i suoi metadati. Messaggio di prova.`,
    allegati: [
      { nome: `${base}_MT_001.xml`, tipo: 'application/octet-stream', contenuto: Buffer.from(metadata) },
      { nome: `${base}.xml`, tipo: 'application/octet-stream', contenuto: Buffer.from(invoice) },
    ],
    istante: data.istante,
  }
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
