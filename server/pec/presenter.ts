import type { z } from 'zod'
import { formatEtichetta } from '../protocollo/index.ts'
import { romeDay } from '../kernel/time.ts'
import type { Doppione } from './doppioni.ts'
import type { CasellaRow, DecisioneAperta, MessaggioRow, Osservatore } from './repository.ts'
import { isLocked } from './rules.ts'
import type { casellaDto, DettaglioMessaggioDto, PropostaDto, RigaMessaggioDto } from './schema.ts'

/** A message as a row of the queue. */
export function presentRiga(row: MessaggioRow, doppione: Doppione | null, chi: Osservatore, adesso: Date): RigaMessaggioDto {
  const passato = decision(row, 'passato')
  return {
    id: row.id,
    tipo: row.tipo,
    mittente: row.mittente,
    mittenteIndirizzo: row.mittenteIndirizzo,
    oggetto: row.oggetto,
    ricevutoIl: row.ricevutoIl.toISOString(),
    allegati: row.parti.filter((part) => part.ruolo === 'allegato' && !part.inLinea).length,
    firma: row.esitoFirma,
    stato: row.stato,
    motivo: row.motivo,
    bloccatoDa:
      row.bloccatoIl === null
        ? null
        : { nome: row.bloccatoDaNome ?? '', da: row.bloccatoIl.toISOString(), scaduto: !isLocked(row, adesso) },
    possibileDuplicato:
      doppione === null
        ? null
        : {
            registrazioneId: doppione.registrazioneId,
            etichetta: formatEtichetta(doppione.numero, doppione.anno),
            motivo: doppione.motivo,
          },
    inRitardo: row.stato === 'da_protocollare' && romeDay(row.ricevutoIl) <= chi.inRitardoFino,
    passatoDa:
      passato === undefined ? null : { nome: passato.autore, nota: passato.nota, aMe: chi.identita.includes(passato.operatoreId ?? '') },
  }
}

function decision(row: MessaggioRow, tipo: DecisioneAperta['tipo']): DecisioneAperta | undefined {
  return row.decisioni.find((d) => d.tipo === tipo)
}

/** A message as its page shows it. */
export function presentDettaglio(
  row: MessaggioRow,
  doppione: Doppione | null,
  proposta: PropostaDto,
  chi: Osservatore,
  adesso: Date,
): DettaglioMessaggioDto {
  const [restituito, inoltro] = [decision(row, 'restituito'), decision(row, 'da_inoltrare')]
  const escluso = decision(row, 'escluso')
  const { daticert, controlli } = row
  return {
    ...presentRiga(row, doppione, chi, adesso),
    daticert: daticert === null ? null : { ...daticert },
    verifica: { esito: controlli.esito, controlli: controlli.controlli },
    istanti: controlli.istanti,
    testo: controlli.testo,
    avvisi: controlli.avvisi,
    parti: row.parti,
    proposta,
    registrazioneId: row.registrazioneId,
    esclusione:
      row.voceEsclusione === null
        ? null
        : { voce: row.voceEsclusione, nota: row.nota, autore: escluso?.autore ?? null, il: instantOf(escluso?.dal) },
    restituzione: restituito === undefined ? null : present(restituito),
    inoltro: inoltro === undefined ? null : present(inoltro),
  }
}

function present(d: DecisioneAperta): { amministrazione: string; nota: string; autore: string; il: string } {
  return { amministrazione: d.destinatario ?? '', nota: d.nota, autore: d.autore, il: instantOf(d.dal) ?? '' }
}

function instantOf(value: string | undefined): string | null {
  return value === undefined ? null : new Date(value).toISOString()
}

export function presentCasella(row: CasellaRow): z.infer<typeof casellaDto> {
  return {
    id: row.id,
    indirizzo: row.indirizzo,
    stato: !row.attiva ? 'sospesa' : row.errore === null ? 'attiva' : 'in errore',
    ultimoControllo: row.ultimoControllo?.toISOString() ?? null,
    errore: row.errore,
  }
}
