import { riservatezze } from '../../documenti/index.ts'
import type { Ports } from '../../kernel/endpoint.ts'
import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, query } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { romeYear } from '../../kernel/time.ts'
import { mezzi, tipologie } from '../../protocollo/index.ts'
import { findVersioneInForce, findVoci } from '../../titolario/index.ts'
import { registroEmergenzaAssente, serieAssente, serieGiaAffidata, serieInUso, serieNonAttivabile } from '../errors.ts'
import { findAperture, findSerie, findSerieById, findUltimo, lockRegistroEmergenza, lockSerie, readClock } from '../repository.ts'
import { FORMATO_SERIE } from '../schema.ts'
import type { DotazioneDto, SerieDocumento } from '../schema.ts'

/**
 * Entrusts the series of a register to a device, before it is needed (REQ-PROT-083): it begins after the last number recovered this year. Throws NotFound,
 * Conflict while another device holds the register.
 */
export async function authoriseSerie(
  scope: Scope,
  input: { registroId: string; dispositivo: string; provvedimento: string },
): Promise<string> {
  return await inTransaction(scope, async (tx) => {
    const registro = await lockRegistroEmergenza(tx, input.registroId)
    if (registro === null) throw registroEmergenzaAssente()
    if ((await findSerie(tx)).some((s) => s.registroId === registro.id && s.stato !== 'revocata')) throw serieGiaAffidata()
    const now = await readClock(tx)
    const anno = romeYear(now)
    const id = newId()
    const primo = (await findUltimo(tx, registro.id, anno)) + 1
    await insertRows(tx, 'serie_emergenza', [
      {
        id,
        registro_emergenza_id: registro.id,
        dispositivo: input.dispositivo,
        provvedimento: input.provvedimento,
        stato: 'autorizzata',
        anno,
        primo,
        autorizzata_il: now.toISOString(),
        autorizzata_da: tx.attore.nome,
      },
    ])
    tx.audit({
      azione: 'serie-di-emergenza-autorizzata',
      oggettoTipo: 'serie-emergenza',
      oggettoId: id,
      dopo: { registro: registro.codice, dispositivo: input.dispositivo, provvedimento: input.provvedimento, primo },
    })
    return id
  })
}

/**
 * Binds an authorised series to the key of the device in hand and signs it. From then on only that key can close a file of the series. Answers all the device
 * must keep. Throws NotFound, Conflict when the series already lives on a device or was revoked.
 */
export async function activateSerie(
  scope: Scope,
  serieId: string,
  input: { chiave: { x: string; y: string } },
  firma: Ports['firmaEmergenza'],
): Promise<DotazioneDto> {
  await inTransaction(scope, async (tx) => {
    const serie = await lockSerie(tx, serieId)
    if (serie === null) throw serieAssente()
    // The same device asks again: its first answer was lost on the way.
    if (serie.stato === 'attiva' && chiaveOf(serie.documento) === `${input.chiave.x}.${input.chiave.y}`) return
    if (serie.stato !== 'autorizzata') throw serieNonAttivabile()
    const registro = await lockRegistroEmergenza(tx, serie.registroId)
    if (registro === null) throw registroEmergenzaAssente()
    const now = await readClock(tx)
    const { slug, denominazione, codiceIpa } = tx.ente
    const documento: SerieDocumento = {
      formato: FORMATO_SERIE,
      ente: { slug, denominazione, codiceIpa },
      aoo: { codice: registro.aooCodice, denominazione: registro.aooDenominazione },
      registro: { id: registro.id, codice: registro.codice, sede: registro.sede },
      serie: serie.id,
      dispositivo: serie.dispositivo,
      provvedimento: serie.provvedimento,
      anno: serie.anno,
      primo: serie.primo,
      chiave: { x: input.chiave.x, y: input.chiave.y },
      rilasciataIl: now.toISOString(),
    }
    const text = JSON.stringify(documento)
    await query(
      tx,
      `update serie_emergenza set stato = 'attiva', documento = $3, firma = $4, attivata_il = $5, attivata_da = $6 where ente_id = $1 and id = $2`,
      [tx.ente.id, serie.id, text, firma.sign(text), now.toISOString(), tx.attore.nome],
    )
    tx.audit({
      azione: 'serie-di-emergenza-installata',
      oggettoTipo: 'serie-emergenza',
      oggettoId: serie.id,
      dopo: { registro: registro.codice, dispositivo: serie.dispositivo },
    })
  })
  return await readDotazione(scope, serieId, firma)
}

function chiaveOf(documento: string | null): string {
  const { chiave } = JSON.parse(documento ?? '{}') as Partial<SerieDocumento>
  return chiave === undefined ? '' : `${chiave.x}.${chiave.y}`
}

/** What a device keeps to work alone: the signed series, the classes, the offices, the lists of the ordinary form (REQ-PROT-084). */
export async function readDotazione(scope: Scope, serieId: string, firma: Ports['firmaEmergenza']): Promise<DotazioneDto> {
  return await inReadTransaction(scope, async (s) => {
    const serie = await findSerieById(s, serieId)
    if (serie === null || serie.documento === null || serie.firma === null) throw serieAssente()
    if (serie.stato === 'revocata') throw serieNonAttivabile()
    const versione = await findVersioneInForce(s)
    const voci = versione === null ? [] : await findVoci(s, versione.id)
    const uffici = await query<{ id: string; nome: string }>(
      s,
      'select id, denominazione as nome from ufficio where ente_id = $1 and al is null order by denominazione',
      [s.ente.id],
    )
    return {
      serie: serie.documento,
      firma: serie.firma,
      chiaveEnte: firma.chiave,
      voci: voci.filter((v) => v.livello === 2).map((v) => ({ id: v.id, nome: `${v.codice} ${v.denominazione}` })),
      uffici,
      mezzi: [...mezzi],
      tipologie: [...tipologie],
      riservatezze: [...riservatezze],
    }
  })
}

/** Takes a register back from its device (lost, broken, replaced), with the reason. Refused while the register is open or waits for its rows. */
export async function revokeSerie(scope: Scope, serieId: string, motivo: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const serie = await lockSerie(tx, serieId)
    if (serie === null) throw serieAssente()
    if (serie.stato === 'revocata') throw serieNonAttivabile()
    if ((await findAperture(tx, serie.registroId)).some((a) => a.recuperataIl === null && a.derogaIl === null)) throw serieInUso()
    await query(
      tx,
      `update serie_emergenza set stato = 'revocata', revocata_il = $3, revocata_da = $4, motivo_revoca = $5 where ente_id = $1 and id = $2`,
      [tx.ente.id, serie.id, (await readClock(tx)).toISOString(), tx.attore.nome, motivo],
    )
    tx.audit({
      azione: 'serie-di-emergenza-revocata',
      oggettoTipo: 'serie-emergenza',
      oggettoId: serie.id,
      dopo: { registro: serie.codice, dispositivo: serie.dispositivo },
      motivo,
    })
  })
}
