/** The rule table of Allegato 5, its sources and the weights of the score. */
import { useQuery } from '@tanstack/react-query'
import type { TabellaRegoleDto } from '../../../../server/metadati/schema.ts'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica } from '../../ui/Attesa.tsx'
import { Stato } from '../../ui/Stato.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'

const s = t.metadati.regole
type Regola = TabellaRegoleDto['regole'][number]

const colonne = (scelte: TabellaRegoleDto['scelte']): Colonna<Regola>[] => [
  { chiave: 'id', titolo: s.id, intestazione: true, cella: (r) => r.id },
  { chiave: 'enunciato', titolo: s.enunciato, cella: (r) => r.enunciato },
  {
    chiave: 'gravita',
    titolo: s.gravita,
    cella: (r) => {
      const gravita = scelte[r.id] ?? r.gravita
      return <Stato tono={gravita === 'E' ? 'male' : gravita === 'W' ? 'attenzione' : 'neutro'}>{gravita}</Stato>
    },
  },
  { chiave: 'profili', titolo: s.profili, cella: (r) => r.profili.join(', ') },
  { chiave: 'fonte', titolo: s.fonte, cella: (r) => r.fonte },
  { chiave: 'schema', titolo: s.schema, cella: (r) => r.schema },
]

export function Component() {
  const { slug } = useEnte()
  const query = useQuery({
    queryKey: ['metadati-regole', slug],
    queryFn: () => chiama<TabellaRegoleDto>(api(slug, 'metadati', 'regole')),
  })
  return (
    <div className="pagina">
      <Titolo>{s.titolo}</Titolo>
      <p>{s.spiega}</p>
      <Carica query={query} cosa={s.titolo} righe={12}>
        {(dati) => (
          <>
            <Tabella didascalia={s.tabella} colonne={colonne(dati.scelte)} righe={dati.regole} chiave={(r) => r.id + r.profili.join('')} />
            <h2>{s.fonti}</h2>
            <dl className="dati">
              {Object.entries(dati.fonti).map(([lettera, testo]) => (
                <div key={lettera}>
                  <dt>{lettera}</dt>
                  <dd>{testo}</dd>
                </div>
              ))}
            </dl>
            <h2>{s.pesi}</h2>
            <Tabella
              didascalia={s.pesi}
              colonne={[
                { chiave: 'parte', titolo: s.parte, intestazione: true, cella: (r) => r.parte },
                { chiave: 'peso', titolo: s.peso, cella: (r) => String(r.peso) },
              ]}
              righe={dati.pesi}
              chiave={(r) => r.parte}
            />
          </>
        )}
      </Carica>
    </div>
  )
}
