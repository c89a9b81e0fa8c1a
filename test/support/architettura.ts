import { dirname, join } from 'node:path/posix'
import { parseAst } from 'vite'

/** A source file of the product: path from the root of the repository, text. */
export interface Sorgente {
  readonly path: string
  readonly testo: string
}

/** One sentence of the house plan (docs/architettura.md) that a file breaks, and how. */
export interface Violazione {
  readonly frase: Frase
  readonly path: string
  readonly dettaglio: string
}

/** The plan in sentences. The test fails with the one that was broken. */
export const FRASI = {
  base: 'The kernel, titolario/, metadata-schemas/ and storage/ import nothing of ours.',
  porte: 'Ports import only types: of the kernel, of storage/ and of each other.',
  adattatori: 'An adapter imports ports, kernel and storage; never a feature, never another adapter.',
  righe: 'A feature imports kernel, libraries and the doors of features in a lower row; never sideways, upwards, an adapter or the top.',
  tipiDellePorte: 'A feature knows ports by their types only.',
  porta: 'A feature is entered by its door, index.ts; nobody reaches its inner files.',
  stanza: 'Every folder of server/ has its place in the plan.',
  web: 'The web client imports from the server types only, and only those of a schema.ts.',
  ambiente: 'process.env is read in server/kernel/config.ts and nowhere else.',
  configurazione: 'The configuration is read by the top and passed on as values.',
  orologio: 'The clock is read in server/kernel/time.ts and nowhere else (the browser has its own).',
  migrazioni: 'A migration imports no entities.',
  lunghezza: 'A file has at most 300 lines.',
} as const
export type Frase = keyof typeof FRASI

/** Rows of the features, lowest first: arrows point to lower rows only. */
export const RIGHE: readonly (readonly string[])[] = [
  ['enti'],
  ['identita', 'documenti', 'titolario', 'firma', 'rubrica'],
  ['protocollo'],
  ['fascicoli', 'emergenza', 'repertori', 'procedimenti'],
  ['metadati', 'certificazione', 'registro', 'pec', 'scansioni', 'bozze', 'importazioni', 'stampe', 'pratiche', 'archivio'],
  ['conservazione', 'arretrato'],
  ['ricerca', 'statistiche', 'scrivania', 'sportello', 'audit', 'istanze', 'organizzazione', 'suggerimenti', 'scarto'],
]
const TOP_FOLDERS = new Set(['avvio', 'cli', 'demo'])
const LIBRARIES = new Set(['titolario', 'metadata-schemas', 'storage'])

type Zona =
  | { readonly tipo: 'kernel' | 'porte' | 'vertice' | 'web' | 'sconosciuta' }
  | { readonly tipo: 'libreria' | 'adattatore'; readonly nome: string }
  | { readonly tipo: 'funzione'; readonly nome: string; readonly riga: number }

interface Importazione {
  readonly verso: string
  readonly soloTipi: boolean
}

interface Lettura {
  readonly importazioni: readonly Importazione[]
  readonly leggeAmbiente: boolean
  readonly leggeOrologio: boolean
}

/** Where a path stands in the plan. */
export function zonaOf(path: string): Zona {
  const [root = '', folder = '', ...rest] = path.split('/')
  if (LIBRARIES.has(root)) return { tipo: 'libreria', nome: root }
  if (root === 'web') return { tipo: 'web' }
  if (rest.length === 0 || TOP_FOLDERS.has(folder)) return { tipo: 'vertice' }
  if (folder === 'kernel') return { tipo: 'kernel' }
  if (folder === 'ports') return { tipo: 'porte' }
  if (folder === 'adapters') return { tipo: 'adattatore', nome: rest[0] ?? '' }
  const riga = RIGHE.findIndex((nomi) => nomi.includes(folder))
  return riga === -1 ? { tipo: 'sconosciuta' } : { tipo: 'funzione', nome: folder, riga }
}

/** Every sentence that these files break. `eccezioni` are paths that may be longer than 300 lines. */
export function checkArchitettura(sorgenti: readonly Sorgente[], eccezioni: ReadonlySet<string> = new Set()): Violazione[] {
  return sorgenti.flatMap((sorgente) => {
    const { path, testo } = sorgente
    const found: Violazione[] = []
    const add = (frase: Frase, dettaglio: string): void => void found.push({ frase, path, dettaglio })
    const zona = zonaOf(path)
    const lines = testo.split('\n').length - (testo.endsWith('\n') ? 1 : 0)
    if (lines > 300 && !eccezioni.has(path)) add('lunghezza', `${lines} lines`)
    if (zona.tipo === 'sconosciuta') add('stanza', path)
    const lettura = readSorgente(sorgente)
    const launcher = path === 'server/faldone.js' || path === 'server/runtime.js'
    if (lettura.leggeAmbiente && path !== 'server/kernel/config.ts' && !launcher) add('ambiente', 'process.env')
    if (lettura.leggeOrologio && zona.tipo !== 'web' && path !== 'server/kernel/time.ts') add('orologio', 'new Date() or Date.now()')
    for (const importazione of lettura.importazioni) checkImport(path, zona, importazione, add)
    return found
  })
}

