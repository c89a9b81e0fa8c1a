/** From the small HTML of drafts to nodes of the page and back. Only known elements pass, without attributes. Pure over a document. */

const KNOWN = new Set(['h1', 'h2', 'h3', 'p', 'ul', 'ol', 'li', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'strong', 'em', 'br'])
const RENAMED: Readonly<Record<string, string>> = { b: 'strong', i: 'em', div: 'p', h4: 'h3', h5: 'h3', h6: 'h3' }
const BLOCKS = new Set(['h1', 'h2', 'h3', 'p', 'ul', 'ol', 'table'])
const INLINE = new Set(['strong', 'em', 'br'])

/** The text as nodes to be written in: made one by one, so that nothing of it can run. */
export function testoInNodi(testo: string, pagina: Document): DocumentFragment {
  const parsed = new DOMParser().parseFromString(testo, 'text/html')
  const fragment = pagina.createDocumentFragment()
  for (const child of parsed.body.childNodes) copy(child, fragment, pagina)
  if (fragment.childNodes.length === 0) fragment.append(pagina.createElement('p'))
  return fragment
}

function copy(node: Node, into: Node, pagina: Document): void {
  if (node.nodeType === Node.TEXT_NODE) {
    into.appendChild(pagina.createTextNode(node.textContent ?? ''))
    return
  }
  if (!(node instanceof Element)) return
  const name = nameOf(node)
  const target = name === null ? into : into.appendChild(pagina.createElement(name))
  for (const child of node.childNodes) copy(child, target, pagina)
}

function nameOf(element: Element): string | null {
  const name = element.tagName.toLowerCase()
  const known = RENAMED[name] ?? name
  return KNOWN.has(known) ? known : null
}

const escape = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\u00a0', ' ')

/** What was written, as the small HTML: words outside a paragraph get one, unknown elements leave their words. */
export function serializzaTesto(area: Element): string {
  let out = ''
  let loose = ''
  const close = (): void => {
    if (loose.trim() !== '') out += `<p>${loose}</p>`
    loose = ''
  }
  const walk = (parent: Node): void => {
    for (const node of parent.childNodes) {
      const name = node instanceof Element ? nameOf(node) : null
      if (node instanceof Element && name !== null && BLOCKS.has(name)) {
        close()
        out += block(node, name)
      } else if (node instanceof Element && name === null && hasBlocks(node)) {
        close()
        walk(node)
      } else loose += inline(node)
    }
  }
  walk(area)
  close()
  return out
}

const hasBlocks = (element: Element): boolean => [...element.querySelectorAll('*')].some((one) => BLOCKS.has(nameOf(one) ?? ''))

function block(element: Element, name: string): string {
  if (name === 'ul' || name === 'ol')
    return `<${name}>${[...element.children].map((item) => `<li>${inlines(item)}</li>`).join('')}</${name}>`
  if (name === 'table') return `<table>${[...element.querySelectorAll('tr')].map((row) => `<tr>${cells(row)}</tr>`).join('')}</table>`
  // A paragraph that holds lists or paragraphs (the browser writes them so) gives them instead of itself.
  if (hasBlocks(element)) return serializzaTesto(element)
  return `<${name}>${inlines(element)}</${name}>`
}

function cells(row: Element): string {
  return [...row.children]
    .map((cell) => {
      const name = cell.tagName.toLowerCase() === 'th' ? 'th' : 'td'
      return `<${name}>${inlines(cell)}</${name}>`
    })
    .join('')
}

const inlines = (element: Element): string => [...element.childNodes].map(inline).join('')

function inline(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return escape(node.textContent ?? '')
  if (!(node instanceof Element)) return ''
  const name = nameOf(node)
  if (name === 'br') return '<br>'
  return name !== null && INLINE.has(name) ? `<${name}>${inlines(node)}</${name}>` : inlines(node)
}
