import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { toBlocchi } from '../../../server/bozze/modello/blocchi.ts'
import { campi, valoriDi } from '../../../server/bozze/modello/campi.ts'
import type { Fatti } from '../../../server/bozze/modello/campi.ts'
import { compila, nomiUsati, senzaCampi } from '../../../server/bozze/modello/compila.ts'
import { escapeHtml, parseTesto, TestoNonAmmesso } from '../../../server/bozze/modello/html.ts'
import { compilaFile, ModelloGuasto } from '../../../server/bozze/modello/ufficio.ts'
import { buildDocx, buildOdt, readPart } from '../../support/ufficio.ts'

const same = (value: string): string => value

describe('the text of a template', () => {
  it('reads titles, paragraphs, lists and tables in order', () => {
    const blocchi = toBlocchi(
      parseTesto(
        '<h2>Avvio</h2><p>Gentile <em>Ortensia</em>,<br>in breve:</p><ul><li>uno</li></ul><ol><li>primo</li><li>secondo</li></ol><table><tr><th>Voce</th><th>Euro</th></tr><tr><td>Diritti</td></tr></table><p><strong>Distinti saluti</strong></p>',
      ),
    )
    expect(blocchi).toEqual([
      { tipo: 'titolo', testo: 'Avvio', livello: 2 },
      { tipo: 'testo', testo: 'Gentile Ortensia,\nin breve:' },
      { tipo: 'testo', testo: '• uno' },
      { tipo: 'testo', testo: '1. primo' },
      { tipo: 'testo', testo: '2. secondo' },
      { tipo: 'tabella', colonne: ['Voce', 'Euro'], righe: [['Diritti', '']] },
      { tipo: 'testo', testo: 'Distinti saluti', forte: true },
    ])
  })

  it.each([
    ['<p>a</p><script>x</script>', 'script'],
    ['<p onclick="x">a</p>', 'attributi'],
    ['<p>a</p>sciolto', 'sciolto'],
    ['<p>a & b</p>', '&amp;'],
    ['<p>a', 'non è chiuso'],
    ['<li>a</li>', 'fuori posto'],
    ['<p><p>a</p></p>', 'dentro <p>'],
    ['<p>a</strong></p>', 'non è aperto'],
    ['<!-- x --><p>a</p>', 'non è ammesso'],
  ])('refuses %s by name', (testo, detto) => {
    expect(() => parseTesto(testo)).toThrow(TestoNonAmmesso)
    expect(() => parseTesto(testo)).toThrow(detto)
  })

  it('whatever a value holds, nothing of it becomes an element', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const { testo } = compila('<p>{{oggetto}}</p>', { oggetto: `x${value}` }, escapeHtml)
        const nodi = parseTesto(testo)
        expect(nodi).toHaveLength(1)
        const inside = (nodi[0] as { figli: readonly unknown[] }).figli
        expect(inside.every((nodo) => typeof nodo === 'string' || (nodo as { tag: string }).tag === 'br')).toBe(true)
      }),
    )
  })
})

describe('the fields of a template', () => {
  const fatti: Fatti = {
    oggi: new Date('2026-03-10T09:00:00Z'),
    autore: 'Noemi Camporosso',
    ente: { denominazione: 'Comune di Prova', codiceIpa: 'c_x999' },
    ufficio: null,
    oggetto: 'Accesso agli atti',
    classificazione: null,
    destinatari: [
      { nome: 'Ventaglio Ortensia', indirizzo: 'o@posta.example', codiceFiscale: '' },
      { nome: 'Brilletti Flavio', indirizzo: '', codiceFiscale: '' },
    ],
    fascicolo: null,
    richiesta: null,
  }

  it('names each field without a value and each name that is no field: none is silently blank', () => {
    const done = compila('{{data}} {{fascicolo.codice}} {{ufficio.denominazione}} {{fantasia}} {{fascicolo.codice}}', valoriDi(fatti), same)
    expect(done.testo).toBe(
      '10/03/2026 [manca: fascicolo.codice] [manca: ufficio.denominazione] [non esiste: fantasia] [manca: fascicolo.codice]',
    )
    expect(done.mancanti).toEqual(['fascicolo.codice', 'ufficio.denominazione'])
    expect(done.sconosciuti).toEqual(['fantasia'])
  })

  it('repeats a list and keeps a part only where its field has a value', () => {
    const done = compila(
      '{{#destinatari}}{{nome}};{{/destinatari}}{{#fascicolo.codice}}F {{fascicolo.codice}}{{/fascicolo.codice}}{{#oggetto}}({{oggetto}}){{/oggetto}}',
      valoriDi(fatti),
      same,
    )
    expect(done.testo).toBe('Ventaglio Ortensia;Brilletti Flavio;(Accesso agli atti)')
    expect(done.mancanti).toEqual([])
  })

  it('an unclosed repetition and a stray end are told', () => {
    expect(compila('{{#destinatari}}a', valoriDi(fatti), same).sconosciuti).toEqual(['#destinatari'])
    expect(compila('a{{/destinatari}}', valoriDi(fatti), same).sconosciuti).toEqual(['/destinatari'])
  })

  it('every field that is shown can be filled, and every value belongs to a field that is shown', () => {
    expect(Object.keys(valoriDi(fatti)).toSorted()).toEqual(campi.map((campo) => campo.nome).toSorted())
  })

  it('REQ-PROT-028 the text cannot hold the number: it refers to the segnatura, which is associated afterwards', () => {
    const value = valoriDi(fatti)['segnatura']
    expect(value).toContain('segnatura informatica associata')
    expect(value).not.toMatch(/\d/u)
  })

  it('tells the names a text uses, and the text without them', () => {
    expect(nomiUsati('{{a.b}} {{#c}}{{d}}{{/c}}')).toEqual(['a.b', 'c', 'd'])
    expect(senzaCampi('<p>{{a}}</p>{{#c}}<p>{{d}}</p>{{/c}}')).toBe('<p>x</p><p>x</p>')
  })
})

