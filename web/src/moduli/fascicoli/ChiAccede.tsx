/** Who works in a fascicolo and who may look into it, from when to when. */
import type { Fascicolo } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { giorno } from '../../ui/formati.ts'
import { Tabella } from '../../ui/Tabella.tsx'
import { nomeSoggetto } from '../protocollo/soggetti.ts'

const w = t.consegnaFascicolo

interface Riga {
  chi: string
  ruolo: string
  dal: string | null
  al: string | null
}

export function ChiAccede({ dati }: { dati: Fascicolo }) {
  const righe: Riga[] = [
    ...dati.assegnazioni.map((a) => ({
      chi: a.operatore === null ? a.ufficio : `${a.operatore}, ${a.ufficio}`,
      ruolo: w.ruoli[a.tipo] ?? a.tipo,
      dal: a.dal,
      al: a.al,
    })),
    ...dati.ammessi.map((a) => ({ chi: a.chi, ruolo: w.ruoli['riservata'] ?? '', dal: a.dal, al: a.al })),
    ...dati.amministrazioniPartecipanti.map((a) => ({
      chi: nomeSoggetto(a),
      ruolo: w.ruoli['amministrazione'] ?? '',
      dal: dati.apertoIl,
      al: dati.chiusoIl,
    })),
  ]
  if (righe.length === 0) return null
  const c = w.colonneChi
  return (
    <section>
      <h2>{w.chi}</h2>
      <Tabella
        didascalia={w.chi}
        righe={righe}
        chiave={(r) => `${r.chi}${r.ruolo}${r.dal}`}
        colonne={[
          { chiave: 'chi', titolo: c.chi, intestazione: true, cella: (r) => r.chi },
          { chiave: 'ruolo', titolo: c.ruolo, cella: (r) => r.ruolo },
          { chiave: 'dal', titolo: c.dal, cella: (r) => giorno(r.dal ?? '') },
          { chiave: 'al', titolo: c.al, cella: (r) => (r.al === null ? w.tuttora : giorno(r.al)) },
        ]}
      />
    </section>
  )
}
