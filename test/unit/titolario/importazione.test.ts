import { describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import { joinCsv, splitCsv } from '../../../titolario/csv.ts'
import { buildTitolario, parseTitolarioCsv, readTitolarioComuni, writeTitolarioCsv } from '../../../titolario/index.ts'

const header = 'codice;denominazione;livello;padre;parole_chiave;conservazione_anni'
const parse = (...rows: string[]) => parseTitolarioCsv([header, ...rows].join('\n'))
const codesOf = (rapporto: ReturnType<typeof parse>) => rapporto.rilievi.map((rilievo) => rilievo.codice)
const dati = (codice: string) => ({ codice, denominazione: codice, paroleChiave: [], conservazioneAnni: null })

describe('CSV', () => {
  it('gives back any table it wrote, quotes and line ends included', () => {
    const field = fc.string({ unit: fc.constantFrom('a', 'è', ';', '"', '\n', '\r\n', ' ') })
    const row = fc.array(field, { minLength: 1, maxLength: 4 }).filter((campi) => campi.some((campo) => campo.trim() !== ''))
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        expect(splitCsv(joinCsv(rows)).map((riga) => riga.campi)).toEqual(rows)
      }),
    )
  })

  it('reads the byte order mark, CRLF and a last line without end, and numbers the lines', () => {
    expect(splitCsv('\uFEFFa;b\r\n\r\n"uno\ndue";3\r\nc;')).toEqual([
      { riga: 1, campi: ['a', 'b'] },
      { riga: 3, campi: ['uno\ndue', '3'] },
      { riga: 5, campi: ['c', ''] },
    ])
  })

  it('refuses broken quotes naming the line', () => {
    expect(() => splitCsv('a;b\n"aperta;c\n')).toThrow('riga 2')
    expect(() => splitCsv('a;b\nc;"d"e\n')).toThrow('riga 2')
  })
})

describe('import of a plan', () => {
  it('reads a sound file in any order of its rows', () => {
    const rapporto = parse('VI/3/1;Permessi;3;VI/3;permesso, titolo;9999', 'VI/3;Edilizia;2;VI;;', 'VI;Territorio;1;;;')
    expect(rapporto).toMatchObject({ valido: true, perLivello: [1, 1, 1] })
    expect(rapporto.titolario?.voci.map((voce) => voce.codice)).toEqual(['VI', 'VI/3', 'VI/3/1'])
    expect(rapporto.titolario?.find('VI/3/1')).toMatchObject({
      paroleChiave: ['permesso', 'titolo'],
      conservazioneAnni: 9999,
      etichetta: '06.03.01',
    })
    expect(rapporto.titolario?.find('VI/3')).toMatchObject({ paroleChiave: [], conservazioneAnni: null })
  })

  it('says everything that is wrong at once, with line and column', () => {
    const rapporto = parse(
      'I;Amministrazione;1;;;',
      'I.1;Leggi;2;I;;',
      'I/2;;2;I;;',
      'I/3;Statuto;3;II;;',
      'I/4;Regolamenti;2;I;;sempre',
      'I/4;Regolamenti bis;2;I;;',
      'III/1;Concorsi;2;III;;',
      'I/1/1/1;Troppo;4;I/1/1;;',
    )
    expect(rapporto.valido).toBe(false)
    expect(rapporto.titolario).toBeNull()
    expect(rapporto.rilievi.filter((rilievo) => rilievo.gravita === 'errore')).toMatchObject([
      { riga: 3, colonna: 'codice', codice: 'codice-non-valido' },
      { riga: 4, colonna: 'denominazione', codice: 'denominazione-mancante' },
      { riga: 5, colonna: 'livello', codice: 'livello-incoerente' },
      { riga: 5, colonna: 'padre', codice: 'padre-incoerente' },
      { riga: 6, colonna: 'conservazione_anni', codice: 'conservazione-non-valida' },
      { riga: 7, colonna: 'codice', codice: 'codice-ripetuto' },
      { riga: 8, colonna: 'padre', codice: 'padre-assente' },
      { riga: 9, colonna: 'codice', codice: 'livello-eccessivo' },
      { riga: 9, colonna: 'padre', codice: 'padre-assente' },
    ])
    for (const rilievo of rapporto.rilievi) expect(rilievo.messaggio).toMatch(/[.]$/)
  })

  it('warns without refusing: holes in the numbers, equal names, columns it does not know', () => {
    const rapporto = parseTitolarioCsv('codice;denominazione;livello;padre;note\nI;Uno;1;;x\nI/2;Doppia;2;I;\nI/3;doppia;2;I;\n')
    expect(rapporto.valido).toBe(true)
    expect(codesOf(rapporto)).toEqual(['colonna-non-prevista', 'numerazione-interrotta', 'denominazione-ripetuta'])
  })

  it('refuses what is not a plan', () => {
    expect(codesOf(parseTitolarioCsv(''))).toEqual(['file-vuoto'])
    expect(codesOf(parse())).toEqual(['nessuna-voce'])
    expect(codesOf(parseTitolarioCsv('"a'))).toEqual(['csv-illeggibile'])
    expect(codesOf(parseTitolarioCsv('codice,denominazione\nI,Uno'))).toContain('colonna-mancante')
    for (const anni of ['0', '-1', '10000', '10 anni', '1,5'])
      expect(codesOf(parse(`I;Uno;1;;;"${anni}"`))).toEqual(['conservazione-non-valida'])
  })

  it('REQ-TIT-001 the number of levels is data of the plan, up to five', () => {
    const rows = ['I;A;1;;;', 'I/1;B;2;I;;', 'I/1/1;C;3;I/1;;', 'I/1/1/1;D;4;I/1/1;;', 'I/1/1/1/1;E;5;I/1/1/1;;']
    const livelli = [1, 2, 3, 4, 5].map((livello) => ({ livello, nome: `livello ${livello}` }))
    const five = parseTitolarioCsv([header, ...rows].join('\n'), livelli)
    expect(five).toMatchObject({ valido: true, perLivello: [1, 1, 1, 1, 1] })
    expect(five.titolario?.pathOf('I/1/1/1/1').map((voce) => voce.denominazione)).toEqual(['A', 'B', 'C', 'D', 'E'])
    expect(codesOf(parse(...rows))).toEqual(['livello-eccessivo', 'livello-eccessivo'])
    const two = parseTitolarioCsv([header, ...rows.slice(0, 3)].join('\n'), livelli.slice(0, 2))
    expect(codesOf(two)).toEqual(['livello-eccessivo'])
  })

  it('writes what it reads: the model plan survives the round trip', () => {
    const { titolario } = readTitolarioComuni()
    const again = parseTitolarioCsv(writeTitolarioCsv(titolario))
    expect(again.rilievi).toEqual([])
    expect(again.titolario?.voci).toEqual(titolario.voci)
  })
})

