import { describe, expect, it } from '@jest/globals'
import { canDecideFascicolo, canFileDocumento, canOpenFascicolo, sightOf, visibilitaFascicoliOf } from '../../../server/fascicoli/policy.ts'
import type { FascicoloVisto } from '../../../server/fascicoli/policy.ts'
import { profili } from '../../../server/kernel/scope.ts'
import type { Attore, Profilo } from '../../../server/kernel/scope.ts'

const attore = (profilo: Profilo, uffici: string[] = ['edilizia'], id = 'io'): Attore => ({
  tipo: 'operatore',
  id,
  nome: 'Prova',
  profili: [profilo],
  uffici,
  permessi: new Set(),
})
const fascicolo = (changes: Partial<FascicoloVisto & { ufficioId: string }> = {}) => ({
  responsabileId: 'altra',
  ufficioId: 'edilizia',
  uffici: ['edilizia'],
  assegnatari: ['altra'],
  riservato: false,
  ...changes,
})
const who = (can: (p: Profilo) => boolean): Profilo[] => profili.filter((p) => can(p))

describe('who opens', () => {
  it('REQ-FASC-010 the head of the office, the RGD and the vicario open; protocol operators and members do not', () => {
    expect(who((p) => canOpenFascicolo(attore(p), 'edilizia'))).toEqual(['responsabileGestioneDocumentale', 'vicario', 'responsabileUor'])
    expect(canOpenFascicolo(attore('responsabileUor'), 'scuola')).toBe(false)
  })

  it('REQ-FASC-010 protocol operators insert in existing fascicoli', () => {
    expect(who((p) => canFileDocumento(attore(p), fascicolo()))).toEqual([
      'responsabileGestioneDocumentale',
      'vicario',
      'operatoreProtocollo',
      'responsabileUor',
      'addettoUor',
    ])
    expect(canFileDocumento(attore('addettoUor', ['scuola']), fascicolo())).toBe(false)
    expect(canFileDocumento(attore('addettoUor', ['scuola'], 'altra'), fascicolo())).toBe(true)
  })

  it('gives decisions to the responsible person, the head of the office in charge, RGD and vicario', () => {
    expect(who((p) => canDecideFascicolo(attore(p), fascicolo()))).toEqual([
      'responsabileGestioneDocumentale',
      'vicario',
      'responsabileUor',
    ])
    expect(canDecideFascicolo(attore('addettoUor', ['edilizia'], 'altra'), fascicolo())).toBe(true)
    expect(canDecideFascicolo(attore('responsabileUor', ['scuola']), fascicolo({ uffici: ['edilizia', 'scuola'] }))).toBe(false)
  })
})

describe('who sees', () => {
  const sights = (f: FascicoloVisto) => Object.fromEntries(profili.map((p) => [p, sightOf(visibilitaFascicoliOf(attore(p)), f)]))

  it('shows an ordinary fascicolo of the office to who works there, to the protocol office and to who oversees', () => {
    expect(sights(fascicolo())).toEqual({
      responsabileGestioneDocumentale: 'intero',
      vicario: 'intero',
      operatoreProtocollo: 'intero',
      responsabileUor: 'intero',
      addettoUor: 'intero',
      consultazione: 'intero',
      pubblicoUfficialeDelegato: 'niente',
      responsabileConservazione: 'intero',
      auditor: 'intero',
      coordinatore: 'niente',
      amministratoreSistema: 'niente',
    })
  })

  it('shows a fascicolo with riservati to the head of the office and to its people, masked to who oversees, to nobody else', () => {
    expect(sights(fascicolo({ riservato: true }))).toEqual({
      responsabileGestioneDocumentale: 'intero',
      vicario: 'intero',
      operatoreProtocollo: 'niente',
      responsabileUor: 'intero',
      addettoUor: 'niente',
      consultazione: 'niente',
      pubblicoUfficialeDelegato: 'niente',
      responsabileConservazione: 'mascherato',
      auditor: 'mascherato',
      coordinatore: 'niente',
      amministratoreSistema: 'niente',
    })
    expect(sightOf(visibilitaFascicoliOf(attore('addettoUor')), fascicolo({ riservato: true, assegnatari: ['io'] }))).toBe('intero')
  })

  it('shows nothing of another office', () => {
    const other = fascicolo({ uffici: ['scuola'] })
    expect(who((p) => sightOf(visibilitaFascicoliOf(attore(p)), other) !== 'niente')).toEqual([
      'responsabileGestioneDocumentale',
      'vicario',
      'operatoreProtocollo',
      'responsabileConservazione',
      'auditor',
    ])
  })
})
