/** The foot of the form: one line that says what is about to happen, and the one button. */
import { t } from '../../testi/it.ts'
import { EsitoBar, EsitoProblema } from '../../ui/EsitoBar.tsx'
import type { ModuloEntrata } from './useModuloEntrata.ts'
import type { StatoModulo } from './modulo.ts'

function summary(stato: StatoModulo): { testo: string; completo: boolean } {
  const missing = [
    stato.oggetto.trim() === '' ? t.modulo.oggetto : '',
    stato.voce === null ? t.modulo.classificazione : '',
    stato.assegnatario === null ? t.modulo.assegna : '',
    stato.principale === null && stato.aggiunte?.dopo !== true ? t.modulo.principale : '',
  ].filter((item) => item !== '')
  if (missing.length > 0) return { testo: t.modulo.riepilogoMancante(missing.join(', ').toLowerCase()), completo: false }
  const code = stato.voce?.testo.split(' ')[0] ?? ''
  return { testo: t.modulo.riepilogo(code, stato.assegnatario?.testo ?? '', stato.file.length), completo: true }
}

/** The refusal of the server, above the form; field errors are shown by the fields. */
export function RifiutoModulo({ modulo }: { modulo: ModuloEntrata }) {
  const { rifiuto } = modulo
  if (rifiuto === null || modulo.inCorso || rifiuto.campi.length > 0) return null
  if (rifiuto.incerto) {
    return (
      <EsitoBar
        tipo="errore"
        azioni={
          <button type="button" className="btn btn-outline-primary btn-xs" onClick={() => modulo.registra()}>
            {t.riprova}
          </button>
        }
      >
        {t.modulo.incerto}
      </EsitoBar>
    )
  }
  return <EsitoProblema errore={rifiuto} premessa={t.modulo.rifiutato} onRiprova={() => modulo.registra()} />
}

export function BarraRegistra({ modulo, testo, bloccata = false }: { modulo: ModuloEntrata; testo: string; bloccata?: boolean }) {
  const { testo: line, completo } = summary(modulo.stato)
  return (
    <div className="modulo-piede">
      <p className={completo ? 'modulo-riepilogo' : 'modulo-riepilogo modulo-incompleto'}>{line}</p>
      <div className="modulo-azioni">
        <button
          type="button"
          className="btn btn-primary btn-sm"
          aria-disabled={bloccata || modulo.inCorso}
          aria-keyshortcuts="Control+Enter"
          onClick={() => {
            if (!bloccata) modulo.registra()
          }}
        >
          {modulo.inCorso ? t.modulo.registrazione : testo} <kbd aria-hidden="true">Ctrl+Invio</kbd>
        </button>
        {modulo.toccato ? <span className="modulo-bozza">{t.modulo.bozza}</span> : null}
      </div>
    </div>
  )
}
