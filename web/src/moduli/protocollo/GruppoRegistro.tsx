/** Prints of the registrations ticked in the register: their labels, one a page, and their list. */
import { useMutation } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { BarraGruppo } from '../../ui/BarraGruppo.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { stampaPdf } from '../stampe/stampa.ts'

export function GruppoRegistro({ ente, ids, onSvuota }: { ente: string; ids: readonly string[]; onSvuota: () => void }) {
  const annuncia = useAnnuncio()
  const stampa = useMutation({
    mutationFn: (cosa: 'etichette' | 'elenco') => stampaPdf(api(ente, 'stampe', cosa), { registrazioni: ids }),
    onMutate: () => annuncia(t.stampe.inCorso),
    onSuccess: () => annuncia(t.stampe.pronta),
  })
  return (
    <>
      {stampa.error === null ? null : <EsitoProblema errore={stampa.error} />}
      <BarraGruppo testo={t.arrivo.selezionate(ids.length)} onSvuota={onSvuota}>
        <button type="button" className="btn btn-primary btn-xs" disabled={stampa.isPending} onClick={() => stampa.mutate('etichette')}>
          {t.arrivo.stampaEtichette}
        </button>
        <button
          type="button"
          className="btn btn-outline-primary btn-xs"
          disabled={stampa.isPending}
          onClick={() => stampa.mutate('elenco')}
        >
          {t.arrivo.stampaElenco}
        </button>
        {stampa.data === undefined ? null : (
          <a href={stampa.data} target="_blank" rel="noreferrer">
            {t.stampe.apri}
          </a>
        )}
      </BarraGruppo>
    </>
  )
}
