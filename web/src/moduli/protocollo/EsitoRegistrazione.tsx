/** The bar that stays until the next registration: number, hour, office, and what one does next. */
import { Link } from 'react-router'
import type { Registrazione } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { ora } from '../../ui/formati.ts'
import { BottoniStampa } from '../stampe/BottoniStampa.tsx'
import { percorsoScheda } from './dati.ts'

export function EsitoRegistrazione({
  ente,
  registrazione,
  onChiudi,
  stampaDaSola = false,
}: {
  ente: string
  registrazione: Registrazione
  onChiudi: () => void
  /** True at the counter, where receipt and label may print by themselves. */
  stampaDaSola?: boolean
}) {
  const annuncia = useAnnuncio()
  const office = registrazione.assegnazioni[0]
  return (
    <EsitoBar
      tipo="riuscito"
      onChiudi={onChiudi}
      azioni={
        <>
          <button
            type="button"
            className="btn btn-outline-primary btn-xs"
            onClick={() => {
              void navigator.clipboard.writeText(registrazione.etichetta).then(() => annuncia(t.copiato))
            }}
          >
            {t.copia}
          </button>
          <Link className="btn btn-outline-primary btn-xs" to={percorsoScheda(ente, registrazione.etichetta)}>
            {t.apri}
          </Link>
          <BottoniStampa ente={ente} registrazione={registrazione} daSola={stampaDaSola} />
        </>
      }
    >
      {t.modulo.esito(
        registrazione.etichetta,
        ora(registrazione.istante),
        office?.operatore?.nome ?? office?.ufficio?.denominazione ?? '—',
      )}
    </EsitoBar>
  )
}
