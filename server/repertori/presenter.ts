import { formatItalianDay, romeDay } from '../kernel/time.ts'
import type { Attore } from '../kernel/scope.ts'
import type { PubblicazioneRow } from './albo.ts'
import { canReadRiga } from './policy.ts'
import type { AnnullamentoRow, RepertorioRow, RigaRow } from './repository.ts'
import { formatEtichettaRepertorio, statoPubblicazione } from './rules.ts'
import type { AnnullamentoDto, PubblicazioneDto, RepertorioDto, RigaDto } from './schema.ts'

/** A repertory as the screens see it. */
export function presentRepertorio(r: RepertorioRow): RepertorioDto {
  const {
    id,
    codice,
    denominazione,
    tipologia,
    numerazione,
    mandato,
    campi,
    visibilita,
    conservazioneAnni,
    albo,
    giorniAlbo,
    attivo,
    serie,
    ultimo,
  } = r
  return {
    id,
    codice,
    denominazione,
    tipologia,
    ufficio: r.ufficioId === null ? null : { id: r.ufficioId, denominazione: r.ufficio ?? '' },
    numerazione,
    mandato,
    campi,
    visibilita,
    conservazioneAnni,
    albo,
    giorniAlbo,
    attivo,
    serie,
    ultimo,
  }
}

/** The mark every view of an annulled row bears (TUDA 54 c. 2); null while it is valid. */
export function markOf(r: Pick<RigaRow, 'annullataIl' | 'provvedimentoNumero' | 'provvedimentoData' | 'annullataDa'>): string | null {
  if (r.annullataIl === null) return null
  const del = r.provvedimentoData === null ? '' : ` del ${formatItalianDay(r.provvedimentoData)}`
  return `ANNULLATO il ${formatItalianDay(romeDay(r.annullataIl))} da ${r.annullataDa ?? ''} – provv. n. ${r.provvedimentoNumero ?? ''}${del}`
}

/** A row in lists. What may not be read leaves the server as number and date only. */
export function presentRiga(r: RigaRow, attore: Attore): RigaDto {
  const readable = canReadRiga(attore, r)
  return {
    id: r.id,
    repertorio: { id: r.repertorioId, codice: r.codice, denominazione: r.denominazione },
    etichetta: formatEtichettaRepertorio(r.codice, r.serie, r.numero),
    riferimento: r.riferimento,
    serie: r.serie,
    numero: r.numero,
    istante: r.istante.toISOString(),
    giorno: r.giorno,
    oggetto: readable ? r.oggetto : 'RISERVATO',
    formatore: readable ? r.formatore : '',
    riservata: r.riservato || !readable,
    annullata: r.annullataIl !== null,
    annullamento: markOf(r),
  }
}

/** A request of annulment with its decision. */
export function presentAnnullamento(a: AnnullamentoRow): AnnullamentoDto {
  return {
    id: a.id,
    motivo: a.motivo,
    richiestoDa: a.richiestoDaNome,
    richiestoIl: a.richiestoIl.toISOString(),
    esito: a.esito,
    decisoDa: a.decisoDaNome,
    decisoIl: a.decisoIl?.toISOString() ?? null,
    provvedimento:
      a.provvedimentoNumero === null || a.provvedimentoData === null ? null : { numero: a.provvedimentoNumero, data: a.provvedimentoData },
    nota: a.nota,
  }
}

/** A publication with its state on `oggi`. */
export function presentPubblicazione(p: PubblicazioneRow, oggi: string): PubblicazioneDto {
  return {
    id: p.id,
    etichetta: formatEtichettaRepertorio(p.codice, p.serie, p.numero),
    atto: p.dati['atto'] ?? '',
    attoId: p.attoId,
    oggetto: p.oggetto,
    richiedente: p.richiedente,
    dal: p.dal,
    al: p.al,
    stato: statoPubblicazione({ dal: p.dal, al: p.al, ritirata: p.ritirataIl !== null }, oggi),
    motivoRitiro: p.motivoRitiro,
    relata: p.relataContenutoId !== null,
  }
}
