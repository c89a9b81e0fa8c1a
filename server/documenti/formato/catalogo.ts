import type { Riconosciuto } from './tipi.ts'

type Voce = readonly [mime: string, descrizione: string, ...estensioni: string[]]

const OFFICE = 'application/vnd.openxmlformats-officedocument'
const ODF = 'application/vnd.oasis.opendocument'

/** Formats a municipality meets (Allegato 2), by media type to store. The status for preservation is not judged here. */
const VOCI: readonly Voce[] = [
  [`${OFFICE}.wordprocessingml.document`, 'Documento Word (DOCX)', 'docx'],
  [`${OFFICE}.spreadsheetml.sheet`, 'Foglio di calcolo Excel (XLSX)', 'xlsx'],
  [`${OFFICE}.presentationml.presentation`, 'Presentazione PowerPoint (PPTX)', 'pptx'],
  ['application/vnd.ms-word.document.macroEnabled.12', 'Documento Word con macro', 'docm', 'dotm'],
  ['application/vnd.ms-excel.sheet.macroEnabled.12', 'Foglio di calcolo Excel con macro', 'xlsm', 'xltm', 'xlsb'],
  ['application/vnd.ms-powerpoint.presentation.macroEnabled.12', 'Presentazione PowerPoint con macro', 'pptm', 'ppsm'],
  ['application/msword', 'Documento Word (formato precedente al 2007)', 'doc', 'dot'],
  ['application/vnd.ms-excel', 'Foglio di calcolo Excel (formato precedente al 2007)', 'xls', 'xlt'],
  ['application/vnd.ms-powerpoint', 'Presentazione PowerPoint (formato precedente al 2007)', 'ppt', 'pps'],
  ['application/vnd.ms-outlook', 'Messaggio o archivio di Outlook', 'msg', 'pst'],
  ['application/x-cfb', 'Archivio di documenti Microsoft', 'doc', 'xls', 'ppt', 'msg', 'msi', 'db', 'vsd', 'pub', 'mpp'],
  [`${ODF}.text`, 'Documento di testo OpenDocument (ODT)', 'odt'],
  [`${ODF}.spreadsheet`, 'Foglio di calcolo OpenDocument (ODS)', 'ods'],
  [`${ODF}.presentation`, 'Presentazione OpenDocument (ODP)', 'odp'],
  [`${ODF}.graphics`, 'Disegno OpenDocument (ODG)', 'odg'],
  [`${ODF}.database`, 'Base di dati OpenDocument (ODB)', 'odb'],
  ['application/rtf', 'Documento RTF', 'rtf', 'doc'],
  ['application/epub+zip', 'Libro elettronico EPUB', 'epub'],
  ['application/postscript', 'PostScript', 'ps', 'eps', 'ai'],
  ['image/png', 'Immagine PNG', 'png'],
  ['image/jpeg', 'Immagine JPEG', 'jpg', 'jpeg', 'jpe', 'jfif'],
  ['image/tiff', 'Immagine TIFF', 'tif', 'tiff'],
  ['image/gif', 'Immagine GIF', 'gif'],
  ['image/bmp', 'Immagine BMP', 'bmp'],
  ['image/webp', 'Immagine WebP', 'webp'],
  ['image/heic', 'Immagine HEIC', 'heic', 'heif'],
  ['image/jp2', 'Immagine JPEG 2000', 'jp2', 'jpx', 'j2k'],
  ['image/svg+xml', 'Disegno SVG', 'svg'],
  ['image/vnd.dwg', 'Disegno AutoCAD (DWG)', 'dwg'],
  ['image/vnd.dxf', 'Disegno AutoCAD (DXF)', 'dxf'],
  ['image/x-psd', 'Immagine Photoshop', 'psd'],
  ['audio/mpeg', 'Audio MP3', 'mp3'],
  ['audio/wave', 'Audio WAV', 'wav', 'bwf'],
  ['audio/flac', 'Audio FLAC', 'flac'],
  ['audio/x-m4a', 'Audio MPEG-4', 'm4a'],
  ['audio/ogg', 'Audio Ogg', 'ogg', 'oga', 'opus'],
  ['video/mp4', 'Video MP4', 'mp4', 'm4v'],
  ['video/quicktime', 'Video QuickTime', 'mov'],
  ['video/vnd.avi', 'Video AVI', 'avi'],
  ['video/matroska', 'Video Matroska', 'mkv'],
  ['video/webm', 'Video WebM', 'webm'],
  ['application/zip', 'Archivio ZIP', 'zip', 'kmz', 'ifczip', 'dwfx', 'xps', 'oxps', 'asics', 'asice'],
  ['application/x-7z-compressed', 'Archivio 7-Zip', '7z'],
  ['application/vnd.rar', 'Archivio RAR', 'rar'],
  ['application/gzip', 'Archivio GZIP', 'gz', 'tgz', 'svgz'],
  ['application/x-tar', 'Archivio TAR', 'tar'],
  ['application/vnd.etsi.asic-s+zip', 'Contenitore firmato ASiC-S', 'asics', 'scs', 'zip'],
  ['application/vnd.etsi.asic-e+zip', 'Contenitore firmato ASiC-E', 'asice', 'sce', 'zip'],
  ['application/pkcs7-mime', 'Busta firmata CAdES (P7M)', 'p7m', 'm7m'],
  ['application/pkcs7-signature', 'Firma CAdES separata (P7S)', 'p7s', 'p7m'],
  ['application/timestamped-data', 'Documento con marca temporale (TSD)', 'tsd', 'm7m'],
  ['application/timestamp-reply', 'Marca temporale (TSR)', 'tsr', 'tst'],
  ['application/pkix-cert', 'Certificato digitale', 'cer', 'crt', 'pem', 'der'],
  ['application/xml', 'Documento XML', 'xml', 'xsd', 'gml', 'ifcxml', 'kml', 'xbrl', 'rdf', 'wsdl'],
  ['application/xslt+xml', 'Foglio di stile XSLT', 'xsl', 'xslt', 'xml'],
  ['text/html', 'Pagina HTML', 'html', 'htm', 'xhtml'],
  ['message/rfc822', 'Messaggio di posta elettronica', 'eml'],
  ['application/mbox', 'Archivio di messaggi MBOX', 'mbox'],
  ['application/json', 'Dati JSON', 'json', 'geojson', 'jsonld'],
  ['text/csv', 'Tabella CSV', 'csv', 'tsv', 'txt'],
  [
    'text/plain',
    'Testo semplice',
    'txt',
    'text',
    'log',
    'md',
    'csv',
    'sql',
    'css',
    'prj',
    'hash',
    'sha256',
    'ifc',
    'ics',
    'vcf',
    'ini',
    'yaml',
    'yml',
  ],
  ['application/x-msdownload', 'Programma eseguibile', 'exe', 'dll', 'com', 'scr', 'msi'],
  ['application/x-elf', 'Programma eseguibile', 'bin', 'so', ''],
  ['application/x-mach-binary', 'Programma eseguibile', 'bin', 'dylib', ''],
]

