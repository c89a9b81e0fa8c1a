import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createMemoryStore } from '../../../storage/memory.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { query, queryOne } from '../../../server/kernel/scope.ts'
import type { Scope } from '../../../server/kernel/scope.ts'
import {
  attachScansione,
  authoriseDifferimento,
  nuovaRegistrazione,
  presentById,
  protocolloJobs,
  register,
  registerInArrivo,
  traceDestinazioneErrata,
} from '../../../server/protocollo/index.ts'
import type { NuovaRegistrazioneEntrata } from '../../../server/protocollo/index.ts'
import { wireReactions } from '../../../server/reactions.ts'
import { checkSegnatura } from '../../../metadata-schemas/segnatura/index.ts'
import { verifyRegistrazione } from '../../../server/protocollo/service/verifica.ts'
import { createDatabase } from '../../support/database.ts'
import type { TestDatabase } from '../../support/database.ts'
import {
  buildInterna,
  buildNuova,
  buildPdf,
  buildUscita,
  createEnte,
  createOperatore,
  createRegistrazione,
  stage,
} from '../../support/factories.ts'
import type { EnteDiProva } from '../../support/factories.ts'

let db: TestDatabase
let e: EnteDiProva
let clerk: Scope
let rgd: Scope
const store = createMemoryStore()
const ieri = (): string => new Date(Date.now() - 86_400_000).toISOString()
const giorno = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

beforeAll(async () => {
  wireReactions(protocolloJobs)
  db = await createDatabase()
  e = await createEnte(db.orm)
  clerk = (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo)).scope
  rgd = (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale', e.uffici.protocollo)).scope
})
afterAll(async () => await db.close())

const pdf = async (scope = clerk): Promise<string> => await stage(scope, store, await buildPdf(newId()), 'file.pdf')
const maximum = async (): Promise<number> =>
  (await queryOne<{ n: number }>(clerk, 'select coalesce(max(numero), 0)::int as n from registrazione where ente_id = $1', [e.ente.id]))
    ?.n ?? 0

/** A paper handed in at the counter, registered before its scan. */
function cartacea(changes: Partial<NuovaRegistrazioneEntrata> = {}): NuovaRegistrazioneEntrata {
  const { documento: _none, ...nuova } = buildNuova(e, newId(), {
    scansioneAttesa: true,
    descrizioneCartaceo: 'Busta con tre fogli',
    ...changes,
  })
  return nuova
}

