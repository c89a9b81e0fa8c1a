/** The chosen document in short and the decisions about it, each with its key. */
import { Link } from 'react-router'
import type { Registrazione, RigaAssegnazione } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { giornoEOra } from '../../ui/formati.ts'
import { percorsoScheda, testoVoce } from '../protocollo/dati.ts'

export interface AzioniAssegnazioneProps {
  ente: string
  riga: RigaAssegnazione
  registrazione: Registrazione | null
  prendibile: boolean
  fascicolabile: boolean
  rifiutabile: boolean
  assegnabile: boolean
  visibile: boolean
  onAssegna: () => void
  onVisto: () => void
  onPrendi: () => void
  onFascicola: () => void
  onRifiuta: () => void
}

function Azione({ testo, tasto, principale, onFai }: { testo: string; tasto: string; principale?: boolean; onFai: () => void }) {
  return (
    <button
      type="button"
      className={principale ? 'btn btn-primary btn-sm' : 'btn btn-outline-primary btn-sm'}
      aria-keyshortcuts={tasto.toLowerCase()}
      onClick={onFai}
    >
      {testo} <kbd aria-hidden="true">{tasto}</kbd>
    </button>
  )
}

export function AzioniAssegnazione(props: AzioniAssegnazioneProps) {
  const { ente, riga, registrazione } = props
  const row = riga.registrazione
  const filed = registrazione?.fascicoli[0]
  return (
    <div className="azioni-documento">
      <h2>{row.oggetto}</h2>
      <p className="azioni-sotto">
        <Link to={percorsoScheda(ente, row.etichetta)}>{row.etichetta}</Link> · {giornoEOra(row.istante)}
      </p>
      {filed === undefined ? null : (
        <EsitoBar tipo="info">
          <Link to={`/${ente}/fascicoli/${filed.slug}`}>{t.assegnazioni.giaFascicolato(filed.codice)}</Link>
        </EsitoBar>
      )}
      <div className="azioni-pila">
        {props.prendibile ? <Azione testo={t.assegnazioni.prendi} tasto="P" principale onFai={props.onPrendi} /> : null}
        {props.fascicolabile ? (
          <Azione testo={t.assegnazioni.fascicola} tasto="A" principale={filed === undefined} onFai={props.onFascicola} />
        ) : null}
        {props.visibile ? <Azione testo={t.assegnazioni.visto} tasto="V" principale onFai={props.onVisto} /> : null}
        {props.assegnabile ? <Azione testo={t.assegnazioni.assegna} tasto="F8" onFai={props.onAssegna} /> : null}
        {props.rifiutabile ? <Azione testo={t.assegnazioni.rifiuta} tasto="R" onFai={props.onRifiuta} /> : null}
      </div>
      <dl className="dati">
        <div>
          <dt>{row.tipo === 'U' ? t.scheda.destinatari : t.scheda.mittenti}</dt>
          <dd>{row.corrispondente}</dd>
        </div>
        {registrazione === null ? null : (
          <>
            <div>
              <dt>{t.scheda.classificazione}</dt>
              <dd>{testoVoce(registrazione.voce)}</dd>
            </div>
            <div>
              <dt>{t.modulo.tipologia}</dt>
              <dd>{registrazione.documento.tipologia}</dd>
            </div>
            <div>
              <dt>{t.scheda.mezzo}</dt>
              <dd>{t.stati.mezzo[registrazione.mezzo]}</dd>
            </div>
          </>
        )}
        <div>
          <dt>{t.assegnazioni.aChi}</dt>
          <dd>{riga.operatore === null ? riga.ufficio : `${riga.operatore} (${riga.ufficio})`}</dd>
        </div>
        {riga.motivo ? (
          <div>
            <dt>{t.assegnazioni.motivo}</dt>
            <dd>{riga.motivo}</dd>
          </div>
        ) : null}
        {riga.nota ? (
          <div>
            <dt>{t.scheda.nota}</dt>
            <dd>{riga.nota}</dd>
          </div>
        ) : null}
      </dl>
    </div>
  )
}
