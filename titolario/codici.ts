/**
 * Codes of the plan of classification. Inside the program a code is a list of numbers (`[6, 3, 1]`); everywhere people or files see it, it has
 * one written form, `VI/3/1`: the titolo in Roman numerals, the other levels in Arabic ones (REQ-TIT-001, REQ-TIT-026). Beside it there is the
 * short label `06.03.01` of lists and addresses, which sorts as text.
 */

/** Deepest level a plan may have (REQ-TIT-001). */
export const LIVELLI_MASSIMI = 5

const numerals: readonly (readonly [string, number])[] = [
  ['M', 1000],
  ['CM', 900],
  ['D', 500],
  ['CD', 400],
  ['C', 100],
  ['XC', 90],
  ['L', 50],
  ['XL', 40],
  ['X', 10],
  ['IX', 9],
  ['V', 5],
  ['IV', 4],
  ['I', 1],
]

/** A whole number from 1 to 3999 in Roman numerals. Throws `RangeError` outside them. */
export function toRoman(value: number): string {
  if (!Number.isInteger(value) || value < 1 || value > 3999) throw new RangeError(`no Roman numeral for ${value}`)
  let rest = value
  let text = ''
  for (const [letters, worth] of numerals) {
    while (rest >= worth) {
      text += letters
      rest -= worth
    }
  }
  return text
}

/** The value of a Roman numeral in capitals, or null when it is not one in its regular form (`IIII` and `VX` are not). */
export function fromRoman(text: string): number | null {
  let value = 0
  let position = 0
  for (const [letters, worth] of numerals) {
    while (text.startsWith(letters, position)) {
      value += worth
      position += letters.length
    }
  }
  // Writing the value back settles order and repetition without a second grammar.
  return position === text.length && value >= 1 && value <= 3999 && toRoman(value) === text ? value : null
}

/** The written form: `[6, 3, 1]` -> `VI/3/1`. Throws `RangeError` for no levels, more than five, or a number below 1. */
export function formatCodice(numeri: readonly number[]): string {
  const [titolo, ...others] = assertNumeri(numeri)
  return [toRoman(titolo), ...others.map(String)].join('/')
}

/** The short label: `[6, 3, 1]` -> `06.03.01`. Numbers above 99 simply grow. Throws as `formatCodice`. */
export function formatEtichetta(numeri: readonly number[]): string {
  return assertNumeri(numeri)
    .map((numero) => String(numero).padStart(2, '0'))
    .join('.')
}

/** Reads the written form and nothing else: `VI/3/1` -> `[6, 3, 1]`; null for any other text. */
export function parseCodice(text: string): number[] | null {
  const [titolo = '', ...others] = text.split('/')
  const first = fromRoman(titolo)
  if (first === null || others.length >= LIVELLI_MASSIMI) return null
  if (!others.every((part) => /^[1-9][0-9]{0,3}$/.test(part))) return null
  return [first, ...others.map(Number)]
}

/**
 * Reads a code as people type it: `vi/3`, `VI.3`, `6.3`, `06.03.01`, `6-3`, `VI 3`. Null when the text is not a code.
 */
export function readCodice(text: string): number[] | null {
  const parts = text
    .trim()
    .toUpperCase()
    .split(/\s*[/.\-\s]\s*/)
  if (parts.length > LIVELLI_MASSIMI) return null
  const numeri: number[] = []
  for (const [index, part] of parts.entries()) {
    const value = /^0*[1-9][0-9]{0,3}$/.test(part) ? Number(part) : index === 0 ? fromRoman(part) : null
    if (value === null) return null
    numeri.push(value)
  }
  return numeri
}

/** Order of the plan: parents before children, numbers by value. */
export function compareNumeri(left: readonly number[], right: readonly number[]): number {
  for (let level = 0; level < Math.min(left.length, right.length); level += 1) {
    const difference = (left[level] ?? 0) - (right[level] ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

function assertNumeri(numeri: readonly number[]): [number, ...number[]] {
  const [first, ...others] = numeri
  const valid = first !== undefined && numeri.length <= LIVELLI_MASSIMI && numeri.every((numero) => Number.isInteger(numero) && numero >= 1)
  if (!valid) throw new RangeError(`not a code of the plan: ${numeri.join('/')}`)
  return [first, ...others]
}
