import type { EsitoRegola } from './schema.ts'

/** A part of the metadata, how much it weighs out of 100, and the elements of the XML that belong to it. */
export interface Peso {
  readonly parte: string
  readonly peso: number
  readonly elementi: readonly string[]
}

/**
 * The one table of the score: a part with an error loses all its weight, with warnings only half of it, with a rule that could not be judged a quarter.
 * The heaviest are what the law asks to find a document again: registration, parties, classification, fascicolo.
 */
export const PESI: readonly Peso[] = [
  { parte: 'Identità e impronta', peso: 12, elementi: ['IdDoc', 'IdAgg', 'NomeDelDocumento', 'VersioneDelDocumento'] },
  { parte: 'Registrazione e date', peso: 15, elementi: ['DatiDiRegistrazione', 'DataApertura', 'DataChiusura', 'Progressivo'] },
  { parte: 'Soggetti', peso: 18, elementi: ['Soggetti', 'Assegnazione'] },
  {
    parte: 'Oggetto e tipo',
    peso: 10,
    elementi: ['ChiaveDescrittiva', 'TipologiaDocumentale', 'TipologiaFascicolo', 'ModalitaDiFormazione'],
  },
  { parte: 'Classificazione', peso: 12, elementi: ['Classificazione'] },
  {
    parte: 'Fascicolo e documenti',
    peso: 15,
    elementi: ['Agg', 'IndiceDocumenti', 'IdAggPrimario', 'Allegati', 'IdIdentificativoDocumentoPrimario'],
  },
  { parte: 'Formato e controlli', peso: 6, elementi: ['IdentificativoDelFormato', 'Verifica', 'Riservato'] },
  { parte: 'Procedimento e modifiche', peso: 6, elementi: ['ProcedimentoAmministrativo', 'TracciatureModificheDocumento'] },
  { parte: 'Conservazione', peso: 6, elementi: ['TempoDiConservazione', 'PosizioneFisicaAggregazioneDocumentale', 'Note'] },
]

const PERDITA = { errore: 1, avviso: 0.5, 'non-verificata': 0.25 } as const

/** The part a path of the XML belongs to; a path of no part (a whole file refused) counts for identity. */
function partOf(percorso: string): Peso | undefined {
  const first = /^[A-Za-z]+/u.exec(percorso)?.[0] ?? ''
  return PESI.find(({ elementi }) => elementi.includes(first)) ?? PESI[0]
}

/** Completeness of the metadata with these findings, 0-100: 100 exactly when there are none. */
export function punteggioOf(esiti: readonly Pick<EsitoRegola, 'gravita' | 'percorso'>[]): number {
  const losses = new Map<Peso, number>()
  for (const { gravita, percorso } of esiti) {
    const part = partOf(percorso)
    if (part !== undefined) losses.set(part, Math.max(losses.get(part) ?? 0, PERDITA[gravita]))
  }
  const lost = [...losses].reduce((sum, [{ peso }, quanto]) => sum + peso * quanto, 0)
  return Math.max(0, Math.floor(100 - lost))
}
