/** Login: operators on one side, citizens on the other. In the demo each door is printed and says that it is a trial. */
import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { BannerDimostrativo, SaltaA } from '../../app/Guscio.tsx'
import { Titolo } from '../../app/Titolo.tsx'
import { useTavolozza } from '../../app/tavolozze.ts'
import { chiama } from '../../api/client.ts'
import type { AccessoDimostrativo, Accessi } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { Carica } from '../../ui/Attesa.tsx'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { Icona } from '../../ui/Icona.tsx'

/** Puts the page the person was going to into the address of a login. Only local paths are accepted. */
function conRitorno(avvia: string, ritorno: string | null): string {
  if (ritorno === null || !ritorno.startsWith('/') || ritorno.startsWith('//')) return avvia
  const url = new URL(avvia, window.location.origin)
  url.searchParams.set('ritorno', ritorno)
  return url.pathname + url.search
}

function perChi(ritorno: string | null): 'operatore' | 'cittadino' | null {
  if (ritorno === null || ritorno === '/accesso/rientro') return null
  return ritorno.includes('/area-personale') ? 'cittadino' : 'operatore'
}

function Porta({ accesso, ritorno }: { accesso: AccessoDimostrativo; ritorno: string | null }) {
  const target = perChi(ritorno)
  const href = conRitorno(accesso.avvia, target === null || target === accesso.per ? ritorno : null)
  return (
    <li>
      <a className={`porta porta-${accesso.per}`} href={href}>
        <span className="porta-nome">{t.accesso.entraCome(accesso.nome)}</span>
        <span className="porta-etichetta">{accesso.etichetta}</span>
        <span className="porta-testo">{accesso.descrizione}</span>
      </a>
    </li>
  )
}

function Gruppo({
  titolo,
  testo,
  icona,
  accessi,
  vuota,
  ritorno,
}: {
  titolo: string
  testo: string
  icona: string
  accessi: AccessoDimostrativo[]
  vuota: { testo: string; href: string }
  ritorno: string | null
}) {
  return (
    <section className="porte" aria-label={titolo}>
      <h2>
        <Icona nome={icona} dimensione={26} /> {titolo}
      </h2>
      <p>{testo}</p>
      {accessi.length === 0 ? (
        <a className="btn btn-primary" href={vuota.href}>
          {vuota.testo}
        </a>
      ) : (
        <ul>
          {accessi.map((accesso) => (
            <Porta key={accesso.avvia + accesso.nome} accesso={accesso} ritorno={ritorno} />
          ))}
        </ul>
      )}
    </section>
  )
}

export function Component() {
  const [parametri] = useSearchParams()
  const ritorno = parametri.get('ritorno')
  const pronta = useTavolozza(undefined)
  const query = useQuery({ queryKey: ['accesso'], queryFn: () => chiama<Accessi>('/api/v1/accesso') })
  if (!pronta) return null
  const avvia = (per: string): string => conRitorno(`/accesso/avvia?per=${per}`, ritorno ?? '/')
  return (
    <div className="accesso">
      <SaltaA conMenu={false} />
      <BannerDimostrativo />
      <main id="contenuto" tabIndex={-1} className="accesso-corpo">
        <Titolo>{t.accesso.titolo}</Titolo>
        <p className="accesso-sottotitolo">{t.accesso.sottotitolo}</p>
        {parametri.get('esito') === 'annullato' ? <EsitoBar tipo="avviso">{t.accesso.annullato}</EsitoBar> : null}
        <Carica query={query} cosa={t.accesso.caricamento}>
          {(dati) => (
            <>
              {dati.dimostrativo ? <EsitoBar tipo="info">{t.accesso.avvisoProva}</EsitoBar> : null}
              <div className="accesso-gruppi">
                <Gruppo
                  titolo={t.accesso.operatori}
                  testo={t.accesso.operatoriTesto}
                  icona="pa"
                  accessi={dati.accessi.filter((item) => item.per === 'operatore')}
                  vuota={{ testo: t.accesso.entraOperatore, href: avvia('operatore') }}
                  ritorno={ritorno}
                />
                <Gruppo
                  titolo={t.accesso.cittadini}
                  testo={t.accesso.cittadiniTesto}
                  icona="user"
                  accessi={dati.accessi.filter((item) => item.per === 'cittadino')}
                  vuota={{ testo: t.accesso.entraCittadino, href: avvia('cittadino') }}
                  ritorno={ritorno}
                />
              </div>
            </>
          )}
        </Carica>
      </main>
      <footer className="accesso-piede">
        <a href="/accessibilita">{t.menu.accessibilita}</a>
      </footer>
    </div>
  )
}
