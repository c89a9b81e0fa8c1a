/** A message that is not in the queue (quarantine, discarded): why, what was checked, and the way back. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, chiama } from '../../api/client.ts'
import type { DettaglioMessaggio, VistaMessaggi } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { EsitoBar, EsitoProblema } from '../../ui/EsitoBar.tsx'
import { giornoEOra } from '../../ui/formati.ts'
import { Controlli } from './Controlli.tsx'
import { togliDallaCoda } from './messaggi.ts'

export interface MessaggioFermoProps {
  ente: string
  vista: VistaMessaggi
  messaggio: DettaglioMessaggio
  onRipristinato: () => void
}

export function MessaggioFermo({ ente, vista, messaggio, onRipristinato }: MessaggioFermoProps) {
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const act = useMutation({
    mutationFn: () => chiama(api(ente, 'messaggi', messaggio.id, 'ripristino'), { metodo: 'POST' }),
    onSuccess: () => {
      togliDallaCoda(client, ente, vista, messaggio.id)
      annuncia(t.messaggi.ripristinato)
      onRipristinato()
    },
  })
  const failed = messaggio.verifica?.controlli.find((check) => check.dettaglio)?.dettaglio
  return (
    <div className="modulo">
      <div className="modulo-corpo">
        <header className="modulo-testa">
          <h2 tabIndex={-1} id="modulo-titolo">
            {vista === 'quarantena' ? t.messaggi.quarantenaTitolo : messaggio.oggetto}
          </h2>
        </header>
        {vista === 'quarantena' ? (
          <EsitoBar tipo="avviso">
            <strong>{t.messaggi.quarantenaTesto}</strong>
            {messaggio.motivo || failed ? (
              <p>
                {t.messaggi.motivo}: {messaggio.motivo ?? failed}
              </p>
            ) : null}
          </EsitoBar>
        ) : messaggio.motivo ? (
          <EsitoBar tipo="info">
            {t.messaggi.motivo}: {messaggio.motivo}
          </EsitoBar>
        ) : null}
        {act.error === null ? null : <EsitoProblema errore={act.error} />}
        <dl className="dati">
          <div>
            <dt>{t.messaggi.mittente}</dt>
            <dd>
              {messaggio.mittente} <small>{messaggio.mittenteIndirizzo}</small>
            </dd>
          </div>
          <div>
            <dt>{t.modulo.oggetto}</dt>
            <dd>{messaggio.oggetto}</dd>
          </div>
          <div>
            <dt>{t.messaggi.ricevuto}</dt>
            <dd>{giornoEOra(messaggio.ricevutoIl)}</dd>
          </div>
        </dl>
        <Controlli messaggio={messaggio} />
      </div>
      <div className="modulo-piede">
        <button type="button" className="btn btn-primary btn-sm" disabled={act.isPending} onClick={() => act.mutate()}>
          {t.messaggi.ripristina}
        </button>
      </div>
    </div>
  )
}
