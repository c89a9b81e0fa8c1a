import { describe, expect, it } from '@jest/globals'
import { canProtocolla, canSeeBozza } from '../../../server/bozze/policy.ts'
import type { BozzaVista } from '../../../server/bozze/policy.ts'
import { nomeFile, toSoggetto } from '../../../server/bozze/rules.ts'
import { datiBozza, nuovaBozza } from '../../../server/bozze/schema.ts'
import { holdsDocumento } from '../../../server/bozze/service/firma.ts'
import type { Attore, Profilo } from '../../../server/kernel/scope.ts'

const actor = (profilo: Profilo, uffici: readonly string[] = [], id = 'altro'): Attore => ({
  tipo: 'operatore',
  id,
  nome: 'Prova',
  profili: [profilo],
  uffici,
  permessi: new Set(),
})
const bozza = (changes: Partial<BozzaVista> = {}): BozzaVista => ({
  tipo: 'U',
  stato: 'IN_LAVORAZIONE',
  autoreId: 'autrice',
  ufficioId: 'edilizia',
  riservata: false,
  alProtocollo: false,
  ...changes,
})

describe('drafts', () => {
  it('are of their office; the protocol office sees them once they are sent, another office never', () => {
    expect(canSeeBozza(actor('addettoUor', ['edilizia']), bozza())).toBe(true)
    expect(canSeeBozza(actor('addettoUor', ['scuola']), bozza())).toBe(false)
    expect(canSeeBozza(actor('operatoreProtocollo', ['protocollo']), bozza())).toBe(false)
    expect(canSeeBozza(actor('operatoreProtocollo', ['protocollo']), bozza({ alProtocollo: true }))).toBe(true)
    expect(canSeeBozza(actor('consultazione', ['edilizia']), bozza())).toBe(false)
  })

  it('a reserved one is of its author and the head of the office only', () => {
    const reserved = bozza({ riservata: true })
    expect(canSeeBozza(actor('addettoUor', ['edilizia']), reserved)).toBe(false)
    expect(canSeeBozza(actor('addettoUor', ['edilizia'], 'autrice'), reserved)).toBe(true)
    expect(canSeeBozza(actor('responsabileUor', ['edilizia']), reserved)).toBe(true)
  })

  it('REQ-PROT-141 the number is given by the protocol office, and by the head for what his office sends; a member sends drafts', () => {
    expect(canProtocolla(actor('addettoUor', ['edilizia'], 'autrice'), bozza())).toBe(false)
    expect(canProtocolla(actor('responsabileUor', ['edilizia']), bozza())).toBe(true)
    expect(canProtocolla(actor('responsabileUor', ['edilizia']), bozza({ tipo: 'I' }))).toBe(true)
    expect(canProtocolla(actor('responsabileUor', ['edilizia']), bozza({ tipo: 'E' }))).toBe(false)
    expect(canProtocolla(actor('responsabileUor', ['scuola']), bozza())).toBe(false)
    expect(canProtocolla(actor('operatoreProtocollo'), bozza({ alProtocollo: true }))).toBe(true)
    expect(canProtocolla(actor('responsabileGestioneDocumentale'), bozza())).toBe(true)
  })

  it.each(['numero', 'numeroRegistrazione', 'dataRegistrazione', 'oraRegistrazione', 'impronta', 'istante', 'anno'])(
    'REQ-PROT-021 a draft that brings %s is refused',
    (campo) => {
      for (const parsed of [datiBozza.safeParse({ [campo]: '1' }), nuovaBozza.safeParse({ tipo: 'U', dati: { [campo]: '1' } })]) {
        expect(parsed.success).toBe(false)
        expect(JSON.stringify(parsed.error?.issues)).toContain('assegna il sistema')
      }
    },
  )

  it('empty optional data of a correspondent are left out, the others are trimmed', () => {
    expect(toSoggetto({ tipo: 'PF', nome: ' Ortensia ', cognome: 'Ventaglio', codiceFiscale: '', perConoscenza: true })).toEqual({
      tipo: 'PF',
      nome: 'Ortensia',
      cognome: 'Ventaglio',
      perConoscenza: true,
    })
  })

  it('files are called after the subject', () => {
    expect(nomeFile('Avvio del procedimento: n. 3/2026 – città', '.pdf')).toBe('avvio-del-procedimento-n-3-2026-citta.pdf')
    expect(nomeFile('///', '.pdf')).toBe('documento.pdf')
  })

  it('a signed PDF holds the document it begins with; another one does not', () => {
    const documento = Buffer.from('%PDF-1.7 uno')
    expect(holdsDocumento(Buffer.concat([documento, Buffer.from('\nfirma')]), documento)).toBe(true)
    expect(holdsDocumento(Buffer.from('%PDF-1.7 due'), documento)).toBe(false)
  })
})
