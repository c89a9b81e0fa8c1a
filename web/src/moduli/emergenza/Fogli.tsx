/** The acts of the RGD on an opening, one sheet each. */
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Problema } from '../../api/problema.ts'
import { emergenza } from '../../testi/it-emergenza.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { giornoItaliano, leggiGiorno } from '../../ui/date.ts'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { agisci, apriRegistro } from './dati.ts'
import { CampoIstante, istanteDi, quandoDi } from './pagina/campi.tsx'
import type { AperturaDto, RegistroEmergenza } from './tipi.ts'

const t = emergenza.aperture
const obbligatorio = emergenza.pagina.obbligatorio
const WEEK = 7 * 24 * 3_600_000

interface FoglioProps {
  ente: string
  onChiudi: () => void
  onFatto: (testo: string) => void
}

/** A sheet with its act: errors of the server beside their field, everything kept until it succeeds. */
export function FoglioAtto({
  titolo,
  conferma,
  invia,
  completo,
  fatto,
  onChiudi,
  onFatto,
  children,
}: Omit<FoglioProps, 'ente'> & {
  titolo: string
  conferma: string
  invia: () => Promise<unknown>
  completo: boolean
  fatto: string
  children: (errore: (campo: string, valore: string) => string | undefined) => ReactNode
}) {
  const [tentato, setTentato] = useState(false)
  const act = useMutation({ mutationFn: invia, onSuccess: () => onFatto(fatto) })
  const campi = act.error instanceof Problema ? act.error.campi : []
  const errore = (campo: string, valore: string): string | undefined =>
    tentato && valore.trim() === '' ? obbligatorio : campi.find((c) => c.campo === campo)?.messaggio
  function confirm(): void {
    setTentato(true)
    if (completo) act.mutate()
  }
  return (
    <GuscioFoglio titolo={titolo} conferma={conferma} errore={act.error} inCorso={act.isPending} onConferma={confirm} onChiudi={onChiudi}>
      {children(errore)}
    </GuscioFoglio>
  )
}

const filled = (...values: string[]): boolean => values.every((value) => value.trim() !== '')
const iso = (quando: { giorno: string; ora: string }): string => {
  const instant = istanteDi(quando)
  return Number.isNaN(instant) ? '' : new Date(instant).toISOString()
}

export function FoglioApertura({ registri, ...props }: FoglioProps & { registri: RegistroEmergenza[] }) {
  const [registroId, setRegistro] = useState(registri[0]?.id ?? '')
  const [causa, setCausa] = useState('')
  const [inizio, setInizio] = useState(() => quandoDi(Date.now()))
  const [provvedimento, setProvvedimento] = useState('')
  const codice = registri.find((r) => r.id === registroId)?.codice ?? ''
  return (
    <FoglioAtto
      {...props}
      titolo={t.apri}
      conferma={t.conferma}
      completo={filled(causa, provvedimento, iso(inizio))}
      fatto={t.aperta(codice)}
      invia={() => apriRegistro(props.ente, { registroId, causa, inizio: iso(inizio), provvedimento })}
    >
      {(errore) => (
        <>
          <CampoScelta
            id="apertura-registro"
            etichetta={t.registro}
            valore={registroId}
            opzioni={registri.map((r) => ({ valore: r.id, testo: `${r.codice} · ${r.sede}` }))}
            onCambia={setRegistro}
          />
          <CampoTesto
            id="apertura-causa"
            etichetta={t.causa}
            obbligatorio
            valore={causa}
            errore={errore('causa', causa)}
            onCambia={setCausa}
          />
          <CampoIstante
            id="apertura-inizio"
            etichetta={t.inizio}
            valore={inizio}
            errore={errore('inizio', iso(inizio))}
            onCambia={setInizio}
          />
          <CampoTesto
            id="apertura-provvedimento"
            etichetta={t.provvedimento}
            obbligatorio
            valore={provvedimento}
            errore={errore('provvedimento', provvedimento)}
            onCambia={setProvvedimento}
          />
        </>
      )}
    </FoglioAtto>
  )
}

