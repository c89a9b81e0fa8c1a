import type { Blocco } from '../../ports/stampa.ts'
import type { Elemento, Nodo } from './html.ts'

/** The words of some nodes; a `br` is a line end. */
export function testoDi(nodi: readonly Nodo[]): string {
  return nodi.map((nodo) => (typeof nodo === 'string' ? nodo : nodo.tag === 'br' ? '\n' : testoDi(nodo.figli))).join('')
}

const isElemento = (nodo: Nodo): nodo is Elemento => typeof nodo !== 'string'

/** Whole paragraphs in bold are printed so; a bold word inside a paragraph keeps its words. */
function isForte(nodi: readonly Nodo[]): boolean {
  const said = nodi.filter((nodo) => isElemento(nodo) || nodo.trim() !== '')
  return said.length > 0 && said.every((nodo) => isElemento(nodo) && (nodo.tag === 'strong' || nodo.tag === 'br'))
}

/** The text of a draft as the blocks of a printed document, in its order. */
export function toBlocchi(nodi: readonly Nodo[]): Blocco[] {
  return nodi.filter(isElemento).flatMap((nodo) => blocchiOf(nodo))
}

function blocchiOf(nodo: Elemento): Blocco[] {
  switch (nodo.tag) {
    case 'h1':
    case 'h2':
    case 'h3':
      return [{ tipo: 'titolo', testo: testoDi(nodo.figli).trim(), livello: Number(nodo.tag.slice(1)) as 1 | 2 | 3 }]
    case 'ul':
    case 'ol':
      return voci(nodo)
    case 'table':
      return [tabella(nodo)]
    default: {
      const testo = testoDi(nodo.figli).trim()
      if (testo === '') return [{ tipo: 'spazio', millimetri: 4 }]
      return [{ tipo: 'testo', testo, ...(isForte(nodo.figli) ? { forte: true } : {}) }]
    }
  }
}

function voci(lista: Elemento): Blocco[] {
  return lista.figli.filter(isElemento).map((item, index) => ({
    tipo: 'testo',
    testo: `${lista.tag === 'ol' ? `${index + 1}.` : '•'} ${testoDi(item.figli).trim()}`,
    ...(isForte(item.figli) ? { forte: true } : {}),
  }))
}

/** A table whose first row is its header; shorter rows are filled with empty cells, so that no column slides. */
function tabella(nodo: Elemento): Blocco {
  const rows = nodo.figli
    .filter(isElemento)
    .flatMap((part) => (part.tag === 'tr' ? [part] : part.figli.filter(isElemento)))
    .map((row) => row.figli.filter(isElemento).map((cell) => testoDi(cell.figli).trim()))
  const width = Math.max(1, ...rows.map((row) => row.length))
  const padded = rows.map((row) => [...row, ...Array.from({ length: width - row.length }, () => '')])
  const [colonne = Array.from({ length: width }, () => ''), ...righe] = padded
  return { tipo: 'tabella', colonne, righe }
}
