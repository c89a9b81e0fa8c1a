/** What the pages of the archive read from the server. Types only come from there. */
import type {
  ElencoDto,
  EsitoEstrazione,
  EstrazioneDto,
  FascicoloArchivioDto,
  PrelievoDto,
  RepertorioDto,
  SerieDto,
} from '../../../../server/archivio/schema.ts'
import { t } from '../../testi/it.ts'

export type Elenco = ElencoDto
export type Estrazione = EstrazioneDto
export type Estratto = EsitoEstrazione
export type FascicoloArchivio = FascicoloArchivioDto
export type Prelievo = PrelievoDto
export type Repertorio = RepertorioDto
export type Serie = SerieDto

const PERMANENTE = 9999

/** Words of a retention. */
export function conservazione(anni: number | null): string {
  return anni === null ? t.archivio.daDefinire : anni === PERMANENTE ? t.archivio.permanente : t.archivio.anni(anni)
}

/** The criterion of a series in words. */
export function criterio(s: Serie): string {
  const tipo = s.tipologia ?? (s.tipoFascicolo === null ? null : (t.fascicoli.tipi[s.tipoFascicolo] ?? s.tipoFascicolo))
  return [tipo, s.voce === null ? null : `${s.voce.codice} ${s.voce.denominazione}`].filter((x) => x !== null).join(' · ')
}
