/** Sheet that asks the rectification of one datum: the value in force above, the right one below, the reason that stays. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, compiAtto } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { giornoItaliano, leggiGiorno } from '../../ui/date.ts'
import { Motivo } from './FogliAtti.tsx'
import { GuscioFoglio, type FoglioProps } from './FogliScheda.tsx'
import { nomeSoggetto } from './soggetti.ts'

const w = t.attiRegistro

const CAMPI = {
  E: ['oggetto', 'mittente', 'protocolloMittente', 'dataProtocolloMittente', 'dataDocumento', 'mezzo', 'tipologia'],
  U: ['oggetto', 'destinatario', 'dataDocumento', 'mezzo', 'tipologia'],
  I: ['oggetto', 'dataDocumento', 'mezzo', 'tipologia'],
} as const
const MEZZI = ['PEC', 'PEO', 'PORTALE', 'POSTA', 'RACCOMANDATA', 'A_MANO', 'NOTIFICA', 'ALTRO'] as const

interface Bozza {
  campo: string
  valore: string
  tipo: 'PF' | 'PG'
  nome: string
  cognome: string
}

/** The value in force of a datum, as the page has it. */
function inVigore(dati: FoglioProps['dati'], campo: string): string {
  const people = campo === 'mittente' ? dati.mittenti : dati.destinatari
  const first = people[0]
  if (campo === 'mittente' || campo === 'destinatario') return first === undefined ? '' : nomeSoggetto(first)
  const values: Record<string, string | null> = {
    oggetto: dati.oggetto,
    protocolloMittente: dati.protocolloMittente?.numero ?? '',
    dataProtocolloMittente: dati.protocolloMittente?.data ?? '',
    dataDocumento: dati.documento.dataDocumento,
    mezzo: t.stati.mezzo[dati.mezzo],
    tipologia: dati.documento.tipologia,
  }
  return values[campo] ?? ''
}

/** The body of the request, or the words of what is missing. */
function corpoRettifica(b: Bozza, motivo: string): Record<string, unknown> | string {
  if (b.campo === 'mittente' || b.campo === 'destinatario') {
    const soggetto =
      b.tipo === 'PF' ? { tipo: 'PF', nome: b.nome.trim(), cognome: b.cognome.trim() } : { tipo: 'PG', denominazione: b.valore.trim() }
    const complete = b.tipo === 'PF' ? b.nome.trim() !== '' && b.cognome.trim() !== '' : b.valore.trim() !== ''
    return complete ? { campo: b.campo, posizione: 1, soggetto, motivo } : w.valoreManca
  }
  if (b.campo.startsWith('data')) {
    const day = b.valore.trim() === '' ? '' : leggiGiorno(b.valore, giornoItaliano(new Date()))
    return day === null ? w.dataManca : { campo: b.campo, valore: day, motivo }
  }
  return b.valore.trim() === '' && b.campo !== 'protocolloMittente' ? w.valoreManca : { campo: b.campo, valore: b.valore.trim(), motivo }
}

function CampiRettifica({ b, cambia, errore }: { b: Bozza; cambia: (parte: Partial<Bozza>) => void; errore: string | undefined }) {
  if (b.campo === 'mezzo')
    return (
      <CampoScelta
        id="rettifica-valore"
        etichetta={w.valore}
        obbligatorio
        vuota=""
        valore={b.valore}
        errore={errore}
        onCambia={(valore) => cambia({ valore })}
        opzioni={MEZZI.map((m) => ({ valore: m, testo: t.stati.mezzo[m] }))}
      />
    )
  if (b.campo === 'mittente' || b.campo === 'destinatario')
    return (
      <>
        <CampoScelta
          id="rettifica-tipo"
          etichetta={w.tipoSoggetto}
          valore={b.tipo}
          onCambia={(tipo) => cambia({ tipo: tipo === 'PF' ? 'PF' : 'PG' })}
          opzioni={[
            { valore: 'PF', testo: w.persona },
            { valore: 'PG', testo: w.organizzazione },
          ]}
        />
        {b.tipo === 'PF' ? (
          <>
            <CampoTesto
              id="rettifica-cognome"
              etichetta={w.cognome}
              obbligatorio
              valore={b.cognome}
              errore={errore}
              onCambia={(cognome) => cambia({ cognome })}
            />
            <CampoTesto id="rettifica-nome" etichetta={w.nome} obbligatorio valore={b.nome} onCambia={(nome) => cambia({ nome })} />
          </>
        ) : (
          <CampoTesto
            id="rettifica-valore"
            etichetta={w.denominazione}
            obbligatorio
            valore={b.valore}
            errore={errore}
            onCambia={(valore) => cambia({ valore })}
          />
        )}
      </>
    )
  const common = { id: 'rettifica-valore', etichetta: w.valore, valore: b.valore, errore, onCambia: (valore: string) => cambia({ valore }) }
  return b.campo.startsWith('data') ? <CampoData {...common} /> : <CampoTesto {...common} obbligatorio massimo={500} />
}

export function FoglioRettifica({ ente, dati, onChiudi, onFatto }: FoglioProps) {
  const annuncia = useAnnuncio()
  const [b, setB] = useState<Bozza>({ campo: 'oggetto', valore: dati.oggetto, tipo: 'PF', nome: '', cognome: '' })
  const [motivo, setMotivo] = useState('')
  const [errori, setErrori] = useState<{ valore?: string; motivo?: string }>({})
  const act = useMutation({
    mutationFn: (corpo: unknown) => compiAtto(`rettifica-${dati.id}`, api(ente, 'registrazioni', dati.id, 'rettifiche'), corpo),
    onSuccess: () => {
      annuncia(w.rettificaInviata)
      onFatto()
    },
  })
  const confirm = (): void => {
    const corpo = corpoRettifica(b, motivo.trim())
    const wrong = { ...(typeof corpo === 'string' ? { valore: corpo } : {}), ...(motivo.trim() === '' ? { motivo: w.motivoManca } : {}) }
    setErrori(wrong)
    if (Object.keys(wrong).length === 0) act.mutate(corpo)
  }
  return (
    <GuscioFoglio
      titolo={w.rettifica}
      conferma={w.invia}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={confirm}
      onChiudi={onChiudi}
    >
      <p>{w.rettificaTesto}</p>
      <CampoScelta
        id="rettifica-campo"
        etichetta={w.rettificaDato}
        valore={b.campo}
        onCambia={(campo) => setB({ ...b, campo, valore: campo === 'oggetto' ? dati.oggetto : '' })}
        opzioni={CAMPI[dati.tipo].map((campo) => ({ valore: campo, testo: w.campi[campo] ?? campo }))}
      />
      <p className="campo-aiuto">{w.valoreInVigore(inVigore(dati, b.campo))}</p>
      <CampiRettifica b={b} cambia={(parte) => setB({ ...b, ...parte })} errore={errori.valore} />
      <Motivo valore={motivo} onCambia={setMotivo} errore={errori.motivo} />
    </GuscioFoglio>
  )
}
