import { addDays, formatItalianDay } from '../../kernel/time.ts'
import type { Caso } from './caso.ts'
import { vie } from './nomi.ts'

const MESI = [
  'gennaio',
  'febbraio',
  'marzo',
  'aprile',
  'maggio',
  'giugno',
  'luglio',
  'agosto',
  'settembre',
  'ottobre',
  'novembre',
  'dicembre',
] as const

const ELENCHI: Readonly<Record<string, readonly string[]>> = {
  via: vie,
  opera: ['l’ampliamento di un fabbricato', 'la costruzione di un’autorimessa', 'una tettoia agricola', 'il recupero del sottotetto'],
  guasto: ['una buca nella pavimentazione', 'un lampione spento', 'un tombino che si muove', 'un ramo pericolante', 'una perdita d’acqua'],
  cantiere: [
    'riqualificazione della piazza del Mercato Vecchio',
    'rifacimento del tetto della palestra',
    'messa in sicurezza del ponte sulla Roggia',
  ],
  occupazione: ['un trasloco', 'un ponteggio', 'una festa di quartiere', 'lo scarico di materiali'],
  variazione: ['nuova utenza', 'cessazione dell’utenza', 'variazione del numero di occupanti', 'variazione della superficie'],
  fornitura: [
    'carta e cancelleria',
    'manutenzione del verde',
    'riparazione di un mezzo',
    'servizi informatici',
    'materiale elettrico',
    'pasti della mensa',
  ],
  scuola: ['scuola primaria Il Gelso', 'scuola dell’infanzia Girotondo', 'scuola secondaria Il Gelso'],
  beneficio: ['assegno di maternità', 'contributo per le utenze domestiche', 'assistenza domiciliare', 'buono per i centri estivi'],
  evento: ['Note sotto la Torre', 'Camminata dei tre mulini', 'Mercatino delle idee', 'Letture al lavatoio', 'Torneo di primavera'],
  commercio: ['vendita di alimentari', 'bar e pasticceria', 'acconciatore', 'vendita di abbigliamento', 'laboratorio di pasta fresca'],
  giornoSettimana: ['martedì', 'giovedì', 'venerdì'],
  mese: MESI,
}

const NUMERI: Readonly<Record<string, (caso: Caso, giorno: string) => string>> = {
  civico: (c) => String(c.intero(1, 96)),
  foglio: (c) => String(c.intero(1, 42)),
  particella: (c) => String(c.intero(10, 980)),
  numero: (c) => String(c.intero(2, 60)),
  metri: (c) => String(c.intero(12, 180)),
  verbale: (c) => `${c.cifre(5)}/V`,
  targa: (c) => `XX${c.intero(100, 999)}YY`,
  fattura: (c) => `${c.intero(1, 480)}/FE`,
  importo: (c) => `${c.intero(60, 9800)},${c.scegli(['00', '50', '80'])}`,
  anno: (_, giorno) => giorno.slice(0, 4),
  annoScorso: (_, giorno) => String(Number(giorno.slice(0, 4)) - 1),
  giornoScorso: (c, giorno) => formatItalianDay(addDays(giorno, -c.intero(3, 25))),
  giornoProssimo: (c, giorno) => formatItalianDay(addDays(giorno, c.intero(10, 40))),
}

/**
 * Returns the function that fills the words in braces for one letter written on `giorno`: the same word has the same value in subject and text.
 * It throws for a word it does not know.
 */
export function createRiempimento(caso: Caso, giorno: string): (testo: string) => string {
  const known = new Map<string, string>()
  const value = (key: string): string => {
    const list = ELENCHI[key]
    if (list !== undefined) return caso.scegli(list)
    const number = NUMERI[key]
    if (number === undefined) throw new Error(`nothing to put for {${key}}`)
    return number(caso, giorno)
  }
  return (testo) =>
    testo.replaceAll(/\{(\w+)\}/gu, (_, key: string) => {
      const found = known.get(key) ?? value(key)
      known.set(key, found)
      return found
    })
}
