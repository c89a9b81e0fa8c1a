/** What was meant for other administrations and what was done of it (REQ-PROT-018); a paper sent back without registration is traced here. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { DestinazioneErrataDto } from '../../../../server/protocollo/schema/arrivo.ts'
import { api, compiAtto } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { giornoItaliano, istanteItaliano, leggiGiorno } from '../../ui/date.ts'
import { giornoEOra } from '../../ui/formati.ts'
import { ElencoAtti, type FoglioAttoProps } from '../../ui/ElencoAtti.tsx'
import type { Colonna } from '../../ui/Tabella.tsx'
import { erroreDi } from '../../api/problema.ts'
import { GuscioFoglio, type FoglioProps } from './FogliScheda.tsx'

const T = t.arrivo.destinazioni
/** What may be sent back without registration is paper: a PEC, and what came from the portal, is always registered. */
const MEZZI = ['A_MANO', 'POSTA', 'RACCOMANDATA', 'PEO', 'ALTRO'] as const

const COLONNE: Colonna<DestinazioneErrataDto>[] = [
  { chiave: 'quando', titolo: T.quando, classe: 'cella-data', cella: (d) => giornoEOra(d.creatoIl) },
  { chiave: 'oggetto', titolo: T.oggetto, intestazione: true, classe: 'cella-larga', cella: (d) => d.oggetto },
  { chiave: 'mittente', titolo: T.mittente, classe: 'cella-media', cella: (d) => d.mittente },
  { chiave: 'scelta', titolo: T.scelta, cella: (d) => T.scelte[d.scelta] },
  {
    chiave: 'amministrazione',
    titolo: T.amministrazione,
    classe: 'cella-media',
    cella: (d) => [d.amministrazione, d.nota].filter((part) => part !== '').join('. '),
  },
  { chiave: 'autore', titolo: T.autore, cella: (d) => d.autore },
]

function FoglioRestituito({ ente, onChiudi, onFatto }: FoglioAttoProps) {
  const [dati, setDati] = useState({ mittente: '', oggetto: '', amministrazione: '', mezzo: 'A_MANO', giorno: 'oggi', ora: '', nota: '' })
  const [tentato, setTentato] = useState(false)
  const day = leggiGiorno(dati.giorno, giornoItaliano(new Date()))
  const dataArrivo = day === null ? null : istanteItaliano(day, dati.ora)
  const act = useMutation({
    mutationFn: (arrivo: string) => {
      const { mittente, oggetto, amministrazione, mezzo, nota } = dati
      const corpo = { scelta: 'restituita', mittente, oggetto, amministrazione, mezzo, nota, dataArrivo: arrivo }
      return compiAtto(`${ente}:destinazione-errata`, api(ente, 'destinazioni-errate'), corpo)
    },
    onSuccess: onFatto,
  })
  function confirm(): void {
    setTentato(true)
    if (dataArrivo !== null) act.mutate(dataArrivo)
  }
  const field = (nome: keyof typeof dati) => ({
    id: `restituito-${nome}`,
    valore: dati[nome],
    onCambia: (value: string) => setDati((before) => ({ ...before, [nome]: value })),
    errore: erroreDi(act.error, nome),
  })
  const wrong = tentato && dataArrivo === null ? T.arrivoErrore : erroreDi(act.error, 'dataArrivo')
  return (
    <GuscioFoglio
      titolo={T.nuovo}
      conferma={T.conferma}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={confirm}
      onChiudi={onChiudi}
    >
      <CampoTesto {...field('mittente')} etichetta={T.mittente} obbligatorio massimo={300} />
      <CampoTesto {...field('oggetto')} etichetta={T.oggetto} obbligatorio righe={2} massimo={500} />
      <CampoTesto {...field('amministrazione')} etichetta={T.amministrazione} obbligatorio massimo={300} />
      <CampoScelta
        {...field('mezzo')}
        etichetta={T.mezzo}
        opzioni={MEZZI.map((valore) => ({ valore, testo: t.stati.mezzo[valore] ?? valore }))}
      />
      <CampoData {...field('giorno')} etichetta={T.dataArrivo} obbligatorio errore={wrong} />
      <CampoTesto {...field('ora')} etichetta={T.oraArrivo} obbligatorio segnaposto="09:05" />
      <CampoTesto {...field('nota')} etichetta={T.nota} righe={2} massimo={1000} />
    </GuscioFoglio>
  )
}

/** From the record of a registration: to which administration the document was forwarded. */
export function FoglioInoltrata({ ente, dati, onChiudi, onFatto }: FoglioProps) {
  const [amministrazione, setAmministrazione] = useState('')
  const [nota, setNota] = useState('')
  const [errore, setErrore] = useState<string | undefined>()
  const act = useMutation({
    mutationFn: () => {
      const corpo = { scelta: 'inoltrata', registrazioneId: dati.id, amministrazione, nota }
      return compiAtto(`${ente}:inoltrata:${dati.id}`, api(ente, 'destinazioni-errate'), corpo)
    },
    onSuccess: onFatto,
  })
  return (
    <GuscioFoglio
      titolo={T.inoltraTitolo(dati.etichetta)}
      conferma={T.inoltraConferma}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => (amministrazione.trim() === '' ? setErrore(T.richiesto) : act.mutate())}
      onChiudi={onChiudi}
    >
      <p>{T.inoltraTesto}</p>
      <CampoTesto
        id="inoltrata-amministrazione"
        etichetta={T.amministrazione}
        obbligatorio
        massimo={300}
        valore={amministrazione}
        errore={errore}
        onCambia={setAmministrazione}
      />
      <CampoTesto id="inoltrata-nota" etichetta={T.nota} righe={2} massimo={1000} valore={nota} onCambia={setNota} />
    </GuscioFoglio>
  )
}

export function Component() {
  return (
    <ElencoAtti<DestinazioneErrataDto>
      testi={T}
      risorsa="destinazioni-errate"
      colonne={COLONNE}
      permesso="protocollo.registra"
      Foglio={FoglioRestituito}
    />
  )
}
