/** Parties of a new fascicolo as plain data: filled a field at a time, turned into what the server takes. Pure. */
import type { Soggetto } from '../../api/tipi.ts'

export interface Parte {
  tipo: 'PF' | 'PG' | 'PAI'
  cognome: string
  nome: string
  denominazione: string
  codice: string
  indirizzo: string
}

export const parteVuota = (tipo: Parte['tipo']): Parte => ({ tipo, cognome: '', nome: '', denominazione: '', codice: '', indirizzo: '' })

/** A party as it was proposed, ready to be changed. */
export function daSoggetto(s: Soggetto): Parte[] {
  const all = s as unknown as Record<string, string | undefined>
  if (s.tipo !== 'PF' && s.tipo !== 'PG' && s.tipo !== 'PAI') return []
  return [
    {
      tipo: s.tipo,
      cognome: all['cognome'] ?? '',
      nome: all['nome'] ?? '',
      denominazione: all['denominazione'] ?? '',
      codice: all['codiceFiscale'] ?? all['codiceFiscalePartitaIva'] ?? all['codiceIpa'] ?? '',
      indirizzo: all['indirizzoDigitale'] ?? '',
    },
  ]
}

/** The party as the server takes it: what is empty is left out. */
export function aSoggetto(p: Parte): Soggetto {
  const code = { PF: 'codiceFiscale', PG: 'codiceFiscalePartitaIva', PAI: 'codiceIpa' }[p.tipo]
  const named = p.tipo === 'PF' ? { cognome: p.cognome.trim(), nome: p.nome.trim() } : { denominazione: p.denominazione.trim() }
  const given = Object.entries({ ...named, [code]: p.codice.trim(), indirizzoDigitale: p.indirizzo.trim() }).filter(([, v]) => v !== '')
  return { tipo: p.tipo, ...Object.fromEntries(given) } as unknown as Soggetto
}
