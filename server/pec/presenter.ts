import type { z } from 'zod'
import { formatEtichetta } from '../protocollo/index.ts'
import type { CasellaRow, Doppione, MessaggioRow } from './repository.ts'
import { isLocked } from './rules.ts'
import type { casellaDto, DettaglioMessaggioDto, PropostaDto, RigaMessaggioDto } from './schema.ts'

/** A message as a row of the queue. */
export function presentRiga(row: MessaggioRow, doppione: Doppione | null, adesso: Date): RigaMessaggioDto {
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
    bloccatoDa: isLocked(row, adesso) ? { nome: row.bloccatoDaNome ?? '', da: row.bloccatoIl?.toISOString() ?? '' } : null,
    possibileDuplicato:
      doppione === null ? null : { registrazioneId: doppione.registrazioneId, etichetta: formatEtichetta(doppione.numero, doppione.anno) },
  }
}

/** A message as its page shows it. */
export function presentDettaglio(row: MessaggioRow, doppione: Doppione | null, proposta: PropostaDto, adesso: Date): DettaglioMessaggioDto {
  const { daticert, controlli } = row
  return {
    ...presentRiga(row, doppione, adesso),
    daticert: daticert === null ? null : { ...daticert },
    verifica: { esito: controlli.esito, controlli: controlli.controlli },
    istanti: controlli.istanti,
    testo: controlli.testo,
    avvisi: controlli.avvisi,
    parti: row.parti,
    proposta,
    registrazioneId: row.registrazioneId,
    esclusione: row.voceEsclusione === null ? null : { voce: row.voceEsclusione, nota: row.nota },
  }
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
