/** The citizen's requests: the query and the card of one of them. */
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { chiama, sportello } from '../../api/client.ts'
import type { RigaPratica } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { giorno } from '../../ui/formati.ts'
import { Stato } from '../../ui/Stato.tsx'

/** All the requests of the person in this ente, newest change first. */
export function usePratiche(ente: string) {
  return useQuery({
    queryKey: ['pratiche', ente],
    queryFn: async () => {
      const data = await chiama<RigaPratica[]>(sportello(ente, 'fascicoli'))
      return data.toSorted((one, two) => two.aggiornatoIl.localeCompare(one.aggiornatoIl))
    },
  })
}

/** True when nothing more is expected from the office. */
export function conclusa(pratica: Pick<RigaPratica, 'fase' | 'stato'>): boolean {
  return pratica.fase === 'esito' || (pratica.stato !== 'APERTO' && pratica.stato !== 'SOSPESO')
}

export function StatoPratica({ pratica }: { pratica: Pick<RigaPratica, 'fase' | 'stato'> }) {
  const done = conclusa(pratica)
  return (
    <Stato tono={done ? 'buono' : pratica.fase === 'integrazioni' ? 'attenzione' : 'attivo'}>
      {done ? (t.cittadino.fasiBrevi['esito'] ?? '') : (t.cittadino.fasiBrevi[pratica.fase] ?? pratica.fase)}
    </Stato>
  )
}

export function SchedaPratica({ ente, pratica, livello }: { ente: string; pratica: RigaPratica; livello: 2 | 3 }) {
  const Heading = livello === 2 ? 'h2' : 'h3'
  return (
    <li className="pratica">
      <Heading>
        <Link to={`/${ente}/area-personale/attivita/${pratica.slug}`}>{pratica.oggetto}</Link>
      </Heading>
      <p className="pratica-stato">
        <StatoPratica pratica={pratica} />
      </p>
      <p className="pratica-dati">
        {pratica.protocollo === null ? null : <span>{t.cittadino.protocollo(pratica.protocollo)}</span>}
        <span>{t.cittadino.aggiornata(giorno(pratica.aggiornatoIl))}</span>
        {pratica.termine && !conclusa(pratica) ? <span>{t.cittadino.entro(giorno(pratica.termine))}</span> : null}
      </p>
    </li>
  )
}
