import { canDecideFascicolo, findDocumenti } from '../../fascicoli/index.ts'
import type { ControlloChiusura, RilievoChiusura } from '../../fascicoli/index.ts'
import { inTransaction, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { formatItalianDay } from '../../kernel/time.ts'
import { measure } from '../../procedimenti/index.ts'
import { attoNonConsentito, datiPratica, eventoNonAmmesso } from '../errors.ts'
import { findEventi, findPassi, findPratica, lockPratica, readClock } from '../repository.ts'
import type { PraticaRow } from '../repository.ts'
import { liveEventi, passiOf } from '../rules.ts'
import type { ConclusioneIn, EsitoPratica } from '../schema.ts'
import { computeNow, followSospensione, lockOpen } from './lavora.ts'

const CON_ATTO: ReadonlySet<EsitoPratica> = new Set(['accoglimento', 'diniego', 'provvedimento'])

/**
 * Concludes a procedure (L. 241/1990 art. 2 c. 1, REQ-FASC-019): with its final act, which is a document of the fascicolo and gives the day, or with an explicit
 * reason, or because silence already decided. A refusal without the notice of art. 10-bis wants its reason. The time is measured. Throws NotFound,
 * Forbidden, Conflict when it is already concluded, RuleViolation, InvalidInput.
 */
export async function concludePratica(scope: Scope, id: string, input: ConclusioneIn): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const { pratica, fascicolo } = await lockOpen(tx, id)
    if (!canDecideFascicolo(tx.attore, fascicolo)) throw attoNonConsentito()
    const { oggi } = await readClock(tx)
    const giorno = await dayOf(tx, pratica, input, oggi)
    if (input.esito === 'diniego' && pratica.iniziativa === 'parte' && input.motivo === '') {
      const warned = liveEventi(await findEventi(tx, id)).some((e) => e.tipo === 'preavviso')
      if (!warned)
        throw eventoNonAmmesso(
          'senza-preavviso',
          'Il diniego va preceduto dal preavviso di rigetto: registralo, oppure scrivi perché non serve.',
        )
    }
    await writeConclusione(tx, pratica, { ...input, giorno })
  })
}

/** The day a procedure ends: that of its act, of the silence, or the one given. */
async function dayOf(tx: TxScope, p: PraticaRow, input: ConclusioneIn, oggi: string): Promise<string> {
  if (CON_ATTO.has(input.esito)) return await dayOfAct(tx, p, input, oggi)
  if (input.esito === 'silenzio') {
    if (p.silenzioIl === null)
      throw eventoNonAmmesso('silenzio-senza-significato', 'In questo procedimento il silenzio non conclude nulla.')
    if (oggi < p.silenzioIl)
      throw eventoNonAmmesso(
        'silenzio-non-formato',
        `Il silenzio si forma il ${formatItalianDay(p.silenzioIl)}: il termine non è ancora passato.`,
      )
    return p.silenzioIl
  }
  if (input.motivo === '') throw datiPratica([{ campo: 'motivo', messaggio: 'Scrivi il motivo.' }])
  return within(p, input.giorno ?? oggi, oggi)
}

async function dayOfAct(tx: TxScope, p: PraticaRow, input: ConclusioneIn, oggi: string): Promise<string> {
  const documento = (await findDocumenti(tx, p.fascicoloId)).find((d) => d.documentoId === input.documentoId)
  if (documento === undefined)
    throw datiPratica([{ campo: 'documentoId', messaggio: 'Indica il provvedimento finale: deve essere nel fascicolo.' }])
  if (documento.tipologia !== 'Provvedimento' || documento.tipoRegistrazione === 'E')
    throw datiPratica([{ campo: 'documentoId', messaggio: 'Questo documento non è un provvedimento dell’ente.' }])
  if (documento.registrazioneId === null) return within(p, input.giorno ?? oggi, oggi)
  const row = await queryOne<{ giorno: string }>(
    tx,
    `select to_char(giorno, 'YYYY-MM-DD') as giorno from registrazione where ente_id = $1 and id = $2`,
    [tx.ente.id, documento.registrazioneId],
  )
  return within(p, row?.giorno ?? oggi, oggi)
}

function within(p: PraticaRow, giorno: string, oggi: string): string {
  if (giorno > oggi) throw datiPratica([{ campo: 'giorno', messaggio: 'La data è nel futuro.' }])
  if (giorno < p.avvio) throw datiPratica([{ campo: 'giorno', messaggio: `Il procedimento è cominciato il ${formatItalianDay(p.avvio)}.` }])
  return giorno
}

