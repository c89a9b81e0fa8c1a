import type { Config } from '../kernel/config.ts'
import { measureNelTempo } from '../suggerimenti/index.ts'
import { withEnti } from './ambiti.ts'

/** The first four fifths of the registrations teach, the last fifth is guessed. */
const QUOTA = 0.8

/**
 * `faldone misura-suggerimenti [ente]`: how often classe and office would have been proposed right on registrations the memory had not seen, beside always
 * proposing the most frequent one (REQ-TIT-025). 1 when it does not do better than that. With the product stopped.
 */
export async function runMisuraSuggerimenti(args: readonly string[], config: Config): Promise<number> {
  let worse = 0
  await withEnti(config, args[0] ?? null, async (scope) => {
    const m = await measureNelTempo(scope, QUOTA)
    if (m.provati === 0) return
    console.log(`${scope.ente.slug}: imparate ${m.imparati} registrazioni, provate le ${m.provati} successive`)
    for (const [nome, b] of [
      ['classe', m.voci],
      ['ufficio', m.uffici],
    ] as const) {
      console.log(
        `  ${nome}: giusta la prima ${percent(b.prima)}, tra le prime tre ${percent(b.traLePrimeTre)}; la più frequente ${percent(b.piuFrequente)}`,
      )
      if (b.prima <= b.piuFrequente) worse++
    }
  })
  return worse === 0 ? 0 : 1
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1).replace('.', ',')} %`
}
