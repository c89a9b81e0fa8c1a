/** The rules of terms as their form holds them, and back. Pure. */
import type { RegoleTermini } from '../../../../server/procedimenti/schema.ts'

/** The rules that are a number of days, in the order of the form. */
export const GIORNI_REGOLE = [
  'giorniSospensione',
  'giorniOsservazioni',
  'giorniRipresa',
  'giorniParere',
  'giorniValutazione',
  'giorniComunicazioneAvvio',
] as const satisfies readonly (keyof RegoleTermini)[]

export function moduloRegole(r: RegoleTermini): Record<string, string> {
  return {
    festivo: r.festivo,
    preavvisi: r.preavvisi.join(', '),
    ...Object.fromEntries(GIORNI_REGOLE.map((nome) => [nome, String(r[nome])])),
  }
}

/** A number as typed; anything else goes as it is, to be refused by name. */
const numero = (testo: string): number | string => (/^\d+$/u.test(testo.trim()) ? Number(testo) : testo.trim())

export function corpoRegole(m: Readonly<Record<string, string>>): unknown {
  return {
    festivo: m['festivo'],
    preavvisi: (m['preavvisi'] ?? '')
      .split(',')
      .filter((x) => x.trim() !== '')
      .map(numero),
    ...Object.fromEntries(GIORNI_REGOLE.map((nome) => [nome, numero(m[nome] ?? '')])),
  }
}
