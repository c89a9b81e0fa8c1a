/**
 * While a list of options is open react-aria hides the rest of the page from screen readers with aria-hidden, and leaves it focusable:
 * that breaks WCAG 4.1.2. Parts of the page marked as its "top layer" are left alone, so they are marked while the list is open.
 */
const MARK = 'data-react-aria-top-layer'
let marked: Element[] = []

/** Call with true just before a list of options opens, with false when it closes. */
export function lasciaVisibile(aperto: boolean): void {
  if (aperto && marked.length === 0) {
    marked = [...document.body.children].filter((element) => !element.hasAttribute(MARK))
    for (const element of marked) element.setAttribute(MARK, '')
  } else if (!aperto) {
    for (const element of marked) element.removeAttribute(MARK)
    marked = []
  }
}
