import { addDays } from '../kernel/time.ts'

/** Days within which the titolario is reviewed again (REQ-TIT-008). */
export const GIORNI_REVISIONE = 365
/** Share of documents in "other matters" beyond which the plan, or who uses it, has a problem. */
export const QUOTA_OGGETTI_DIVERSI = 0.05

/** The day by which the next review is due: a year after the last one, or after the beginning of the version. Days `YYYY-MM-DD`. */
export function scadenzaRevisione(ultima: string | null, inizio: string): string {
  return addDays(ultima === null || ultima < inizio ? inizio : ultima, GIORNI_REVISIONE)
}

/** True when "other matters" takes more than its share. */
export function sovraUso(oggettiDiversi: number, documenti: number): boolean {
  return documenti > 0 && oggettiDiversi / documenti > QUOTA_OGGETTI_DIVERSI
}
