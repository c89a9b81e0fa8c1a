/** The 40 px bar of the back office: ente, search, new, person. */
import { useRef, type FormEvent } from 'react'
import { useNavigate } from 'react-router'
import { useSessione, useUscita } from '../api/sessione.tsx'
import type { EnteSessione } from '../api/tipi.ts'
import { lavoraPerConto } from '../api/sostituzione.ts'
import { t } from '../testi/it.ts'
import { Icona } from '../ui/Icona.tsx'
import { MenuAzioni, type AzioneMenu } from '../ui/MenuAzioni.tsx'
import { useScorciatoie } from '../ui/Scorciatoie.tsx'
import { puoProtocollare } from './menu.ts'

export interface BarraAltaProps {
  ente: EnteSessione | null
  onScorciatoie: () => void
  onMenu?: () => void
}

function azione(chiave: string, testoPiano: string, icona: string, extra: Partial<AzioneMenu>): AzioneMenu {
  return {
    chiave,
    testoPiano,
    testo: (
      <>
        <Icona nome={icona} dimensione={18} /> {testoPiano}
      </>
    ),
    ...extra,
  }
}

function Cerca({ slug }: { slug: string }) {
  const input = useRef<HTMLInputElement>(null)
  const navigate = useNavigate()
  const focus = (): void => input.current?.focus()
  useScorciatoie({ '/': focus })
  function submit(event: FormEvent): void {
    event.preventDefault()
    const text = input.current?.value.trim() ?? ''
    void navigate(`/${slug}/ricerca${text === '' ? '' : `?q=${encodeURIComponent(text)}`}`)
  }
  return (
    <form role="search" className="barra-cerca" onSubmit={submit}>
      <Icona nome="search" dimensione={18} />
      <input ref={input} type="search" aria-label={t.menu.cerca} placeholder={t.menu.cercaSegnaposto} autoComplete="off" />
    </form>
  )
}

/** What a person may begin, in order. */
function azioniNuovo(ente: EnteSessione): ReturnType<typeof azione>[] {
  const a = (chiave: string, nome: string, icona: string, percorso: string) =>
    azione(chiave, nome, icona, { percorso: `/${ente.slug}/${percorso}` })
  const registra = [
    a('entrata', t.menu.nuovaEntrata, 'inbox', 'protocollo/entrata/nuovo'),
    a('uscita', t.menu.nuovaUscita, 'upload', 'protocollo/uscita/nuovo'),
    a('interno', t.menu.nuovoInterno, 'exchange-circle', 'protocollo/interno/nuovo'),
  ]
  const bozza = ente.permessi.includes('bozze.lavora') ? [a('bozza', t.menu.nuovaBozza, 'pencil', 'bozze/nuova')] : []
  return [...(puoProtocollare(ente) ? registra : []), ...bozza]
}

export function BarraAlta({ ente, onScorciatoie, onMenu }: BarraAltaProps) {
  const sessione = useSessione()
  const navigate = useNavigate()
  const esci = useUscita()
  const vai = (percorso: string): void => void navigate(percorso)
  const nome = sessione.attore?.nome ?? ''
  const sostituzioni = (ente?.sostituzioni ?? []).filter((s) => s.id !== ente?.perContoDi?.id)
  const persona = [
    ...sostituzioni.map((s) =>
      azione(`per-${s.id}`, t.amministrazione.sostituzioni.lavoraPer(s.titolare), 'exchange-circle', {
        onScelta: () => lavoraPerConto(s.id, `/${ente?.slug ?? ''}/scrivania`),
      }),
    ),
    ...(ente === null
      ? []
      : [azione('sostituzioni', t.amministrazione.sostituzioni.titolo, 'calendar', { percorso: `/${ente.slug}/sostituzioni` })]),
    azione('profilo', t.menu.profilo, 'settings', { percorso: '/profilo' }),
    azione('scorciatoie', t.menu.scorciatoie, 'help-circle', { onScelta: onScorciatoie }),
    azione('accessibilita', t.menu.accessibilita, 'user', { percorso: '/accessibilita' }),
    ...(sessione.amministratoreSia ? [azione('cabina', t.menu.cabina, 'software', { percorso: '/cabina' })] : []),
    azione('esci', t.menu.esci, 'logout', { onScelta: () => void esci() }),
  ]
  return (
    <header className="barra">
      {onMenu ? (
        <button type="button" className="barra-bottone barra-menu" onClick={onMenu} aria-label={t.menu.apri}>
          <Icona nome="burger" />
        </button>
      ) : null}
      {ente !== null && sessione.enti.length > 1 ? (
        <MenuAzioni
          etichetta={t.menu.enteCorrente(ente.denominazione)}
          classe="barra-bottone barra-ente"
          bottone={
            <>
              <span>{ente.denominazione}</span> <Icona nome="expand" dimensione={16} />
            </>
          }
          vai={vai}
          azioni={sessione.enti.map((altro) => azione(altro.slug, altro.denominazione, 'pa', { percorso: `/${altro.slug}/scrivania` }))}
        />
      ) : (
        <span className="barra-ente">
          <span>{ente?.denominazione ?? t.prodotto}</span>
        </span>
      )}
      {ente === null ? <span className="barra-vuota" /> : <Cerca slug={ente.slug} />}
      {ente !== null && azioniNuovo(ente).length > 0 ? (
        <MenuAzioni
          etichetta={t.menu.nuovo}
          classe="barra-bottone"
          bottone={
            <>
              <Icona nome="plus" dimensione={18} /> <span className="barra-parola">{t.menu.nuovo}</span>
            </>
          }
          vai={vai}
          azioni={azioniNuovo(ente)}
        />
      ) : null}
      <MenuAzioni
        etichetta={t.menu.utente(nome)}
        classe="barra-bottone"
        bottone={
          <>
            <Icona nome="user" dimensione={18} /> <span className="barra-parola">{nome}</span> <Icona nome="expand" dimensione={16} />
          </>
        }
        vai={vai}
        azioni={persona}
      />
    </header>
  )
}
