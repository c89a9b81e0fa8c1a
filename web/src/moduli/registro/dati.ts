/** What the server tells of daily registers, and how the strip reads it. Pure. */
import type { z } from 'zod'
import type { calendarioDto } from '../../../../server/enti/schema.ts'
import type {
  elencoRegistriDto,
  impostazioniDto,
  interruzioneDto,
  registroDettaglioDto,
  registroGiornalieroDto,
} from '../../../../server/registro/schema.ts'
import type { provaRipristinoDto, proveRipristinoDto } from '../../../../server/registro/schema/prove.ts'
import { spostaGiorno } from '../../ui/date.ts'
import type { Tono } from '../../ui/Stato.tsx'

export type ElencoRegistri = z.infer<typeof elencoRegistriDto>
export type Registro = z.infer<typeof registroGiornalieroDto>
export type Dettaglio = z.infer<typeof registroDettaglioDto>
export type Impostazioni = z.infer<typeof impostazioniDto>
export type Interruzione = z.infer<typeof interruzioneDto>
export type Prova = z.infer<typeof provaRipristinoDto>
export type Prove = z.infer<typeof proveRipristinoDto>
export type Calendario = z.infer<typeof calendarioDto>

export const TONI: Record<string, Tono> = {
  'da-firmare': 'attenzione',
  generato: 'neutro',
  sigillato: 'attivo',
  firmato: 'attivo',
  inviato: 'attivo',
  conservato: 'buono',
  errore: 'male',
}

export const GIORNI_STRISCIA = 30

/** One place of the strip: a day, with its register when there is one. Days before the first register of all are left out. */
export interface Posto {
  giorno: string
  registro: Registro | null
}

/** The last thirty days that are over, oldest first; a day without a register after the first one shows as missing. */
export function striscia(elementi: readonly Registro[], oggi: string): Posto[] {
  const byDay = new Map(elementi.filter((r) => r.tipo === 'giornaliero').map((r) => [r.giorno, r]))
  const days = Array.from({ length: GIORNI_STRISCIA }, (_, i) => spostaGiorno(oggi, i - GIORNI_STRISCIA))
  const first = days.findIndex((day) => byDay.has(day))
  return first === -1 ? [] : days.slice(first).map((giorno) => ({ giorno, registro: byDay.get(giorno) ?? null }))
}
