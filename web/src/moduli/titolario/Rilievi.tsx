/** What the check of a file found, line by line. */
import { t } from '../../testi/it.ts'
import { EsitoBar } from '../../ui/EsitoBar.tsx'

export interface Rilievo {
  gravita: 'errore' | 'avviso'
  riga: number
  colonna: string | null
  messaggio: string
}

export function Rilievi({ valido, rilievi }: { valido: boolean; rilievi: readonly Rilievo[] }) {
  const testi = t.titolario.bozza
  const errors = rilievi.filter((r) => r.gravita === 'errore').length
  return (
    <div role="status">
      <EsitoBar tipo={valido ? 'riuscito' : 'avviso'}>{valido ? testi.valido : testi.invalido(errors)}</EsitoBar>
      {rilievi.length === 0 ? null : (
        <div className="tabella-scorre" role="region" aria-label={testi.rilievi} tabIndex={0}>
          <table className="tabella">
            <caption className="visually-hidden">{testi.rilievi}</caption>
            <thead>
              <tr>
                <th scope="col">{testi.colonne.riga}</th>
                <th scope="col">{testi.colonne.tipo}</th>
                <th scope="col">{testi.colonne.colonna}</th>
                <th scope="col">{testi.colonne.messaggio}</th>
              </tr>
            </thead>
            <tbody>
              {rilievi.map((r) => (
                <tr key={`${r.riga}|${r.colonna}|${r.messaggio}`}>
                  <td>{r.riga}</td>
                  <td>{testi.gravita[r.gravita]}</td>
                  <td>{r.colonna ?? ''}</td>
                  <td>{r.messaggio}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}

/** A native file field whose text is read at once. */
export function CampoFile({ id, etichetta, onTesto }: { id: string; etichetta: string; onTesto: (testo: string) => void }) {
  return (
    <div className="campo">
      <label htmlFor={id}>{etichetta}</label>
      <input
        id={id}
        type="file"
        accept=".csv,text/csv"
        className="controllo"
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file !== undefined) void file.text().then(onTesto)
        }}
      />
    </div>
  )
}
