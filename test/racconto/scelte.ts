import { Persona } from './client.ts'
import { API, OSPITE } from './storia.ts'
import type { Storia } from './storia.ts'

const CITTADINA = 'ortensia'

/** The proposed sender; on a demonstration already used, where her own messages are all registered, the citizen of the story is added as a second one. */
export async function mittentiCon(storia: Storia, indirizzo: string, proposto: Record<string, unknown>): Promise<unknown[]> {
  storia.ortensia = new Persona('Ortensia', indirizzo)
  await storia.ortensia.entra('cittadino', CITTADINA)
  const profilo = await storia.ortensia.leggi(`${OSPITE}/profilo`)
  if (proposto['codiceFiscale'] === profilo['codiceFiscale']) return [proposto]
  return [proposto, { tipo: 'PF', nome: 'Ortensia', cognome: 'Ventaglio', codiceFiscale: profilo['codiceFiscale'] }]
}

/** The class proposed with the message, or that of building matters. */
export async function scegliVoce(persona: Persona, proposta: Record<string, unknown>): Promise<string> {
  const proposed = proposta['voce'] as { id: string } | undefined | null
  if (proposed?.id !== undefined) return proposed.id
  const found = (await persona.leggi(`${API}/titolario/voci?q=VI/3`)) as unknown as { id: string; codice: string }[]
  return found.find((v) => v.codice === 'VI/3')?.id ?? ''
}

/** The office of the sector head who goes on with the story. */
export async function scegliUfficio(persona: Persona, _proposta: Record<string, unknown>): Promise<string> {
  const uffici = (await persona.leggi(`${API}/uffici`)) as unknown as { id: string; denominazione: string }[]
  return uffici.find((u) => /edilizia/iu.test(u.denominazione))?.id ?? ''
}
