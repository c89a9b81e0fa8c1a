/** What the server tells of repertories, rows and publications. Types only. */
import type { z } from 'zod'
import type {
  annullamentoDto,
  alboDto,
  estrazioneDto,
  pubblicazioneDto,
  repertorioDto,
  rigaCompletaDto,
  rigaDto,
} from '../../../../server/repertori/schema.ts'

export type Repertorio = z.infer<typeof repertorioDto>
export type CampoRepertorio = Repertorio['campi'][number]
export type Riga = z.infer<typeof rigaDto>
export type RigaCompleta = z.infer<typeof rigaCompletaDto>
export type Pubblicazione = z.infer<typeof pubblicazioneDto>
export type Estrazione = z.infer<typeof estrazioneDto>
export type Albo = z.infer<typeof alboDto>
export type Richiesta = z.infer<typeof annullamentoDto> & { riga: Riga }