export function FoglioAutorizza({ apertura, ...props }: FoglioProps & { apertura: AperturaDto }) {
  const start = Date.parse(apertura.coperturaFino ?? apertura.inizio)
  const [provvedimento, setProvvedimento] = useState('')
  const [dal, setDal] = useState(() => quandoDi(start))
  const [al, setAl] = useState(() => quandoDi(start + WEEK))
  return (
    <FoglioAtto
      {...props}
      titolo={t.autorizza}
      conferma={t.autorizzaConferma}
      completo={filled(provvedimento, iso(dal), iso(al))}
      fatto={t.autorizzata}
      invia={() => agisci(props.ente, ['aperture', apertura.id, 'autorizzazioni'], { provvedimento, dal: iso(dal), al: iso(al) })}
    >
      {(errore) => (
        <>
          <CampoTesto
            id="autorizza-provvedimento"
            etichetta={t.provvedimento}
            obbligatorio
            valore={provvedimento}
            errore={errore('provvedimento', provvedimento)}
            onCambia={setProvvedimento}
          />
          <CampoIstante id="autorizza-dal" etichetta={t.dal} valore={dal} errore={errore('dal', iso(dal))} onCambia={setDal} />
          <CampoIstante id="autorizza-al" etichetta={t.al} valore={al} errore={errore('al', iso(al))} onCambia={setAl} />
        </>
      )}
    </FoglioAtto>
  )
}

export function FoglioGiornata({ apertura, ...props }: FoglioProps & { apertura: AperturaDto }) {
  const [day, setDay] = useState('')
  const [totale, setTotale] = useState('')
  const giorno = leggiGiorno(day, giornoItaliano(new Date())) ?? ''
  return (
    <FoglioAtto
      {...props}
      titolo={t.giornata}
      conferma={t.giornataConferma}
      completo={filled(giorno, totale)}
      fatto={t.giornataScritta}
      invia={() => agisci(props.ente, ['aperture', apertura.id, 'giornate'], { giorno, totale: Number(totale) })}
    >
      {(errore) => (
        <>
          <CampoData
            id="giornata-giorno"
            etichetta={t.giorno}
            obbligatorio
            valore={day}
            errore={errore('giorno', giorno)}
            onCambia={setDay}
          />
          <CampoTesto
            id="giornata-totale"
            etichetta={t.totale}
            tipo="number"
            obbligatorio
            valore={totale}
            errore={errore('totale', totale)}
            onCambia={setTotale}
          />
        </>
      )}
    </FoglioAtto>
  )
}

export function FoglioChiudi({ apertura, ...props }: FoglioProps & { apertura: AperturaDto }) {
  const [ripristino, setRipristino] = useState(() => quandoDi(Date.now()))
  const [righe, setRighe] = useState('')
  return (
    <FoglioAtto
      {...props}
      titolo={t.chiudi}
      conferma={t.chiudiConferma}
      completo={filled(righe, iso(ripristino))}
      fatto={t.chiusa}
      invia={() => agisci(props.ente, ['aperture', apertura.id, 'chiusura'], { ripristino: iso(ripristino), righe: Number(righe) })}
    >
      {(errore) => (
        <>
          <CampoIstante
            id="chiudi-ripristino"
            etichetta={t.ripristino}
            valore={ripristino}
            errore={errore('ripristino', iso(ripristino))}
            onCambia={setRipristino}
          />
          <CampoTesto
            id="chiudi-righe"
            etichetta={t.righe}
            aiuto={t.righeAiuto}
            tipo="number"
            obbligatorio
            valore={righe}
            errore={errore('righe', righe)}
            onCambia={setRighe}
          />
        </>
      )}
    </FoglioAtto>
  )
}

/** An act that asks only why, and keeps the reason in the register. */
export function FoglioMotivo({
  id,
  invia,
  ...props
}: Omit<FoglioProps, 'ente'> & {
  id: string
  titolo: string
  conferma: string
  fatto: string
  invia: (motivo: string) => Promise<unknown>
}) {
  const [motivo, setMotivo] = useState('')
  return (
    <FoglioAtto {...props} completo={filled(motivo)} invia={() => invia(motivo)}>
      {(errore) => (
        <CampoTesto
          id={id}
          etichetta={t.motivo}
          aiuto={t.motivoAiuto}
          obbligatorio
          righe={3}
          valore={motivo}
          errore={errore('motivo', motivo)}
          onCambia={setMotivo}
        />
      )}
    </FoglioAtto>
  )
}

export function FoglioDeroga({ ente, apertura, ...props }: FoglioProps & { apertura: AperturaDto }) {
  return (
    <FoglioMotivo
      {...props}
      id="deroga-motivo"
      titolo={t.deroga}
      conferma={t.derogaConferma}
      fatto={t.derogata}
      invia={(motivo) => agisci(ente, ['aperture', apertura.id, 'deroga'], { motivo })}
    />
  )
}
