/** The delivery of an outgoing registration, addressee by addressee; what has no receipts of its own is written by hand, with its proof. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import type { Consegna, Mezzo, Registrazione } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { giornoItaliano, leggiGiorno, scriviGiorno } from '../../ui/date.ts'
import { giorno } from '../../ui/formati.ts'
import { Stato, type Tono } from '../../ui/Stato.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { GuscioFoglio } from './FogliScheda.tsx'

const w = t.attiRegistro.consegne
const TONI: Record<Consegna['stato'], Tono> = { 'da-inviare': 'neutro', inviato: 'attivo', 'mancata-consegna': 'male', consegnato: 'buono' }
const ORDINE = ['da-inviare', 'inviato', 'mancata-consegna', 'consegnato']

function lastStep(consegna: Consegna): string {
  const passo = consegna.passi.at(-1)
  if (passo === undefined) return consegna.aMano ? '' : w.ricevute
  return w.prova(giorno(passo.giorno), passo.estremi, passo.autore)
}

interface FoglioConsegnaProps {
  percorso: string
  consegna: Consegna
  onChiudi: () => void
  onFatto: () => void
}

function FoglioConsegna({ percorso, consegna, onChiudi, onFatto }: FoglioConsegnaProps) {
  const annuncia = useAnnuncio()
  const possibili = ORDINE.slice(ORDINE.indexOf(consegna.stato) + 1)
  const [stato, setStato] = useState<string>(possibili[0] ?? '')
  const [quando, setQuando] = useState(() => scriviGiorno(giornoItaliano(new Date())))
  const [estremi, setEstremi] = useState('')
  const [provato, setProvato] = useState(false)
  const day = leggiGiorno(quando, giornoItaliano(new Date()))
  const act = useMutation({
    mutationFn: () => chiama(percorso, { metodo: 'POST', corpo: { posizione: consegna.posizione, stato, giorno: day, estremi } }),
    onSuccess: () => {
      annuncia(w.fatto(consegna.destinatario))
      onFatto()
    },
  })
  const confirm = (): void => {
    setProvato(true)
    if (day !== null && estremi.trim() !== '') act.mutate()
  }
  return (
    <GuscioFoglio
      titolo={w.scriviDi(consegna.destinatario)}
      conferma={w.scrivi}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={confirm}
      onChiudi={onChiudi}
    >
      <CampoScelta
        id="consegna-stato"
        etichetta={w.passo}
        obbligatorio
        valore={stato}
        onCambia={setStato}
        opzioni={possibili.map((valore) => ({ valore, testo: w.stati[valore] ?? valore }))}
      />
      <CampoData
        id="consegna-giorno"
        etichetta={w.giorno}
        obbligatorio
        valore={quando}
        onCambia={setQuando}
        errore={provato && day === null ? w.giornoErrato : undefined}
      />
      <CampoTesto
        id="consegna-estremi"
        etichetta={w.estremi}
        aiuto={w.estremiAiuto}
        obbligatorio
        massimo={300}
        valore={estremi}
        onCambia={setEstremi}
        errore={provato && estremi.trim() === '' ? w.estremiMancano : undefined}
      />
    </GuscioFoglio>
  )
}

/** Columns of the table; `onScrivi` is absent for who may not write. */
function columns(onScrivi: ((consegna: Consegna) => void) | undefined): Colonna<Consegna>[] {
  return [
    {
      chiave: 'destinatario',
      titolo: w.colonne.destinatario,
      intestazione: true,
      cella: (c) => (c.perConoscenza ? `${c.destinatario} (${w.conoscenza})` : c.destinatario),
    },
    { chiave: 'canale', titolo: w.colonne.canale, cella: (c) => t.stati.mezzo[c.canale as Mezzo] ?? c.canale },
    { chiave: 'stato', titolo: w.colonne.stato, cella: (c) => <Stato tono={TONI[c.stato]}>{w.stati[c.stato] ?? c.stato}</Stato> },
    { chiave: 'prova', titolo: w.colonne.prova, cella: lastStep },
    {
      chiave: 'azioni',
      titolo: w.colonne.azioni,
      cella: (c) =>
        onScrivi === undefined || !c.aMano || c.stato === 'consegnato' ? null : (
          <button type="button" className="collegamento" aria-label={w.scriviDi(c.destinatario)} onClick={() => onScrivi(c)}>
            {w.scrivi}
          </button>
        ),
    },
  ]
}

export function Consegne({ ente, dati }: { ente: string; dati: Registrazione }) {
  const puo = usePermessi()
  const [aperta, setAperta] = useState<Consegna | null>(null)
  const percorso = api(ente, 'registrazioni', dati.id, 'consegne')
  const query = useQuery({
    queryKey: ['consegne', ente, dati.id],
    queryFn: () => chiama<{ elementi: Consegna[] }>(percorso),
    enabled: dati.tipo === 'U',
  })
  if (dati.tipo !== 'U') return null
  const colonne = columns(puo('protocollo.registra') && !dati.annullata ? setAperta : undefined)
  return (
    <section aria-label={w.titolo}>
      <h2>{w.titolo}</h2>
      <Carica query={query} cosa={w.titolo} righe={2}>
        {({ elementi }) => <Tabella didascalia={w.tabella} righe={elementi} chiave={(c) => String(c.posizione)} colonne={colonne} />}
      </Carica>
      {aperta === null ? null : (
        <FoglioConsegna
          percorso={percorso}
          consegna={aperta}
          onChiudi={() => setAperta(null)}
          onFatto={() => {
            setAperta(null)
            void query.refetch()
          }}
        />
      )}
    </section>
  )
}
