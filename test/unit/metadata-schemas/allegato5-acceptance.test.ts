// The acceptance cases of the specification (A1-A40), each on our own samples: outcome of the schema, then of the rules.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import {
  checkModello,
  emitModello,
  isBlocking,
  MetadatiNonEmettibili,
  readModello,
  validateAgg,
  validateDai,
  validateDi,
  writeModello,
} from '../../../metadata-schemas/allegato5/index.ts'
import type { Contesto, Esito, InsiemeSchemi, Modello, Profilo } from '../../../metadata-schemas/allegato5/index.ts'
import { compileSchema } from '../../../metadata-schemas/xml/index.ts'
import type { SchemaXml } from '../../../metadata-schemas/xml/index.ts'
import { itWithMateriali, materiale } from '../../support/materiali.ts'
import { contestoDi } from './allegato5-contexts.ts'
import { CAMPIONI } from './allegato5-samples.ts'

type Campione = keyof typeof CAMPIONI
const VALIDATE = { DI: validateDi, DAI: validateDai, AGG: validateAgg }

/** Replaces one occurrence and fails when the text is not there, so that a case can never pass unchanged. */
function changed(xml: string, from: string | RegExp, to: string): string {
  const result = xml.replace(from, () => to)
  if (result === xml) throw new Error(`the sample does not contain ${String(from)}`)
  return result
}

function sample(campione: Campione, ...edits: readonly (readonly [string | RegExp, string])[]): string {
  return edits.reduce((xml, [from, to]) => changed(xml, from, to), writeModello(CAMPIONI[campione]))
}

/** What the cases below gave to our schemas, and what these said: the official ones must say the same. */
const giudicati: { profilo: Profilo; xml: string; insieme: InsiemeSchemi; valido: boolean }[] = []

function schema(campione: Campione, xml: string, insieme: InsiemeSchemi = '9999'): boolean {
  const { profilo } = CAMPIONI[campione]
  const { valido } = VALIDATE[profilo](xml, insieme)
  giudicati.push({ profilo, xml, insieme, valido })
  return valido
}

/** Findings on the instance as read, judged with the facts of the untouched sample. */
function findings(campione: Campione, xml: string, fatti: Partial<Contesto> = {}): Esito[] {
  const { modello } = readModello(CAMPIONI[campione].profilo, xml)
  return checkModello(modello, { ...contestoDi(CAMPIONI[campione]), ...fatti })
}

function blocking(esiti: readonly Esito[]): string[] {
  return [...new Set(esiti.filter(isBlocking).map((esito) => esito.regola))]
}

function warnings(esiti: readonly Esito[]): string[] {
  return esiti.filter((esito) => esito.stato === 'violata' && esito.gravita === 'W').map((esito) => esito.regola)
}

/** The first Ruolo element that holds this role. */
function rule(element: string): RegExp {
  return new RegExp(`\\s*<Ruolo>\\s*<${element}>[\\s\\S]*?</${element}>\\s*</Ruolo>`)
}