function checkImport(path: string, zona: Zona, { verso, soloTipi }: Importazione, add: (frase: Frase, dettaglio: string) => void): void {
  const meta = zonaOf(verso)
  const own = sameRoom(zona, meta)
  if (path.startsWith('server/kernel/db/migrations/') && verso.endsWith('/entities.ts')) add('migrazioni', verso)
  if (zona.tipo !== 'vertice' && zona.tipo !== 'kernel' && !soloTipi && verso === 'server/kernel/config.ts') add('configurazione', verso)
  if (meta.tipo === 'funzione' && !own && zona.tipo !== 'web' && !/^server\/[^/]+\/index\.ts$/.test(verso)) add('porta', verso)
  if (own) return
  switch (zona.tipo) {
    case 'kernel':
    case 'libreria':
      add('base', verso)
      return
    case 'porte':
      if (!soloTipi || !(meta.tipo === 'kernel' || isStorage(meta))) add('porte', verso)
      return
    case 'adattatore':
      if (!['porte', 'kernel'].includes(meta.tipo) && !isStorage(meta)) add('adattatori', verso)
      return
    case 'funzione':
      if (meta.tipo === 'porte' && !soloTipi) add('tipiDellePorte', verso)
      if (['adattatore', 'vertice', 'web'].includes(meta.tipo)) add('righe', verso)
      if (meta.tipo === 'funzione' && meta.riga >= zona.riga)
        add('righe', `${verso} is in row ${meta.riga + 1}, ${zona.nome} in row ${zona.riga + 1}`)
      return
    case 'web':
      if (!soloTipi || !/^server\/[^/]+\/schema(\/[^/]+)?\.ts$/.test(verso)) add('web', verso)
      return
    case 'vertice':
    case 'sconosciuta':
  }
}

const isStorage = (zona: Zona): boolean => zona.tipo === 'libreria' && zona.nome === 'storage'

function sameRoom(left: Zona, right: Zona): boolean {
  if (left.tipo !== right.tipo) return false
  return !('nome' in left) || !('nome' in right) || left.nome === right.nome
}

/** What a file imports of ours (outside packages are left out) and whether it touches environment and clock. Throws on a syntax error. */
export function readSorgente({ path, testo }: Sorgente): Lettura {
  const importazioni: Importazione[] = []
  let leggeAmbiente = false
  let leggeOrologio = false
  const record = (source: unknown, soloTipi: boolean): void => {
    const specifier = isNode(source) && typeof source['value'] === 'string' ? source['value'] : ''
    if (specifier.startsWith('.')) importazioni.push({ verso: join(dirname(path), specifier), soloTipi })
  }
  const lang = path.endsWith('.tsx') ? 'tsx' : path.endsWith('.ts') ? 'ts' : 'js'
  visit(parseAst(testo, { lang }), (node) => {
    if (/^(Import|ExportNamed|ExportAll)Declaration$/.test(node.type) && isNode(node['source'])) record(node['source'], isTypeOnly(node))
    if (node.type === 'ImportExpression') record(node['source'], false)
    if (node.type === 'TSImportType') record(node['source'] ?? node['argument'], true)
    if (isMember(node, 'process', 'env')) leggeAmbiente = true
    if (isMember(node, 'Date', 'now')) leggeOrologio = true
    if (isEmptyDate(node)) leggeOrologio = true
  })
  return { importazioni, leggeAmbiente, leggeOrologio }
}

interface Nodo extends Record<string, unknown> {
  readonly type: string
}

const isNode = (value: unknown): value is Nodo => typeof value === 'object' && value !== null && 'type' in value

function visit(value: unknown, see: (node: Nodo) => void): void {
  if (Array.isArray(value)) for (const each of value) visit(each, see)
  else if (isNode(value)) {
    see(value)
    for (const child of Object.values(value)) if (typeof child === 'object' && child !== null) visit(child, see)
  }
}

/** `import type …`, `export type …`, or every name marked `type`; an import for its effect alone is a value. */
function isTypeOnly(node: Nodo): boolean {
  if (node['importKind'] === 'type' || node['exportKind'] === 'type') return true
  const specifiers = Array.isArray(node['specifiers']) ? node['specifiers'].filter(isNode) : []
  return specifiers.length > 0 && specifiers.every((each) => each['importKind'] === 'type' || each['exportKind'] === 'type')
}

function isMember(node: Nodo, object: string, property: string): boolean {
  if (node.type !== 'MemberExpression') return false
  const { object: left, property: right } = node
  return isNode(left) && left['name'] === object && isNode(right) && (right['name'] === property || right['value'] === property)
}

function isEmptyDate(node: Nodo): boolean {
  if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return false
  const callee = node['callee']
  const given = node['arguments']
  return isNode(callee) && callee['name'] === 'Date' && Array.isArray(given) && given.length === 0
}
