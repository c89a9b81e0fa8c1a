/** One sender: a line with the proposal and its reason, or the fields to write it. */
import { useState } from 'react'
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { Icona } from '../../ui/Icona.tsx'
import { codiceSoggetto, inSoggetto, nomeSoggetto, type SoggettoModulo } from './soggetti.ts'

export interface CampiMittenteProps {
  indice: number
  quanti: number
  valore: SoggettoModulo
  perche?: string | undefined
  errore: (campo: string) => string | undefined
  onCambia: (valore: SoggettoModulo) => void
  onTogli: () => void
}

const TYPES = (['PF', 'PG', 'PAI', 'PAE'] as const).map((tipo) => ({ valore: tipo, testo: t.modulo.tipiSoggetto[tipo] }))

function complete(valore: SoggettoModulo): boolean {
  return valore.tipo === 'PF'
    ? valore.cognome !== '' && valore.nome !== ''
    : valore.denominazione !== '' && (valore.tipo !== 'PAI' || valore.codiceIpa !== '')
}

function Riassunto({ valore, perche, onModifica }: { valore: SoggettoModulo; perche: string | undefined; onModifica: () => void }) {
  const soggetto = inSoggetto(valore)
  return (
    <div className="mittente-riga">
      <div>
        <strong>{nomeSoggetto(soggetto)}</strong>
        <small>
          {[t.modulo.tipiSoggetto[valore.tipo], codiceSoggetto(soggetto), valore.indirizzoDigitale]
            .filter((part) => part !== '')
            .join(' · ')}
        </small>
        {perche ? <small className="campo-perche">{perche}</small> : null}
      </div>
      <button type="button" className="pulsante-icona" onClick={onModifica} aria-label={t.modulo.modificaMittente}>
        <Icona nome="pencil" dimensione={18} />
      </button>
    </div>
  )
}

export function CampiMittente({ indice, quanti, valore, perche, errore, onCambia, onTogli }: CampiMittenteProps) {
  const [aperto, setAperto] = useState(!complete(valore))
  const prefix = `mittenti.${indice}`
  const id = (field: string): string => `campo-${prefix}.${field}`
  const bad = ['cognome', 'nome', 'denominazione', 'codiceFiscale', 'codiceIpa', 'indirizzoDigitale'].some(
    (field) => errore(`${prefix}.${field}`) !== undefined,
  )
  const set = (patch: Partial<SoggettoModulo>): void => onCambia({ ...valore, ...patch })
  const text = (field: keyof SoggettoModulo, etichetta: string, extra: { obbligatorio?: boolean; larghezza?: 'meta' } = {}) => (
    <CampoTesto
      id={id(field)}
      etichetta={etichetta}
      valore={valore[field]}
      onCambia={(value) => set({ [field]: value })}
      errore={errore(`${prefix}.${field}`)}
      {...extra}
    />
  )
  const legend = quanti === 1 ? t.modulo.mittente : t.modulo.mittenteN(indice + 1)
  return (
    <fieldset className="mittente">
      <legend>
        {legend}
        <span aria-hidden="true" className="campo-asterisco">
          {' *'}
        </span>
      </legend>
      {aperto || bad ? (
        <div className="griglia-campi">
          <CampoScelta
            id={id('tipo')}
            etichetta={t.modulo.tipoSoggetto}
            valore={valore.tipo}
            opzioni={TYPES}
            onCambia={(tipo) => set({ tipo: tipo as SoggettoModulo['tipo'] })}
          />
          {valore.tipo === 'PF' ? (
            <>
              {text('cognome', t.modulo.cognome, { obbligatorio: true, larghezza: 'meta' })}
              {text('nome', t.modulo.nome, { obbligatorio: true, larghezza: 'meta' })}
            </>
          ) : (
            text('denominazione', t.modulo.denominazione, { obbligatorio: true })
          )}
          {valore.tipo === 'PAI' ? text('codiceIpa', t.modulo.codiceIpa, { obbligatorio: true, larghezza: 'meta' }) : null}
          {valore.tipo === 'PF' ? text('codiceFiscale', t.modulo.codiceFiscale) : null}
          {valore.tipo === 'PG' ? text('codiceFiscale', t.modulo.partitaIva) : null}
          {text('indirizzoDigitale', t.modulo.indirizzo)}
        </div>
      ) : (
        <Riassunto valore={valore} perche={perche} onModifica={() => setAperto(true)} />
      )}
      {quanti > 1 ? (
        <button type="button" className="collegamento" onClick={onTogli}>
          {t.modulo.togliMittente(indice + 1)}
        </button>
      ) : null}
    </fieldset>
  )
}
