/** Text that may enter an XML 1.0 document: cleaning, blank checks, escaping. Pure functions. */

/** What XML 1.0 forbids anywhere, plus the C1 controls (U+0085 apart, a line break): legal, but only ever the wreck of a wrong decoding. */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F\uFFFE\uFFFF]/gu
const LONE_SURROGATE = /[\uD800-\uDFFF]/gu
/** Vertical tab, form feed, NEL, line and paragraph separator stand for a space or a new line in text pasted from e-mail and word processors. */
// oxlint-disable-next-line no-control-regex
const OTHER_BREAKS = /\r\n?|[\u000B\u000C\u0085\u2028\u2029]/gu

/** Removes what XML 1.0 cannot carry and normalises to NFC; line ends become LF. White space is otherwise kept. */
export function cleanText(text: string): string {
  return text.replace(OTHER_BREAKS, '\n').replace(FORBIDDEN, '').replace(LONE_SURROGATE, '').normalize('NFC')
}

/** `cleanText` for a one-line field: white space runs become one space, the ends are trimmed. Never use it on fixed literals. */
export function cleanLine(text: string): string {
  return cleanText(text)
    .replace(/[\s\u00A0]+/gu, ' ')
    .trim()
}

/** `cleanText` for a free note: lines stay, the white space at their ends does not. */
export function cleanNote(text: string): string {
  return cleanText(text)
    .replace(/[^\S\n]+$/gmu, '')
    .trim()
}

/** True for absent text and for text that has nothing visible left after cleaning. */
export function isBlank(text: string | null | undefined): boolean {
  return text === null || text === undefined || cleanLine(text) === ''
}

/** Escapes text content: `&`, `<`, `>`, and CR, which a parser would otherwise turn into LF. */
export function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#13;')
}

/** Escapes an attribute value in double quotes; tabs and line ends are written as references, or attribute normalisation would lose them. */
export function escapeAttribute(value: string): string {
  return escapeText(value).replace(/"/g, '&quot;').replace(/\t/g, '&#9;').replace(/\n/g, '&#10;')
}
