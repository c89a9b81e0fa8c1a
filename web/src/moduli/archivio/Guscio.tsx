/** The frame of the pages of the archive: heading, the parts as links, the outcome of the last act. Who does not govern it sees the withdrawals only. */
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { PaginaAtti, type EsitoAtti } from '../../ui/PaginaAtti.tsx'
import { Schede } from '../../ui/Schede.tsx'

const PARTI = { daVersare: '', elenchi: '/elenchi', serie: '/serie', prelievi: '/prelievi', storica: '/storica' } as const
export type ParteArchivio = keyof typeof PARTI

export function GuscioArchivio({
  parte,
  esito,
  errore = null,
  children,
}: {
  parte: ParteArchivio
  esito: EsitoAtti
  errore?: unknown
  children: ReactNode
}) {
  const { slug } = useEnte()
  const puo = usePermessi()
  const parti = (Object.keys(PARTI) as ParteArchivio[]).filter((p) => p === 'prelievi' || puo('archivio.gestisci'))
  return (
    <PaginaAtti titolo={t.archivio.titolo} testo={t.archivio.spiegazioni[parte]} esito={esito} errore={errore}>
      <p className="azioni-pagina">
        <Link to={`/${slug}/fascicoli/repertorio`}>{t.archivio.vaiRepertorio}</Link>
      </p>
      <Schede
        etichetta={t.archivio.viste}
        corrente={parte}
        schede={parti.map((p) => ({ chiave: p, testo: t.archivio.schede[p], verso: `/${slug}/archivio${PARTI[p]}` }))}
      />
      {children}
    </PaginaAtti>
  )
}
