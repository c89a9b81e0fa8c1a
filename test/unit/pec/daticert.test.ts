import { Buffer } from 'node:buffer'
import { describe, expect, it } from '@jest/globals'
import { DaticertMalformato, parseDaticert } from '../../../server/pec/busta/index.ts'

const BASE = `<postacert tipo="avvenuta-consegna" errore="nessuno">
<intestazione><mittente> &lt;Ente@Pec.Uno.example&gt; </mittente><destinatari tipo="certificato">a@due.example</destinatari><destinatari tipo="esterno">B@Tre.example</destinatari><risposte>ente@pec.uno.example</risposte><oggetto>Prova &amp; riprova &#8364;</oggetto></intestazione>
<dati><gestore-emittente>Gestore</gestore-emittente><data zona="+0200"><giorno>01/07/2026</giorno><ora>00:30:05</ora></data><identificativo>p-1@gestore.example</identificativo><msgid>&lt;c%2B1@uno.example&gt;</msgid><ricevuta tipo="breve"/><consegna>A@due.example</consegna><errore-esteso>5.1.1 - ignoto</errore-esteso></dati>
</postacert>`

function read(change: (xml: string) => string = (xml) => xml) {
  return parseDaticert(Buffer.from(change(BASE)))
}

describe('certification data', () => {
  it('reads identifiers without brackets, addresses in lower case, the instant in UTC with its zone', () => {
    expect(read()).toEqual({
      tipo: 'avvenuta-consegna',
      errore: 'nessuno',
      mittente: 'ente@pec.uno.example',
      destinatari: [
        { indirizzo: 'a@due.example', tipo: 'certificato' },
        { indirizzo: 'b@tre.example', tipo: 'esterno' },
      ],
      risposte: 'ente@pec.uno.example',
      oggetto: 'Prova & riprova €',
      gestoreEmittente: 'Gestore',
      istante: '2026-06-30T22:30:05Z',
      zona: '+0200',
      giorno: '01/07/2026',
      ora: '00:30:05',
      identificativo: 'p-1@gestore.example',
      msgid: 'c+1@uno.example',
      variante: 'breve',
      consegna: 'a@due.example',
      ricezione: [],
      erroreEsteso: '5.1.1 - ignoto',
      elementiSconosciuti: [],
    })
  })

  it('tolerates unknown elements and lists them', () => {
    expect(read((xml) => xml.replace('<risposte>', '<novita>x</novita><risposte>')).elementiSconosciuti).toEqual(['novita'])
  })

  it('REQ-PEC-007 refuses DTDs, entities, stray text, wrong values and oversize with an Italian reason (PEC-A13)', () => {
    const cases: [string, (xml: string) => string, RegExp][] = [
      ['DTD', (xml) => `<!DOCTYPE postacert SYSTEM "http://esterno.example/a.dtd">${xml}`, /DTD/u],
      ['entity', (xml) => `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${xml.replace('Gestore', '&x;')}`, /DTD/u],
      [
        'expanding entities',
        (xml) => `<!DOCTYPE a [<!ENTITY x "${'y'.repeat(1000)}">]>${xml.replace('Gestore', '&x;'.repeat(1000))}`,
        /DTD/u,
      ],
      ['undefined entity', (xml) => xml.replace('Gestore', '&nbsp;'), /non ben formato/u],
      ['stray text', (xml) => xml.replace('<dati>', '<dati>;'), /testo estraneo/u],
      ['not closed', (xml) => xml.replace('</dati>', ''), /non ben formato/u],
      ['unknown type', (xml) => xml.replace('avvenuta-consegna', 'inventata'), /tipo non previsto/u],
      ['no identifier', (xml) => xml.replace(/<identificativo>.*<\/identificativo>/u, ''), /manca l'elemento «identificativo»/u],
      ['two identifiers', (xml) => xml.replace('<msgid>', '<identificativo>x</identificativo><msgid>'), /ripetuto/u],
      ['no recipient', (xml) => xml.replaceAll(/<destinatari.*?<\/destinatari>/gu, ''), /destinatario/u],
      ['impossible day', (xml) => xml.replace('01/07/2026', '31/06/2026'), /data impossibile/u],
      ['no zone', (xml) => xml.replace('+0200', 'CEST'), /data non valida/u],
      ['other root', (xml) => xml.replaceAll('postacert', 'altro'), /radice/u],
      ['10 MB subject', (xml) => xml.replace('Prova', 'x'.repeat(10 * 1024 * 1024)), /troppo grande/u],
    ]
    for (const [, change, reason] of cases) {
      expect(() => read(change)).toThrow(DaticertMalformato)
      expect(() => read(change)).toThrow(reason)
    }
  })

  it('REQ-PEC-007 an encoding that hides a DTD is refused', () => {
    expect(() => parseDaticert(Buffer.from(`\ufeff<!DOCTYPE a>${BASE}`, 'utf16le'))).toThrow(DaticertMalformato)
    expect(() => parseDaticert(Buffer.from(`<?xml version="1.0" encoding="utf-7"?>${BASE}`))).toThrow(/codifica non ammessa/u)
  })
})
