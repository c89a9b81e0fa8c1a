import { describe, expect, it } from '@jest/globals'
import type { Registrazione, Voce } from '../../../web/src/api/tipi.ts'
import { puoProtocollare, vociMenu } from '../../../web/src/app/menu.ts'
import { schedeAmministrazione } from '../../../web/src/app/schede-amministrazione.ts'
import { permessiDi } from '../../../server/enti/rules.ts'
import { bozze, dimenticaBozze } from '../../../web/src/moduli/protocollo/bozze.ts'
import { erroriFascicolo, fascicoloIniziale, richiestaFascicolo } from '../../../web/src/moduli/fascicoli/nuovo.ts'

class Memory {
  readonly values = new Map<string, string>()
  full = false
  get length(): number {
    return this.values.size
  }
  key(index: number): string | null {
    return [...this.values.keys()][index] ?? null
  }
  getItem(key: string): string | null {
    return this.values.get(key) ?? null
  }
  setItem(key: string, value: string): void {
    if (this.full) throw new Error('quota')
    this.values.set(key, value)
  }
  removeItem(key: string): void {
    this.values.delete(key)
  }
}

describe('drafts', () => {
  it('are kept per message and per person', () => {
    const storage = new Memory()
    const lidia = bozze<string>(storage, 'castelvento.Lidia', () => 1000)
    const marta = bozze<string>(storage, 'castelvento.Marta', () => 1000)
    lidia.salva('m1', 'uno')
    expect(lidia.leggi('m1')).toBe('uno')
    expect(lidia.leggi('m2')).toBeNull()
    expect(marta.leggi('m1')).toBeNull()
    lidia.elimina('m1')
    expect(lidia.leggi('m1')).toBeNull()
  })

  it('expire after a week and do not break on a full storage or a broken record', () => {
    const storage = new Memory()
    let now = 0
    const drafts = bozze<string>(storage, 'a', () => now)
    drafts.salva('m1', 'uno')
    now = 8 * 24 * 3600 * 1000
    expect(drafts.leggi('m1')).toBeNull()
    expect(storage.length).toBe(0)
    storage.full = true
    expect(() => drafts.salva('m1', 'due')).not.toThrow()
    storage.values.set('faldone.bozza.a.m3', '{')
    expect(drafts.leggi('m3')).toBeNull()
  })

  it('are all forgotten on logout, nothing else is', () => {
    const storage = new Memory()
    bozze<string>(storage, 'a', () => 1).salva('m1', 'uno')
    bozze<string>(storage, 'b', () => 1).salva('m2', 'due')
    storage.setItem('faldone.lettere', 'spente')
    dimenticaBozze(storage)
    expect([...storage.values.keys()]).toEqual(['faldone.lettere'])
  })
})

describe('menu', () => {
  it('shows a page only to who may read it', () => {
    const names = (...permessi: string[]) => vociMenu({ permessi }).map((voce) => voce.chiave)
    expect(names('scrivania.leggi', 'messaggi.leggi', 'protocollo.leggi')).toEqual(['scrivania', 'daProtocollare', 'registro'])
    expect(names('conservazione.leggi')).toEqual(['conservazione'])
    expect(names()).toEqual([])
    expect(puoProtocollare({ permessi: ['messaggi.leggi'] })).toBe(false)
    expect(puoProtocollare({ permessi: ['protocollo.registra'] })).toBe(true)
  })

  it('has the administration for who finds at least one card in it, and only the cards of who opens it', () => {
    const of = (...profili: Parameters<typeof permessiDi>[0]) => {
      const ente = { permessi: [...permessiDi(profili)] }
      return {
        voce: vociMenu(ente).some((voce) => voce.chiave === 'amministrazione'),
        schede: schedeAmministrazione(ente).map((card) => card.percorso),
      }
    }
    expect(of('auditor')).toEqual({ voce: true, schede: ['amministrazione/visibilita'] })
    expect(of('operatoreProtocollo')).toEqual({ voce: false, schede: [] })
    expect(of('consultazione').voce).toBe(false)
    const all = of('responsabileGestioneDocumentale')
    expect(all.voce).toBe(true)
    expect(all.schede).toEqual(expect.arrayContaining(['amministrazione/organigramma', 'amministrazione/accessi-autorita']))
  })
})

const voce = (id: string, livello: 1 | 2 | 3): Voce => ({
  id,
  codice: `VI/${id}`,
  etichetta: id,
  livello,
  denominazione: `Voce ${id}`,
  padreId: null,
  selezionabile: true,
  haSottoclassi: false,
  ufficioPredefinito: null,
  conservazioneAnni: 10,
})

function registrazione(tipologia: string, own: Voce): Registrazione {
  return {
    oggetto: 'Accesso agli atti',
    tipo: 'E',
    voce: own,
    mittenti: [{ tipo: 'PF', nome: 'Ortensia', cognome: 'Ventaglio' }],
    destinatari: [],
    documento: { id: 'd1', tipologia },
  } as unknown as Registrazione
}

describe('a new fascicolo', () => {
  const classe = voce('3', 2)

  it('starts from the registration and leaves the subclass to the head of the office', () => {
    const reg = registrazione('Istanza', classe)
    const stato = fascicoloIniziale({
      registrazione: reg,
      classe,
      sottoclassi: [voce('31', 3), voce('32', 3)],
      responsabile: { id: 'o1', testo: 'Egidio' },
    })
    expect(stato).toMatchObject({
      voce: null,
      tipo: 'procedimento amministrativo',
      oggetto: 'Accesso agli atti',
      visibile: true,
      termineGiorni: '30',
    })
    expect(Object.keys(erroriFascicolo(stato))).toEqual(['voce'])
  })

  it('takes the only subclass, or the class that has none', () => {
    const reg = registrazione('Comunicazione', classe)
    expect(fascicoloIniziale({ registrazione: reg, classe, sottoclassi: [voce('31', 3)], responsabile: null }).voce?.id).toBe('31')
    expect(fascicoloIniziale({ registrazione: reg, classe, sottoclassi: [], responsabile: null }).voce?.id).toBe('3')
  })

  it('checks the term and becomes the request with the senders as parties', () => {
    const reg = registrazione('Istanza', voce('32', 3))
    const stato = fascicoloIniziale({
      registrazione: reg,
      classe,
      sottoclassi: [voce('31', 3), voce('32', 3)],
      responsabile: { id: 'o1', testo: 'Egidio' },
    })
    expect(erroriFascicolo({ ...stato, termineGiorni: '0' })).toHaveProperty('termineGiorni')
    expect(erroriFascicolo({ ...stato, termineGiorni: 'un mese' })).toHaveProperty('termineGiorni')
    expect(erroriFascicolo(stato)).toEqual({})
    expect(richiestaFascicolo(stato, reg, 'u1')).toMatchObject({
      voceId: '32',
      responsabileId: 'o1',
      ufficioId: 'u1',
      interessati: [{ tipo: 'PF', nome: 'Ortensia', cognome: 'Ventaglio' }],
      procedimento: { materia: 'Voce 3', denominazione: 'Voce 32', termineGiorni: 30 },
      visibileCittadino: true,
      documentoId: 'd1',
    })
    expect(richiestaFascicolo({ ...stato, tipo: 'affare' }, reg, 'u1')).not.toHaveProperty('procedimento')
  })
})
