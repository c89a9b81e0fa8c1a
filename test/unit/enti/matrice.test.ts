import { describe, expect, it } from '@jest/globals'
import { ambiti, matrice, permessiDi } from '../../../server/enti/rules.ts'
import type { Permesso } from '../../../server/kernel/permessi.ts'
import { permessi } from '../../../server/kernel/permessi.ts'
import { profili } from '../../../server/kernel/scope.ts'
import type { Profilo } from '../../../server/kernel/scope.ts'

/** Columns of the table of specification §14 that have a permission in this release, with who has a "yes" there. */
const TABLE: readonly (readonly [Permesso, readonly Profilo[]])[] = [
  ['protocollo.registra', ['responsabileGestioneDocumentale', 'vicario', 'operatoreProtocollo']],
  ['protocollo.assegna', ['responsabileGestioneDocumentale', 'vicario', 'operatoreProtocollo', 'responsabileUor']],
  ['protocollo.classifica', ['responsabileGestioneDocumentale', 'vicario', 'operatoreProtocollo', 'responsabileUor']],
  ['fascicoli.apri', ['responsabileGestioneDocumentale', 'vicario', 'responsabileUor']],
  ['messaggi.lavora', ['responsabileGestioneDocumentale', 'vicario', 'operatoreProtocollo']],
]
const WRITING: readonly Permesso[] = permessi.filter((p) => /\.(carica|lavora|registra|assegna|classifica|apri|chiudi|versa)$/u.test(p))

describe('profiles and permissions', () => {
  it.each(TABLE)('REQ-PROT-141 %s is of the profiles of the table and of nobody else', (permesso, expected) => {
    expect(profili.filter((p) => matrice[p].includes(permesso))).toEqual(expected)
  })

  it('REQ-PROT-141 who only consults, controls or preserves writes nothing', () => {
    for (const profilo of [
      'coordinatore',
      'consultazione',
      'auditor',
      'responsabileConservazione',
      'amministratoreSistema',
      'pubblicoUfficialeDelegato',
    ] as const) {
      expect({ profilo, scrive: matrice[profilo].filter((p) => WRITING.includes(p)) }).toEqual({ profilo, scrive: [] })
    }
  })

  it('REQ-PROT-141 the contents of documents are closed to who controls, preserves or keeps the machines', () => {
    for (const profilo of ['auditor', 'responsabileConservazione', 'amministratoreSistema', 'pubblicoUfficialeDelegato'] as const) {
      expect(matrice[profilo]).not.toContain('documenti.leggi')
    }
    expect(matrice.amministratoreSistema).toEqual(['organizzazione.leggi'])
    expect(ambiti.amministratoreSistema).toEqual({ ricerca: 'nessuno', audit: 'nessuno' })
  })

  it('REQ-PROT-141 the organisation is run by who answers for the register, never by who keeps the machines: he could appoint himself', () => {
    expect(profili.filter((p) => matrice[p].includes('organizzazione.gestisci'))).toEqual(['responsabileGestioneDocumentale', 'vicario'])
  })

  it('no profile holds what belongs to no ente, and two appointments add up', () => {
    const outside: readonly Permesso[] = ['pubblico', 'autenticato', 'sia.configura', 'sportello.leggi']
    for (const profilo of profili) expect(matrice[profilo].filter((p) => outside.includes(p))).toEqual([])
    expect(permessiDi([])).toEqual(new Set())
    expect(permessiDi(['consultazione', 'operatoreProtocollo']).has('protocollo.registra')).toBe(true)
  })
})
