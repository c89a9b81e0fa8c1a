/** Numbers of the register as people write them. Pure. */

/** '15183', '15183/26', '0015183/2026' as number and year; without a year the one given. Null when it is not a number of protocollo. */
export function leggiNumeroProtocollo(testo: string, annoCorrente: string): { numero: string; anno: string } | null {
  const found = /^\s*0*([1-9]\d{0,6})\s*(?:\/\s*(\d{4}|\d{2}))?\s*$/u.exec(testo)
  if (found === null) return null
  const [, numero = '', anno = annoCorrente] = found
  return { numero, anno: anno.length === 2 ? `20${anno}` : anno }
}
