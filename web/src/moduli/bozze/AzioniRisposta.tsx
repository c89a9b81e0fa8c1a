/** From a registration: answer it, or copy its data into a new draft. */
import { Link, useNavigate } from 'react-router'
import { usePermessi } from '../../api/permessi.ts'
import type { Registrazione } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { useScorciatoie } from '../../ui/Scorciatoie.tsx'

const COPIES: Readonly<Record<string, string>> = { E: 'bozze/nuova', U: 'protocollo/uscita/nuovo', I: 'protocollo/interno/nuovo' }

export function AzioniRisposta({ ente, dati }: { ente: string; dati: Pick<Registrazione, 'id' | 'tipo'> }) {
  const puo = usePermessi()
  const navigate = useNavigate()
  const answers = `/${ente}/protocollo/uscita/nuovo?risposta=${dati.id}`
  const allowed = puo('bozze.lavora')
  useScorciatoie(allowed && dati.tipo === 'E' ? { r: () => void navigate(answers) } : {})
  if (!allowed) return null
  const copies = dati.tipo === 'E' && !puo('protocollo.registra') ? null : `/${ente}/${COPIES[dati.tipo] ?? ''}?duplica=${dati.id}`
  return (
    <p className="azioni-pagina">
      {dati.tipo === 'E' ? (
        <Link className="btn btn-outline-primary btn-xs" aria-keyshortcuts="r" to={answers}>
          {t.bozze.rispondi} <kbd aria-hidden="true">R</kbd>
        </Link>
      ) : null}{' '}
      {copies === null ? null : (
        <Link className="btn btn-outline-primary btn-xs" to={copies}>
          {t.bozze.duplica}
        </Link>
      )}
    </p>
  )
}
