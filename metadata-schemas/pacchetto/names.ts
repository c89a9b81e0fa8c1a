/** Names inside a package: safe on every file system, recognisable, never two alike. REQ-CONS-035. Pure functions. */

const LUNGHEZZA = 100
const RISERVATI = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i
/** What wraps another file: its extension alone says nothing of the content, so the one before is kept too (`.pdf.p7m`, `.p7m.tsd`). */
const INVOLUCRI = new Set(['p7m', 'p7s', 'tsd', 'tsr', 'm7m', 'gz', 'asc', 'sig'])

/** Name and extension, dot included; the extension of a wrapped file holds the inner ones. */
export function splitExtension(nome: string): { stelo: string; estensione: string } {
  let inizio = nome.length
  for (;;) {
    const punto = nome.lastIndexOf('.', inizio - 1)
    if (punto <= 0 || !/^\.[A-Za-z0-9]{1,8}$/.test(nome.slice(punto, inizio))) break
    const ultima = nome.slice(punto + 1, inizio).toLowerCase()
    inizio = punto
    if (!INVOLUCRI.has(ultima)) break
  }
  return { stelo: nome.slice(0, inizio), estensione: nome.slice(inizio) }
}

function plain(nome: string): string {
  const semplice = nome
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC')
    .replace(/[^A-Za-z0-9._-]+/g, '_')
    .replace(/^[^A-Za-z0-9]+/, '')
    .replace(/[._]+$/, '')
  return RISERVATI.test(semplice) ? `f-${semplice}` : semplice
}

/**
 * A name for the package, from the original one (which stays in the metadata): letters, digits, `.`, `_`, `-` only, first a letter or digit, accents
 * dropped, no reserved Windows name, at most `massimo` characters with the whole extension kept, and not among `usati` ignoring case. Adds the result to
 * `usati`. Same inputs, same name.
 */
export function sanitizeName(originale: string, usati: Set<string>, massimo: number = LUNGHEZZA): string {
  const nome = plain(originale.normalize('NFC').replace(/^.*[/\\]/, ''))
  const { stelo, estensione } = splitExtension(nome === '' ? 'file' : nome)
  for (let copia = 1; ; copia += 1) {
    const suffisso = copia === 1 ? '' : `-${copia}`
    const spazio = Math.max(1, massimo - suffisso.length - estensione.length)
    const candidato = `${stelo.slice(0, spazio).replace(/[._]+$/, '') || 'file'}${suffisso}${estensione}`
    const chiave = candidato.toLowerCase()
    if (usati.has(chiave)) continue
    usati.add(chiave)
    return candidato
  }
}
