/** The annulment told to the administration the document came from: the message to send, and the proof that it left. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import type { ComunicazioneAnnullamentoDto as Comunicazione } from '../../../../server/protocollo/schema/comunicazione.ts'
import type { Registrazione } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { erroreDi } from '../../api/problema.ts'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { giornoItaliano, istanteItaliano, leggiGiorno, oraItaliana } from '../../ui/date.ts'
import { giornoEOra } from '../../ui/formati.ts'
import { Icona } from '../../ui/Icona.tsx'
import { Stato } from '../../ui/Stato.tsx'
import { GuscioFoglio } from './FogliScheda.tsx'

const w = t.attiRegistro.comunicazione

interface FoglioInvioProps {
  percorso: string
  dati: Comunicazione
  onChiudi: () => void
  onFatto: () => void
}

function FoglioInvio({ percorso, dati, onChiudi, onFatto }: FoglioInvioProps) {
  const annuncia = useAnnuncio()
  const [mezzo, setMezzo] = useState('PEC')
  const [indirizzo, setIndirizzo] = useState(dati.indirizzo)
  const [estremi, setEstremi] = useState('')
  const [quando, setQuando] = useState({ giorno: 'oggi', ora: oraItaliana(new Date()) })
  const [tentato, setTentato] = useState(false)
  const day = leggiGiorno(quando.giorno, giornoItaliano(new Date()))
  const inviatoIl = day === null ? null : istanteItaliano(day, quando.ora)
  const act = useMutation({
    mutationFn: (istante: string) => chiama(percorso, { metodo: 'POST', corpo: { inviatoIl: istante, mezzo, indirizzo, estremi } }),
    onSuccess: () => {
      annuncia(w.fatto)
      onFatto()
    },
  })
  function confirm(): void {
    setTentato(true)
    if (inviatoIl !== null) act.mutate(inviatoIl)
  }
  const wrong = tentato && inviatoIl === null ? w.quandoErrore : erroreDi(act.error, 'inviatoIl')
  return (
    <GuscioFoglio
      titolo={w.scrivi}
      conferma={w.conferma}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={confirm}
      onChiudi={onChiudi}
    >
      <p>{w.nonParte}</p>
      <CampoData
        id="comunicazione-giorno"
        etichetta={w.giorno}
        obbligatorio
        valore={quando.giorno}
        errore={wrong}
        onCambia={(giorno) => setQuando({ ...quando, giorno })}
      />
      <CampoTesto
        id="comunicazione-ora"
        etichetta={w.ora}
        obbligatorio
        segnaposto="09:05"
        valore={quando.ora}
        onCambia={(ora) => setQuando({ ...quando, ora })}
      />
      <CampoScelta
        id="comunicazione-mezzo"
        etichetta={w.mezzo}
        obbligatorio
        valore={mezzo}
        onCambia={setMezzo}
        opzioni={Object.entries(w.mezzi).map(([valore, testo]) => ({ valore, testo }))}
      />
      <CampoTesto
        id="comunicazione-indirizzo"
        etichetta={w.indirizzo}
        obbligatorio
        valore={indirizzo}
        errore={erroreDi(act.error, 'indirizzo')}
        onCambia={setIndirizzo}
      />
      <CampoTesto
        id="comunicazione-estremi"
        etichetta={w.estremi}
        aiuto={w.estremiAiuto}
        obbligatorio
        massimo={300}
        valore={estremi}
        errore={erroreDi(act.error, 'estremi')}
        onCambia={setEstremi}
      />
    </GuscioFoglio>
  )
}

export function ComunicazioneAnnullamento({ ente, dati }: { ente: string; dati: Registrazione }) {
  const puo = usePermessi()
  const [aperto, setAperto] = useState(false)
  const percorso = api(ente, 'registrazioni', dati.id, 'comunicazione-annullamento')
  const daAltri = dati.annullata && dati.tipo === 'E'
  const query = useQuery({
    queryKey: ['comunicazione-annullamento', ente, dati.id],
    queryFn: () => chiama<Comunicazione>(percorso),
    enabled: daAltri,
  })
  if (!daAltri || query.data?.dovuta === false) return null
  return (
    <section aria-label={w.titolo}>
      <h2>{w.titolo}</h2>
      <Carica query={query} cosa={w.titolo} righe={2}>
        {(c) => (
          <>
            <p>
              <Stato tono={c.invio === null ? 'attenzione' : 'buono'}>{c.invio === null ? w.daInviare : w.inviata}</Stato>{' '}
              {c.invio === null
                ? w.a(c.destinatario)
                : w.prova(giornoEOra(c.invio.inviatoIl), c.invio.indirizzo, c.invio.estremi, c.invio.autore)}
            </p>
            {c.invio === null ? <p>{puo('annullamenti.autorizza') ? w.nonParte : w.scriveRgd}</p> : null}
            <p className="scheda-collegamenti">
              {c.pronta ? (
                <a href={api(ente, 'registrazioni', dati.id, 'annullamento.xml')} download>
                  <Icona nome="download" dimensione={16} /> {w.scarica}
                </a>
              ) : (
                w.inPreparazione
              )}
              {c.pronta && c.invio === null && puo('annullamenti.autorizza') ? (
                <button type="button" className="btn btn-outline-primary btn-xs" onClick={() => setAperto(true)}>
                  {w.scrivi}
                </button>
              ) : null}
            </p>
            {aperto ? (
              <FoglioInvio
                percorso={percorso}
                dati={c}
                onChiudi={() => setAperto(false)}
                onFatto={() => {
                  setAperto(false)
                  void query.refetch()
                }}
              />
            ) : null}
          </>
        )}
      </Carica>
    </section>
  )
}