/** Media types of file-type under the name we store. */
const ALIAS: Readonly<Record<string, string>> = {
  'audio/wav': 'audio/wave',
  'audio/vnd.wave': 'audio/wave',
  'audio/x-flac': 'audio/flac',
  'application/x-rar-compressed': 'application/vnd.rar',
  'video/x-matroska': 'video/matroska',
  'video/x-msvideo': 'video/vnd.avi',
  'image/vnd.adobe.photoshop': 'image/x-psd',
  'image/heif': 'image/heic',
  'application/x-unix-executable': 'application/x-elf',
}

const BY_MIME = new Map(VOCI.map((voce) => [voce[0], voce]))

/** The verdict for a media type of the catalogue; an unknown type is described by its own name and agrees with any extension. */
export function verdict(mime: string, more: Partial<Riconosciuto> = {}): Riconosciuto {
  const stored = ALIAS[mime] ?? mime
  const voce = BY_MIME.get(stored)
  const [, descrizione = `File di tipo ${stored}`, ...estensioni] = voce ?? [stored]
  const executable = /^application\/x-(?:msdownload|elf|mach-binary)$/u.test(stored)
  return { mime: stored, descrizione, firmato: 'nessuna', avvisi: executable ? [ESEGUIBILE] : [], estensioni, ...more }
}

export const ESEGUIBILE = 'Il file è un programma: non va aperto.'
export const PROTETTO = 'Il file è protetto da password o cifrato: non è leggibile e non può essere conservato così.'
export const MACRO = 'Il file contiene macro: non va aperto senza controlli.'
