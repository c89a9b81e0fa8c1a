import { describe, expect, it } from '@jest/globals'
import { registroAtti, type Deposito } from '../../../web/src/api/atti.ts'
import { leggiProblema, nomeCampo, Problema } from '../../../web/src/api/problema.ts'

function memory(): Deposito & { values: Map<string, string> } {
  const values = new Map<string, string>()
  return {
    values,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  }
}

function keys(): () => string {
  let count = 0
  return () => `chiave-${(count += 1)}`
}

describe('acts with an idempotency key', () => {
  it('repeats the same body with the same key while the outcome is unknown', () => {
    const atti = registroAtti(memory(), keys())
    const first = atti.prepara('messaggio:1', { oggetto: 'uno' })
    const second = atti.prepara('messaggio:1', { oggetto: 'cambiato nel frattempo' })
    expect(first).toEqual({ chiave: 'chiave-1', corpo: '{"oggetto":"uno"}', ripetizione: false })
    expect(second).toEqual({ chiave: 'chiave-1', corpo: '{"oggetto":"uno"}', ripetizione: true })
  })

  it('takes a new key once the server answered', () => {
    const atti = registroAtti(memory(), keys())
    atti.prepara('messaggio:1', { oggetto: '' })
    atti.concludi('messaggio:1')
    expect(atti.prepara('messaggio:1', { oggetto: 'corretto' })).toMatchObject({ chiave: 'chiave-2', ripetizione: false })
  })

  it('keeps different acts apart and survives a reload of the page', () => {
    const storage = memory()
    const next = keys()
    registroAtti(storage, next).prepara('messaggio:1', 'a')
    const reloaded = registroAtti(storage, next)
    expect(reloaded.sospeso('messaggio:1')?.chiave).toBe('chiave-1')
    expect(reloaded.prepara('messaggio:2', 'b').chiave).toBe('chiave-2')
  })

  it('ignores a broken record instead of sending it', () => {
    const storage = memory()
    storage.values.set('faldone.atto.x', '{"chiave":3}')
    expect(registroAtti(storage, keys()).sospeso('x')).toBeNull()
  })
})

describe('refusals of the server', () => {
  it('reads problem+json with its fields', () => {
    const problema = leggiProblema(
      422,
      {
        title: 'Dati non validi',
        detail: 'Controlla i campi',
        codice: 'dati',
        requestId: 'r1',
        campi: [{ campo: 'mittenti[0].cognome', messaggio: 'Manca' }, { campo: 3 }],
      },
      'errore',
    )
    expect(problema).toMatchObject({ stato: 422, codice: 'dati', message: 'Controlla i campi', requestId: 'r1' })
    expect(problema.campi).toEqual([{ campo: 'mittenti.0.cognome', messaggio: 'Manca' }])
  })

  it('makes a sentence also of an answer that is not a problem', () => {
    expect(leggiProblema(500, null, 'Qualcosa non ha funzionato.')).toMatchObject({
      message: 'Qualcosa non ha funzionato.',
      codice: 'http-500',
    })
  })

  it('normalises the names of fields', () => {
    expect(nomeCampo('body.oggetto')).toBe('oggetto')
    expect(nomeCampo('/mittenti/1/nome')).toBe('mittenti.1.nome')
  })

  it.each([
    [0, true],
    [503, true],
    [500, false],
    [422, false],
    [409, false],
  ])('status %i leaves the outcome uncertain: %s', (stato, incerto) => {
    expect(new Problema({ stato, codice: 'x', titolo: 'x' }).incerto).toBe(incerto)
  })
})
