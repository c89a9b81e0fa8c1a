import { PDFHexString, PDFName, PDFNumber } from 'pdf-lib'
import type { PDFContext, PDFRef } from 'pdf-lib'

/** A node of the logical structure: a standard type of PDF, its children in reading order, and the marked contents that show it. */
export interface Elemento {
  readonly tipo: string
  readonly figli: (Elemento | Contenuto | Scritto)[]
  /** Its place in the file, when its children are written before it is. */
  posto?: PDFRef
  /** Text that stands for a figure. */
  readonly alternativo?: string
  /** Direction of a header cell. */
  readonly ambito?: 'Row' | 'Column'
  /** Place of a figure on its page: left, bottom, right, top, in points. */
  readonly riquadro?: readonly [number, number, number, number]
}

/** A marked content: page (from 0) and its number on that page. */
export interface Contenuto {
  readonly pagina: number
  readonly mcid: number
}

/** A node already in the file: nothing of it is kept but its place. */
export interface Scritto {
  readonly scritto: PDFRef
}

/** A new node, added at the end of its parent when there is one. */
export function createElemento(tipo: string, genitore?: Elemento, altro: Omit<Elemento, 'tipo' | 'figli'> = {}): Elemento {
  const elemento: Elemento = { tipo, figli: [], ...altro }
  genitore?.figli.push(elemento)
  return elemento
}

/** Writes the tree in the document: the root for the catalogue. `scritti`: what of it is in the file already. Each page names its row of the parent tree by `StructParents` = its index. */
export function writeStruttura(
  context: PDFContext,
  radice: Elemento,
  pagine: readonly PDFRef[],
  scritti: { readonly root: PDFRef; readonly parents: PDFRef[][]; readonly righe: ReadonlyMap<number, PDFRef> } | null = null,
): PDFRef {
  const root = scritti?.root ?? context.nextRef()
  const parents: PDFRef[][] = scritti?.parents ?? pagine.map(() => [])
  const document = writeElemento(context, radice, root, pagine, parents)
  const tree = context.obj({
    Nums: pagine.flatMap((_, index) => [index, scritti?.righe.get(index) ?? context.register(context.obj(parents[index] ?? []))]),
  })
  context.assign(
    root,
    context.obj({ Type: 'StructTreeRoot', K: [document], ParentTree: context.register(tree), ParentTreeNextKey: pagine.length }),
  )
  return root
}

/** Writes a node and what is under it; `parents` learns which node shows each marked content. */
export function writeElemento(
  context: PDFContext,
  elemento: Elemento,
  genitore: PDFRef,
  pagine: readonly PDFRef[],
  parents: PDFRef[][],
): PDFRef {
  const ref = elemento.posto ?? context.nextRef()
  const kids = context.obj([])
  // The page of most contents is written once; the others say their own.
  const first = elemento.figli.find((f): f is Contenuto => 'mcid' in f)
  for (const figlio of elemento.figli) {
    if ('scritto' in figlio) kids.push(figlio.scritto)
    else if ('tipo' in figlio) kids.push(writeElemento(context, figlio, ref, pagine, parents))
    else {
      const row = parents[figlio.pagina]
      if (row !== undefined) row[figlio.mcid] = ref
      const page = pagine[figlio.pagina]
      kids.push(
        figlio.pagina === first?.pagina || page === undefined
          ? PDFNumber.of(figlio.mcid)
          : context.obj({ Type: 'MCR', Pg: page, MCID: figlio.mcid }),
      )
    }
  }
  const dict = context.obj({ S: elemento.tipo, P: genitore, K: kids })
  const page = first === undefined ? undefined : pagine[first.pagina]
  if (page !== undefined) dict.set(PDFName.of('Pg'), page)
  if (elemento.alternativo !== undefined) dict.set(PDFName.of('Alt'), PDFHexString.fromText(elemento.alternativo))
  if (elemento.ambito !== undefined) dict.set(PDFName.of('A'), context.obj({ O: 'Table', Scope: elemento.ambito }))
  if (elemento.riquadro !== undefined)
    dict.set(PDFName.of('A'), context.obj({ O: 'Layout', Placement: 'Block', BBox: [...elemento.riquadro] }))
  context.assign(ref, dict)
  return ref
}