describe('Allegato 5 acceptance cases, rejected by the schema', () => {
  const CASES: readonly (readonly [string, string, Campione, readonly (readonly [string | RegExp, string])[]])[] = [
    ['A2', 'protocol number of three digits', 'dai-minimo', [['>0000417<', '>417<']]],
    ['A5', 'DAI with empty Agg', 'dai-minimo', [[/<Agg>[\s\S]*<\/Agg>/, '<Agg/>']]],
    ['A7', 'DI without Agg', 'di-minimo', [['<Agg/>', '']]],
    [
      'A8',
      'DAI in no register',
      'dai-minimo',
      [
        [
          /<ProtocolloOrdinario_[\s\S]*<\/ProtocolloOrdinario_ProtocolloEmergenza>/,
          '<Nessuno><TipoRegistro>Nessuno</TipoRegistro><DataDocumento>2026-03-11</DataDocumento><NumeroDocumento>1</NumeroDocumento></Nessuno>',
        ],
      ],
    ],
    ['A9', 'registering administration without AOO', 'dai-minimo', [[/<IPAAOO>[\s\S]*?<\/IPAAOO>/, '']]],
    ['A14', 'codice fiscale of 16 characters as partita IVA', 'dai-completo', [['>99999020029<', '>MRSTTR75L19X901H<']]],
    ['A16', 'retention 0', 'dai-completo', [['>10</TempoDiConservazione>', '>0</TempoDiConservazione>']]],
    ['A16', 'retention in words', 'dai-completo', [['>10</TempoDiConservazione>', '>10 anni</TempoDiConservazione>']]],
    ['A16', 'retention empty', 'dai-completo', [['>10</TempoDiConservazione>', '></TempoDiConservazione>']]],
    [
      'A18',
      'document entry with the right spelling',
      'agg-minima',
      [
        ['<DocumentoAmministativoinformatico>', '<DocumentoAmministrativoInformatico>'],
        ['</DocumentoAmministativoinformatico>', '</DocumentoAmministrativoInformatico>'],
      ],
    ],
    ['A19', 'attivita with an accent', 'agg-minima', [['>affare<', '>attività<']]],
    ['A19', 'Affare with a capital', 'agg-minima', [['>affare<', '>Affare<']]],
    ['A23', 'last phase with a straight apostrophe', 'agg-completa', [['dell’efficacia', "dell'efficacia"]]],
    ['A26', 'AGG with empty document index', 'agg-minima', [[/<IndiceDocumenti>[\s\S]*<\/IndiceDocumenti>/, '<IndiceDocumenti/>']]],
    ['A29', 'doubled space in TipoRuolo', 'dai-minimo', [['Che Effettua La', 'Che Effettua  La']]],
    ['A29', 'doubled space in ModalitaDiFormazione', 'dai-minimo', [['acquisizione di un', 'acquisizione  di un']]],
    [
      'A30',
      'mode as a letter',
      'dai-minimo',
      [[/<ModalitaDiFormazione>.*<\/ModalitaDiFormazione>/, '<ModalitaDiFormazione>b</ModalitaDiFormazione>']],
    ],
    [
      'A31',
      'default namespace on the root',
      'dai-minimo',
      [['<DocumentoAmministrativoInformatico>', '<DocumentoAmministrativoInformatico xmlns="urn:esempio">']],
    ],
    ['A32', 'Riservato NO', 'dai-minimo', [['<Riservato>false<', '<Riservato>NO<']]],
    ['A34', 'sixth keyword', 'di-completo', [['<ParoleChiave>argini<', '<ParoleChiave>fiumi</ParoleChiave><ParoleChiave>argini<']]],
    ['A35', 'two roles in one Ruolo', 'dai-minimo', [[/<\/Ruolo>\s*<Ruolo>/, '']]],
    ['A38', 'Verifica without the conformity flag', 'dai-minimo', [[/<Conformita.*<\/Conformita.*>/, '']]],
  ]
  for (const [caso, titolo, campione, edits] of CASES) {
    it(`${caso} ${titolo}`, () => {
      expect(schema(campione, sample(campione))).toBe(true)
      expect(schema(campione, sample(campione, ...edits))).toBe(false)
    })
  }

  it('A17 permanent retention in the 4999 schemas: the service profile must translate it', () => {
    const xml = sample('agg-completa')
    expect(schema('agg-completa', xml)).toBe(true)
    expect(schema('agg-completa', xml, '4999')).toBe(false)
    const fatti = contestoDi(CAMPIONI['agg-completa'])
    const emit = (permanente?: number | null): string =>
      emitModello(CAMPIONI['agg-completa'], {
        ...fatti,
        servizio: { schemi: '4999', soloFascicoli: false, ...(permanente === undefined ? {} : { permanente }) },
      }).xml
    expect(() => emit()).toThrow(MetadatiNonEmettibili)
    expect(emit(4999)).toContain('<TempoDiConservazione>4999<')
    expect(emit(null)).not.toContain('TempoDiConservazione')
  })

  it('A27 PG of an aggregation never carries DenominazioneUfficio: a text or nothing in it is refused, on reading it is left out', () => {
    const base = CAMPIONI['agg-completa']
    const soggetti = base.soggetti.map((voce) =>
      voce.soggetto.tipo === 'PG' ? { ...voce, soggetto: { ...voce.soggetto, denominazioneUfficio: 'Cantieri' } } : voce,
    )
    expect(writeModello({ ...base, soggetti } as Modello)).toBe(writeModello(base))
    const xml = sample('agg-completa', [
      '</CodiceFiscale_PartitaIva>',
      '</CodiceFiscale_PartitaIva><DenominazioneUfficio>Cantieri</DenominazioneUfficio>',
    ])
    expect(schema('agg-completa', xml)).toBe(false)
    expect(schema('agg-completa', changed(xml, '>Cantieri</Den', '></Den'))).toBe(false)
    const { modello, tolleranze } = readModello('AGG', xml)
    expect(tolleranze.map((una) => una.percorso)).toEqual([
      'Soggetti/Ruolo[4]/SoggettoIntestatarioPersonaGiuridica/PG/DenominazioneUfficio',
    ])
    expect(writeModello(modello)).toBe(writeModello(base))
  })
})