describe('incoming, outgoing and internal', () => {
  it('REQ-PROT-010, REQ-PROT-019 and REQ-PROT-060 share one sequence, and each has the segnatura of its kind', async () => {
    const start = await maximum()
    const made = [
      await register(clerk, buildNuova(e, await pdf()), newId()),
      await register(clerk, buildUscita(e, await pdf()), newId()),
      await register(clerk, buildInterna(e, await pdf(), { perConoscenza: [e.uffici.protocollo], riservatezza: 'RISERVATO' }), newId()),
    ]
    const dto = await Promise.all(made.map(async (m) => await presentById(rgd, m.id)))
    expect(dto.map((r) => [r.numero, r.tipo, r.segnatura.testo.split('#').at(-1)])).toEqual([
      [start + 1, 'E', 'E'],
      [start + 2, 'U', 'U'],
      [start + 3, 'I', 'I'],
    ])
    const [, uscita, interna] = dto
    expect(uscita?.ufficioMittente).toEqual({ id: e.uffici.edilizia, denominazione: 'Sportello unico edilizia' })
    expect(uscita?.mittenti).toEqual([])
    expect(uscita?.documento.modalitaFormazione).toBe('a')
    expect(interna?.destinatari).toEqual([
      { tipo: 'UO', denominazione: 'Servizi scolastici', codice: 'SCUOLA' },
      { tipo: 'UO', denominazione: 'Protocollo', codice: 'PROTOC', perConoscenza: true },
    ])
    expect(interna?.assegnazioni.map((a) => [a.ufficio.denominazione, a.tipo]).toSorted()).toEqual([
      ['Protocollo', 'conoscenza'],
      ['Servizi scolastici', 'competenza'],
    ])
    for (const { id } of made) {
      const xml =
        (await queryOne<{ xml: string }>(clerk, 'select xml from segnatura where ente_id = $1 and registrazione_id = $2', [e.ente.id, id]))
          ?.xml ?? ''
      expect(checkSegnatura(xml)).toEqual({ valido: true, errori: [] })
    }
  })

  it('the answer to a registration is what reading it answers, whatever its kind', async () => {
    for (const nuova of [
      buildUscita(e, await pdf(), { perConoscenza: [e.uffici.scuola] }),
      buildInterna(e, await pdf()),
      cartacea(),
      buildNuova(e, await pdf(), { mittenti: [{ tipo: 'NN', denominazione: 'ANONIMO' }] }),
    ]) {
      const { id, present } = await register(clerk, nuova, newId())
      expect(present()).toEqual(await presentById(clerk, id))
    }
  })

  it('REQ-PROT-027 an outgoing document has one number whatever its addressees, each with his own channel', async () => {
    const start = await maximum()
    const destinatari = Array.from({ length: 120 }, (_, i) => ({
      tipo: 'PF' as const,
      nome: 'Ortensia',
      cognome: `Ventaglio ${i + 1}`,
      ...(i === 0 ? {} : { perConoscenza: true, canale: 'PEC' as const }),
    }))
    const { id } = await register(clerk, buildUscita(e, await pdf(), { destinatari }), newId())
    expect(await maximum()).toBe(start + 1)
    const r = await presentById(clerk, id)
    expect(r.destinatari).toHaveLength(120)
    expect(r.destinatari[0]).toEqual({ tipo: 'PF', nome: 'Ortensia', cognome: 'Ventaglio 1' })
    expect(r.destinatari[119]).toMatchObject({ cognome: 'Ventaglio 120', perConoscenza: true, canale: 'PEC' })
  })

  it('REQ-PROT-141 a head of an office sends out what his office formed, and registers nothing that comes in', async () => {
    const head = (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia)).scope
    const member = (await createOperatore(db.orm, e, 'addettoUor', e.uffici.edilizia)).scope
    await expect(register(head, buildNuova(e, await pdf(head)), newId())).rejects.toMatchObject({
      status: 403,
      codice: 'registrazione-non-consentita',
    })
    await expect(register(head, buildUscita(e, await pdf(head), { ufficioMittenteId: e.uffici.scuola }), newId())).rejects.toMatchObject({
      status: 403,
    })
    await expect(register(member, buildUscita(e, await pdf(member)), newId())).rejects.toMatchObject({ status: 403 })
    expect((await register(head, buildUscita(e, await pdf(head)), newId())).ripetuta).toBe(false)
  })

  it('REQ-PROT-020 the refusal of each kind lists everything that is missing and consumes no number', async () => {
    const start = await maximum()
    const campi = (value: unknown): string[] => {
      const parsed = nuovaRegistrazione.safeParse(value)
      return parsed.success ? [] : [...new Set(parsed.error.issues.map((i) => i.path.join('.')))].toSorted()
    }
    expect(campi({})).toEqual(['assegnazione', 'dataArrivo', 'documento', 'mezzo', 'mittenti', 'oggetto', 'voceId'])
    expect(campi({ tipo: 'U' })).toEqual(['destinatari', 'documento', 'mezzo', 'oggetto', 'ufficioMittenteId', 'voceId'])
    expect(campi({ tipo: 'I' })).toEqual(['assegnazione', 'documento', 'oggetto', 'ufficioMittenteId', 'voceId'])
    const error = await register(
      clerk,
      buildInterna(e, await pdf(), {
        ufficioMittenteId: newId(),
        assegnazione: { ufficioId: newId() },
        voceId: newId(),
        dataDocumento: '2999-01-01',
      }),
      newId(),
    ).catch((reason: unknown) => reason)
    expect((error as { campi: { campo: string }[] }).campi.map((c) => c.campo).toSorted()).toEqual([
      'assegnazione.ufficioId',
      'dataDocumento',
      'ufficioMittenteId',
      'voceId',
    ])
    expect(await maximum()).toBe(start)
  })

  it('the fax is refused by name', async () => {
    const parsed = nuovaRegistrazione.safeParse({ ...buildNuova(e, newId()), mezzo: 'FAX' })
    expect(parsed.error?.issues.map((i) => i.message)).toEqual([expect.stringContaining('fax non è ammesso')])
  })
})

