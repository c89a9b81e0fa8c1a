/** Decisions on many messages at once: hand over, leave out. Registering is never done in bulk: each document has its sender. */
import { useState } from 'react'
import type { RigaMessaggio } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { BarraGruppo } from '../../ui/BarraGruppo.tsx'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { FoglioPassa } from './FogliCoda.tsx'
import type { EsitoGruppo } from './messaggi.ts'
import { ScartaMessaggio } from './ScartaMessaggio.tsx'

export type AttoGruppo = 'passa' | 'scarta'

export interface GruppoCodaProps {
  ente: string
  ids: string[]
  onSvuota: () => void
  onFatto: (atto: AttoGruppo, esito: EsitoGruppo) => void
}

export function GruppoCoda({ ente, ids, onSvuota, onFatto }: GruppoCodaProps) {
  const [foglio, setFoglio] = useState<AttoGruppo | null>(null)
  const close = (): void => setFoglio(null)
  const done = (atto: AttoGruppo) => (esito: EsitoGruppo) => {
    close()
    onFatto(atto, esito)
  }
  return (
    <>
      <BarraGruppo testo={t.coda.selezionati(ids.length)} onSvuota={onSvuota}>
        <button type="button" className="btn btn-primary btn-xs" onClick={() => setFoglio('passa')}>
          {t.coda.passaSelezionati}
        </button>
        <button type="button" className="btn btn-outline-primary btn-xs" onClick={() => setFoglio('scarta')}>
          {t.coda.scartaSelezionati}
        </button>
      </BarraGruppo>
      {foglio === 'passa' ? <FoglioPassa ente={ente} ids={ids} onChiudi={close} onPassati={done('passa')} /> : null}
      {foglio === 'scarta' ? <ScartaMessaggio ente={ente} ids={ids} onChiudi={close} onScartati={done('scarta')} /> : null}
    </>
  )
}

/** What became of a decision on many, with the reason of each message that was left where it was. */
export interface RaccontoGruppo {
  testo: string
  saltati: { oggetto: string; motivo: string }[]
}

/** The outcome of an act on many in words. `messaggi`: the rows as they were when the act was done. */
export function raccontaGruppo(atto: AttoGruppo, esito: EsitoGruppo, messaggi: readonly RigaMessaggio[]): RaccontoGruppo {
  const told = atto === 'passa' ? t.coda.passatiSaltati : t.coda.scartati
  return {
    testo: told(esito.fatti, esito.saltati.length),
    saltati: esito.saltati.map(({ id, motivo }) => ({ oggetto: messaggi.find((item) => item.id === id)?.oggetto ?? '', motivo })),
  }
}

export function EsitoGruppoBar({ esito, onChiudi }: { esito: RaccontoGruppo; onChiudi: () => void }) {
  return (
    <EsitoBar tipo={esito.saltati.length === 0 ? 'riuscito' : 'avviso'} onChiudi={onChiudi}>
      {esito.testo}
      {esito.saltati.length === 0 ? null : (
        <ul className="esito-righe">
          {esito.saltati.map((item, index) => (
            <li key={index}>
              <strong>{item.oggetto}</strong>: {item.motivo}
            </li>
          ))}
        </ul>
      )}
    </EsitoBar>
  )
}
