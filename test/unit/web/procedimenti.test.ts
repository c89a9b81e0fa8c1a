import { describe, expect, it } from '@jest/globals'
import { nuovaVersione, regoleIn } from '../../../server/procedimenti/schema.ts'
import { buildModello } from '../../support/pratiche.ts'
import type { Procedimento } from '../../../web/src/moduli/procedimenti/dati.ts'
import { bozzaDi, corpoDi, moduloDi, pagamentoDi } from '../../../web/src/moduli/procedimenti/modello.ts'
import { corpoRegole, moduloRegole } from '../../../web/src/moduli/procedimenti/regole.ts'

const base = buildModello()
const scheda = {
  ...base.scheda,
  moduli: [{ nome: 'Domanda di accesso', indirizzo: 'https://comune.example/modulo.pdf' }],
  pagamenti: [
    { voce: 'Diritti di segreteria', importo: 1051.6 },
    { voce: 'Marca da bollo', importo: null },
  ],
}
const procedimento = {
  ...base,
  scheda,
  versione: 3,
  voce: { codice: base.codiceVoce, denominazione: null },
  ufficio: null,
  responsabile: null,
} as unknown as Procedimento

describe('the editor of a model', () => {
  it('what a model says of forms and payments comes back as it was when nothing is changed', () => {
    const b = bozzaDi(procedimento)
    expect(b.testi.moduli).toBe('Domanda di accesso | https://comune.example/modulo.pdf')
    expect(b.testi.pagamenti).toBe('Diritti di segreteria | 1051,60\nMarca da bollo')
    const sent = nuovaVersione.parse(corpoDi({ ...b, testi: { ...b.testi, motivo: 'Prova' } }, procedimento))
    expect([sent.scheda.moduli, sent.scheda.pagamenti]).toEqual([scheda.moduli, scheda.pagamenti])
  })

  it('reads an amount as it is written in Italy, and never guesses one', () => {
    const importo = (line: string) => pagamentoDi(line).importo
    expect([importo('Diritti | 51,65'), importo('Diritti | € 1.051,6'), importo('Diritti | 12.5'), importo('Diritti | 16')]).toEqual([
      51.65, 1051.6, 12.5, 16,
    ])
    expect([importo('Diritti'), importo('Diritti | ')]).toEqual([null, null])
    expect(moduloDi('Senza indirizzo')).toEqual({ nome: 'Senza indirizzo', indirizzo: '' })
    const b = bozzaDi(procedimento)
    const bad = { ...b, testi: { ...b.testi, motivo: 'Prova', pagamenti: 'Diritti | gratis', moduli: 'Modulo | qui' } }
    const parsed = nuovaVersione.safeParse(corpoDi(bad, procedimento))
    expect(parsed.error?.issues.map((i) => [i.path.join('.'), i.message])).toEqual([
      ['scheda.moduli.0.indirizzo', 'Scrivi un indirizzo che comincia con https://.'],
      ['scheda.pagamenti.0.importo', 'Scrivi l’importo in euro, per esempio 51,65.'],
    ])
  })
})

describe('the rules of terms', () => {
  const regole = regoleIn.parse({
    festivo: 'non lavorativi',
    giorniSospensione: 30,
    giorniOsservazioni: 10,
    giorniRipresa: 10,
    giorniParere: 20,
    giorniValutazione: 90,
    giorniComunicazioneAvvio: 10,
    preavvisi: [10, 3],
  })

  it('come back as they were, and what is no number of days is refused by its name', () => {
    expect(regoleIn.parse(corpoRegole(moduloRegole(regole)))).toEqual(regole)
    const wrong = regoleIn.safeParse(
      corpoRegole({ ...moduloRegole(regole), giorniSospensione: '45', giorniParere: 'venti', preavvisi: '10, mai' }),
    )
    expect(wrong.error?.issues.map((i) => [i.path.join('.'), i.message])).toEqual([
      ['giorniSospensione', 'La legge ammette al massimo 30 giorni.'],
      ['giorniParere', 'Scrivi un numero di giorni.'],
      ['preavvisi.1', 'Scrivi un numero di giorni.'],
    ])
  })
})
