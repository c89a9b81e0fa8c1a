/** Shapes of the prints' API, as the server declares them. */
import type { ImpostazioniDto } from '../../../../server/stampe/schema.ts'

export type Impostazioni = ImpostazioniDto
