// Our schemas against the official ones: same verdict on the official examples, on our samples and on thousands of spoiled copies of both.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { PROFILI, readModello, validateAgg, validateDai, validateDi, writeModello } from '../../../metadata-schemas/allegato5/index.ts'
import type { InsiemeSchemi, Profilo } from '../../../metadata-schemas/allegato5/index.ts'
import { compileSchema, el, readXml, writeXml } from '../../../metadata-schemas/xml/index.ts'
import type { ElementoXml, NodoXml, SchemaXml } from '../../../metadata-schemas/xml/index.ts'
import { itWithMateriali, materiale } from '../../support/materiali.ts'
import { CAMPIONI } from './allegato5-samples.ts'

const OURS = { DI: validateDi, DAI: validateDai, AGG: validateAgg }
const OFFICIAL = {
  DI: ['DocumentoInformatico.xsd', 'DocumentoInformatico.xsd', 'documento-informatico'],
  DAI: ['DocumentoAmministrativoInformatico.xsd', 'DocumentoAmministrativoInformatico.xsd', 'documento-amministrativo'],
  AGG: ['AggregazioneDocumentaliInformatiche.xsd', 'AggregazioniDocumentaliInformatiche.xsd', 'aggregazione'],
} as const

const compiled = new Map<string, SchemaXml>()
function official(profilo: Profilo, insieme: InsiemeSchemi): SchemaXml {
  const [published, upstream] = OFFICIAL[profilo]
  const path = insieme === '9999' ? [published] : ['upstream', upstream]
  const key = `${insieme}${profilo}`
  const schema = compiled.get(key) ?? compileSchema(`${profilo}.xsd`, readFileSync(materiale('schemas', 'allegato5', ...path), 'utf8'))
  compiled.set(key, schema)
  return schema
}

function examples(profilo: Profilo): string[] {
  const gender = profilo === 'AGG' ? ['minima', 'completa'] : ['minimo', 'completo']
  return gender.map((size) => readFileSync(materiale('schemas', 'allegato5', 'examples', `${OFFICIAL[profilo][2]}-${size}.xml`), 'utf8'))
}

function samples(profilo: Profilo): string[] {
  return Object.values(CAMPIONI)
    .filter((modello) => modello.profilo === profilo)
    .map((modello) => writeModello(modello))
}

function toNode(element: ElementoXml): NodoXml {
  return el(element.nome, element.figli.length > 0 ? element.figli.map(toNode) : element.testo.trim())
}

const JUNK = [
  '',
  ' ',
  'x',
  '0',
  '-1',
  '10000',
  '9999',
  '5000',
  'true',
  '2026-02-30',
  '2026-03-11Z',
  '25:00:00',
  '12:00:00.5',
  'AAAA',
  'A b=',
  '0000417',
  'c_x901',
] as const

/** Every copy of the tree with one change at one element: dropped, doubled, emptied, renamed, swapped with the next, given a text of the list. */
function* spoiled(node: NodoXml, place = { n: 0 }): Generator<NodoXml> {
  place.n += 1
  yield { ...node, nome: `${node.nome}X` }
  yield { ...node, contenuto: [] }
  if (typeof node.contenuto === 'string') {
    for (let i = 0; i < 3; i += 1) yield { ...node, contenuto: JUNK[(place.n * 3 + i) % JUNK.length] ?? '' }
    yield { ...node, contenuto: node.contenuto.toLowerCase() }
    yield { ...node, contenuto: ` ${node.contenuto}` }
    return
  }
  const figli = node.contenuto
  for (const [i, figlio] of figli.entries()) {
    const rest = (...instead: NodoXml[]): NodoXml => ({ ...node, contenuto: [...figli.slice(0, i), ...instead, ...figli.slice(i + 1)] })
    yield rest()
    yield rest(figlio, figlio)
    const next = figli[i + 1]
    if (next) yield { ...node, contenuto: [...figli.slice(0, i), next, figlio, ...figli.slice(i + 2)] }
    for (const bad of spoiled(figlio, place)) yield rest(bad)
  }
}

