import type { AperturaRow, AutorizzazioneRow, GiornataRow, SerieRow } from './repository.ts'
import type { AperturaDto, SerieDto } from './schema.ts'

const iso = (d: Date | null): string | null => d?.toISOString() ?? null

/** The instant until which an opening is covered without a hole from its start. */
export function coperturaFino(inizio: Date, autorizzazioni: readonly Pick<AutorizzazioneRow, 'dal' | 'al'>[]): Date {
  let end = inizio
  for (const a of [...autorizzazioni].toSorted((x, y) => x.dal.getTime() - y.dal.getTime())) if (a.dal <= end && a.al > end) end = a.al
  return end
}

export function presentApertura(
  row: AperturaRow,
  autorizzazioni: readonly AutorizzazioneRow[],
  giornate: readonly GiornataRow[],
): AperturaDto {
  const own = autorizzazioni.filter((a) => a.aperturaId === row.id)
  return {
    id: row.id,
    registro: { id: row.registroId, codice: row.codice, sede: row.sede },
    causa: row.causa,
    inizio: row.inizio.toISOString(),
    provvedimento: row.provvedimento,
    autorizzataDa: row.autorizzataDa,
    origine: row.origine,
    coperturaFino: row.ripristino === null ? coperturaFino(row.inizio, own).toISOString() : null,
    ripristino: iso(row.ripristino),
    chiusaDa: row.chiusaDa,
    righeDichiarate: row.righeDichiarate,
    recuperataIl: iso(row.recuperataIl),
    deroga: row.derogaIl === null ? null : { motivo: row.derogaMotivo ?? '', il: row.derogaIl.toISOString(), da: row.derogaDa ?? '' },
    righe: row.righe,
    autorizzazioni: own.map((a) => ({
      tipo: a.tipo,
      provvedimento: a.provvedimento,
      autorizzataDa: a.autorizzataDa,
      dal: a.dal.toISOString(),
      al: a.al.toISOString(),
    })),
    giornate: giornate.filter((g) => g.aperturaId === row.id).map(({ giorno, totale }) => ({ giorno, totale })),
  }
}

export function presentSerie(row: SerieRow): SerieDto {
  return {
    id: row.id,
    registro: { id: row.registroId, codice: row.codice, sede: row.sede },
    dispositivo: row.dispositivo,
    provvedimento: row.provvedimento,
    stato: row.stato,
    anno: row.anno,
    primo: row.primo,
    autorizzataIl: row.autorizzataIl.toISOString(),
    autorizzataDa: row.autorizzataDa,
    attivataIl: iso(row.attivataIl),
    attivataDa: row.attivataDa,
    revocataIl: iso(row.revocataIl),
    motivoRevoca: row.motivoRevoca,
  }
}