describe('the tree', () => {
  it('REQ-TIT-001 a titolo with classi is not enough for a document, a titolo without is, a sottoclasse is optional', () => {
    const titolario = buildTitolario(['XIV', 'VI/3/1', 'VI', 'VI/3', 'VI/4'].map(dati))
    const selectable = titolario.voci.filter((voce) => voce.selezionabile).map((voce) => voce.codice)
    expect(selectable).toEqual(['VI/3', 'VI/3/1', 'VI/4', 'XIV'])
    expect(titolario.find('VI/3')?.haFigli).toBe(true)
    expect(titolario.find('VI/4')?.haFigli).toBe(false)
    expect(titolario.childrenOf('VI').map((voce) => voce.codice)).toEqual(['VI/3', 'VI/4'])
    expect(titolario.childrenOf(null).map((voce) => voce.codice)).toEqual(['VI', 'XIV'])
    expect(titolario.pathOf('II/9')).toEqual([])
  })

  it('is not built from codes that repeat, hang in the air or go too deep', () => {
    for (const codes of [['I', 'I'], ['I/1'], ['I', 'I/1', 'I/1/1', 'I/1/1/1'], ['uno']]) {
      expect(() => buildTitolario(codes.map(dati))).toThrow(RangeError)
    }
  })
})

describe('what a voice carries besides', () => {
  it('REQ-TIT-009 goes out to CSV and comes back equal', () => {
    const aiuti = {
      descrizione: 'Titoli edilizi; anche in sanatoria',
      noteUso: 'Non per i lavori pubblici',
      esempi: ['permesso di costruire', 'SCIA'],
      tipiFascicolo: ['procedimento amministrativo'],
      sottoclasseObbligatoria: false,
      accessoPredefinito: 'RISERVATO',
    }
    const piano = buildTitolario([dati('VI'), { ...dati('VI/3'), aiuti }])
    const back = parseTitolarioCsv(writeTitolarioCsv(piano))
    expect(back.valido).toBe(true)
    expect(back.titolario?.find('VI/3')?.aiuti).toEqual(aiuti)
  })

  it('says what is wrong in it, with the line', () => {
    const rapporto = parseTitolarioCsv(
      'codice;denominazione;livello;padre;tipi_fascicolo;sottoclasse_obbligatoria;accesso\nI;Uno;1;;affare | faldone;forse;SEGRETO',
    )
    expect(rapporto.rilievi.map((r) => [r.riga, r.codice])).toEqual([
      [2, 'tipo-fascicolo-sconosciuto'],
      [2, 'si-no'],
      [2, 'accesso-sconosciuto'],
    ])
  })
})
