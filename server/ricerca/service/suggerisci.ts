import { inReadTransaction } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { now, romeDay } from '../../kernel/time.ts'
import { findRigheById } from '../../protocollo/index.ts'
import { parseDomanda } from '../domanda.ts'
import { splitParole } from '../parole.ts'
import { findRecenti } from '../salvate.ts'
import type { SuggerimentiDto } from '../schema.ts'
import { reachNewest, run } from './cerca.ts'

const DOCUMENTI = 8
const PAROLE = 6

/**
 * What completes the box while it is being typed: documents to go to, words, the person's own recent searches. The words are taken from the visible documents
 * themselves, so that nothing else can be guessed by typing (REQ-PROT-061).
 */
export async function suggestRicerca(scope: Scope, q: string): Promise<SuggerimentiDto> {
  const testo = q.trim()
  await reachNewest(scope)
  return await inReadTransaction(scope, async (s) => {
    const recenti = await findRecenti(s, testo, 6)
    if (testo.length < 2) return { documenti: [], parole: [], recenti }
    const oggi = romeDay(now())
    const esito = await run(s, parseDomanda(testo, oggi), { ordine: 'data', pagina: 1, perPagina: 40 }, oggi, null, false)
    const righe = await findRigheById(s, esito.trovate.ids)
    const shown = esito.trovate.ids.flatMap((id) => righe.get(id) ?? [])
    return {
      documenti: shown
        .slice(0, DOCUMENTI)
        .map(({ id, etichetta, oggetto, corrispondente }) => ({ id, etichetta, oggetto, corrispondente })),
      parole: completions(
        testo,
        shown.map((r) => `${r.oggetto} ${r.corrispondente}`),
      ),
      recenti,
    }
  })
}

/** The typed text with its last word completed, by the words that begin like it in the given texts; most frequent first. */
export function completions(testo: string, testi: readonly string[]): string[] {
  const last = /[\p{L}\p{N}]+$/u.exec(testo)?.[0] ?? ''
  const begin = splitParole(last)[0] ?? ''
  if (begin.length < 2) return []
  const counts = new Map<string, number>()
  for (const text of testi) {
    for (const word of new Set(splitParole(text))) {
      if (word.length > begin.length && word.startsWith(begin)) counts.set(word, (counts.get(word) ?? 0) + 1)
    }
  }
  const before = testo.slice(0, testo.length - last.length)
  return [...counts]
    .toSorted(([a, n], [b, m]) => m - n || a.localeCompare(b))
    .slice(0, PAROLE)
    .map(([word]) => `${before}${word}`)
}