describe('office files', () => {
  const valori = { oggetto: 'Ponteggio & <facciata>', 'fascicolo.codice': null, destinatari: [{ nome: 'Uno' }, { nome: 'Due' }] }

  it('a DOCX is filled, also where the program split a mark among runs', () => {
    const docx = buildDocx(
      '<w:p><w:r><w:t>Oggetto: {{ogg</w:t></w:r><w:r><w:t>etto}}</w:t></w:r></w:p><w:p><w:r><w:t>{{#destinatari}}</w:t></w:r></w:p><w:p><w:r><w:t>A: {{nome}}</w:t></w:r></w:p><w:p><w:r><w:t>{{/destinatari}}</w:t></w:r></w:p>',
    )
    const done = compilaFile(docx, 'DOCX', valori)
    const text = readPart(done.bytes, 'word/document.xml')
    expect(text.replaceAll(/<[^>]+>/gu, '')).toContain('Oggetto: Ponteggio &amp; &lt;facciata&gt;A: UnoA: Due')
    expect([done.mancanti, done.sconosciuti]).toEqual([[], []])
  })

  it.each(['DOCX', 'ODT'] as const)('a %s names what is missing and what is no field', (formato) => {
    const marks = ['{{fascicolo.codice}}', '{{fantasia}}']
    const file =
      formato === 'DOCX'
        ? buildDocx(marks.map((mark) => `<w:p><w:r><w:t>${mark}</w:t></w:r></w:p>`).join(''))
        : buildOdt(marks.map((mark) => `<text:p>${mark}</text:p>`).join(''))
    const done = compilaFile(file, formato, valori)
    expect([done.mancanti, done.sconosciuti]).toEqual([['fascicolo.codice'], ['fantasia']])
    expect(readPart(done.bytes, formato === 'DOCX' ? 'word/document.xml' : 'content.xml')).toContain('[manca: fascicolo.codice]')
  })

  it('an ODT is filled, also where the program split a mark among spans; values are never markup', () => {
    const odt = buildOdt(
      '<text:p>{<text:span>{oggetto}</text:span>}</text:p><text:p>{{#destinatari}}</text:p><text:p>{{nome}}</text:p><text:p>{{/destinatari}}</text:p>',
    )
    const done = compilaFile(odt, 'ODT', valori)
    const xml = readPart(done.bytes, 'content.xml')
    expect(xml).toContain('Ponteggio &amp; &lt;facciata&gt;<text:span></text:span>')
    expect(xml.match(/<text:p>(Uno|Due)<\/text:p>/gu)).toHaveLength(2)
  })

  it('a repetition across the page, a damaged file and another kind of file are refused in words', () => {
    const crossed = buildOdt('<text:p>{{#destinatari}}<text:span>a</text:span></text:p><text:h>{{/destinatari}}</text:h>')
    expect(() => compilaFile(crossed, 'ODT', valori)).toThrow(ModelloGuasto)
    expect(() => compilaFile(Buffer.from('non è uno zip'), 'DOCX', valori)).toThrow(ModelloGuasto)
    expect(() => compilaFile(buildOdt('<text:p/>'), 'DOCX', valori)).toThrow('non è un documento DOCX')
    expect(() => compilaFile(buildDocx('<w:p><w:r><w:t>{{#destinatari}}</w:t></w:r></w:p>'), 'DOCX', valori)).toThrow('destinatari')
  })
})
