import { openVerified } from '../../../storage/index.ts'
import type { ObjectStore } from '../../../storage/index.ts'
import { findContenuti, insertContenuti, storeBuffer } from '../../documenti/index.ts'
import { addsOnlyFirma, verifyFirmaPdf } from '../../firma/index.ts'
import type { FirmaPdf } from '../../firma/index.ts'
import { sqlState } from '../../kernel/problem.ts'
import { inReadTransaction, inTransaction } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { formatItalianDay } from '../../kernel/time.ts'
import type { Sigillo } from '../../ports/sigillo.ts'
import { chiaveGiaUsata, claimKey, isRgd, lockRegistro } from '../../protocollo/index.ts'
import { firmaNonValida, firmatarioEstraneo, firmatoDiverso, giaSottoscritto, nonFirmato, soloFirmatario } from '../errors.ts'
import { openAvviso } from '../repository/avvisi.ts'
import { attendeFirma, findRegistroGiornaliero } from '../repository/elenco.ts'
import type { RegistroGiornalieroRow } from '../repository/elenco.ts'
import { findDaSigillare, findFirmatari, insertSottoscrizione, readIstante } from '../repository/sottoscrizioni.ts'
import { isUltima } from '../repository/registri.ts'
import { found } from './read.ts'
import { recordPassoWithin } from './versa.ts'

const FIRMA = 'registro-giornaliero.firma'

/**
 * Takes the PDF of a register signed by the head of records management, or his deputy, with a device of his own (REQ-PROT-108). It must be exactly the PDF
 * that was produced, byte for byte, with a valid PAdES signature added and nothing else; the certificate must carry the codice fiscale of who is in charge
 * today. Then the register goes to preservation with the signed PDF as its document. The same request with the same key answers what it made.
 * Throws Forbidden, NotFound, InvalidInput, RuleViolation, and Conflict when it is not waiting for a signature.
 */
export async function signRegistro(scope: Scope, id: string, contenutoId: string, chiave: string, store: ObjectStore): Promise<void> {
  if (!isRgd(scope.attore)) throw soloFirmatario()
  const { row, file, istante, firmatari, ultima } = await inReadTransaction(scope, async (s) => {
    const registro = await found(s, id)
    const clock = await readIstante(s)
    return {
      row: registro,
      file: (await findContenuti(s, [contenutoId])).get(contenutoId),
      istante: clock.istante,
      firmatari: await findFirmatari(s, clock.giorno),
      ultima: await isUltima(s, registro),
    }
  })
  if (file === undefined || file.caricatoDa !== scope.attore.id || file.formato.firmato !== 'pades') throw nonFirmato()
  const firmato = await readBytes(scope, store, file.sha256)
  if (!ultima) throw giaSottoscritto()
  if (attendeFirma(row) && !(await addsOnlyFirma(await readBytes(scope, store, row.parti.pdf.sha256), firmato))) throw firmatoDiverso()
  const firma = await checkFirma(firmato, istante)
  const firmatario = firmatari.find((f) => f.codiceFiscale === firma.codiceFiscale)
  if (firmatario === undefined) throw firmatarioEstraneo(firma.nome)
  try {
    await inTransaction(scope, async (tx) => {
      const claimed = await claimKey(tx, FIRMA, chiave, `${id} ${contenutoId}`, id)
      if (claimed !== null && claimed.richiesta !== `${id} ${contenutoId}`) throw chiaveGiaUsata()
      if (claimed !== null) return
      if (!attendeFirma(await found(tx, id))) throw giaSottoscritto()
      const nome = `${firmatario.nome} ${firmatario.cognome}`
      await subscribe(tx, row, {
        modo: 'firma',
        contenuto_id: file.id,
        firmatario_nome: nome,
        firmatario_codice_fiscale: firma.codiceFiscale,
        certificato_emittente: firma.emittente,
        certificato_numero: firma.numero,
        dichiarata_il: firma.dichiarataIl?.toISOString() ?? null,
      })
    })
  } catch (error) {
    if (sqlState(error) === '23505') throw giaSottoscritto()
    throw error
  }
}

