/** The choices for the preservation service as their form holds them, and back. Pure. */
import type { TabellaRegoleDto } from '../../../../server/metadati/schema.ts'

/** 'Comunicazione = COMUNICAZIONE', one for each line. */
export function letteraliInRighe(letterali: Readonly<Record<string, string>>): string {
  return Object.entries(letterali)
    .map(([nostro, suo]) => `${nostro} = ${suo}`)
    .join('\n')
}

/** The lines back as pairs; a line without its sign is sent with an empty value, to be seen. */
export function letteraliDaRighe(testo: string): Record<string, string> {
  const rows = testo
    .split('\n')
    .map((riga) => riga.trim())
    .filter((riga) => riga !== '')
  return Object.fromEntries(
    rows.map((riga) => {
      const [nostro = '', ...suo] = riga.split('=')
      return [nostro.trim(), suo.join('=').trim()]
    }),
  )
}

/** The rules whose gravity the body chooses, each once: a rule has a row for each profile, and all of them must leave it to choose. */
export function configurabili(regole: TabellaRegoleDto['regole']): TabellaRegoleDto['regole'] {
  return regole.filter(
    (r, i) => regole.every((other) => other.id !== r.id || other.configurabile) && regole.findIndex((other) => other.id === r.id) === i,
  )
}
