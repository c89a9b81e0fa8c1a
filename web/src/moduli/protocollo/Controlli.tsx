/** The checks made on a message (signature, envelope, content), each with its outcome in words. */
import type { DettaglioMessaggio } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { Stato, type Tono } from '../../ui/Stato.tsx'

const GOOD = new Set(['valida', 'superato'])
const BAD = new Set(['fallito', 'alterata', 'firma-errata', 'assente'])

/** Colour family of an outcome written by the server. */
export function tonoEsito(esito: string): Tono {
  const value = esito.toLowerCase()
  return GOOD.has(value) ? 'buono' : BAD.has(value) ? 'male' : 'attenzione'
}

/** The signature of the provider, next to the title of the form. */
export function FirmaMessaggio({ messaggio }: { messaggio: DettaglioMessaggio }) {
  const esito = messaggio.firma
  if (messaggio.tipo !== 'pec') return null
  const tono = tonoEsito(esito)
  return <Stato tono={tono}>{tono === 'buono' ? t.stati.valida : tono === 'male' ? t.stati.nonValida : t.stati.verifica}</Stato>
}

export function Controlli({ messaggio }: { messaggio: DettaglioMessaggio }) {
  const checks = messaggio.verifica.controlli
  if (checks.length === 0) return null
  return (
    <section>
      <h3>{t.messaggi.controlli}</h3>
      <ul className="controlli">
        {checks.map((check) => (
          <li key={check.nome}>
            <Stato tono={tonoEsito(check.esito)}>{t.messaggi.esitoControllo(check.esito)}</Stato>{' '}
            <strong>{t.messaggi.nomiControlli[check.nome] ?? check.nome}</strong>
            {check.dettaglio ? <p>{check.dettaglio}</p> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