/** A signature that holds, made with a certificate in force now. Throws RuleViolation with the reason. */
async function checkFirma(firmato: Buffer, istante: Date): Promise<FirmaPdf> {
  const esito = await verifyFirmaPdf(firmato)
  if (!esito.valida) throw firmaNonValida(esito.motivo)
  const { validoDal, validoAl } = esito.firma
  if (istante < validoDal || istante > validoAl) throw firmaNonValida('Il certificato non è in corso di validità.')
  return esito.firma
}

type Sottoscrizione = Parameters<typeof insertSottoscrizione>[2]

/** Writes the subscription, closes the wait and sends the register on its road: one transaction. */
async function subscribe(tx: TxScope, row: RegistroGiornalieroRow, s: Sottoscrizione): Promise<void> {
  await lockRegistro(tx, row.registroId)
  await insertSottoscrizione(tx, row.id, s)
  const firma = s.modo === 'firma'
  const dettaglio = firma ? s.firmatario_nome : 'Sigillo dell’ente sull’XML: la firma non è arrivata in tempo.'
  await recordPassoWithin(tx, row.id, firma ? 'firmato' : 'sigillato', { dettaglio, riferimento: s.certificato_numero })
  tx.audit({
    azione: firma ? 'registro-giornaliero-firmato' : 'registro-giornaliero-sigillato',
    oggettoTipo: 'registro_giornaliero',
    oggettoId: row.id,
    registroId: row.registroId,
    dopo: { identificativo: row.identificativo, ...s },
  })
  tx.emit({ tipo: 'registroGiornalieroSottoscritto', id: row.id })
}

/**
 * In the evening of the last day, the registers that nobody signed get the seal of the body, where it is so configured, and go to preservation: the term of
 * the law comes before the signature (REQ-PROT-105, REQ-PROT-108). A fault of the seal alarms and is tried again at the next hour. Idempotent.
 */
export async function sealNonFirmati(scope: Scope, ports: { store: ObjectStore; sigillo: Sigillo }): Promise<void> {
  for (const id of await findDaSigillare(scope)) {
    const row = await findRegistroGiornaliero(scope, id)
    if (row === null || !attendeFirma(row)) continue
    try {
      await sealOne(scope, row, ports)
    } catch (error) {
      if (sqlState(error) === '23505') continue
      scope.log.error({ err: error, registro: row.identificativo }, 'registro giornaliero non sigillato')
      const testo = `Il registro ${row.identificativo} non è stato firmato entro il ${formatItalianDay(row.scadenza)} e il sigillo non è riuscito: sarà ritentato ogni ora.`
      const { registroId, giorno } = row
      await inTransaction(scope, async (tx) => {
        await openAvviso(tx, { registroId, giorno, tipo: 'errore', testo, registroGiornalieroId: id }, 'nessuna')
      })
    }
  }
}

async function sealOne(scope: Scope, row: RegistroGiornalieroRow, ports: { store: ObjectStore; sigillo: Sigillo }): Promise<void> {
  const xml = await ports.sigillo.sealXml((await readBytes(scope, ports.store, row.parti.xml.sha256)).toString('utf8'))
  const contenuto = await storeBuffer(scope, ports.store, Buffer.from(xml, 'utf8'), row.parti.xml.nome)
  await inTransaction(scope, async (tx) => {
    await insertContenuti(tx, [contenuto])
    await subscribe(tx, row, {
      modo: 'sigillo',
      contenuto_id: contenuto.id,
      firmatario_nome: ports.sigillo.certificato().soggetto,
      firmatario_codice_fiscale: '',
      certificato_emittente: '',
      certificato_numero: '',
      dichiarata_il: null,
    })
  })
}

async function readBytes(scope: Scope, store: ObjectStore, sha256: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of await openVerified(store, scope.ente.id, sha256)) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
