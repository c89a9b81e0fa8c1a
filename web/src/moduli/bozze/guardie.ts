/** What deserves a second look before the number, and stops nothing. Pure. */
import { t } from '../../testi/it.ts'
import type { Bozza, Destinatario } from './dati.ts'
import type { Modifica } from './useBozza.ts'

export interface Guardia {
  campo: string
  messaggio: string
}

const PAPER = new Set(['POSTA', 'RACCOMANDATA', 'A_MANO', 'NOTIFICA'])
const CODE = /\b[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]\b/iu
// Letters with accents are letters: the ends of a word are looked for as such.
const HEALTH =
  /(?<!\p{L})(?:malatti\p{L}*|invalidit[àa]|disabilit[àa]|ricover\p{L}*|terapi\p{L}*|diagnos\p{L}*|handicap|tossicodipend\p{L}*|condann\p{L}*|detenut\p{L}*)(?!\p{L})/iu

const nameOf = (d: Destinatario): string => d.denominazione ?? `${d.cognome ?? ''} ${d.nome ?? ''}`.trim()

/** True when a subject may hold data of a person that should not be there (GDPR arts 5, 9, 10). */
export function haDatiPersonali(oggetto: string): boolean {
  return CODE.test(oggetto) || HEALTH.test(oggetto)
}

/** The warnings of a draft as it is on screen. */
export function guardie(bozza: Bozza, { dati, richiedeFirma }: Modifica): Guardia[] {
  const list: Guardia[] = []
  if (dati.riservatezza === 'ORDINARIO' && haDatiPersonali(dati.oggetto)) list.push({ campo: 'oggetto', messaggio: t.bozze.guardie.dati })
  const main = bozza.firmato ?? bozza.documento
  if (bozza.tipo === 'U' && main !== null && main.formato.firmato === 'nessuna' && !richiedeFirma)
    list.push({ campo: 'documento', messaggio: t.bozze.guardie.nonFirmato })
  if (bozza.tipo === 'U' && /\.(docx?|odt|xlsx?|ods|pptx?)$/iu.test(main?.nome ?? dati.documento?.nome ?? ''))
    list.push({ campo: 'documento', messaggio: t.bozze.guardie.formato })
  for (const one of dati.destinatari) {
    if ((one.indirizzoDigitale ?? '') !== '' && PAPER.has(one.canale ?? dati.mezzo ?? ''))
      list.push({ campo: 'mezzo', messaggio: t.bozze.guardie.carta(nameOf(one)) })
  }
  return list
}
