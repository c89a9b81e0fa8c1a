/** Addressees pasted or from a CSV: each row checked before it is added. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoTesto } from '../../ui/Campo.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { Finestra } from '../../ui/Finestra.tsx'
import { Stato } from '../../ui/Stato.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import type { Destinatario, RigaElenco } from './dati.ts'

interface RigaControllo {
  riga: number
  nome: string
  errori: { messaggio: string }[]
}

const COLONNE: Colonna<RigaControllo>[] = [
  { chiave: 'riga', titolo: t.bozze.riga, cella: (r) => r.riga },
  { chiave: 'nome', titolo: t.bozze.nome, intestazione: true, cella: (r) => r.nome },
  {
    chiave: 'esito',
    titolo: t.bozze.esito,
    cella: (r) =>
      r.errori.length === 0 ? (
        <Stato tono="buono">{t.bozze.buona}</Stato>
      ) : (
        <Stato tono="male">{r.errori.map((errore) => errore.messaggio).join(' ')}</Stato>
      ),
  },
]

/** A table of checked rows, the same for lists, letters to many and mass registrations. */
export function TabellaControllo({ righe }: { righe: RigaControllo[] }) {
  return <Tabella didascalia={t.bozze.controllo} righe={righe} chiave={(r) => String(r.riga)} colonne={COLONNE} />
}

export interface FoglioElencoProps {
  ente: string
  onChiudi: () => void
  onAggiungi: (destinatari: Destinatario[]) => void
}

export function FoglioElenco({ ente, onChiudi, onAggiungi }: FoglioElencoProps) {
  const [testo, setTesto] = useState('')
  const check = useMutation({
    mutationFn: () => chiama<RigaElenco[]>(api(ente, 'destinatari', 'verifica'), { metodo: 'POST', corpo: { testo } }),
  })
  const good = (check.data ?? []).flatMap((row) => (row.destinatario === null ? [] : [row.destinatario]))
  return (
    <Finestra
      titolo={t.bozze.elencoTitolo}
      onChiudi={onChiudi}
      onConferma={() => (good.length > 0 ? onAggiungi(good) : check.mutate())}
      azioni={
        <>
          <button type="button" className="btn btn-outline-primary btn-sm" onClick={() => check.mutate()}>
            {t.bozze.controlla}
          </button>
          {good.length > 0 ? (
            <button type="button" className="btn btn-primary btn-sm" onClick={() => onAggiungi(good)}>
              {t.bozze.aggiungiBuoni(good.length)}
            </button>
          ) : null}
        </>
      }
    >
      <CampoTesto
        id="elenco-testo"
        etichetta={t.bozze.elencoTesto}
        aiuto={t.bozze.elencoAiuto}
        righe={8}
        valore={testo}
        onCambia={setTesto}
      />
      {check.error === null ? null : <EsitoProblema errore={check.error} />}
      {check.data === undefined ? null : <TabellaControllo righe={check.data} />}
    </Finestra>
  )
}
