/** State of a submission package: icon, word, colour. */
import { t } from '../../testi/it.ts'
import { Stato, type Tono } from '../../ui/Stato.tsx'

const TONES: Record<string, Tono> = {
  IN_PREPARAZIONE: 'attivo',
  PRONTO: 'attivo',
  TRASMESSO: 'attivo',
  CONSERVATO: 'buono',
  RIFIUTATO: 'male',
  ERRORE: 'male',
}

export function StatoVersamento({ stato }: { stato: string }) {
  return <Stato tono={TONES[stato] ?? 'neutro'}>{t.stati.versamento[stato] ?? stato}</Stato>
}
