import type { Permesso } from '../kernel/permessi.ts'

const ATTI =
  /\.(?:carica|lavora|registra|assegna|classifica|apri|chiudi|versa|importa|richiedi|autorizza|gestisci|inserisci|pubblica|configura)$/u

/** True for a profile that registers or changes something: it is never given to a shared account (REQ-PROT-140). */
export function writesDocuments(permessi: readonly Permesso[]): boolean {
  return permessi.some((p) => ATTI.test(p))
}

/** The office that receives something classified under `codice`: the longest of the given parts of the plan it falls under, else the main successor. */
export function receiverOf(
  codice: string | null,
  successoreId: string,
  ripartizioni: readonly { codice: string; ufficioId: string }[],
): string {
  const under = ripartizioni.filter((r) => codice !== null && (codice === r.codice || codice.startsWith(`${r.codice}/`)))
  return under.toSorted((a, b) => b.codice.length - a.codice.length)[0]?.ufficioId ?? successoreId
}
