import { describe, expect, it } from '@jest/globals'
import { readDai, readDi, validateDai } from '../../../metadata-schemas/allegato5/index.ts'
import type { ModelloDai } from '../../../metadata-schemas/allegato5/index.ts'
import { emitDocumento } from '../../../server/metadati/service.ts'
import type { MetadatiDto } from '../../../server/metadati/index.ts'
import type { DocumentoFatti } from '../../../server/metadati/facts.ts'
import { ALLEGATO, buildDocumento, buildSoggetto, PRINCIPALE } from '../../support/fatti-esempio.ts'

const OGGI = '2026-05-02'
const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64')

function model(fatti: DocumentoFatti = buildDocumento()): ModelloDai {
  const { xml } = emitDocumento(fatti, OGGI)
  if (xml === null) throw new Error('not emitted')
  return readDai(xml).modello
}

function errors(fatti: DocumentoFatti): string[] {
  return emitDocumento(fatti, OGGI)
    .esiti.filter((e) => e.gravita === 'errore')
    .map((e) => e.regola)
}

function withRegistration(changes: Partial<NonNullable<DocumentoFatti['registrazione']>>): DocumentoFatti {
  const base = buildDocumento()
  if (base.registrazione === null) throw new Error('the sample is registered')
  return { ...base, registrazione: { ...base.registrazione, ...changes } }
}

describe('the DAI of a registered document', () => {
  it('is emitted, valid, with every part of the registration in its place', () => {
    const emesso: MetadatiDto = emitDocumento(buildDocumento(), OGGI)
    expect(emesso.completo).toBe(true)
    expect(validateDai(emesso.xml ?? '').valido).toBe(true)
    const m = model()
    expect(m.idDoc).toMatchObject({
      identificativo: '0197f0a0-2222-7000-8000-000000000001',
      impronta: { valore: base64(PRINCIPALE), algoritmo: 'SHA-256' },
    })
    expect(m.registro).toEqual({ tipo: 'protocollo', data: '2026-03-11', ora: '09:15:42', numero: '0000417', codiceRegistro: 'PG' })
    expect(m.modalita).toBe('b')
    expect(m.nome).toBe('istanza.pdf')
    expect(m.versione).toBe('1')
    expect(m.tempoDiConservazione).toBe(10)
    expect(m.classificazione).toMatchObject({ indice: 'VI/3', descrizione: 'Pianificazione e gestione del territorio / Edilizia privata' })
    expect(m.verifica).toEqual({ firmato: true, sigillato: false, marcato: false, conformitaCopia: false })
    expect(m.aggregazioni).toEqual([{ tipo: 'Fascicolo', id: '2026-VI/3.12' }])
    expect(m.allegati.indice).toEqual([
      {
        idDoc: { impronta: { valore: base64(ALLEGATO), algoritmo: 'SHA-256' }, identificativo: '0197f0a0-2222-7000-8000-000000000012' },
        descrizione: 'planimetria.pdf',
      },
    ])
  })

  it('R77 R78 names registering administration, assignee office, sender, operator, records manager and RUP', () => {
    const roles = model().soggetti.map((s) => [s.ruolo, s.soggetto.tipo])
    expect(roles).toEqual([
      ['AmministrazioneCheEffettuaLaRegistrazione', 'PAI'],
      ['Assegnatario', 'AS'],
      ['Mittente', 'PF'],
      ['Operatore', 'PF'],
      ['ResponsabileGestioneDocumentale', 'PF'],
      ['RUP', 'RUP'],
    ])
  })

  it('the file in the store with another digest than the registered one blocks, as R03 asks', () => {
    expect(errors(withRegistration({ impronta: 'b'.repeat(64) }))).toEqual(['R03'])
  })

  it('R50 a registered document that is in no fascicolo is not emitted, and the finding says what to do', () => {
    const emesso = emitDocumento(buildDocumento({ aggregazioni: [] }), OGGI)
    expect(emesso.xml).toBeNull()
    expect(emesso.completo).toBe(false)
    expect(emesso.esiti.filter((e) => e.gravita === 'errore')).toEqual([
      {
        regola: 'R50',
        gravita: 'errore',
        percorso: 'Agg',
        messaggio: 'Inserisci il documento in un fascicolo: senza, i metadati non si possono emettere.',
      },
    ])
  })

  it('R20 R40 R75 a document in no register is a documento informatico, classified, of who put it there', () => {
    const dto = emitDocumento(buildDocumento({ registrazione: null }), OGGI)
    expect(dto).toMatchObject({ profilo: 'DI', completo: true })
    const { modello } = readDi(dto.xml ?? '')
    expect(modello).toMatchObject({
      flusso: 'I',
      registro: { tipo: 'nessuno', data: '2026-03-10' },
      classificazione: { indice: 'VI/3' },
      aggregazioni: [{ tipo: 'Fascicolo', id: '2026-VI/3.12' }],
    })
    expect(modello.soggetti.map((s) => s.ruolo)).toEqual(['Autore', 'Destinatario', 'Operatore', 'ResponsabileGestioneDocumentale'])
    expect(dto.esiti.map((e) => e.regola)).not.toContain('R75')
  })

  it('R55 a document that completes another one names it, and only then', () => {
    const primario = { id: '0197f0a0-2222-7000-8000-0000000000aa', sha256: ALLEGATO, segnatura: 'c_x901|AX901A0|PG|2026-03-01|0000300|E' }
    expect(model(buildDocumento({ primario })).documentoPrimario).toMatchObject({
      identificativo: primario.id,
      segnatura: primario.segnatura,
    })
    expect(errors(buildDocumento({ primario }))).toEqual([])
    expect(model().documentoPrimario ?? null).toBeNull()
  })

  it('R76 what a program wrote without a human author names the program', () => {
    expect(model(buildDocumento({ modalita: 'd' })).soggetti.map((s) => s.ruolo)).toContain('Produttore')
    expect(model().soggetti.map((s) => s.ruolo)).not.toContain('Produttore')
  })

  it('R03 without its file a document has no identity: nothing else is said of it', () => {
    const dto = emitDocumento(buildDocumento({ files: [] }), OGGI)
    expect(dto).toMatchObject({ xml: null, completo: false, punteggio: 0 })
    expect(dto.esiti.map((e) => e.regola)).toEqual(['R03'])
  })

  it('R71 an incoming document without sender is refused', () => {
    expect(errors(withRegistration({ soggetti: [] }))).toEqual(['R70', 'R71'])
  })

  it('R35 records of a process carry no signature check, whatever their file holds', () => {
    expect(model(buildDocumento({ modalita: 'c' })).verifica.firmato).toBe(false)
  })

  it('R60 R61 R62 the term is the longest between the voice and the fascicoli that hold the document; 9999 is permanent', () => {
    const base = buildDocumento()
    const [aggregazione] = base.aggregazioni
    if (aggregazione === undefined) throw new Error('the sample is filed')
    expect(model({ ...base, aggregazioni: [{ ...aggregazione, conservazioneAnni: 30 }] }).tempoDiConservazione).toBe(30)
    expect(model({ ...base, voce: { ...base.voce, conservazioneAnni: 9999 } }).tempoDiConservazione).toBe('permanente')
  })

  it('warns when the voice was no longer in force on the day of registration', () => {
    const base = buildDocumento()
    const { completo, esiti } = emitDocumento({ ...base, voce: { ...base.voce, chiusaDal: '2026-01-01' } }, OGGI)
    expect(completo).toBe(true)
    expect(esiti).toContainEqual(expect.objectContaining({ regola: 'R41', gravita: 'avviso' }))
  })
})