async function writeConclusione(tx: TxScope, p: PraticaRow, c: ConclusioneIn & { giorno: string }): Promise<void> {
  const { fatti, termine } = await computeNow(tx, p)
  const misura = measure(fatti, termine, c.giorno)
  const passi = passiOf(p.modello, await findPassi(tx, p.id))
  await followSospensione(tx, p, false, 'il procedimento è concluso')
  await query(
    tx,
    `update pratica set conclusa_il = $3::date, esito = $4, motivo_esito = nullif($5, ''), provvedimento_id = $6, giorni = $7, giorni_sospesi = $8, nei_termini = $9
      where ente_id = $1 and id = $2`,
    [tx.ente.id, p.id, c.giorno, c.esito, c.motivo, c.documentoId ?? null, misura.giorni, misura.sospesi, misura.neiTermini],
  )
  tx.audit({
    azione: 'pratica-conclusa',
    oggettoTipo: 'pratica',
    oggettoId: p.id,
    fascicoloId: p.fascicoloId,
    dopo: {
      esito: c.esito,
      conclusaIl: c.giorno,
      ...misura,
      saltati: passi.filter((x) => x.stato === 'saltato').map((x) => ({ passo: x.nome, motivo: x.motivo })),
      nonFatti: passi.filter((x) => x.stato === 'da fare').map((x) => x.nome),
    },
    ...(c.motivo === '' ? {} : { motivo: c.motivo }),
  })
}

const ESITO_DI_CHIUSURA: Readonly<Record<string, EsitoPratica>> = {
  'provvedimento finale': 'provvedimento',
  archiviazione: 'archiviazione',
  rinuncia: 'rinuncia',
  silenzio: 'silenzio',
  'trasmissione per competenza': 'trasmissione per competenza',
  conclusione: 'provvedimento',
}

/** Follows the closing of a fascicolo whose practice was still open: it ends with the outcome of the fascicolo, on its day. Repeating it changes nothing. */
export async function concludeClosed(scope: Scope, fascicoloId: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const found = await findPratica(tx, { fascicoloId })
    if (found === null) return
    await lockPratica(tx, found.id)
    const pratica = (await findPratica(tx, { id: found.id })) as PraticaRow
    const f = await queryOne<{ chiusoIl: string | null; esito: string | null }>(
      tx,
      `select to_char(chiuso_il, 'YYYY-MM-DD') as "chiusoIl", esito from fascicolo where ente_id = $1 and id = $2`,
      [tx.ente.id, fascicoloId],
    )
    if (pratica.conclusaIl !== null || f?.chiusoIl == null) return
    const esito = ESITO_DI_CHIUSURA[f.esito ?? ''] ?? 'archiviazione'
    await writeConclusione(tx, pratica, { esito, motivo: 'Conclusa con la chiusura del fascicolo.', giorno: f.chiusoIl })
  })
}

/**
 * What a practice says against the closing of its fascicolo (REQ-FASC-041): not concluded, mandatory steps to be done; the skipped ones are told with their
 * reason. A fascicolo without a practice has nothing to say.
 */
export const checkPraticaChiusura: ControlloChiusura = async (s, fascicolo) => {
  const pratica = await findPratica(s, { fascicoloId: fascicolo.id })
  if (pratica === null) return { bloccanti: [], avvisi: [] }
  const passi = passiOf(pratica.modello, await findPassi(s, pratica.id))
  const collegamento = `/${s.ente.slug}/fascicoli/${fascicolo.slug}`
  const bloccanti: RilievoChiusura[] = []
  if (pratica.conclusaIl === null)
    bloccanti.push({
      codice: 'pratica-non-conclusa',
      messaggio: 'Il procedimento non è concluso: registra come è finito.',
      collegamento,
      forzabile: true,
    })
  const missing = passi.filter((p) => p.obbligatorio && p.stato === 'da fare').map((p) => p.nome)
  if (missing.length > 0)
    bloccanti.push({
      codice: 'passi-da-fare',
      messaggio: `Passi obbligatori da fare o da saltare con un motivo: ${missing.join('; ')}.`,
      collegamento,
      forzabile: true,
    })
  const avvisi = passi
    .filter((p) => p.stato === 'saltato')
    .map((p) => ({ codice: 'passo-saltato', messaggio: `Passo saltato: ${p.nome} (${p.motivo}).`, forzabile: true }))
  return { bloccanti, avvisi }
}
