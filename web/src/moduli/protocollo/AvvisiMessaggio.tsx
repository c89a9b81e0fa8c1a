/** What one must read before deciding about a message: quarantine, who has it, who handed it over, whom it was meant for, a possible duplicate. */
import { Link } from 'react-router'
import type { DettaglioMessaggio } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { Controlli, tonoEsito } from './Controlli.tsx'
import { percorsoScheda } from './dati.ts'

/** Why a message is in quarantine, what its checks found and what is odd in it: to be read before deciding. */
export function Sospetto({ messaggio }: { messaggio: DettaglioMessaggio }) {
  const quarantena = messaggio.stato === 'quarantena'
  const failed = messaggio.verifica.controlli.some((check) => tonoEsito(check.esito) === 'male')
  return (
    <>
      {quarantena ? (
        <EsitoBar tipo="avviso">
          <strong>{t.messaggi.quarantenaTitolo}.</strong> {t.messaggi.quarantenaTesto}
          {messaggio.motivo === null ? null : (
            <p>
              {t.messaggi.motivo}: {messaggio.motivo}
            </p>
          )}
        </EsitoBar>
      ) : null}
      {messaggio.avvisi.map((avviso) => (
        <EsitoBar key={avviso} tipo="avviso">
          {avviso}
        </EsitoBar>
      ))}
      {quarantena || failed ? <Controlli messaggio={messaggio} /> : null}
    </>
  )
}

/** Who has the message open; after ten minutes it can be taken anyway. */
export function Tenuto({ bloccato, onPrendi }: { bloccato: NonNullable<DettaglioMessaggio['bloccatoDa']>; onPrendi: () => void }) {
  const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(bloccato.da)) / 60_000))
  return (
    <EsitoBar tipo="avviso">
      {bloccato.scaduto ? t.coda.lasciato(bloccato.nome) : t.coda.inLavorazione(bloccato.nome, minutes)}{' '}
      {bloccato.scaduto ? (
        <button type="button" className="btn btn-outline-primary btn-xs" onClick={onPrendi}>
          {t.coda.prendiComunque}
        </button>
      ) : null}
    </EsitoBar>
  )
}

/** What colleagues decided or noticed before: handed over with a note, meant for others, already received. */
export function Precedenti({ ente, messaggio, onUnisci }: { ente: string; messaggio: DettaglioMessaggio; onUnisci: () => void }) {
  const { passatoDa, inoltro, possibileDuplicato, inRitardo } = messaggio
  return (
    <>
      {inRitardo ? <EsitoBar tipo="avviso">{t.coda.inRitardo}.</EsitoBar> : null}
      {passatoDa === null ? null : (
        <EsitoBar tipo="info">
          <strong>{t.coda.passatoDa(passatoDa.nome)}.</strong> {passatoDa.nota}
        </EsitoBar>
      )}
      {inoltro === null ? null : (
        <EsitoBar tipo="avviso">
          {t.coda.daInoltrare(inoltro.amministrazione)} {inoltro.nota}
        </EsitoBar>
      )}
      {possibileDuplicato === null ? null : (
        <EsitoBar
          tipo="avviso"
          azioni={
            <button type="button" className="btn btn-outline-primary btn-xs" onClick={onUnisci}>
              {t.coda.unisciA(possibileDuplicato.etichetta)}
            </button>
          }
        >
          {t.messaggi.duplicato} <Link to={percorsoScheda(ente, possibileDuplicato.etichetta)}>{possibileDuplicato.etichetta}</Link>.{' '}
          {t.messaggi.duplicatoTesto}
        </EsitoBar>
      )}
    </>
  )
}
