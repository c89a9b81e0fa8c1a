/** A field: visible label above, hint, warning and error wired to the control by id. Native controls, full border. */
import type { ReactNode } from 'react'
import { t } from '../testi/it.ts'
import { Icona } from './Icona.tsx'

export interface CampoProps {
  id: string
  etichetta: string
  obbligatorio?: boolean
  aiuto?: ReactNode
  perche?: string | undefined
  avviso?: string | undefined
  errore?: string | undefined
  /** Shown at the right of the label: a key like F4, a counter. */
  tasto?: string
  contatore?: string
  larghezza?: 'intera' | 'meta'
  children: ReactNode
}

/** Ids of the notes that describe a field, for aria-describedby. */
export function descrizioni(id: string, props: Pick<CampoProps, 'aiuto' | 'perche' | 'avviso' | 'errore'>): string | undefined {
  const ids = [
    props.errore ? `${id}-errore` : '',
    props.avviso ? `${id}-avviso` : '',
    props.perche ? `${id}-perche` : '',
    props.aiuto ? `${id}-aiuto` : '',
  ].filter((item) => item !== '')
  return ids.length === 0 ? undefined : ids.join(' ')
}

/** The notes under a field, in the order people need them. */
export function NoteCampo({ id, aiuto, perche, avviso, errore }: Pick<CampoProps, 'id' | 'aiuto' | 'perche' | 'avviso' | 'errore'>) {
  return (
    <>
      {errore ? (
        <p className="campo-errore" id={`${id}-errore`}>
          <Icona nome="close-circle" dimensione={16} /> {errore}
        </p>
      ) : null}
      {avviso ? (
        <p className="campo-avviso" id={`${id}-avviso`}>
          <Icona nome="warning-circle" dimensione={16} /> {avviso}
        </p>
      ) : null}
      {perche ? (
        <p className="campo-perche" id={`${id}-perche`}>
          {perche}
        </p>
      ) : null}
      {aiuto ? (
        <p className="campo-aiuto" id={`${id}-aiuto`}>
          {aiuto}
        </p>
      ) : null}
    </>
  )
}

/** The line above a field: label, required mark, key and counter. */
export function RigaEtichetta({ id, etichetta, obbligatorio, tasto, contatore }: Omit<CampoProps, 'children'>) {
  return (
    <span className="campo-riga">
      <label htmlFor={id}>
        {etichetta}
        {obbligatorio ? (
          <>
            <span aria-hidden="true" className="campo-asterisco">
              {' *'}
            </span>
            <span className="visually-hidden"> ({t.obbligatorio})</span>
          </>
        ) : null}
      </label>
      {tasto ? <kbd aria-hidden="true">{tasto}</kbd> : null}
      {contatore ? <span className="campo-contatore">{contatore}</span> : null}
    </span>
  )
}

export function Campo(props: CampoProps) {
  return (
    <div className={`campo${props.errore ? ' campo-con-errore' : ''}${props.larghezza === 'meta' ? ' campo-meta' : ''}`}>
      <RigaEtichetta {...props} />
      {props.children}
      <NoteCampo {...props} />
    </div>
  )
}

type CommonProps = Omit<CampoProps, 'children'>

export interface CampoTestoProps extends CommonProps {
  valore: string
  onCambia: (valore: string) => void
  onEsci?: () => void
  tipo?: 'text' | 'email' | 'search' | 'number'
  righe?: number
  massimo?: number
  disabilitato?: boolean
  segnaposto?: string
  completamento?: string
}

/** Text in one or more lines. */
export function CampoTesto({
  valore,
  onCambia,
  onEsci,
  tipo = 'text',
  righe,
  massimo,
  disabilitato,
  segnaposto,
  completamento,
  ...campo
}: CampoTestoProps) {
  const common = {
    id: campo.id,
    className: 'controllo',
    value: valore,
    onChange: (event: { target: { value: string } }) => onCambia(event.target.value),
    onBlur: onEsci,
    maxLength: massimo,
    disabled: disabilitato,
    placeholder: segnaposto,
    autoComplete: completamento ?? 'off',
    'aria-describedby': descrizioni(campo.id, campo),
    'aria-invalid': campo.errore ? true : undefined,
    'aria-required': campo.obbligatorio ? true : undefined,
  } as const
  return <Campo {...campo}>{righe === undefined ? <input {...common} type={tipo} /> : <textarea {...common} rows={righe} />}</Campo>
}

export interface CampoSceltaProps extends CommonProps {
  valore: string
  onCambia: (valore: string) => void
  opzioni: readonly { valore: string; testo: string }[]
  /** First empty entry, when nothing is chosen yet. */
  vuota?: string
}

/** A short closed list: native select. */
export function CampoScelta({ valore, onCambia, opzioni, vuota, ...campo }: CampoSceltaProps) {
  return (
    <Campo {...campo}>
      <select
        id={campo.id}
        className="controllo"
        value={valore}
        onChange={(event) => onCambia(event.target.value)}
        aria-describedby={descrizioni(campo.id, campo)}
        aria-invalid={campo.errore ? true : undefined}
        aria-required={campo.obbligatorio ? true : undefined}
      >
        {vuota === undefined ? null : <option value="">{vuota}</option>}
        {opzioni.map((opzione) => (
          <option key={opzione.valore} value={opzione.valore}>
            {opzione.testo}
          </option>
        ))}
      </select>
    </Campo>
  )
}
