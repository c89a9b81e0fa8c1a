/** The documents behind the numbers, with what settles each of them at hand. */
import { Link } from 'react-router'
import { usePermessi } from '../../api/permessi.ts'
import { t } from '../../testi/it.ts'
import { MenuAzioni } from '../../ui/MenuAzioni.tsx'
import { Stato } from '../../ui/Stato.tsx'
import { Tabella } from '../../ui/Tabella.tsx'
import type { Colonna } from '../../ui/Tabella.tsx'
import { percorsoScheda } from '../protocollo/dati.ts'
import type { Riga } from './dati.ts'

export type Gesto = 'prendi' | 'fascicola' | 'classifica' | 'correggi'

/** What may be done about a document, given what it lacks and what the person may do. */
export function gestiOf(riga: Riga, puo: (permesso: string) => boolean): Gesto[] {
  const taken = riga.stato === 'in_carico'
  return [
    ...(riga.stato === 'da_prendere_in_carico' && puo('assegnazioni.lavora') ? (['prendi'] as const) : []),
    ...(taken && riga.mancanze.includes('senza-fascicolo') && puo('fascicoli.lavora') ? (['fascicola'] as const) : []),
    ...(riga.mancanze.includes('senza-terzo-livello') && puo('protocollo.classifica') ? (['classifica'] as const) : []),
    ...(puo('arretrato.gestisci') ? (['correggi'] as const) : []),
  ]
}

type AlGesto = (gesto: Gesto, riga: Riga) => void

function colonneArretrato(ente: string, puo: (permesso: string) => boolean, onGesto: AlGesto): Colonna<Riga>[] {
  return [
    {
      chiave: 'numero',
      titolo: t.arretrato.colonne.numero,
      intestazione: true,
      cella: (riga) => <Link to={percorsoScheda(ente, riga.registrazione.etichetta)}>{riga.registrazione.etichetta}</Link>,
    },
    { chiave: 'oggetto', titolo: t.arretrato.colonne.oggetto, cella: (riga) => riga.registrazione.oggetto },
    { chiave: 'ufficio', titolo: t.arretrato.colonne.ufficio, cella: (riga) => riga.ufficio.denominazione },
    {
      chiave: 'manca',
      titolo: t.arretrato.colonne.manca,
      cella: (riga) => riga.mancanze.map((m) => t.arretrato.mancanze[m]).join(', '),
    },
    {
      chiave: 'causa',
      titolo: t.arretrato.colonne.causa,
      cella: (riga) => (
        <>
          {t.arretrato.cause[riga.causa]}
          <small className="campo-perche">
            {riga.corretta === null ? riga.motivo : t.arretrato.correttaDa(riga.corretta.autore, t.arretrato.cause[riga.corretta.dedotta])}
          </small>
        </>
      ),
    },
    {
      chiave: 'eta',
      titolo: t.arretrato.colonne.eta,
      cella: (riga) => (
        <>
          {t.arretrato.giorni(riga.giorni)}
          {riga.livello === 'nei-termini' ? null : (
            <>
              {' '}
              <Stato tono="male">{t.arretrato.segnalato[riga.livello]}</Stato>
            </>
          )}
        </>
      ),
    },
    {
      chiave: 'azioni',
      titolo: t.arretrato.colonne.azioni,
      cella: (riga) => {
        const gesti = gestiOf(riga, puo)
        return gesti.length === 0 ? null : (
          <MenuAzioni
            etichetta={t.arretrato.azioniDi(riga.registrazione.etichetta)}
            bottone={t.arretrato.colonne.azioni}
            azioni={gesti.map((gesto) => ({
              chiave: gesto,
              testo: t.arretrato[gesto],
              testoPiano: t.arretrato[gesto],
              onScelta: () => onGesto(gesto, riga),
            }))}
          />
        )
      },
    },
  ]
}

export function Elenco({ ente, righe, onGesto }: { ente: string; righe: Riga[]; onGesto: AlGesto }) {
  const puo = usePermessi()
  return (
    <Tabella
      didascalia={t.arretrato.elenco}
      righe={righe}
      chiave={(riga) => riga.assegnazioneId}
      scorciatoie
      colonne={colonneArretrato(ente, puo, onGesto)}
    />
  )
}
