import type { Buffer } from 'node:buffer'
import { MACRO, PROTETTO, verdict } from './catalogo.ts'
import { includesAny, searchable } from './tipi.ts'
import type { Campione, Riconosciuto } from './tipi.ts'

const MAX_ENTRIES = 10_000

export interface VoceZip {
  nome: string
  cifrata: boolean
}

/** Entries of the central directory found at the end of the file; null when the directory is not in the given bytes. */
export function listZip(sample: Campione): VoceZip[] | null {
  const bytes = sample.tutto ?? sample.fine
  if (bytes === undefined) return null
  const end = bytes.lastIndexOf(Buffer_EOCD)
  if (end === -1 || end + 22 > bytes.length) return null
  const size = bytes.readUInt32LE(end + 12)
  const start = end - size
  if (start < 0) return null
  const entries: VoceZip[] = []
  let at = start
  while (at + 46 <= end && bytes.readUInt32LE(at) === 0x02014b50 && entries.length < MAX_ENTRIES) {
    const name = bytes.readUInt16LE(at + 28)
    entries.push({ nome: bytes.subarray(at + 46, at + 46 + name).toString('utf8'), cifrata: (bytes.readUInt16LE(at + 8) & 1) === 1 })
    at += 46 + name + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return entries
}

const Buffer_EOCD = Uint8Array.from([0x50, 0x4b, 0x05, 0x06])

/** The stored `mimetype` entry that ODF, EPUB and ASiC put first. */
function declaredMime(head: Buffer): string | null {
  if (head.length < 40 || head.readUInt16LE(26) !== 8 || head.subarray(30, 38).toString('latin1') !== 'mimetype') return null
  const start = 38 + head.readUInt16LE(28)
  const size = head.readUInt32LE(18)
  const text = head.subarray(start, start + Math.min(size === 0 ? 80 : size, 100)).toString('latin1')
  return /^[\w.+-]+\/[\w.+-]+/u.exec(text)?.[0].replace(/PK$/u, '') ?? null
}

const OOXML = [
  ['word/', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.ms-word.document.macroEnabled.12'],
  ['xl/', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/vnd.ms-excel.sheet.macroEnabled.12'],
  [
    'ppt/',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    'application/vnd.ms-powerpoint.presentation.macroEnabled.12',
  ],
] as const

/**
 * Everything that begins with `PK`: OpenDocument, Office Open XML (macros flagged), ASiC signed containers, EPUB, plain ZIP (encrypted
 * entries flagged). Null when it is not a zip.
 */
export function recogniseZip(sample: Campione): Riconosciuto | null {
  const magic = sample.inizio.length >= 4 ? sample.inizio.readUInt32LE(0) : 0
  if (magic !== 0x04034b50 && magic !== 0x06054b50 && magic !== 0x08074b50) return null
  const entries = listZip(sample)
  const names = entries?.map((entry) => entry.nome) ?? []
  const has = (test: (name: string) => boolean, text: string) => (entries === null ? includesAny(sample, text) : names.some(test))
  const broken = sample.tutto !== undefined && entries === null ? ["L'archivio è incompleto o danneggiato (ILLEGGIBILE)."] : []
  const locked = entries?.some((entry) => entry.cifrata) === true ? [PROTETTO] : []
  const declared = declaredMime(sample.inizio)
  if (
    declared?.startsWith('application/vnd.etsi.asic-') === true ||
    has((name) => /^META-INF\/.*signature.*\.(?:p7s|xml)$/iu.test(name), 'META-INF/signature')
  ) {
    if (declared === null || declared.startsWith('application/vnd.etsi.asic-')) {
      const cades = has((name) => name.endsWith('.p7s'), '.p7s')
      const mime = declared ?? 'application/vnd.etsi.asic-e+zip'
      return verdict(mime, { firmato: cades ? 'cades' : 'xades', avvisi: [...broken, ...locked] })
    }
  }
  if (declared !== null) {
    const macro = has(
      (name) => name.startsWith('Basic/') && name.endsWith('.xml') && !/\/script-l[bc]\.xml$/u.test(name),
      'Basic/Standard/',
    )
      ? [MACRO]
      : []
    const encrypted = includesAny(sample, 'manifest:encryption-data') ? [PROTETTO] : []
    return verdict(declared, { avvisi: [...broken, ...locked, ...macro, ...encrypted] })
  }
  if (has((name) => name === '[Content_Types].xml', '[Content_Types].xml')) {
    const family = OOXML.find(([folder]) => has((name) => name.startsWith(folder), folder))
    const macro = has((name) => name.endsWith('vbaProject.bin'), 'vbaProject.bin')
    if (family !== undefined) return verdict(macro ? family[2] : family[1], { avvisi: [...broken, ...locked, ...(macro ? [MACRO] : [])] })
  }
  return verdict('application/zip', { avvisi: [...broken, ...locked] })
}

const CFB = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
const FLUSSI = [
  ['EncryptedPackage', 'application/x-cfb'],
  ['WordDocument', 'application/msword'],
  ['Workbook', 'application/vnd.ms-excel'],
  ['PowerPoint Document', 'application/vnd.ms-powerpoint'],
  ['__properties_version1', 'application/vnd.ms-outlook'],
] as const

/** Office files before 2007, Outlook messages and encrypted Office Open XML share one container: told apart by the names of their streams. */
export function recogniseCfb(sample: Campione): Riconosciuto | null {
  if (!CFB.every((byte, index) => sample.inizio[index] === byte)) return null
  const contains = (name: string) => searchable(sample).some((bytes) => bytes.includes(name, 0, 'utf16le'))
  const found = FLUSSI.find(([name]) => contains(name))
  if (found?.[0] === 'EncryptedPackage') {
    return verdict('application/x-cfb', {
      descrizione: 'Documento Office cifrato',
      avvisi: [PROTETTO],
      estensioni: ['docx', 'xlsx', 'pptx', 'docm', 'xlsm'],
    })
  }
  return verdict(found?.[1] ?? 'application/x-cfb', { avvisi: contains('_VBA_PROJECT') ? [MACRO] : [] })
}
