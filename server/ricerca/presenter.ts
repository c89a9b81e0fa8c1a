import type { Domanda, Termine } from './domanda.ts'
import { formatItalianDay } from '../kernel/time.ts'
import type { Conteggio } from './repository.ts'
import { facce } from './schema.ts'
import type { RisultatiDto } from './schema.ts'

const versi: Readonly<Record<string, string>> = { E: 'entrata', U: 'uscita', I: 'interno' }
const NOMI_STATO: Readonly<Record<string, string>> = {
  annullata: 'annullata',
  valida: 'valida',
  registrata: 'registrata',
  da_prendere_in_carico: 'da prendere in carico',
  in_carico: 'in carico',
  rifiutata: 'rifiutata',
}
const canali: Readonly<Record<string, string>> = {
  PEC: 'PEC',
  PEO: 'posta elettronica',
  PORTALE: 'portale',
  POSTA: 'posta',
  RACCOMANDATA: 'raccomandata',
  A_MANO: 'a mano',
  NOTIFICA: 'notifica',
  ALTRO: 'altro',
}

type Uffici = readonly { readonly id: string; readonly denominazione: string }[]

/** Facets with their values in words, most frequent first. */
export function presentFacce(conteggi: readonly Conteggio[], uffici: Uffici): RisultatiDto['facce'] {
  const names = new Map(uffici.map((u) => [u.id, u.denominazione]))
  const label = (nome: string, valore: string): string => {
    if (nome === 'tipo') return versi[valore] ?? valore
    if (nome === 'stato') return NOMI_STATO[valore] ?? valore.replaceAll('_', ' ')
    if (nome === 'canale') return canali[valore] ?? valore
    if (nome === 'ufficio') return names.get(valore) ?? ''
    return valore
  }
  return facce.map((nome) => ({
    nome,
    valori: conteggi
      .filter((c) => c.faccia === nome)
      .slice(0, 12)
      .map((c) => ({ valore: c.valore, etichetta: label(nome, c.valore), quanti: c.quanti })),
  }))
}

/** How the box was read, in words, with the place of each piece. */
export function presentLettura(domanda: Domanda, uffici: Uffici): RisultatiDto['lettura'] {
  return domanda.gruppi.flat().map(({ termine, nega, inizio, fine }) => ({
    tipo: termine.tipo,
    etichetta: describe(termine, uffici),
    nega,
    inizio,
    fine,
  }))
}

/** One term in Italian words, as chips and the statement of an export tell it. */
export function describe(t: Termine, uffici: Uffici): string {
  switch (t.tipo) {
    case 'parole': {
      const testo = t.esatta ? `«${t.parole.join(' ')}»` : t.parole.join(' ')
      return t.campo === 'tutto' ? testo : `${t.campo}: ${testo}`
    }
    case 'numero':
      return t.anno === null ? `numero ${t.numero}` : `numero ${t.numero}/${t.anno}`
    case 'segnatura':
      return `segnatura ${t.testo}`
    case 'impronta':
      return `impronta ${t.prefisso}…`
    case 'emergenza':
      return `numero di emergenza ${t.codice}`
    case 'protocolloMittente':
      return `protocollo del mittente ${t.testo}`
    case 'voce':
      return `classifica ${t.codice}`
    case 'ufficio':
      return `ufficio: ${t.parole.join(' ')}`
    case 'ufficioId':
      return `ufficio: ${uffici.find((u) => u.id === t.id)?.denominazione ?? ''}`
    case 'fascicolo':
      return `fascicolo ${t.testo}`
    case 'verso':
      return `in ${versi[t.valore] ?? ''}`.replace('in interno', 'interni')
    case 'stato':
    case 'statoIndice':
      return `stato: ${NOMI_STATO[t.valore] ?? t.valore}`
    case 'anno':
      return `anno ${t.anno}`
    case 'canale':
      return `canale: ${canali[t.valore] ?? t.valore}`
    case 'da':
      return `dal ${formatItalianDay(t.giorno)}`
    case 'a':
      return `al ${formatItalianDay(t.giorno)}`
  }
}
