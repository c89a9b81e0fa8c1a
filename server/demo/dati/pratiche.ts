import { insertContenuti, storeBuffer } from '../../documenti/index.ts'
import { fileDocumentoWithin } from '../../fascicoli/index.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, queryFound } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { addDays, now, romeDay } from '../../kernel/time.ts'
import { concludePratica, openPratica, readPratica, recordEvento, recordPasso } from '../../pratiche/index.ts'
import { adoptModelliComuniWithin, findUltimaByCodice } from '../../procedimenti/index.ts'
import { registerWithin } from '../../protocollo/index.ts'
import { isLavorativo, romeInstant } from './calendario.ts'
import { createFoglio, saveFoglio, writeParagraph } from './documenti/pagina.ts'
import type { Corrispondente } from './rubrica.ts'
import type { Scena, Trama } from './trama.ts'
import { named } from './trama.ts'

/** A practice of the demo: procedure, office, days before today it began, who asked, and what became of it. */
interface PraticaDemo {
  readonly codice: string
  readonly ufficio: string
  readonly giorniFa: number
  /** Position of the applicant in the address book. */
  readonly chi: number
  /** Steps done, in the order of the model. */
  readonly passi: number
  /** Ended with an act after these days. */
  readonly dura?: number
  /** Ended in the way said, on the day said. */
  readonly rinuncia?: number
  readonly silenzio?: true
  /** What stopped it, days ago. */
  readonly evento?: {
    readonly tipo: 'sospensione-documenti' | 'interruzione' | 'parere' | 'preavviso'
    readonly giorniFa: number
    readonly motivo: string
  }
  /** Told also in the small demo. */
  readonly sempre?: true
}

const PRATICHE: readonly PraticaDemo[] = [
  { codice: 'POL-01', ufficio: 'POL', giorniFa: 72, chi: 1, passi: 6, dura: 12 },
  { codice: 'POL-01', ufficio: 'POL', giorniFa: 66, chi: 2, passi: 6, dura: 18 },
  { codice: 'POL-01', ufficio: 'POL', giorniFa: 61, chi: 3, passi: 6, dura: 25 },
  { codice: 'POL-01', ufficio: 'POL', giorniFa: 55, chi: 4, passi: 6, dura: 38 },
  { codice: 'EDI-08', ufficio: 'SUE', giorniFa: 68, chi: 5, passi: 3, dura: 9 },
  { codice: 'EDI-08', ufficio: 'SUE', giorniFa: 60, chi: 6, passi: 3, dura: 14 },
  { codice: 'EDI-08', ufficio: 'SUE', giorniFa: 50, chi: 8, passi: 3, dura: 22, sempre: true },
  { codice: 'EDI-05', ufficio: 'SUE', giorniFa: 77, chi: 9, passi: 3, silenzio: true },
  { codice: 'CIM-01', ufficio: 'DEM', giorniFa: 44, chi: 10, passi: 2, rinuncia: 30 },
  // Late.
  { codice: 'POL-02', ufficio: 'POL', giorniFa: 41, chi: 11, passi: 3, sempre: true },
  { codice: 'SOC-01', ufficio: 'SOC', giorniFa: 36, chi: 12, passi: 2 },
  // Today and in these days.
  { codice: 'POL-01', ufficio: 'POL', giorniFa: 30, chi: 13, passi: 4, sempre: true },
  { codice: 'EDI-08', ufficio: 'SUE', giorniFa: 26, chi: 14, passi: 1, sempre: true },
  { codice: 'CIM-03', ufficio: 'DEM', giorniFa: 24, chi: 15, passi: 2 },
  // Stopped.
  {
    codice: 'CIM-01',
    ufficio: 'DEM',
    giorniFa: 20,
    chi: 16,
    passi: 2,
    evento: { tipo: 'sospensione-documenti', giorniFa: 6, motivo: 'Manca il consenso degli altri aventi titolo' },
    sempre: true,
  },
  {
    codice: 'EDI-01',
    ufficio: 'SUE',
    giorniFa: 34,
    chi: 17,
    passi: 2,
    evento: { tipo: 'interruzione', giorniFa: 9, motivo: 'Chieste le tavole aggiornate dello stato di fatto' },
    sempre: true,
  },
  {
    codice: 'EDI-09',
    ufficio: 'UTC',
    giorniFa: 22,
    chi: 18,
    passi: 3,
    evento: { tipo: 'parere', giorniFa: 12, motivo: 'Parere della Soprintendenza' },
  },
  {
    codice: 'POL-02',
    ufficio: 'POL',
    giorniFa: 19,
    chi: 19,
    passi: 3,
    evento: { tipo: 'preavviso', giorniFa: 3, motivo: 'Distanza dall’incrocio inferiore al minimo' },
  },
  // In time.
  { codice: 'TRI-01', ufficio: 'TRI', giorniFa: 33, chi: 20, passi: 2 },
  { codice: 'ANA-01', ufficio: 'DEM', giorniFa: 12, chi: 21, passi: 2 },
  { codice: 'SOC-01', ufficio: 'SOC', giorniFa: 8, chi: 22, passi: 1 },
]

