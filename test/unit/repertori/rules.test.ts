import { describe, expect, it } from '@jest/globals'
import { canReadRiga, canRegisterRiga } from '../../../server/repertori/policy.ts'
import {
  PREDEFINITI,
  datiErrors,
  fineAlbo,
  formatEtichettaRepertorio,
  formatRiferimento,
  giorniPubblicati,
  serieOf,
  statoPubblicazione,
} from '../../../server/repertori/rules.ts'
import { nuovoRepertorio } from '../../../server/repertori/schema.ts'
import type { Attore, Profilo } from '../../../server/kernel/scope.ts'

const attore = (profilo: Profilo, uffici: string[] = [], id = 'altri'): Attore => ({
  tipo: 'operatore',
  id,
  nome: 'Prova',
  profili: [profilo],
  uffici,
  permessi: new Set(),
})

describe('configuration', () => {
  it('REQ-PROT-114 a comune starts with its fourteen repertories, each complete', () => {
    expect(PREDEFINITI.map((r) => r.denominazione).toSorted()).toEqual(
      [
        'Attestazioni di conformità',
        'Circolari',
        'Contratti e scritture private',
        'Decreti sindacali',
        'Deliberazioni di Consiglio',
        'Deliberazioni di Giunta',
        'Determinazioni',
        'Fatture passive',
        'Notifiche',
        'Ordinanze dirigenziali',
        'Ordinanze sindacali',
        'Provvedimenti di annullamento',
        'Pubblicazioni all’albo pretorio',
        'Verbali',
      ].toSorted(),
    )
    for (const r of PREDEFINITI) expect(nuovoRepertorio.safeParse(r).success).toBe(true)
  })

  it('REQ-PROT-110 a number belongs to the year, to the mandate or to one series', () => {
    expect(serieOf('annuale', 2026, null)).toBe('2026')
    expect(serieOf('mandato', 2026, '2024-2029')).toBe('2024-2029')
    expect(serieOf('continua', 2026, null)).toBe('unica')
  })

  it('REQ-PROT-110 a mandate numbering wants its mandate, and two data may not share a key', () => {
    const base = PREDEFINITI[0]
    const bad = nuovoRepertorio.safeParse({ ...base, numerazione: 'mandato', campi: [base?.campi[0], base?.campi[0]] })
    expect(bad.error?.issues.map((i) => i.path.join('.')).toSorted()).toEqual(['campi', 'mandato'])
  })

  it('REQ-PROT-110 the metadata asked for are checked all together', () => {
    const campi = [
      { chiave: 'seduta', etichetta: 'Data della seduta', tipo: 'data' as const, obbligatorio: true, valori: [] },
      { chiave: 'importo', etichetta: 'Importo', tipo: 'importo' as const, obbligatorio: false, valori: [] },
      { chiave: 'esito', etichetta: 'Esito', tipo: 'scelta' as const, obbligatorio: true, valori: ['approvata', 'respinta'] },
      { chiave: 'presenti', etichetta: 'Presenti', tipo: 'numero' as const, obbligatorio: false, valori: [] },
    ]
    expect(
      datiErrors(campi, { seduta: '2026-02-30', importo: 'tanto', esito: 'boh', presenti: 'sette', altro: 'x' }).map((e) => e.campo),
    ).toEqual(['dati.seduta', 'dati.importo', 'dati.esito', 'dati.presenti', 'dati.altro'])
    expect(datiErrors(campi, {}).map((e) => e.campo)).toEqual(['dati.seduta', 'dati.esito'])
    expect(datiErrors(campi, { seduta: '2026-02-28', importo: '1250,50', esito: 'approvata', presenti: '12' })).toEqual([])
  })
})

describe('references', () => {
  it('REQ-PROT-111 the reference names body, AOO, repertory, series and number', () => {
    expect(formatRiferimento({ ipa: 'c_x901', aoo: 'AX00001', codice: 'DET', serie: '2026', numero: 12 })).toBe(
      'c_x901#AX00001#DET#2026#0000012',
    )
    expect(formatEtichettaRepertorio('DET', '2026', 12)).toBe('DET 12/2026')
    expect(formatEtichettaRepertorio('CONTR', 'unica', 7)).toBe('CONTR 7')
  })
})

describe('albo', () => {
  it('fifteen whole days after the first, and the state of each day', () => {
    const al = fineAlbo('2026-02-20', 15)
    expect(al).toBe('2026-03-07')
    const p = { dal: '2026-02-20', al, ritirata: false }
    expect(['2026-02-19', '2026-02-20', '2026-03-07', '2026-03-08'].map((d) => statoPubblicazione(p, d))).toEqual([
      'programmata',
      'in corso',
      'in corso',
      'conclusa',
    ])
    expect(statoPubblicazione({ ...p, ritirata: true }, '2026-02-21')).toBe('ritirata')
    expect(giorniPubblicati(p, '2026-02-25')).toBe(5)
    expect(giorniPubblicati(p, '2026-12-31')).toBe(15)
  })
})

describe('who reads and who registers', () => {
  const riga = { riservato: false, visibilita: 'ufficio', ufficioId: 'u1', operatoreId: 'chi' }

  it('REQ-PROT-110 an office’s repertory is read by the office, one of the body by every office, a riservato by head and head of records only', () => {
    expect(canReadRiga(attore('addettoUor', ['u1']), riga)).toBe(true)
    expect(canReadRiga(attore('addettoUor', ['u2']), riga)).toBe(false)
    expect(canReadRiga(attore('addettoUor', ['u2']), { ...riga, visibilita: 'ente' })).toBe(true)
    expect(canReadRiga(attore('auditor'), { ...riga, visibilita: 'ente' })).toBe(false)
    expect(canReadRiga(attore('amministratoreSistema', ['u2']), { ...riga, visibilita: 'ente' })).toBe(false)
    const riservata = { ...riga, riservato: true, visibilita: 'ente' }
    expect(canReadRiga(attore('addettoUor', ['u1']), riservata)).toBe(false)
    expect(canReadRiga(attore('operatoreProtocollo', ['u1']), riservata)).toBe(false)
    expect(canReadRiga(attore('responsabileUor', ['u1']), riservata)).toBe(true)
    expect(canReadRiga(attore('vicario'), riservata)).toBe(true)
    expect(canReadRiga(attore('addettoUor', [], 'chi'), riservata)).toBe(true)
  })

  it('another office does not register in it', () => {
    expect(canRegisterRiga(attore('responsabileUor', ['u2']), 'u1')).toBe(false)
    expect(canRegisterRiga(attore('responsabileUor', ['u1']), 'u1')).toBe(true)
    expect(canRegisterRiga(attore('operatoreProtocollo'), 'u1')).toBe(true)
    expect(canRegisterRiga(attore('responsabileUor', ['u2']), null)).toBe(true)
  })
})