describe('correspondents that the schema has little room for', () => {
  const senderOf = (s: Parameters<typeof buildSoggetto>[0]) => {
    const m = model(withRegistration({ soggetti: [buildSoggetto(s)] }))
    return { soggetto: m.soggetti.find((x) => x.ruolo === 'Mittente')?.soggetto, note: m.note }
  }

  it('an anonymous letter is written ANONIMO in both names', () => {
    expect(senderOf({ nome: null, cognome: '', codiceFiscale: null }).soggetto).toMatchObject({
      tipo: 'PF',
      nome: 'ANONIMO',
      cognome: 'ANONIMO',
    })
    expect(senderOf({ nome: null }).soggetto).toMatchObject({ nome: 'NON INDICATO', cognome: 'Ventaglio' })
  })

  it('the provisional fiscal code of eleven digits is left out of a person', () => {
    expect(senderOf({ codiceFiscale: '01234567890' }).soggetto).not.toHaveProperty('codiceFiscale', '01234567890')
  })

  it('an organisation keeps eleven digits and loses the sixteen characters of a sole trader', () => {
    const pg = { tipo: 'PG', nome: null, cognome: null, denominazione: 'Cooperativa Mulini' }
    expect(senderOf({ ...pg, codiceFiscale: '01234567897' }).soggetto).toMatchObject({ codiceFiscalePartitaIva: '01234567897' })
    expect(senderOf(pg).soggetto).not.toHaveProperty('codiceFiscalePartitaIva', 'VNTRNS74E50X901P')
  })

  it('an administration known with AOO and address is a PAI; without the AOO it is an organisation, and the note says so', () => {
    const pai = {
      tipo: 'PAI',
      nome: null,
      cognome: null,
      codiceFiscale: null,
      denominazione: 'Provincia di Valombrosa',
      codiceIpa: 'p_x902',
    }
    expect(senderOf({ ...pai, codiceAoo: 'AX90201' }).soggetto).toMatchObject({ tipo: 'PAI', ipaAoo: { codice: 'AX90201' } })
    const without = senderOf(pai)
    expect(without.soggetto).toMatchObject({ tipo: 'PG', denominazione: 'Provincia di Valombrosa' })
    expect(without.note).toContain('p_x902')
  })

  it('a foreign administration without address is an organisation with a note', () => {
    const pae = { tipo: 'PAE', nome: null, cognome: null, codiceFiscale: null, denominazione: 'Stadt Windburg' }
    expect(senderOf(pae).soggetto).toMatchObject({ tipo: 'PAE' })
    expect(senderOf({ ...pae, indirizzoDigitale: null })).toMatchObject({
      soggetto: { tipo: 'PG' },
      note: expect.stringContaining('Stadt Windburg'),
    })
  })
})