/** What the plans below need. */
export interface Piano {
  readonly scena: Scena
  readonly trama: Trama
  readonly oggi: string
  readonly persone: readonly Corrispondente[]
  readonly piena: boolean
}

/**
 * Plans the catalogue of an ente from the first day and its practices: concluded in time and late, by act, waiver or silence; late, on their last day,
 * near it, suspended, interrupted, in time. The small demo tells one of each kind.
 */
export function planPratiche(p: Piano): void {
  const { scena, trama, oggi } = p
  trama.atto(romeInstant(addDays(oggi, -79), '08:06:00'), async () => {
    await inTransaction(scena.squadra.persona('dimostrazione-marta'), async (tx) => void (await adoptModelliComuniWithin(tx)))
  })
  PRATICHE.filter((x) => p.piena || x.sempre === true).forEach((x, i) => planPratica(p, x, i))
}

/** The working day a person sits at the desk: the one given, or the next. */
function desk(giorno: string): string {
  let day = giorno
  while (!isLavorativo(day)) day = addDays(day, 1)
  return day
}

function planPratica({ scena, trama, oggi, persone }: Piano, x: PraticaDemo, i: number): void {
  const scope = scena.squadra.capo(x.ufficio)
  const chi = persone[x.chi % persone.length]
  if (chi === undefined) throw new Error('nobody asks')
  const avvio = addDays(oggi, -x.giorniFa)
  const found = { id: '' }
  const minute = String(10 + (i % 45)).padStart(2, '0')
  const at = (giorno: string, ora: string): Date => romeInstant(desk(giorno), `${ora}:${minute}:00`)
  const told = trama.atto(at(avvio, '10'), async () => await open(scope, trama, x, avvio, chi, found))
  if (!told) return
  trama.atto(at(addDays(avvio, 2), '11'), async () => await doSteps(scope, found.id, x.passi))
  const { evento, rinuncia, dura } = x
  if (evento !== undefined) {
    const { giorniFa, ...fatto } = evento
    trama.atto(at(addDays(oggi, -giorniFa), '12'), async () => await recordEvento(scope, found.id, fatto))
  }
  if (rinuncia !== undefined) {
    const motivo = 'Rinuncia scritta di chi ha fatto domanda'
    trama.atto(at(addDays(avvio, rinuncia), '12'), async () => await concludePratica(scope, found.id, { esito: 'rinuncia', motivo }))
  }
  if (x.silenzio === true)
    trama.atto(at(addDays(avvio, 66), '12'), async () => await concludePratica(scope, found.id, { esito: 'silenzio', motivo: '' }))
  if (dura !== undefined && trama.atto(at(addDays(avvio, dura), '12'), async () => await conclude(scena, scope, found.id, x, chi)))
    trama.contaRegistrazione()
}