describe('links', () => {
  it('REQ-PROT-015 a reply has a number of its own and points to the letter it answers, both ways, for ever', async () => {
    const letter = await createRegistrazione(clerk, e, store)
    const { id, present } = await register(
      clerk,
      buildUscita(e, await pdf(), { collegamenti: [{ registrazioneId: letter, tipo: 'risposta' }] }),
      newId(),
    )
    expect(present()).toBeNull()
    const [first, reply] = [await presentById(clerk, letter), await presentById(clerk, id)]
    expect(reply.numero).toBe(first.numero + 1)
    expect(reply.collegamenti).toEqual([{ id: letter, etichetta: first.etichetta, tipo: 'risposta', verso: 'uscente' }])
    expect(first.collegamenti).toEqual([{ id, etichetta: reply.etichetta, tipo: 'risposta', verso: 'entrante' }])
    await expect(query(clerk, `delete from collegamento where registrazione_id = $1`, [id])).rejects.toThrow(/permission denied/u)
    await expect(query(clerk, `update collegamento set tipo = 'correlata' where registrazione_id = $1`, [id])).rejects.toThrow(
      /permission denied/u,
    )
  })

  it('links only what the person may see', async () => {
    const hidden = await createRegistrazione(rgd, e, store, { riservatezza: 'RISERVATO' })
    await expect(
      register(clerk, buildUscita(e, await pdf(), { collegamenti: [{ registrazioneId: hidden, tipo: 'risposta' }] }), newId()),
    ).rejects.toMatchObject({ campi: [{ campo: 'collegamenti.0.registrazioneId' }] })
  })
})