const UFFICIO_PROPONENTE = { id: 'u-9', codice: 'UTC', denominazione: 'Lavori pubblici', indirizzoDigitale: 'utc@castelvento.example' }
const roles = (m: ModelloDai, ruolo: string) => m.soggetti.filter((s) => s.ruolo === ruolo).map((s) => s.soggetto)

describe('what goes out and what stays inside', () => {
  it('R72 an outgoing document names the producing office and every addressee', () => {
    const destinatari = [
      buildSoggetto({ ruolo: 'destinatario' }),
      buildSoggetto({ ruolo: 'destinatario', nome: 'Tullio', cognome: 'Brezzaferma' }),
    ]
    const fatti = withRegistration({ tipo: 'U', giornoArrivo: null, soggetti: destinatari, ufficioMittente: UFFICIO_PROPONENTE })
    const m = model(fatti)
    expect(m.flusso).toBe('U')
    expect(roles(m, 'Destinatario')).toMatchObject([{ cognome: 'Ventaglio' }, { cognome: 'Brezzaferma' }])
    expect(roles(m, 'Mittente')).toMatchObject([{ tipo: 'PAI', ipaUor: { codice: 'UTC' } }])
    expect(errors(fatti)).toEqual([])
    expect(errors(withRegistration({ tipo: 'U', soggetti: [], ufficioMittente: UFFICIO_PROPONENTE }))).toContain('R72')
  })

  it('R23 R73 an internal document goes from an office to an office of the same AOO', () => {
    const ufficio = buildSoggetto({
      ruolo: 'destinatario',
      tipo: 'UO',
      nome: null,
      cognome: null,
      codiceFiscale: null,
      denominazione: 'Servizi scolastici',
      codiceIpa: 'SCUOLA',
      indirizzoDigitale: null,
    })
    const fatti = withRegistration({ tipo: 'I', giornoArrivo: null, soggetti: [ufficio], ufficioMittente: UFFICIO_PROPONENTE })
    const m = model(fatti)
    expect(m.flusso).toBe('I')
    expect(roles(m, 'Destinatario')).toMatchObject([{ tipo: 'PAI', ipaUor: { codice: 'SCUOLA', denominazione: 'Servizi scolastici' } }])
    const esiti = emitDocumento(fatti, OGGI).esiti.map((x) => x.regola)
    expect(esiti).not.toContain('R23')
    expect(esiti).not.toContain('R73')
    const outside = emitDocumento(
      withRegistration({ tipo: 'I', soggetti: [buildSoggetto({ tipo: 'PG', denominazione: 'Ditta' })] }),
      OGGI,
    ).esiti
    expect(outside.map((x) => x.regola)).toEqual(expect.arrayContaining(['R23', 'R73']))
  })
})

describe('what was corrected or annulled', () => {
  const marta = { id: 'o-9', nome: 'Marta', cognome: 'Valdorso', codiceFiscale: 'VLDMRT70A41X901M' }
  const rettifica = { tipo: 'Rettifica' as const, giorno: '2026-03-20', ora: '10:00:00', operatore: marta }

  it('REQ-PROT-058 R57 R58 a correction makes a version and says what changed it, who and from which version', () => {
    const fatti = withRegistration({ variazioni: [rettifica] })
    const m = model(fatti)
    expect(m.versione).toBe('2')
    expect(m.modifica).toMatchObject({ tipo: 'Rettifica', data: '2026-03-20', ora: '10:00:00', autore: { cognome: 'Valdorso' } })
    expect(m.modifica?.versionePrecedente.identificativo).not.toBe(m.idDoc.identificativo)
    expect(roles(m, 'Operatore').map((o) => ('cognome' in o ? o.cognome : ''))).toContain('Valdorso')
    expect(errors(fatti)).toEqual([])
  })

  it('REQ-PROT-058 after an annulment the last change is the annulment, whatever was corrected before', () => {
    const annullamento = { tipo: 'Annullamento' as const, giorno: '2026-03-25', ora: '12:30:00', operatore: marta }
    const fatti = withRegistration({ variazioni: [rettifica, rettifica, annullamento] })
    const m = model(fatti)
    expect(m.versione).toBe('4')
    expect(m.modifica).toMatchObject({ tipo: 'Annullamento', data: '2026-03-25' })
    expect(errors(fatti)).toEqual([])
    expect(model().modifica ?? null).toBeNull()
  })
})