async function open(scope: Scope, trama: Trama, x: PraticaDemo, avvio: string, chi: Corrispondente, found: { id: string }): Promise<void> {
  const versione = await findUltimaByCodice(scope, x.codice)
  if (versione === null) throw new Error(`no procedure ${x.codice}`)
  const nome = chi.soggetto.tipo === 'PF' ? `${chi.soggetto.cognome} ${chi.soggetto.nome}` : ''
  const oggetto = nome === '' ? versione.denominazione : `${versione.denominazione} – ${nome}`
  const { id } = await openPratica(scope, { procedimentoId: versione.procedimentoId, avvio, oggetto, interessati: [chi.soggetto] }, newId())
  found.id = id
  trama.contaFascicolo()
}

async function doSteps(scope: Scope, id: string, passi: number): Promise<void> {
  const pratica = await readPratica(scope, id)
  for (const passo of pratica.passiPratica.filter((s) => s.obbligatorio).slice(0, passi))
    await recordPasso(scope, id, { passo: passo.chiave, esito: 'fatto', motivo: '' })
  const optional = pratica.passiPratica.find((s) => s.chiave === 'pareri')
  if (optional !== undefined && passi > 5)
    await recordPasso(scope, id, { passo: 'pareri', esito: 'saltato', motivo: 'Nessun parere da chiedere' })
}

/** The final act: registered outgoing, filed, and the practice ends with it. */
async function conclude(scena: Scena, capo: Scope, id: string, x: PraticaDemo, chi: Corrispondente): Promise<void> {
  const { squadra, store, ente } = scena
  const pratica = await readPratica(capo, id)
  const oggetto = `${pratica.procedimento.denominazione}: provvedimento finale`
  const contenuto = await storeBuffer(squadra.protocollo, store, await renderAtto(capo, oggetto), 'provvedimento.pdf')
  const voce = await queryFound<{ codice: string }>(
    capo,
    'no voice',
    'select v.codice from fascicolo f join voce_titolario v on v.ente_id = f.ente_id and v.id = f.voce_id where f.ente_id = $1 and f.id = $2',
    [capo.ente.id, pratica.fascicolo.id],
  )
  const classe = voce.codice.split('/').slice(0, 2).join('/')
  const documentoId = await inTransaction(squadra.protocollo, async (tx) => {
    await insertContenuti(tx, [contenuto])
    const registrata = await registerWithin(
      tx,
      {
        tipo: 'U',
        oggetto,
        mezzo: 'A_MANO',
        voceId: named(ente.voci, classe),
        ufficioMittenteId: named(ente.uffici, x.ufficio),
        destinatari: [{ ...chi.soggetto, perConoscenza: false }],
        perConoscenza: [],
        documento: { contenutoId: contenuto.id, nome: contenuto.nome, descrizione: '', formazione: 'file' },
        allegati: [],
        tipologia: 'Provvedimento',
        riservatezza: 'ORDINARIO',
        note: '',
      },
      newId(),
    )
    const row = await queryFound<{ documentoId: string }>(
      tx,
      'no registration',
      'select documento_id as "documentoId" from registrazione where ente_id = $1 and id = $2',
      [tx.ente.id, registrata.id],
    )
    return row.documentoId
  })
  await inTransaction(capo, async (tx) => await fileDocumentoWithin(tx, pratica.fascicolo.id, { documentoId }))
  await concludePratica(capo, id, { esito: 'accoglimento', documentoId, motivo: '' })
}

async function renderAtto(scope: Scope, oggetto: string): Promise<Buffer> {
  const foglio = await createFoglio(oggetto, scope.attore.nome, romeDay(now()))
  writeParagraph(foglio, scope.ente.denominazione, { nero: true, dopo: 18 })
  writeParagraph(foglio, `Oggetto: ${oggetto}`, { nero: true, dopo: 14 })
  writeParagraph(foglio, 'Viste la domanda e la relazione istruttoria, si accoglie la domanda.')
  writeParagraph(foglio, `Il responsabile: ${scope.attore.nome}`)
  writeParagraph(foglio, 'Documento inventato per dimostrazione.')
  return await saveFoglio(foglio)
}