describe('what arrives in an unusual way', () => {
  it('REQ-PROT-017 an anonymous or unreadable sender is registered as such', async () => {
    for (const denominazione of ['ANONIMO', 'NON IDENTIFICABILE'] as const) {
      const { id } = await register(clerk, buildNuova(e, await pdf(), { mittenti: [{ tipo: 'NN', denominazione }] }), newId())
      expect((await presentById(clerk, id)).mittenti).toEqual([{ tipo: 'NN', denominazione }])
      const xml = await queryOne<{ xml: string }>(clerk, 'select xml from segnatura where ente_id = $1 and registrazione_id = $2', [
        e.ente.id,
        id,
      ])
      expect(xml?.xml).toContain(denominazione)
    }
  })

  it('a paper is registered before its scan, which is added once without touching number or date', async () => {
    const { id } = await register(clerk, cartacea(), newId())
    const before = await presentById(clerk, id)
    expect(before).toMatchObject({ scansioneAttesa: true, descrizioneCartaceo: 'Busta con tre fogli', impronta: '' })
    expect(before.documento.principale).toBeNull()
    const [chiave, contenutoId] = [newId(), await pdf()]
    const input = { contenutoId, nome: 'scansione.pdf', descrizione: '' }
    await attachScansione(clerk, id, input, chiave)
    await attachScansione(clerk, id, input, chiave)
    const after = await presentById(clerk, id)
    expect(after.scansioneAttesa).toBe(false)
    expect(after.documento.principale?.sha256).toBe(after.impronta)
    expect(after.impronta).toMatch(/^[0-9a-f]{64}$/u)
    expect([after.numero, after.istante, after.segnatura.testo]).toEqual([before.numero, before.istante, before.segnatura.testo])
    const xml =
      (await queryOne<{ xml: string }>(clerk, 'select xml from segnatura where ente_id = $1 and registrazione_id = $2', [e.ente.id, id]))
        ?.xml ?? ''
    expect(checkSegnatura(xml).valido).toBe(true)
    await expect(attachScansione(clerk, id, { ...input, contenutoId: await pdf() }, newId())).rejects.toMatchObject({
      codice: 'scansione-non-attesa',
    })
    await expect(query(clerk, `update scansione set impronta = '' where registrazione_id = $1`, [id])).rejects.toThrow(/permission denied/u)
  })

  it('what comes by wire has its file, and a paper without it is described', async () => {
    const campi = async (n: NuovaRegistrazioneEntrata): Promise<string[]> =>
      await register(clerk, n, newId()).then(
        () => [],
        (reason: unknown) => (reason as { campi: { campo: string }[] }).campi.map((c) => c.campo),
      )
    expect(await campi(cartacea({ mezzo: 'PEC' }))).toEqual(['scansioneAttesa'])
    expect(await campi(cartacea({ descrizioneCartaceo: '' }))).toEqual(['descrizioneCartaceo'])
    expect(await campi(buildNuova(e, await pdf(), { scansioneAttesa: true, descrizioneCartaceo: 'x' }))).toEqual(['scansioneAttesa'])
  })

  it('REQ-PROT-018 what is meant for others is forwarded with its number, or returned without one where the manual says so', async () => {
    const registrazioneId = await createRegistrazione(clerk, e, store)
    const start = await maximum()
    const inoltrata = await traceDestinazioneErrata(
      clerk,
      { scelta: 'inoltrata', registrazioneId, amministrazione: 'Provincia', nota: '' },
      newId(),
    )
    expect(inoltrata).toMatchObject({ scelta: 'inoltrata', registrazioneId, mittente: 'Ventaglio Ortensia' })
    const restituita = {
      scelta: 'restituita' as const,
      mezzo: 'POSTA' as const,
      mittente: 'Ditta Ferri',
      oggetto: 'Canone idrico',
      dataArrivo: ieri(),
      amministrazione: 'Consorzio idrico',
      nota: '',
    }
    await expect(traceDestinazioneErrata(clerk, restituita, newId())).rejects.toMatchObject({ codice: 'da-registrare-e-inoltrare' })
    await query(
      rgd,
      `insert into regola_arrivo (ente_id, id, non_competenza, dal, autore_nome) values ($1, $2, 'restituisci', clock_timestamp(), 'RGD')`,
      [e.ente.id, newId()],
    )
    expect(await traceDestinazioneErrata(clerk, restituita, newId())).toMatchObject({ scelta: 'restituita', registrazioneId: null })
    expect(await maximum()).toBe(start)
    const fatti = await query<{ azione: string }>(
      clerk,
      `select azione from evento_audit where ente_id = $1 and oggetto_tipo = 'destinazione-errata' order by istante`,
      [e.ente.id],
    )
    expect(fatti.map((f) => f.azione)).toEqual(['inoltrata-per-competenza', 'restituita-senza-registrazione'])
    // REQ-PROT-011 what came by PEC is always registered, whatever the rule.
    await expect(traceDestinazioneErrata(clerk, { ...restituita, mezzo: 'PEC' }, newId())).rejects.toMatchObject({
      codice: 'ART_40BIS',
      status: 422,
    })
  })
})

