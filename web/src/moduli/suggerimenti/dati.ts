/** Queries of the proposals, and the groups they add to the boxes of the form. */
import { queryOptions } from '@tanstack/react-query'
import { api, chiama, conParametri } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import type { GruppoOpzioni } from '../../ui/Combobox.tsx'
import type { MisuraDto, ProvaRegolaDto, RegolaDto, SuggerimentiClasseDto } from '../../../../server/suggerimenti/schema.ts'

export type Regola = RegolaDto
export type Misura = MisuraDto
export type Prova = ProvaRegolaDto
export type Suggerimenti = SuggerimentiClasseDto

/** What is known of the document while it is being registered. */
export interface Domanda {
  oggetto: string
  mittente: string
  tipologia: string
}

export const regoleQuery = (ente: string) =>
  queryOptions({ queryKey: ['regole-smistamento', ente], queryFn: () => chiama<Regola[]>(api(ente, 'regole-smistamento')) })

export const misuraQuery = (ente: string) =>
  queryOptions({ queryKey: ['suggerimenti', ente, 'misura'], queryFn: () => chiama<Misura>(api(ente, 'suggerimenti', 'misura')) })

/**
 * The proposals before the whole list, when nothing is typed yet. `prefisso` is that of the ids of the box. A failure gives no proposals: the list is
 * what the person needs.
 */
export async function conProposte(
  ente: string,
  quali: keyof Suggerimenti,
  domanda: Domanda,
  testo: string,
  prefisso: string,
  elenco: Promise<GruppoOpzioni[]>,
): Promise<GruppoOpzioni[]> {
  if (testo.trim() !== '' || (domanda.oggetto.trim() === '' && domanda.mittente.trim() === '')) return await elenco
  const found = await chiama<Suggerimenti>(conParametri(api(ente, 'suggerimenti'), { ...domanda })).catch((): Suggerimenti => ({
    voci: [],
    uffici: [],
  }))
  const opzioni = found[quali].map((p) => ({
    id: `${prefisso}${p.id}`,
    testo: quali === 'voci' ? `${p.codice} ${p.denominazione}` : p.denominazione,
    perche: p.motivo,
  }))
  const proposed = new Set(opzioni.map((o) => o.id))
  const rest = (await elenco).map((gruppo) => ({ ...gruppo, opzioni: gruppo.opzioni.filter((o) => !proposed.has(o.id)) }))
  return opzioni.length === 0 ? rest : [{ nome: t.suggerimenti.proposte, opzioni }, ...rest]
}
