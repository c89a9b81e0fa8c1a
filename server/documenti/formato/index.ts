import { fileTypeFromBuffer } from 'file-type'
import type { Formato } from '../schema.ts'
import { fromBase64, readCms } from './asn1.ts'
import type { Cms } from './asn1.ts'
import { ESEGUIBILE, verdict } from './catalogo.ts'
import { recogniseCfb, recogniseZip } from './contenitori.ts'
import { recognisePdf } from './pdf.ts'
import { recogniseTesto } from './testo.ts'
import type { Campione, Riconosciuto } from './tipi.ts'

export type { Campione } from './tipi.ts'

const MAX_DEPTH = 5
const ACTIVE_EXTENSIONS = /\.(?:exe|com|scr|msi|bat|cmd|sh|js|jse|vbs|vbe|wsf|hta|jar|apk|dll|ps1|lnk|pif|reg|cpl)$/iu
// oxlint-disable-next-line no-misleading-character-class -- each of these characters hides the real end of a name
const DECEPTIVE = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/**
 * Recognises a file from its bytes: name and declared type are only hints, and when they disagree it is said in `avvisi` (REQ-FMT-001).
 * Signed containers are looked into to describe what they hold, nested to five levels (REQ-FMT-014), and never altered. Never throws: a
 * format nobody knows is `application/octet-stream`, an empty or damaged file says so, because a format never stops a registration.
 */
export async function recogniseFormato(sample: Campione): Promise<Formato> {
  const { estensioni, ...formato } = await recogniseBytes(sample, 0)
  return { ...formato, avvisi: [...formato.avvisi, ...nameRemarks(sample.nome, { ...formato, estensioni })] }
}

async function recogniseBytes(sample: Campione, depth: number): Promise<Riconosciuto> {
  const bytes = sample.tutto ?? sample.inizio
  if (bytes.length === 0)
    return verdict('application/octet-stream', { descrizione: 'File vuoto', avvisi: ['Il file è vuoto (ILLEGGIBILE).'] })
  const binary = readCms(bytes)
  if (binary !== null) return recogniseCms(binary, sample, depth, false)
  const decoded = fromBase64(bytes)
  const textual = decoded === null ? null : readCms(decoded)
  if (textual !== null) return recogniseCms(textual, sample, depth, true)
  const own = recognisePdf(sample) ?? recogniseZip(sample) ?? recogniseCfb(sample)
  if (own !== null) return own
  const mime = await sniff(bytes)
  // file-type calls XML by its declaration only; which XML it is, is read below.
  if (mime !== null && mime !== 'application/xml' && !mime.startsWith('text/')) return verdict(mime)
  return (
    recogniseTesto(sample) ??
    verdict('application/octet-stream', { descrizione: 'Formato non riconosciuto', avvisi: ['Il formato del file non è riconosciuto.'] })
  )
}

async function sniff(bytes: Uint8Array): Promise<string | null> {
  try {
    return (await fileTypeFromBuffer(bytes))?.mime ?? null
  } catch {
    return null
  }
}

async function recogniseCms(cms: Cms, sample: Campione, depth: number, base64: boolean): Promise<Riconosciuto> {
  const avvisi = base64 && cms.tipo !== 'certificate' ? ['Il contenitore è in forma testuale (base64): è conservato come ricevuto.'] : []
  if (cms.tipo === 'certificate') return verdict('application/pkix-cert')
  if (cms.tipo === 'timestampReply') return verdict('application/timestamp-reply', { avvisi })
  if (cms.tipo === 'envelopedData')
    return verdict('application/pkcs7-mime', {
      descrizione: 'Messaggio cifrato (S/MIME)',
      avvisi: [...avvisi, 'Il contenuto è cifrato e non è leggibile.'],
    })
  const stamped = cms.tipo === 'timestampedData'
  if (cms.contenuto === null) {
    if (stamped) return verdict('application/timestamped-data', { avvisi })
    if (!cms.completo)
      return verdict('application/pkcs7-mime', {
        firmato: 'cades',
        avvisi: [...avvisi, 'La busta firmata è incompleta o danneggiata (ILLEGGIBILE).'],
      })
    return verdict('application/pkcs7-signature', {
      firmato: 'cades',
      avvisi: [...avvisi, 'La firma è separata: va tenuta insieme al file firmato.'],
    })
  }
  if (!cms.completo && sample.tutto !== undefined) avvisi.push('Il contenitore è incompleto o danneggiato (ILLEGGIBILE).')
  const inner = depth >= MAX_DEPTH ? null : await recogniseBytes(innerSample(cms, cms.contenuto, sample.nome), depth + 1)
  const outer = verdict(stamped ? 'application/timestamped-data' : 'application/pkcs7-mime')
  return {
    ...outer,
    descrizione:
      inner === null ? `${outer.descrizione}, oltre ${MAX_DEPTH} livelli` : `${outer.descrizione} che contiene: ${inner.descrizione}`,
    firmato: stamped ? (inner?.firmato ?? 'nessuna') : 'cades',
    avvisi: [...avvisi, ...(inner?.avvisi ?? [])],
  }
}

function innerSample(cms: Cms, content: Campione['inizio'], name: string): Campione {
  const nome = name.replace(/\.(?:p7m|m7m|tsd)$/iu, '')
  return cms.completo ? { inizio: content, tutto: content, nome } : { inizio: content, nome }
}

/**
 * The content a CAdES or TSD container holds, as a copy to look at: the container stays the document (REQ-FMT-014). One level; null when the
 * bytes are not such a container, are incomplete, or carry no content.
 */
export function extractContenuto(bytes: Campione['inizio']): Campione['inizio'] | null {
  const decoded = fromBase64(bytes)
  const cms = readCms(bytes) ?? (decoded === null ? null : readCms(decoded))
  return cms?.completo === true ? cms.contenuto : null
}

function nameRemarks(name: string, format: Riconosciuto): string[] {
  const out: string[] = []
  const extension = /\.([^.\\/]{1,12})$/u.exec(name.trim())?.[1]?.toLowerCase() ?? ''
  if (DECEPTIVE.test(name)) out.push("Il nome contiene caratteri che nascondono l'estensione vera.")
  if (ACTIVE_EXTENSIONS.test(name) && !format.avvisi.includes(ESEGUIBILE)) out.push(ESEGUIBILE)
  else if (extension !== '' && format.estensioni.length > 0 && !format.estensioni.includes(extension)) {
    out.push(`L'estensione .${extension} non corrisponde al contenuto: ${format.descrizione}.`)
  }
  return out
}