describe('deferred registration', () => {
  const richiesta = { autorizzazione: 'Provvedimento n. 7 del 2 gennaio', motivo: 'Sciopero', entroIl: giorno(5) }
  const autorizza = {
    provvedimento: richiesta.autorizzazione,
    causa: 'Sciopero imprevisto',
    ambito: 'Raccomandate',
    dal: giorno(-3),
    al: giorno(0),
    entroIl: giorno(5),
  }

  it('REQ-PROT-070 needs the authorisation of the RGD, whose period and term it respects', async () => {
    const nuova = async (changes: Partial<NuovaRegistrazioneEntrata> = {}): Promise<NuovaRegistrazioneEntrata> =>
      buildNuova(e, await pdf(), { mezzo: 'RACCOMANDATA', dataArrivo: ieri(), differimento: richiesta, ...changes })
    const refused = async (changes: Partial<NuovaRegistrazioneEntrata>): Promise<string[]> =>
      await registerInArrivo(clerk, await nuova(changes), newId()).then(
        () => [],
        (reason: unknown) => (reason as { campi: { campo: string }[] }).campi.map((c) => c.campo),
      )
    expect(await refused({})).toEqual(['differimento.autorizzazione'])
    await expect(authoriseDifferimento(clerk, autorizza)).rejects.toMatchObject({ status: 403 })
    await authoriseDifferimento(rgd, autorizza)
    await expect(authoriseDifferimento(rgd, autorizza)).rejects.toMatchObject({ codice: 'differimento-esistente' })
    expect(await refused({ dataArrivo: new Date(Date.now() - 30 * 86_400_000).toISOString() })).toEqual(['differimento.autorizzazione'])
    expect(await refused({ differimento: { ...richiesta, entroIl: giorno(30) } })).toEqual(['differimento.entroIl'])
    expect(await refused({ dataArrivo: new Date(Date.now() - 1000).toISOString() })).toContain('differimento')
    expect(await refused({})).toEqual([])
  })

  it('REQ-PROT-071 has number and date of today, the date of arrival and the authorisation beside them', async () => {
    const arrivo = ieri()
    const { id } = await registerInArrivo(
      clerk,
      buildNuova(e, await pdf(), { mezzo: 'RACCOMANDATA', dataArrivo: arrivo, differimento: richiesta }),
      newId(),
    )
    const r = await presentById(clerk, id)
    expect(r).toMatchObject({ differimento: richiesta, dataArrivo: arrivo, scostamento18bis: true })
    expect(Date.now() - Date.parse(r.istante)).toBeLessThan(60_000)
    expect(r.numero).toBe(await maximum())
  })

  it('REQ-PROT-072 is not for PEC, nor for what goes out', async () => {
    const contenutoId = await pdf()
    await expect(
      registerInArrivo(clerk, buildNuova(e, contenutoId, { mezzo: 'PEC', dataArrivo: ieri(), differimento: richiesta }), newId()),
    ).rejects.toMatchObject({ campi: [{ campo: 'differimento', messaggio: expect.stringContaining('PEC') }] })
    const parsed = nuovaRegistrazione.parse({ ...buildUscita(e, contenutoId), differimento: richiesta })
    expect('differimento' in parsed).toBe(false)
  })
})

