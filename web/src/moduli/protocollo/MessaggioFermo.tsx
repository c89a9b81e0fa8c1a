/** A message left out of the register: under which head, what was checked, and the way back. */
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
      togliDallaCoda(client, ente, vista, [messaggio.id])
      annuncia(t.messaggi.ripristinato)
      onRipristinato()
    },
  })
  return (
    <div className="modulo">
      <div className="modulo-corpo">
        <header className="modulo-testa">
          <h2 tabIndex={-1} id="modulo-titolo">
            {messaggio.oggetto}
          </h2>
        </header>
        {messaggio.esclusione === null ? null : (
          <EsitoBar tipo="info">
            {t.messaggi.motivo}: {messaggio.esclusione.voce}
            {messaggio.esclusione.nota ? <p>{messaggio.esclusione.nota}</p> : null}
            {messaggio.esclusione.autore === null || messaggio.esclusione.il === null ? null : (
              <p>{t.coda.esclusoDa(messaggio.esclusione.autore, giornoEOra(messaggio.esclusione.il))}</p>
            )}
          </EsitoBar>
        )}
        {messaggio.restituzione === null ? null : (
          <EsitoBar tipo="info">
            {t.coda.restituito(messaggio.restituzione.amministrazione)} {messaggio.restituzione.nota}
          </EsitoBar>
        )}
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
