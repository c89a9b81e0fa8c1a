import { opens } from './policy.ts'
import type { AccessoVisto, Visibilita } from './policy.ts'
import type { Causa, Livello } from './schema/condizione.ts'

/** One reason in words. */
export interface Ragione {
  readonly codice: string
  readonly testo: string
}

const parole: Readonly<Record<Livello, string>> = {
  ORDINARIO: 'ordinaria',
  RISERVATO: 'riservata',
  DATI_PARTICOLARI: 'riservata perché contiene dati particolari',
  PARTICOLARE: 'particolare, per i soli lettori indicati',
}

/** What each way of reaching a registration means. `mio`: one speaks to the person himself. */
function describe(causa: Causa, nome: string, mio: boolean): string {
  const ufficio = `${mio ? 'al tuo' : 'al suo'} ufficio «${nome}»`
  switch (causa) {
    case 'competenza':
      return `È assegnata per competenza ${ufficio}.`
    case 'conoscenza':
      return `È assegnata per conoscenza ${ufficio}.`
    case 'mittente':
      return `Il documento è stato formato ${mio ? 'dal tuo' : 'dal suo'} ufficio «${nome}».`
    case 'assegnatario':
      return mio ? 'È assegnata a te.' : 'È assegnata a questa persona.'
    case 'operatore':
      return mio ? 'L’hai registrata tu.' : 'L’ha registrata questa persona.'
    case 'lettore':
      return mio ? 'Sei tra i lettori indicati per nome.' : 'È tra i lettori indicati per nome.'
    case 'autorita':
      return mio ? 'La leggi per la richiesta di un’autorità.' : 'La legge per la richiesta di un’autorità.'
    default:
      return nome === ''
        ? 'È in un fascicolo che ti riguarda.'.replace('ti', mio ? 'ti' : 'lo')
        : `È in un fascicolo ${mio ? 'del tuo' : 'del suo'} ufficio «${nome}».`
  }
}

/**
 * Every reason by which a person sees a registration, or what keeps him from seeing it, in plain Italian. `nomi` gives the names of offices; `mio` speaks to
 * the person himself. The same facts and the same rule as `canReadRegistrazione`: `vede` is its answer.
 */
export function explain(
  v: Visibilita,
  livello: Livello,
  accessi: readonly AccessoVisto[],
  nomi: ReadonlyMap<string, string>,
  mio: boolean,
): { vede: boolean; ragioni: Ragione[] } {
  const ragioni: Ragione[] = []
  if (v.tutto)
    ragioni.push({
      codice: 'tutto',
      testo: mio ? 'Governi la gestione documentale: vedi tutto il registro.' : 'Governa la gestione documentale: vede tutto il registro.',
    })
  if (v.ordinari && livello === 'ORDINARIO')
    ragioni.push({
      codice: 'protocollo',
      testo: mio
        ? 'Lavori al protocollo: vedi tutte le registrazioni ordinarie.'
        : 'Lavora al protocollo: vede tutte le registrazioni ordinarie.',
    })
  const mine = accessi.filter((a) => v.persone.includes(a.chi) || v.uffici.includes(a.chi))
  for (const a of mine.filter((x) => opens(v, livello, x)))
    ragioni.push({ codice: a.causa, testo: describe(a.causa, nomi.get(a.chi) ?? '', mio) })
  if (ragioni.length > 0) return { vede: true, ragioni }
  const closed = mine.map((a) => ({
    codice: 'livello',
    testo: `${describe(a.causa, nomi.get(a.chi) ?? '', mio)} Ma è ${parole[livello]}: non basta.`,
  }))
  if (closed.length > 0) return { vede: false, ragioni: closed }
  if (v.ordinari)
    return {
      vede: false,
      ragioni: [{ codice: 'livello', testo: `È ${parole[livello]}: chi lavora al protocollo ne vede solo numero e data.` }],
    }
  return {
    vede: false,
    ragioni: [{ codice: 'nessuna', testo: `Non è mai arrivata ${mio ? 'a te né ai tuoi uffici' : 'a questa persona né ai suoi uffici'}.` }],
  }
}

/** How the counts of "what does X see" call each cause. */
export const descrizioneCausa: Readonly<Record<Causa, string>> = {
  competenza: 'Assegnate per competenza ai suoi uffici',
  conoscenza: 'Assegnate per conoscenza ai suoi uffici',
  mittente: 'Formate dai suoi uffici',
  assegnatario: 'Assegnate alla persona',
  operatore: 'Registrate dalla persona',
  lettore: 'Aperte a lei per nome',
  fascicolo: 'Nei fascicoli dei suoi uffici',
  autorita: 'Aperte per la richiesta di un’autorità',
}
