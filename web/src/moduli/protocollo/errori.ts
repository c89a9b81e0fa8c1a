/** Errors of the registration form, whether found here or refused by the server, under the names of the fields on screen. Pure. */
import type { Problema } from '../../api/problema.ts'
import type { Avviso } from './modulo.ts'

const NAMES: [RegExp, string][] = [
  [/^assegnazione(\.|$).*/, 'assegnazione'],
  [/^perConoscenza(\.|$).*/, 'perConoscenza'],
  [/^documento(\.|$).*/, 'documento'],
  [/^allegati(\.|$).*/, 'documento'],
  [/^(mittenti\.\d+)\.codiceFiscalePartitaIva$/, '$1.codiceFiscale'],
  [/^mittenti$/, 'mittenti.0.cognome'],
  [/^protocolloMittente$/, 'protocolloMittente.numero'],
]

/** The field on screen that answers for a field of the API. */
export function campoSuSchermo(campo: string): string {
  for (const [pattern, name] of NAMES) if (pattern.test(campo)) return campo.replace(pattern, name)
  return campo
}

/** The refused fields of a problem, ready for the form. */
export function erroriDelServer(problema: Problema): Avviso[] {
  return problema.campi.map((item) => ({ campo: campoSuSchermo(item.campo), messaggio: item.messaggio }))
}

/** The control of a field, when it is on screen. */
export function elementoCampo(campo: string): HTMLElement | null {
  return document.getElementById(`campo-${campo}`)
}

/** Puts the cursor in a field and selects what is there. */
export function vaiAlCampo(campo: string): void {
  const element = elementoCampo(campo)
  element?.closest('details')?.setAttribute('open', '')
  element?.scrollIntoView({ block: 'nearest' })
  element?.focus()
  if (element instanceof HTMLInputElement && element.type !== 'radio') element.select()
}
