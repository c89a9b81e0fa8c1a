/** Correspondents of a draft: one block each, and a list pasted with its check. */
import { useState } from 'react'
import { MEZZI } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import type { Destinatario } from './dati.ts'
import { FoglioElenco } from './FoglioElenco.tsx'

export interface CampiSoggettiProps {
  ente: string
  ruolo: 'mittenti' | 'destinatari'
  valori: Destinatario[]
  onCambia: (valori: Destinatario[]) => void
  errore: (campo: string) => string | undefined
}

const TYPES = (['PF', 'PG', 'PAI', 'PAE'] as const).map((tipo) => ({ valore: tipo, testo: t.modulo.tipiSoggetto[tipo] }))

function Uno({
  prefisso,
  legenda,
  uscita,
  valore,
  errore,
  onCambia,
  onTogli,
}: {
  prefisso: string
  legenda: string
  uscita: boolean
  valore: Destinatario
  errore: (campo: string) => string | undefined
  onCambia: (patch: Partial<Destinatario>) => void
  onTogli: () => void
}) {
  const text = (
    campo: 'cognome' | 'nome' | 'denominazione' | 'codiceFiscale' | 'codiceFiscalePartitaIva' | 'codiceIpa' | 'indirizzoDigitale',
    etichetta: string,
    larghezza: 'meta' | 'intera' = 'intera',
  ) => (
    <CampoTesto
      id={`campo-${prefisso}.${campo}`}
      etichetta={etichetta}
      larghezza={larghezza}
      valore={valore[campo] ?? ''}
      errore={errore(`${prefisso}.${campo}`)}
      onCambia={(value) => onCambia({ [campo]: value })}
    />
  )
  return (
    <fieldset className="mittente">
      <legend>{legenda}</legend>
      <div className="griglia-campi">
        <CampoScelta
          id={`campo-${prefisso}.tipo`}
          etichetta={t.modulo.tipoSoggetto}
          valore={valore.tipo}
          opzioni={TYPES}
          onCambia={(tipo) => onCambia({ tipo: tipo as Destinatario['tipo'] })}
        />
        {valore.tipo === 'PF' ? (
          <>
            {text('cognome', t.modulo.cognome, 'meta')}
            {text('nome', t.modulo.nome, 'meta')}
            {text('codiceFiscale', t.modulo.codiceFiscale)}
          </>
        ) : (
          text('denominazione', t.modulo.denominazione)
        )}
        {valore.tipo === 'PG' ? text('codiceFiscalePartitaIva', t.modulo.partitaIva) : null}
        {valore.tipo === 'PAI' ? text('codiceIpa', t.modulo.codiceIpa) : null}
        {text('indirizzoDigitale', t.modulo.indirizzo)}
        {uscita ? (
          <>
            <CampoScelta
              id={`campo-${prefisso}.canale`}
              etichetta={t.bozze.canale}
              larghezza="meta"
              valore={valore.canale ?? ''}
              vuota={t.bozze.canaleComune}
              opzioni={MEZZI.map((mezzo) => ({ valore: mezzo, testo: t.stati.mezzo[mezzo] }))}
              onCambia={(canale) => onCambia({ canale: canale === '' ? undefined : (canale as NonNullable<Destinatario['canale']>) })}
            />
            <label className="campo campo-meta">
              <input
                type="checkbox"
                checked={valore.perConoscenza === true}
                onChange={(event) => onCambia({ perConoscenza: event.target.checked })}
              />{' '}
              {t.bozze.perConoscenza}
            </label>
          </>
        ) : null}
      </div>
      <button type="button" className="collegamento" onClick={onTogli}>
        {t.rimuovi(legenda)}
      </button>
    </fieldset>
  )
}

export function CampiSoggetti({ ente, ruolo, valori, onCambia, errore }: CampiSoggettiProps) {
  const [elenco, setElenco] = useState(false)
  const uscita = ruolo === 'destinatari'
  const name = uscita ? t.bozze.destinatario : t.bozze.mittenteN
  return (
    <>
      <span className="campo-riga" id={`campo-${ruolo}`} tabIndex={-1}>
        <strong>{uscita ? t.bozze.destinatari : t.modulo.mittente} *</strong>
      </span>
      {errore(ruolo) === undefined ? null : <p className="campo-errore">{errore(ruolo)}</p>}
      {valori.map((valore, index) => (
        <Uno
          key={index}
          prefisso={`${ruolo}.${index}`}
          legenda={name(index + 1)}
          uscita={uscita}
          valore={valore}
          errore={errore}
          onCambia={(patch) => onCambia(valori.map((other, position) => (position === index ? { ...other, ...patch } : other)))}
          onTogli={() => onCambia(valori.filter((_, position) => position !== index))}
        />
      ))}
      <p className="azioni-pagina">
        <button type="button" className="collegamento" onClick={() => onCambia([...valori, { tipo: 'PF' }])}>
          {uscita ? t.bozze.aggiungiDestinatario : t.modulo.aggiungiMittente}
        </button>{' '}
        {uscita ? (
          <button type="button" className="collegamento" onClick={() => setElenco(true)}>
            {t.bozze.incolla}
          </button>
        ) : null}
      </p>
      {elenco ? (
        <FoglioElenco
          ente={ente}
          onChiudi={() => setElenco(false)}
          onAggiungi={(nuovi) => {
            onCambia([...valori.filter((one) => (one.denominazione ?? one.cognome ?? '') !== ''), ...nuovi])
            setElenco(false)
          }}
        />
      ) : null}
    </>
  )
}
