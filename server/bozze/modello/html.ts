/** The text of drafts and templates: a small HTML without attributes, scripts or styles. Read strictly: what is not of it is refused by name. Pure. */

export interface Elemento {
  readonly tag: Tag
  readonly figli: readonly Nodo[]
}
export type Nodo = Elemento | string

export const tags = ['h1', 'h2', 'h3', 'p', 'ul', 'ol', 'li', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'strong', 'em', 'br'] as const
export type Tag = (typeof tags)[number]

/** The text is not of the subset. `message` says in Italian what and where. */
export class TestoNonAmmesso extends Error {}

const BLOCKS: ReadonlySet<string> = new Set(['h1', 'h2', 'h3', 'p', 'ul', 'ol', 'table'])
/** Where an element may stand; the ones not named here stand at the top. */
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  li: ['ul', 'ol'],
  thead: ['table'],
  tbody: ['table'],
  tr: ['table', 'thead', 'tbody'],
  th: ['tr'],
  td: ['tr'],
}
const INLINE: ReadonlySet<string> = new Set(['strong', 'em', 'br'])
/** Elements that hold other elements and no text. */
const FRAMES: ReadonlySet<string> = new Set(['ul', 'ol', 'table', 'thead', 'tbody', 'tr'])

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  agrave: 'à',
  egrave: 'è',
  eacute: 'é',
  igrave: 'ì',
  ograve: 'ò',
  ugrave: 'ù',
  Agrave: 'À',
  Egrave: 'È',
  euro: '€',
  ndash: '–',
  rsquo: '’',
  laquo: '«',
  raquo: '»',
}

interface Aperto {
  readonly tag: Tag | null
  readonly figli: Nodo[]
}

/**
 * Reads a text of the subset into its elements. Throws TestoNonAmmesso naming the element, the attribute or the character that does not belong, with its
 * line; nothing is silently dropped.
 */
export function parseTesto(source: string): Nodo[] {
  const stack: Aperto[] = [{ tag: null, figli: [] }]
  let position = 0
  while (position < source.length) {
    const open = source.indexOf('<', position)
    const text = source.slice(position, open === -1 ? source.length : open)
    if (text !== '') addText(stack, decode(text, source, position), source, position)
    if (open === -1) break
    const close = source.indexOf('>', open)
    if (close === -1) throw wrong(source, open, 'il segno < non è chiuso (per scriverlo usa &lt;)')
    applyTag(stack, source.slice(open + 1, close), source, open)
    position = close + 1
  }
  const last = stack.at(-1) as Aperto
  if (last.tag !== null) throw new TestoNonAmmesso(`L’elemento <${last.tag}> non è chiuso.`)
  return (stack[0] as Aperto).figli
}

function applyTag(stack: Aperto[], inside: string, source: string, at: number): void {
  const [, slash = '', name = '', rest = ''] = /^(\/?)([A-Za-z][A-Za-z0-9]*)\s*([^]*)$/u.exec(inside) ?? []
  const tag = name.toLowerCase()
  if (!(tags as readonly string[]).includes(tag)) throw wrong(source, at, `l’elemento <${inside.slice(0, 20)}> non è ammesso`)
  if (rest !== '' && rest !== '/') throw wrong(source, at, `l’elemento <${tag}> non può avere attributi`)
  if (tag === 'br') {
    if (slash === '') place(stack, { tag: 'br', figli: [] }, source, at)
    return
  }
  if (slash === '') {
    assertPlace(stack, tag as Tag, source, at)
    stack.push({ tag: tag as Tag, figli: [] })
    return
  }
  const top = stack.pop()
  if (top === undefined || top.tag !== tag) throw wrong(source, at, `</${tag}> chiude un elemento che non è aperto`)
  ;(stack.at(-1) as Aperto).figli.push({ tag: top.tag, figli: top.figli })
}

function place(stack: readonly Aperto[], element: Elemento, source: string, at: number): void {
  assertPlace(stack, element.tag, source, at)
  ;(stack.at(-1) as Aperto).figli.push(element)
}

function assertPlace(stack: readonly Aperto[], tag: Tag, source: string, at: number): void {
  const parent = (stack.at(-1) as Aperto).tag
  const wanted = PARENTS[tag]
  const fits = INLINE.has(tag)
    ? parent !== null && !FRAMES.has(parent)
    : wanted === undefined
      ? BLOCKS.has(tag) && parent === null
      : parent !== null && wanted.includes(parent)
  if (!fits) throw wrong(source, at, parent === null ? `<${tag}> è fuori posto` : `<${tag}> non può stare dentro <${parent}>`)
}

function addText(stack: readonly Aperto[], text: string, source: string, at: number): void {
  const top = stack.at(-1) as Aperto
  if (top.tag === null || FRAMES.has(top.tag)) {
    if (text.trim() !== '') throw wrong(source, at, `il testo «${text.trim().slice(0, 20)}» è fuori da un paragrafo`)
    return
  }
  top.figli.push(text.replaceAll(/[ \t\r\n]+/gu, ' '))
}

function decode(text: string, source: string, at: number): string {
  return text.replaceAll(/&([^;&\s]{0,12};?)/gu, (_, name: string) => {
    const code = /^#(\d{1,6});$/u.exec(name)?.[1]
    if (code !== undefined && Number(code) >= 32 && Number(code) <= 0x10ffff) return String.fromCodePoint(Number(code))
    const known = name.endsWith(';') ? ENTITIES[name.slice(0, -1)] : undefined
    if (known === undefined) throw wrong(source, at, `il segno &${name} non si riconosce (per scrivere & usa &amp;)`)
    return known
  })
}

function wrong(source: string, at: number, what: string): TestoNonAmmesso {
  const line = source.slice(0, at).split('\n').length
  return new TestoNonAmmesso(`Riga ${line}: ${what}.`)
}

/** A value written inside a text of the subset: nothing of it is read as an element; its line ends stay line ends. */
export function escapeHtml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(/\r?\n/gu, '<br>')
}
