/** Blocks of the parties of a new fascicolo: people and bodies concerned, or the other administrations. */
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { parteVuota, type Parte } from './parti.ts'

export interface CampiPartiProps {
  id: 'interessati' | 'amministrazioniPartecipanti'
  titolo: string
  nome: (n: number) => string
  aggiungi: string
  valori: Parte[]
  errore: (campo: string) => string | undefined
  onCambia: (valori: Parte[]) => void
}

const TYPES = (['PF', 'PG', 'PAI'] as const).map((tipo) => ({ valore: tipo, testo: t.modulo.tipiSoggetto[tipo] }))

export function CampiParti({ id, titolo, nome, aggiungi, valori, errore, onCambia }: CampiPartiProps) {
  const bodies = id === 'amministrazioniPartecipanti'
  const set = (i: number, patch: Partial<Parte>): void => onCambia(valori.map((p, at) => (at === i ? { ...p, ...patch } : p)))
  return (
    <section aria-label={titolo}>
      <h2>{titolo}</h2>
      {errore(id) === undefined ? null : <p className="campo-errore">{errore(id)}</p>}
      {valori.map((p, i) => {
        const text = (campo: 'cognome' | 'nome' | 'denominazione' | 'codice' | 'indirizzo', server: string, etichetta: string) => (
          <CampoTesto
            id={`${id}.${i}.${server}`}
            etichetta={etichetta}
            larghezza="meta"
            valore={p[campo]}
            errore={errore(`${id}.${i}.${server}`)}
            onCambia={(value) => set(i, { [campo]: value })}
          />
        )
        return (
          <fieldset key={i} className="mittente">
            <legend>{nome(i + 1)}</legend>
            <div className="griglia-campi">
              {bodies ? null : (
                <CampoScelta
                  id={`${id}.${i}.tipo`}
                  etichetta={t.modulo.tipoSoggetto}
                  valore={p.tipo}
                  opzioni={TYPES}
                  onCambia={(tipo) => set(i, { tipo: tipo as Parte['tipo'] })}
                />
              )}
              {p.tipo === 'PF' ? (
                <>
                  {text('cognome', 'cognome', t.modulo.cognome)}
                  {text('nome', 'nome', t.modulo.nome)}
                  {text('codice', 'codiceFiscale', t.modulo.codiceFiscale)}
                </>
              ) : (
                <>
                  {text('denominazione', 'denominazione', t.modulo.denominazione)}
                  {p.tipo === 'PG'
                    ? text('codice', 'codiceFiscalePartitaIva', t.modulo.partitaIva)
                    : text('codice', 'codiceIpa', t.modulo.codiceIpa)}
                </>
              )}
              {text('indirizzo', 'indirizzoDigitale', t.modulo.indirizzo)}
            </div>
            <button type="button" className="collegamento" onClick={() => onCambia(valori.filter((_, at) => at !== i))}>
              {t.rimuovi(nome(i + 1))}
            </button>
          </fieldset>
        )
      })}
      <button
        type="button"
        className="btn btn-outline-primary btn-xs"
        onClick={() => onCambia([...valori, parteVuota(bodies ? 'PAI' : 'PF')])}
      >
        {aggiungi}
      </button>
    </section>
  )
}
