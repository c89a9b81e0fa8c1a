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

type Controllo = DettaglioMessaggio['verifica']['controlli'][number]

function Elenco({ controlli }: { controlli: Controllo[] }) {
  return (
    <ul className="controlli">
      {controlli.map((check) => (
        <li key={check.nome}>
          <Stato tono={tonoEsito(check.esito)}>{t.messaggi.esitoControllo(check.esito)}</Stato>{' '}
          <strong>{t.messaggi.nomiControlli[check.nome] ?? check.nome}</strong>
          <p>{check.dettaglio}</p>
        </li>
      ))}
    </ul>
  )
}

/** What failed is in sight, the rest is folded. */
export function Controlli({ messaggio }: { messaggio: DettaglioMessaggio }) {
  const { controlli } = messaggio.verifica
  const failed = controlli.filter((check) => tonoEsito(check.esito) === 'male')
  const others = controlli.filter((check) => !failed.includes(check))
  return (
    <section>
      {failed.length === 0 ? null : (
        <>
          <h3>{t.messaggi.controlliFalliti}</h3>
          <Elenco controlli={failed} />
        </>
      )}
      {others.length === 0 ? null : (
        <details className="altri-dati">
          <summary>{t.messaggi.altriControlli(others.length)}</summary>
          <Elenco controlli={others} />
        </details>
      )}
    </section>
  )
}
