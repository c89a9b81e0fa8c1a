/** Italian sentences for what the schema validator says; its own words stay when a case is unknown. */
const SENTENCES: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [
    /^Element '(?<e>.+?)': This element is not expected\.(?: Expected is (?:one of )?\( (?<x>.+?) \)\.)?$/su,
    (element, expected) =>
      `L’elemento ${element} non è ammesso in questo punto${expected ? `: qui serve ${expected.replace(/, /g, ' oppure ')}` : ''}.`,
  ],
  [
    /^Element '(?<e>.+?)': Missing child element\(s\)\. Expected is (?:one of )?\( (?<x>.+?) \)\.$/su,
    (element, expected) => `L’elemento ${element} è incompleto: manca ${expected?.replace(/, /g, ' oppure ') ?? ''}.`,
  ],
  [
    /^Element '(?<e>.+?)': \[facet 'pattern'\] The value '(?<v>.*)' is not accepted by the pattern '.*'\.$/su,
    (element, value) => `Il valore «${value}» di ${element} non ha la forma prescritta.`,
  ],
  [
    /^Element '(?<e>.+?)': \[facet 'enumeration'\] The value '(?<v>.*)' is not an element of the set \{.*\}\.$/su,
    (element, value) => `Il valore «${value}» di ${element} non è tra quelli ammessi.`,
  ],
  [
    /^Element '(?<e>.+?)': \[facet '(?:max|min)(?:In|Ex)clusive'\] The value '(?<v>.*)' is (?:greater|less|not).*\('(?<l>.*)'\)\.$/su,
    (element, value, limit) => `Il valore «${value}» di ${element} supera il limite ${limit}.`,
  ],
  [
    /^Element '(?<e>.+?)': '(?<v>.*)' is not a valid value of the (?:atomic|local atomic|list|union) type(?: '(?<t>.+)')?\.$/su,
    (element, value, type) => `Il valore «${value}» di ${element} non è valido${type ? ` (tipo ${type})` : ''}.`,
  ],
  [
    /^Element '(?<e>.+?)': The actual value '(?<v>.*)' does not match the fixed value constraint '(?<f>.*)'\.$/su,
    (element, value, fixed) => `Il valore «${value}» di ${element} deve essere «${fixed}».`,
  ],
  [
    /^Element '(?<e>.+?)': No matching global declaration available for the validation root\.$/su,
    (element) => `L’elemento radice ${element} non è quello previsto dallo schema.`,
  ],
  [
    /^Element '(?<e>.+?)': Character content (?:other than whitespace )?is not allowed because the content type is .*\.$/su,
    (element) => `L’elemento ${element} non può contenere testo.`,
  ],
  [
    /^Element '(?<e>.+?)': Element content is not allowed, because the type definition is simple\.$/su,
    (element) => `L’elemento ${element} non può contenere altri elementi: solo testo.`,
  ],
  [
    /^Element '(?<e>.+?)', attribute '(?<a>.+?)': The attribute '.*' is not allowed\.$/su,
    (element, attribute) => `L’attributo ${attribute} di ${element} non è ammesso.`,
  ],
  [
    /^Element '(?<e>.+?)': The attribute '(?<a>.+?)' is required but missing\.$/su,
    (element, attribute) => `All’elemento ${element} manca l’attributo ${attribute}.`,
  ],
]

/** One line in Italian for a validator message; the text of the message itself (trimmed) when it is of a kind not listed. */
export function italianMessage(message: string): string {
  const text = message.trim()
  for (const [pattern, sentence] of SENTENCES) {
    const found = pattern.exec(text)
    if (found) return sentence(...found.slice(1).map((part) => part ?? ''))
  }
  return text
}