describe('Allegato 5 acceptance cases, valid for the schema and judged by the rules', () => {
  const hex = Buffer.from(CAMPIONI['dai-minimo'].idDoc.impronta.valore, 'base64').toString('hex')
  const CASES: readonly (readonly [string, string, Campione, readonly (readonly [string | RegExp, string])[], readonly string[]])[] = [
    ['A1', 'R02 hexadecimal digest written as base64', 'dai-minimo', [[/<Impronta>.*</, `<Impronta>${hex}<`]], ['R02', 'R03']],
    ['A3', 'R70 R71 incoming without sender', 'dai-minimo', [[rule('Mittente'), '']], ['R70', 'R71']],
    ['A4', 'R10 protocol without segnatura', 'dai-minimo', [[/<Segnatura>.*<\/Segnatura>/, '']], ['R10']],
    ['A10', 'DI recipient PAI without AOO is valid', 'di-completo', [], []],
    ['A11', 'R30 three attachments declared, two listed', 'dai-completo', [['<NumeroAllegati>2<', '<NumeroAllegati>3<']], ['R30']],
    [
      'A12',
      'R56 version 2 without trace',
      'dai-completo',
      [[/<TracciatureModificheDocumento>[\s\S]*<\/TracciatureModificheDocumento>/, '']],
      ['R56'],
    ],
    [
      'A13',
      'R57 author of the change not among the Operatore',
      'dai-completo',
      [
        [
          /(<SoggettoAutoreDellaModifica>\s*<Cognome>)Morosini<[\s\S]*?<CodiceFiscale>.*?</,
          '<SoggettoAutoreDellaModifica><Cognome>Tarroni</Cognome><Nome>Gigliola</Nome><CodiceFiscale>TRRGLI61S03X902L<',
        ],
      ],
      ['R57'],
    ],
    ['A15', 'omocodia form of a codice fiscale is valid', 'dai-completo', [['>LNDBRC82C44X901O<', '>RSSMRA80A01H50MM<']], []],
    ['A20', 'R80 serie with a type of fascicolo', 'agg-minima', [['>Fascicolo<', '>Serie Documentale<']], ['R80']],
    ['A21', 'R80 fascicolo without type', 'agg-minima', [[/<TipologiaFascicolo>.*<\/TipologiaFascicolo>/, '']], ['R80']],
    [
      'A22',
      'R81 procedure without its data',
      'agg-completa',
      [[/<ProcedimentoAmministrativo>[\s\S]*<\/ProcedimentoAmministrativo>/, '']],
      ['R81'],
    ],
    ['A24', 'R83 closed before opened', 'agg-completa', [['<DataChiusura>2026-06-30<', '<DataChiusura>2026-01-30<']], ['R83']],
    [
      'A25',
      'R90 only a natural person as subject',
      'agg-minima',
      [
        [
          rule('AmministrazioneTitolare'),
          '<Ruolo><SoggettoIntestatarioPersonaFisica><TipoRuolo>Soggetto Intestatario Persona Fisica</TipoRuolo><PF><Cognome>Landi</Cognome><Nome>Beatrice</Nome></PF></SoggettoIntestatarioPersonaFisica></Ruolo>',
        ],
      ],
      ['R90'],
    ],
    ['A33', 'R01 blank Oggetto', 'dai-minimo', [[/<Oggetto>.*<\/Oggetto>/, '<Oggetto>  </Oggetto>']], ['R01']],
    ['A33', 'R01 empty Identificativo', 'dai-minimo', [[/<Identificativo>.*<\/Identificativo>/, '<Identificativo/>']], ['R01']],
    [
      'A36',
      'R74 two registering administrations',
      'dai-minimo',
      [['<Soggetti>', `<Soggetti>${rule('AmministrazioneCheEffettuaLaRegistrazione').exec(sample('dai-minimo'))?.[0] ?? ''}`]],
      ['R74'],
    ],
    ['A37', 'R87 assignee not among the Assegnatario', 'agg-completa', [[rule('Assegnatario'), '']], ['R87']],
    [
      'A39',
      'R36 conformity flag true in mode c',
      'dai-minimo',
      [
        [
          /<ModalitaDiFormazione>.*<\/ModalitaDiFormazione>/,
          '<ModalitaDiFormazione>memorizzazione su supporto informatico in formato digitale delle informazioni risultanti da transazioni o processi informatici o dalla presentazione telematica di dati attraverso moduli o formulari resi disponibili ad utente</ModalitaDiFormazione>',
        ],
        ['<FirmatoDigitalmente>true', '<FirmatoDigitalmente>false'],
        ['Informatico>false</ConformitaCopie', 'Informatico>true</ConformitaCopie'],
      ],
      ['R36'],
    ],
  ]
  for (const [caso, titolo, campione, edits, regole] of CASES) {
    it(`${caso} ${titolo}`, () => {
      const xml = sample(campione, ...edits)
      expect(schema(campione, xml)).toBe(true)
      expect(blocking(findings(campione, sample(campione)))).toEqual([])
      const esiti = findings(campione, xml)
      for (const regola of regole) expect(blocking(esiti)).toContain(regola)
      if (regole.length === 0) expect(blocking(esiti)).toEqual([])
    })
  }

  it('A6 R40 R73 DI minimal: blocked for a public administration, always warned for the missing office', () => {
    const xml = sample('di-minimo')
    expect(warnings(findings('di-minimo', xml, { pubblicaAmministrazione: false }))).toEqual(['R73'])
    expect(blocking(findings('di-minimo', xml, { pubblicaAmministrazione: true }))).toEqual(['R40'])
  })

  it('A15 A15b control character of a codice fiscale: right in omocodia form, a warning when wrong', () => {
    const giusto = findings('dai-completo', sample('dai-completo', ['>LNDBRC82C44X901O<', '>RSSMRA80A01H50MM<']))
    const sbagliato = sample('dai-completo', ['>LNDBRC82C44X901O<', '>RSSMRA80A01H501X<'])
    expect(warnings(giusto)).not.toContain('I01')
    expect(schema('dai-completo', sbagliato)).toBe(true)
    expect(warnings(findings('dai-completo', sbagliato))).toContain('I01')
    expect(blocking(findings('dai-completo', sbagliato))).toEqual([])
  })

  it('A28 empty TipoRuolo is accepted on reading and never written', () => {
    const xml = sample('dai-minimo', ['<TipoRuolo>Mittente</TipoRuolo>', '<TipoRuolo/>'])
    expect(schema('dai-minimo', xml)).toBe(true)
    const { modello, tolleranze } = readModello('DAI', xml)
    expect(tolleranze).toHaveLength(1)
    expect(writeModello(modello)).toBe(sample('dai-minimo'))
  })

  it('A40 date with zone is accepted on reading and written without', () => {
    const xml = sample('dai-minimo', ['>2026-03-11<', '>2026-03-11+01:00<'])
    expect(schema('dai-minimo', xml)).toBe(true)
    const { modello, tolleranze } = readModello('DAI', xml)
    expect(tolleranze.map((una) => una.percorso)).toEqual([
      'DatiDiRegistrazione/TipoRegistro/ProtocolloOrdinario_ProtocolloEmergenza/DataProtocollazioneDocumento',
    ])
    expect(writeModello(modello)).toBe(sample('dai-minimo'))
  })
})

