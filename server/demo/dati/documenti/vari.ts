import { crc32 } from 'node:zlib'
import { seededBytes } from '../../posta/seme.ts'
import type { Caso } from '../caso.ts'

/** Something a drawing program would call its own: a version mark, then bytes nobody reads. */
export function renderDwg(seme: string, dimensione = 48_000): Buffer {
  return Buffer.concat([Buffer.from('AC1032\0\0\0\0\0', 'latin1'), seededBytes(`${seme}|dwg`)(dimensione)])
}

/** A small table, semicolons and decimal commas as Italian spreadsheets want them. */
export function renderCsv(caso: Caso, titolo: string): Buffer {
  const rows = Array.from(
    { length: 18 },
    (_, i) => `${i + 1};${titolo.replaceAll(';', ',')};${caso.intero(1, 40)};${caso.intero(5, 900)},${caso.cifre(2)}`,
  )
  return Buffer.from(`Riga;Descrizione;Quantità;Importo\r\n${rows.join('\r\n')}\r\n`)
}

/** A text document of an office suite (ODF): the packaged form with stored entries. */
export function renderOdt(titolo: string, paragrafi: readonly string[]): Buffer {
  const text = [titolo, ...paragrafi].map((p) => `<text:p>${escapeXml(p)}</text:p>`).join('')
  const ns = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
  const mime = 'application/vnd.oasis.opendocument.text'
  const content = `<?xml version="1.0" encoding="UTF-8"?><office:document-content ${ns} office:version="1.3"><office:body><office:text>${text}</office:text></office:body></office:document-content>`
  const entry = (path: string, type: string): string => `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="${type}"/>`
  const manifest = `<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">${entry('/', mime)}${entry('content.xml', 'text/xml')}</manifest:manifest>`
  return storedZip([
    ['mimetype', Buffer.from(mime)],
    ['content.xml', Buffer.from(content)],
    ['META-INF/manifest.xml', Buffer.from(manifest)],
  ])
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** A ZIP without compression and with a fixed date: the same entries give the same bytes. */
function storedZip(entries: readonly (readonly [string, Buffer])[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, data] of entries) {
    // Fields common to the local header and to the directory: version, flags, method, time and day, sums and lengths.
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x5a21, 8)
    common.writeUInt32LE(crc32(data), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(data.length, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, Buffer.from(name), data])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\0', 'latin1'), common, tail, Buffer.from(name)]))
    bodies.push(local)
    offset += local.length
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 0, 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, listing, end])
}