describe('Allegato 5 schemas', () => {
  it('accept our six samples with the published bound', () => {
    for (const modello of Object.values(CAMPIONI))
      expect(OURS[modello.profilo](writeModello(modello))).toEqual({ valido: true, errori: [] })
  })

  it('refuse the root of another profile, and say which was expected where', () => {
    const verdict = validateDai(writeModello(CAMPIONI['di-minimo']))
    expect(verdict.valido).toBe(false)
    expect(verdict.errori[0]?.messaggio).toContain('DocumentoInformatico')
    const senza = validateDai(writeModello(CAMPIONI['dai-minimo']).replace(/\s*<Riservato>.*<\/Riservato>/, ''))
    expect(senza.errori).toHaveLength(1)
    expect(senza.errori[0]?.messaggio).toContain('Riservato')
    expect(senza.errori[0]?.riga).toBeGreaterThan(50)
  })

  it('refuse a DTD before parsing', () => {
    const xml = writeModello(CAMPIONI['dai-minimo']).replace('?>\n', '?>\n<!DOCTYPE DocumentoAmministrativoInformatico>\n')
    expect(validateDai(xml).errori[0]?.messaggio).toContain('DTD')
  })

  it('hold ten thousand attachments less one', () => {
    const base = CAMPIONI['dai-completo']
    const uno = base.allegati.indice[0]
    if (uno === undefined) throw new Error('the full sample has attachments')
    const many = (n: number): string => writeModello({ ...base, allegati: { indice: Array.from({ length: n }, () => uno) } })
    expect(validateDai(many(9999)).valido).toBe(true)
    expect(validateDai(many(5000), '4999').valido).toBe(false)
    expect(validateDai(many(10000)).valido).toBe(false)
  })
})

describe('Allegato 5 schemas against the official ones', () => {
  for (const insieme of ['9999', '4999'] as const) {
    for (const profilo of PROFILI) {
      itWithMateriali(`${profilo} bound ${insieme}: same verdict on examples, samples and their spoiled copies`, () => {
        const reference = official(profilo, insieme)
        const whole = [...examples(profilo), ...samples(profilo)]
        for (const xml of whole) expect(OURS[profilo](xml, insieme).valido).toBe(reference.validate(xml).valido)
        let valid = 0
        let different = 0
        let count = 0
        for (const xml of whole) {
          // Full instances are sampled: one spoiled copy in seven, always the same ones.
          const step = xml.length > 5000 ? 7 : insieme === '9999' ? 1 : 5
          for (const bad of spoiled(toNode(readXml(xml)))) {
            count += 1
            if (count % step !== 0) continue
            const text = writeXml(bad)
            const verdict = reference.validate(text).valido
            valid += verdict ? 1 : 0
            if (OURS[profilo](text, insieme).valido !== verdict) different += 1
          }
        }
        expect(different).toBe(0)
        expect(valid).toBeGreaterThan(20)
        expect(count - valid).toBeGreaterThan(200)
      })
    }
  }

  itWithMateriali('what we write from the official examples is accepted by them', () => {
    for (const profilo of PROFILI) {
      for (const xml of examples(profilo)) {
        const { modello, tolleranze } = readModello(profilo, xml)
        expect(tolleranze).toEqual([])
        expect(official(profilo, '9999').validate(writeModello(modello))).toEqual({ valido: true, errori: [] })
      }
    }
  })

  itWithMateriali('what we write from our samples is accepted by them, permanent retention translated for the narrow set', () => {
    for (const modello of Object.values(CAMPIONI)) {
      expect(official(modello.profilo, '9999').validate(writeModello(modello))).toEqual({ valido: true, errori: [] })
      expect(official(modello.profilo, '4999').validate(writeModello(modello, { permanente: 4999 }))).toEqual({ valido: true, errori: [] })
    }
  })

  itWithMateriali('same verdict also on what we never write: office of a PG in an aggregation, digits of other scripts', () => {
    const pg = writeModello(CAMPIONI['agg-completa']).replace(
      '</CodiceFiscale_PartitaIva>',
      '</CodiceFiscale_PartitaIva><DenominazioneUfficio>Cantieri</DenominazioneUfficio>',
    )
    expect([validateAgg(pg).valido, official('AGG', '9999').validate(pg).valido]).toEqual([false, false])
    const arabic = writeModello(CAMPIONI['dai-completo']).replace('>99999020029<', '>٩٩٩٩٩٠٢٠٠٢٩<')
    expect([validateDai(arabic).valido, official('DAI', '9999').validate(arabic).valido]).toEqual([true, true])
  })
})
