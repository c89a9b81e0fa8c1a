// The mutation test: hundreds of spoiled copies of every valid instance, judged by our schemas and by the official ones.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { judgeSchema, PROFILI, validateAgg, validateDai, validateDi, writeModello } from '../../../metadata-schemas/allegato5/index.ts'
import type { Profilo } from '../../../metadata-schemas/allegato5/index.ts'
import { compileSchema } from '../../../metadata-schemas/xml/index.ts'
import { mutazioni } from '../../support/allegato5-mutazioni.ts'
import { itWithMateriali, materiale } from '../../support/materiali.ts'
import { CAMPIONI } from './allegato5-samples.ts'

const OURS = { DI: validateDi, DAI: validateDai, AGG: validateAgg }
const OFFICIAL = {
  DI: ['DocumentoInformatico', 'documento-informatico-minimo', 'documento-informatico-completo'],
  DAI: ['DocumentoAmministrativoInformatico', 'documento-amministrativo-minimo', 'documento-amministrativo-completo'],
  AGG: ['AggregazioneDocumentaliInformatiche', 'aggregazione-minima', 'aggregazione-completa'],
} as const
const QUANTE = 250
const SEME = 20260311

const text = (...path: string[]): string => readFileSync(materiale('schemas', 'allegato5', ...path), 'utf8')

describe('Allegato 5: spoiled copies of every valid instance', () => {
  for (const profilo of PROFILI) {
    itWithMateriali(
      `${profilo}: same verdict as the official schema on ${QUANTE} copies of each instance`,
      () => {
        const [nome, ...esempi] = OFFICIAL[profilo]
        const official = compileSchema(`${nome}.xsd`, text(`${nome}.xsd`))
        const instances = [
          ...esempi.map((esempio) => text('examples', `${esempio}.xml`)),
          ...Object.values(CAMPIONI).flatMap((modello) => (modello.profilo === profilo ? [writeModello(modello)] : [])),
        ]
        expect(instances).toHaveLength(4)
        for (const xml of instances) {
          const copies = mutazioni(xml, QUANTE, SEME)
          expect(copies).toHaveLength(QUANTE)
          const verdicts = copies.map((copy) => ({ ...copy, official: official.validate(copy.xml).valido }))
          expect(
            verdicts.filter((copy) => OURS[profilo](copy.xml).valido !== copy.official).map(({ tipo, elemento }) => `${tipo} ${elemento}`),
          ).toEqual([])
          // Both answers occur, or the comparison would say nothing.
          expect(verdicts.filter((copy) => copy.official).length).toBeGreaterThan(10)
          expect(verdicts.filter((copy) => !copy.official).length).toBeGreaterThan(90)
        }
      },
      120_000,
    )
  }

  it.each(Object.entries(CAMPIONI))('%s: every refused copy names a field and says it in Italian', (_nome, modello) => {
    const profilo: Profilo = modello.profilo
    let named = 0
    for (const { xml } of mutazioni(writeModello(modello), 120, SEME)) {
      const { valido, errori } = judgeSchema(profilo, xml)
      expect(valido).toBe(errori.length === 0)
      for (const errore of errori) {
        expect(errore.messaggio).toMatch(/^(?:L’|Il |All’|Lo )/u)
        expect(errore.messaggio).not.toMatch(/\b(?:Element|Expected|value)\b/u)
        if (errore.percorso !== '') named += 1
      }
    }
    expect(named).toBeGreaterThan(40)
  })

  it('points at the field also in a document written on one line', () => {
    const line = writeModello(CAMPIONI['dai-completo'])
      .replaceAll(/>\s+</g, '><')
      .replace('>10</TempoDiConservazione>', '>10 anni</TempoDiConservazione>')
    expect(judgeSchema('DAI', line).errori).toEqual([
      { percorso: 'TempoDiConservazione', riga: 1, messaggio: expect.stringContaining('«10 anni»') },
    ])
    const spoiled = writeModello(CAMPIONI['dai-completo'])
      .replaceAll(/>\s+</g, '><')
      .replace('<CodiceFiscale>LNDBRC82C44X901O<', '<CodiceFiscale>lndbrc82c44x901o<')
    expect(judgeSchema('DAI', spoiled).errori.map((errore) => errore.percorso)).toEqual(['Soggetti/Ruolo[3]/Destinatario/PF/CodiceFiscale'])
  })
})
