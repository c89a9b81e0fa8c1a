// People, offices and bodies of the samples. All invented; codes that cannot exist.
import { createHash } from 'node:crypto'
import type { AlmenoUnIndirizzo, CodiceIpa, Impronta, PaiDai, UfficioDai } from '../../../metadata-schemas/allegato5/index.ts'

export function improntaDi(testo: string, algoritmo: 'SHA-256' | 'SHA-384' | 'SHA-512' = 'SHA-256'): Impronta {
  return { valore: createHash(algoritmo.replace('-', '')).update(testo).digest('base64'), algoritmo }
}

export const comune: CodiceIpa = { denominazione: 'Comune di Castelvento', codice: 'c_x901' }
export const aoo: CodiceIpa = { denominazione: 'Area organizzativa di Castelvento', codice: 'AX901A0' }
export const protocollo: CodiceIpa = { denominazione: 'Ufficio protocollo', codice: 'X901U1' }
export const edilizia: CodiceIpa = { denominazione: 'Sportello unico per l’edilizia', codice: 'X901U2' }
export const vigili: CodiceIpa = { denominazione: 'Polizia locale', codice: 'X901U3' }
export const pec: AlmenoUnIndirizzo = ['protocollo@pec.comune.castelvento.example']

export const beatrice = { cognome: 'Landi', nome: 'Beatrice', codiceFiscale: 'LNDBRC82C44X901O' }
export const ettore = { cognome: 'Morosini', nome: 'Ettore', codiceFiscale: 'MRSTTR75L19X901H' }
export const sofia = { cognome: 'Valdieri', nome: 'Sofia', codiceFiscale: 'VLDSFO90E55X901J' }

export const ente: PaiDai = { tipo: 'PAI', ipaAmm: comune, ipaAoo: aoo, indirizzi: pec }
export const ufficioEdilizia: UfficioDai = {
  ipaAmm: comune,
  ipaAoo: aoo,
  ipaUor: edilizia,
  indirizzi: ['edilizia@comune.castelvento.example'],
}
export const ufficioSofia: UfficioDai = { ...sofia, ...ufficioEdilizia }
export const ufficioVigili: UfficioDai = { ipaAmm: comune, ipaAoo: aoo, ipaUor: vigili, indirizzi: ['vigili@comune.castelvento.example'] }

export const SEGNATURA = 'c_x901|AX901A0|PG|0000417|2026-03-11'
export const fascicolo = { tipo: 'Fascicolo', id: '2026-VI/3.12' } as const
export const classificazione = { indice: 'VI/3', descrizione: 'Edilizia privata' }
export const piano = 'https://www.comune.castelvento.example/titolario/2026'
