import { describe, expect, it } from '@jest/globals'
import { leggiDestinatari } from '../../../server/bozze/destinatari.ts'
import { TabellaIlleggibile } from '../../../server/kernel/csv.ts'

const good = (testo: string) => leggiDestinatari(testo).map((riga) => riga.destinatario)

describe('addressees pasted or from a CSV', () => {
  it('one for each line, person or body, with its address', () => {
    expect(good('Ventaglio Ortensia; ortensia@posta.example\nPonteggi Aurora Srl <aurora@pec.example>\n\nPro Loco di Castelvento')).toEqual(
      [
        { tipo: 'PF', cognome: 'Ventaglio', nome: 'Ortensia', indirizzoDigitale: 'ortensia@posta.example' },
        { tipo: 'PG', denominazione: 'Ponteggi Aurora Srl', indirizzoDigitale: 'aurora@pec.example' },
        { tipo: 'PG', denominazione: 'Pro Loco di Castelvento' },
      ],
    )
  })

  it('a table with our columns; the others are the row’s own fields', () => {
    const [uno, due] = leggiDestinatari(
      'Cognome;Nome;Codice fiscale;PEC;Denominazione;Codice IPA;Per conoscenza;Mezzo;Importo dovuto\nVentaglio;Ortensia;VNTRNS74E50X901Q;;;;;;12,50\n;;;a@pec.example;Provincia di Valserena;p_va;sì;posta;\n',
    )
    expect(uno).toMatchObject({
      riga: 2,
      destinatario: { tipo: 'PF', cognome: 'Ventaglio', nome: 'Ortensia', codiceFiscale: 'VNTRNS74E50X901Q' },
      valori: { importo_dovuto: '12,50' },
    })
    expect(due?.destinatario).toEqual({
      tipo: 'PAI',
      denominazione: 'Provincia di Valserena',
      codiceIpa: 'p_va',
      indirizzoDigitale: 'a@pec.example',
      perConoscenza: true,
      canale: 'POSTA',
    })
  })

  it('each row tells everything that is wrong in it, and the others stay good', () => {
    const rows = leggiDestinatari(
      'cognome;nome;codice_fiscale;pec;mezzo\nVentaglio;;;non è un indirizzo;piccione\nVentaglio;Ortensia;VNTRNS74E50X901A;;\nBrilletti;Flavio;;;\nBrilletti;Flavio;;;\nTroppe;colonne;;;;\n',
    )
    expect(rows.map((row) => [row.riga, row.errori.map((errore) => errore.campo)])).toEqual([
      [2, ['nome', 'canale', 'indirizzoDigitale']],
      [3, ['codiceFiscale']],
      [4, []],
      [5, ['']],
      [6, ['']],
    ])
    expect(rows[3]?.errori[0]?.messaggio).toContain('riga 4')
  })

  it('nothing pasted and a broken table are told', () => {
    expect(() => leggiDestinatari('  \n')).toThrow(TabellaIlleggibile)
    expect(() => leggiDestinatari('nome;cognome\n"Orte;Ventaglio\n')).toThrow(TabellaIlleggibile)
  })
})