describe('before registering', () => {
  it('REQ-PROT-157 warns of a codice fiscale and of health words in the oggetto, and offers the reserve', async () => {
    const avvisi = async (changes: Partial<NuovaRegistrazioneEntrata>): Promise<string[]> =>
      (await verifyRegistrazione(clerk, buildNuova(e, await pdf(), changes))).avvisi.map((a) => a.codice)
    expect(await avvisi({ oggetto: 'Richiesta di VNTRNS74E50X901P per il passo carrabile' })).toEqual(['codice-fiscale'])
    expect(await avvisi({ oggetto: 'Contributo per la disabilità del figlio' })).toEqual(['salute'])
    expect(await avvisi({ oggetto: 'Contributo per la disabilità del figlio', riservatezza: 'DATI_PARTICOLARI' })).toEqual([])
    expect(await avvisi({ oggetto: 'Richiesta di passo carrabile' })).toEqual([])
  })

  it('runs every check of the act and consumes no number', async () => {
    const start = await maximum()
    const good = await verifyRegistrazione(clerk, buildNuova(e, await pdf(), { dataArrivo: ieri() }))
    expect(good).toMatchObject({ valida: true, campi: [], avvisi: [{ codice: 'scostamento-18bis' }] })
    const bad = await verifyRegistrazione(clerk, buildNuova(e, newId(), { voceId: newId() }))
    expect(bad.campi.map((c) => c.campo)).toEqual(['voceId'])
    expect((await verifyRegistrazione(clerk, buildNuova(e, newId()))).campi.map((c) => c.campo)).toEqual(['documento'])
    expect(await maximum()).toBe(start)
  })

  it('REQ-PROT-016 proposes the registration of the same document by file, by sender’s protocol, by request, and never blocks', async () => {
    const bytes = await buildPdf(newId())
    const protocolloMittente = { numero: `PM-${newId()}`, data: '2026-01-02' }
    const sameName = [{ tipo: 'PG' as const, denominazione: 'FERRI e figli' }]
    const oggetto = `Istanza ${newId()}`
    const first = await registerInArrivo(
      clerk,
      buildNuova(e, await stage(clerk, store, bytes, 'a.pdf'), {
        mittenti: [{ tipo: 'PG', denominazione: 'Ferri e Figli' }],
        protocolloMittente,
        oggetto,
      }),
      newId(),
    )
    const criteri = async (n: NuovaRegistrazioneEntrata): Promise<string[]> =>
      (await verifyRegistrazione(clerk, n)).doppioni.filter((d) => d.registrazioneId === first.id).map((d) => d.criterio)
    const sameFile = buildNuova(e, await stage(clerk, store, bytes, 'b.pdf'), { mittenti: sameName, oggetto: 'Altro' })
    expect(await criteri(sameFile)).toEqual(['impronta'])
    expect(await criteri(buildNuova(e, await pdf(), { mittenti: sameName, protocolloMittente, oggetto: 'Altro' }))).toEqual([
      'protocollo-mittente',
    ])
    expect(await criteri(buildNuova(e, await pdf(), { mittenti: sameName, oggetto: oggetto.toUpperCase(), mezzo: 'PEO' }))).toEqual([
      'richiesta',
    ])
    expect(await criteri(buildNuova(e, await pdf(), { mittenti: sameName, oggetto: 'Altro' }))).toEqual([])
    expect((await registerInArrivo(clerk, sameFile, newId())).ripetuta).toBe(false)
  })

  it('REQ-PROT-016 a message already kept with a registration is proposed, and a riservato by number and date only', async () => {
    const busta = await stage(rgd, store, Buffer.from(`busta ${newId()}`), 'busta.eml')
    const { registerWithin } = await import('../../../server/protocollo/index.ts')
    const { inTransaction } = await import('../../../server/kernel/scope.ts')
    const nuova = buildNuova(e, await pdf(rgd), { riservatezza: 'RISERVATO', oggetto: 'Ricorso segretissimo' })
    const { id } = await inTransaction(
      rgd,
      async (tx) => await registerWithin(tx, nuova, newId(), { annessi: [{ contenutoId: busta, nome: 'busta.eml', descrizione: '' }] }),
    )
    const again = buildNuova(e, await pdf(), {
      oggetto: `Ricorso ${newId()}`,
      allegati: [{ contenutoId: busta, nome: 'busta.eml', descrizione: '' }],
    })
    expect((await verifyRegistrazione(clerk, again)).doppioni).toMatchObject([
      { registrazioneId: id, criterio: 'messaggio', oggetto: 'RISERVATO' },
    ])
    expect((await verifyRegistrazione(rgd, again)).doppioni).toMatchObject([{ registrazioneId: id, oggetto: 'Ricorso segretissimo' }])
  })
})
