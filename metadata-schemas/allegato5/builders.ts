import { createHash } from 'node:crypto'
import type { AlgoritmoImpronta } from './literals.ts'
import type { ModelloAgg } from './models/agg.ts'
import type { AlmenoUnIndirizzo, ModelloDai, PaiDai, PersonaDai, PfDai, PgDai } from './models/dai.ts'
import type { ModelloDi } from './models/di.ts'
import type { CodiceIpa, Impronta, Opz, Verifica } from './models/shared.ts'

/** What a document has when nobody says otherwise: first version, no attachment, no aggregation, nothing signed, not reserved. */
type ConPredefiniti = 'profilo' | 'allegati' | 'aggregazioni' | 'versione' | 'verifica' | 'riservato'
type Documento<M extends ModelloDi | ModelloDai> = Omit<M, ConPredefiniti> & Partial<Omit<Pick<M, ConPredefiniti>, 'profilo'>>

const NULLA_FIRMATO: Verifica = { firmato: false, sigillato: false, marcato: false, conformitaCopia: false }

function predefiniti(): { allegati: { indice: [] }; aggregazioni: []; versione: string; verifica: Verifica; riservato: false } {
  return { allegati: { indice: [] }, aggregazioni: [], versione: '1', verifica: NULLA_FIRMATO, riservato: false }
}

/** A documento informatico with the ordinary defaults: first version, no attachments, in no aggregation, not signed, not reserved. */
export function buildDi(dati: Documento<ModelloDi>): ModelloDi {
  return { ...predefiniti(), ...dati, profilo: 'DI' }
}

/** A documento amministrativo informatico; see buildDi. Without aggregations it breaks R50, on purpose: filing is the caller's act. */
export function buildDai(dati: Documento<ModelloDai>): ModelloDai {
  return { ...predefiniti(), ...dati, profilo: 'DAI' }
}

/** An aggregazione documentale informatica, without assignments unless given. */
export function buildAgg(dati: Omit<ModelloAgg, 'profilo' | 'assegnazioni'> & Partial<Pick<ModelloAgg, 'assegnazioni'>>): ModelloAgg {
  return { assegnazioni: [], ...dati, profilo: 'AGG' }
}

/** Digest of these bytes as the annex writes it. */
export function improntaOf(bytes: Uint8Array, algoritmo: AlgoritmoImpronta = 'SHA-256'): Impronta {
  return { valore: createHash(algoritmo.replace('-', '')).update(bytes).digest('base64'), algoritmo }
}

/** A natural person. */
export function personaFisica(persona: PersonaDai): PfDai {
  return { tipo: 'PF', ...persona }
}

/** An organisation that is no public administration, by name, with its eleven-digit code when known. */
export function organizzazione(denominazione: string, codiceFiscalePartitaIva?: Opz<string>, indirizzi: readonly string[] = []): PgDai {
  return { tipo: 'PG', denominazione, codiceFiscalePartitaIva, indirizzi }
}

/** An Italian administration with its AOO, at least one digital address, and the office when it is one. */
export function amministrazione(ipaAmm: CodiceIpa, ipaAoo: CodiceIpa, indirizzi: AlmenoUnIndirizzo, ipaUor?: Opz<CodiceIpa>): PaiDai {
  return { tipo: 'PAI', ipaAmm, ipaAoo, ipaUor, indirizzi }
}