describe('Allegato 5 acceptance cases by the official schemas', () => {
  const NOMI = {
    DI: ['DocumentoInformatico', 'DocumentoInformatico'],
    DAI: ['DocumentoAmministrativoInformatico', 'DocumentoAmministrativoInformatico'],
    AGG: ['AggregazioneDocumentaliInformatiche', 'AggregazioniDocumentaliInformatiche'],
  } as const
  // Runs after the cases, on the very documents they judged.
  itWithMateriali('the same outcome in every case, with both bounds', () => {
    const compiled = new Map<string, SchemaXml>()
    const official = (profilo: Profilo, insieme: InsiemeSchemi): SchemaXml => {
      const key = `${profilo}${insieme}`
      const path = insieme === '9999' ? [`${NOMI[profilo][0]}.xsd`] : ['upstream', `${NOMI[profilo][1]}.xsd`]
      const found = compiled.get(key) ?? compileSchema(`${key}.xsd`, readFileSync(materiale('schemas', 'allegato5', ...path), 'utf8'))
      compiled.set(key, found)
      return found
    }
    expect(giudicati.length).toBeGreaterThan(60)
    const different = giudicati.filter(({ profilo, insieme, xml, valido }) => official(profilo, insieme).validate(xml).valido !== valido)
    expect(different.map(({ profilo, xml }) => `${profilo} ${xml.slice(0, 80)}`)).toEqual([])
  })
})
