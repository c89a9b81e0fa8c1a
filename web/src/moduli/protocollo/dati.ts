/** Lists the forms choose from: classes, offices, people, fascicoli. */
import { queryOptions, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { api, chiama, conParametri } from '../../api/client.ts'
import type { Lista, Operatore, Titolario, Ufficio, Voce, VoceTrovata } from '../../api/tipi.ts'
import type { RigaFascicolo } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import type { GruppoOpzioni, Opzione } from '../../ui/Combobox.tsx'
import { corrisponde } from '../../ui/parole.ts'

const LONG = 10 * 60_000

export const titolarioQuery = (ente: string) =>
  queryOptions({ queryKey: ['titolario', ente], queryFn: () => chiama<Titolario>(api(ente, 'titolario')), staleTime: LONG })
export const ufficiQuery = (ente: string) =>
  queryOptions({ queryKey: ['uffici', ente], queryFn: () => chiama<Ufficio[]>(api(ente, 'uffici')), staleTime: LONG })
export const operatoriQuery = (ente: string) =>
  queryOptions({ queryKey: ['operatori', ente], queryFn: () => chiama<Operatore[]>(api(ente, 'operatori')), staleTime: LONG })

/** 'VI/3 Edilizia privata'. */
export function testoVoce(voce: Pick<Voce, 'codice' | 'denominazione'>): string {
  return `${voce.codice} ${voce.denominazione}`
}

function voceOption(voce: Voce & { percorso?: string }, path: string): Opzione {
  return {
    id: voce.id,
    testo: testoVoce(voce),
    dettaglio: [voce.etichetta, voce.percorso ?? path].filter((part) => part !== '').join(' · '),
  }
}

/** Words of the ancestors of an entry, from the whole titolario. */
function ancestors(voce: Voce, byId: Map<string, Voce>): string {
  const parent = voce.padreId === null ? undefined : byId.get(voce.padreId)
  return parent === undefined ? '' : testoVoce(parent)
}

/** Classes for a combobox: everything selectable when nothing is typed, the server's search (numbers, words, synonyms) otherwise. */
export async function cercaVoci(client: QueryClient, ente: string, testo: string): Promise<GruppoOpzioni[]> {
  if (testo.trim() !== '') {
    const found = await chiama<VoceTrovata[]>(conParametri(api(ente, 'titolario', 'voci'), { q: testo.trim() }))
    return [{ nome: '', opzioni: found.filter((voce) => voce.selezionabile).map((voce) => voceOption(voce, '')) }]
  }
  const { voci } = await client.ensureQueryData(titolarioQuery(ente))
  const byId = new Map(voci.map((voce) => [voce.id, voce]))
  const groups = new Map<string, Opzione[]>()
  for (const voce of voci.filter((item) => item.selezionabile && item.livello === 2)) {
    const name = ancestors(voce, byId)
    groups.set(name, [...(groups.get(name) ?? []), voceOption(voce, '')])
  }
  return [...groups].map(([nome, opzioni]) => ({ nome, opzioni }))
}

/** Offices only, for "per conoscenza" and refusals. Ids are 'ufficio:<id>'. */
export async function cercaUffici(client: QueryClient, ente: string, testo: string): Promise<GruppoOpzioni[]> {
  const offices = await client.ensureQueryData(ufficiQuery(ente))
  const matching = offices.filter((office) => corrisponde(`${office.codice} ${office.denominazione}`, testo))
  return [
    {
      nome: '',
      opzioni: matching.map((office) => ({ id: `ufficio:${office.id}`, testo: office.denominazione, dettaglio: office.codice })),
    },
  ]
}

/** Offices and people an incoming document can be assigned to. */
export async function cercaDestinatari(client: QueryClient, ente: string, testo: string): Promise<GruppoOpzioni[]> {
  const [offices, people, only] = await Promise.all([
    client.ensureQueryData(ufficiQuery(ente)),
    client.ensureQueryData(operatoriQuery(ente)).catch(() => []),
    cercaUffici(client, ente, testo),
  ])
  const nameOf = new Map(offices.map((office) => [office.id, office.denominazione]))
  const persons = people.flatMap((person) =>
    person.ufficioIds
      .filter((office) => nameOf.has(office) && corrisponde(person.nome, testo))
      .map((office) => ({ id: `operatore:${person.id}:${office}`, testo: person.nome, dettaglio: nameOf.get(office) ?? '' })),
  )
  return [
    { nome: t.modulo.gruppoUffici, opzioni: only[0]?.opzioni ?? [] },
    { nome: t.modulo.gruppoPersone, opzioni: testo === '' ? [] : persons },
  ]
}

/** People who may answer for a fascicolo. */
export async function cercaPersone(client: QueryClient, ente: string, testo: string): Promise<GruppoOpzioni[]> {
  const [people, offices] = await Promise.all([client.ensureQueryData(operatoriQuery(ente)), client.ensureQueryData(ufficiQuery(ente))])
  const nameOf = new Map(offices.map((office) => [office.id, office.denominazione]))
  const options = people
    .filter((person) => corrisponde(person.nome, testo))
    .map((person) => ({ id: person.id, testo: person.nome, dettaglio: person.ufficioIds.map((id) => nameOf.get(id) ?? '').join(', ') }))
  return [{ nome: '', opzioni: options }]
}

/** Open fascicoli by code, subject or party. `voce` is the code of a class, used while nothing is typed. */
export async function cercaFascicoli(ente: string, testo: string, voce?: string): Promise<GruppoOpzioni[]> {
  const found = await chiama<Lista<RigaFascicolo>>(
    conParametri(api(ente, 'fascicoli'), { stato: 'APERTO', q: testo, voce: testo === '' ? voce : undefined, perPagina: 20 }),
  )
  return [{ nome: '', opzioni: found.elementi.map((item) => ({ id: item.id, testo: `${item.codice} ${item.oggetto}` })) }]
}

/** The searches bound to the ente, ready for the comboboxes. */
export function useRicerche(ente: string) {
  const client = useQueryClient()
  return {
    voci: (testo: string) => cercaVoci(client, ente, testo),
    uffici: (testo: string) => cercaUffici(client, ente, testo),
    destinatari: (testo: string) => cercaDestinatari(client, ente, testo),
    persone: (testo: string) => cercaPersone(client, ente, testo),
    fascicoli: (testo: string, voce?: string) => cercaFascicoli(ente, testo, voce),
  }
}

/** The whole titolario, kept ten minutes. */
export function useTitolario(ente: string) {
  return useQuery(titolarioQuery(ente))
}

/** Address of the record of '0015183/2026'. */
export function percorsoScheda(ente: string, etichetta: string): string {
  const [numero, anno] = etichetta.split('/')
  return `/${ente}/protocollo/${anno ?? ''}/${numero ?? ''}`
}
