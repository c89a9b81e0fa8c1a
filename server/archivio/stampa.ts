import type { EnteRef } from '../kernel/scope.ts'
import { formatItalianDay, formatItalianInstant } from '../kernel/time.ts'
import type { RepertorioXml, RigaRepertorioXml } from '../../metadata-schemas/repertorio/index.ts'
import type { Stampa, StampaLunga } from '../ports/stampa.ts'
import { formatConservazione, readCsv } from './rules.ts'

const COLONNE = [
  'Identificativo',
  'Tipo',
  'Classificazione',
  'Oggetto',
  'Apertura, chiusura',
  'UOR, RUP',
  'Stato',
  'Doc.',
  'Conserv.',
  'Trasferimenti, riaperture',
]
const LARGHEZZE = [1.7, 1.2, 1.5, 3, 1.2, 1.9, 1.2, 0.6, 1, 1.9]

const day = (giorno: string): string => (giorno === '' ? '' : formatItalianDay(giorno))
const lines = (...parti: readonly string[]): string => parti.filter((p) => p !== '').join('\n')

function cells(r: RigaRepertorioXml): string[] {
  return [
    r.Identificativo,
    r.Tipo,
    `${r.Classificazione} ${r.DenominazioneVoce}`,
    r.Oggetto,
    lines(day(r.Apertura), day(r.Chiusura)),
    lines(r.UOR, r.RUP),
    r.Stato,
    r.Documenti,
    r.Conservazione === '' ? formatConservazione(null) : formatConservazione(Number(r.Conservazione)),
    lines(r.Trasferimenti, r.Riaperture === '' ? '' : `Riaperto: ${r.Riaperture}`),
  ]
}

const PARTE = 200

async function* pieces(righe: readonly RigaRepertorioXml[]): AsyncIterable<{ celle: string[]; barrata: boolean }[]> {
  for (let i = 0; i < righe.length || i === 0; i += PARTE) {
    await Promise.resolve()
    yield righe.slice(i, i + PARTE).map((r) => ({ celle: cells(r), barrata: r.Stato === 'APERTO_PER_ERRORE' }))
  }
}

/** The repertorio of a year on landscape pages (REQ-FASC-032). Pure: same data, same bytes. */
export function composeRepertorio(ente: EnteRef, r: RepertorioXml): StampaLunga {
  const titolo = `Repertorio dei fascicoli ${r.anno}`
  const quando = formatItalianInstant(new Date(r.estrattoIl))
  return {
    titolo,
    intestazione: [ente.denominazione, r.aoo.denominazione],
    formato: 'A4-orizzontale',
    autore: ente.denominazione,
    creatoIl: new Date(r.estrattoIl),
    piede: `${titolo} - revisione ${r.revisione} - estratto il ${quando}`,
    blocchi: [
      {
        tipo: 'dati',
        voci: [
          ['Amministrazione', `${r.ente.denominazione} (${r.ente.codice})`],
          ['Area organizzativa omogenea', `${r.aoo.denominazione} (${r.aoo.codice})`],
          ['Anno', String(r.anno)],
          ['Revisione', String(r.revisione)],
          ['Estratto il', `${quando} da ${r.estrattoDa}`],
          ['Fascicoli', String(r.righe.length)],
          ['Impronta dei dati (SHA-256)', r.impronta],
        ],
      },
      ...(r.variazioni.length === 0
        ? []
        : [
            { tipo: 'titolo' as const, testo: 'Che cosa è cambiato dalla revisione precedente', livello: 2 as const },
            ...r.variazioni.slice(0, 200).map((testo) => ({ tipo: 'testo' as const, testo })),
          ]),
      { tipo: 'titolo', testo: 'Fascicoli', livello: 2 },
    ],
    tabella: { colonne: COLONNE, larghezze: LARGHEZZE },
    righe: pieces(r.righe),
  }
}

/** A list of what passed to the deposit archive or to the historical section, as a printed act (REQ-FASC-044, REQ-FASC-047). */
export function composeElenco(
  ente: EnteRef,
  e: {
    readonly titolo: string
    readonly aoo: string
    readonly testo: string
    readonly impronta: string
    readonly nota: string
    readonly posizione: string | null
    readonly creatoIl: Date
    readonly creatoDa: string
  },
): Stampa {
  const [colonne = [], ...righe] = readCsv(e.testo)
  return {
    titolo: e.titolo,
    intestazione: [ente.denominazione, e.aoo],
    formato: 'A4-orizzontale',
    autore: ente.denominazione,
    creatoIl: e.creatoIl,
    piede: `${e.titolo} - ${formatItalianInstant(e.creatoIl)}`,
    blocchi: [
      {
        tipo: 'dati',
        voci: [
          ['Elementi', String(righe.length)],
          ['Disposto il', `${formatItalianInstant(e.creatoIl)} da ${e.creatoDa}`],
          ...(e.posizione === null ? [] : [['Collocazione', e.posizione] as const]),
          ...(e.nota === '' ? [] : [['Nota', e.nota] as const]),
          ['Impronta dell’elenco (SHA-256)', e.impronta],
        ],
      },
      { tipo: 'tabella', colonne, larghezze: [0.6, 1.3, 1.8, 1.6, 3.6, 1.1, 1.1, 1, 1.2, 1.7], righe },
    ],
  }
}
