/** The reconciliation of a past register: totals, findings, and the confirmation with its reason. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoTesto } from '../../ui/Campo.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import type { Importazione, Rapporto } from './dati.ts'

const s = t.importazioni.storico
const FEW = 20

function rilievi(r: Rapporto): { titolo: string; quanti: number; voci: string[] }[] {
  return [
    { titolo: s.errori, quanti: r.quantiErrori, voci: r.errori.map((one) => `${s.riga(one.riga)}: ${one.messaggio}`) },
    {
      titolo: s.mancanti,
      quanti: r.quantiNumeriMancanti,
      voci: r.buchi.map((one) => (one.da === one.a ? String(one.da) : s.daA(one.da, one.a))),
    },
    { titolo: s.fileMancanti, quanti: r.quantiFileMancanti, voci: r.fileMancanti.map((one) => `${one.numero}: ${one.nome}`) },
    { titolo: s.impronte, quanti: r.quanteImpronteDiverse, voci: r.impronteDiverse.map((one) => `${one.numero}: ${one.nome}`) },
    { titolo: s.disordini, quanti: r.quantiDisordini, voci: r.disordini.map((one) => `${one.numero}: ${one.giorno} < ${one.precedente}`) },
    { titolo: s.nonCitati, quanti: r.quantiFileNonCitati, voci: [...r.fileNonCitati] },
    { titolo: s.uffici, quanti: r.ufficiSconosciuti.length, voci: [...r.ufficiSconosciuti] },
  ]
}

export function RapportoImportazione({ ente, importazione }: { ente: string; importazione: Importazione }) {
  const client = useQueryClient()
  const [accettazione, setAccettazione] = useState('')
  const confirm = useMutation({
    mutationFn: () =>
      chiama<Importazione>(api(ente, 'importazioni', importazione.id, 'conferma'), { metodo: 'POST', corpo: { accettazione } }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['importazioni', ente] }),
  })
  const r = importazione.rapporto
  if (r === null) return null
  return (
    <section aria-label={s.rapporto}>
      <dl className="dati">
        <dt>{s.righe}</dt>
        <dd>{r.righe}</dd>
        <dt>{s.numeri}</dt>
        <dd>{s.daA(r.primo, r.ultimo)}</dd>
        {rilievi(r).map(({ titolo, quanti, voci }) => (
          <div key={titolo}>
            <dt>{titolo}</dt>
            <dd>{quanti === 0 ? s.nessuno : `${quanti}: ${voci.slice(0, FEW).join('; ')}${voci.length > FEW ? '…' : ''}`}</dd>
          </div>
        ))}
      </dl>
      <p className="azioni-pagina">
        <a className="btn btn-outline-primary btn-xs" href={`${api(ente, 'importazioni', importazione.id, 'rapporto')}?inline=1`}>
          {s.stampa}
        </a>
      </p>
      {importazione.stato === 'VERIFICATA' && r.importabile ? (
        <>
          {confirm.error === null ? null : <EsitoProblema errore={confirm.error} />}
          {r.daAccettare ? (
            <CampoTesto
              id={`accettazione-${importazione.id}`}
              etichetta={s.accettazione}
              obbligatorio
              righe={2}
              valore={accettazione}
              onCambia={setAccettazione}
            />
          ) : null}
          <button type="button" className="btn btn-primary btn-sm" aria-disabled={confirm.isPending} onClick={() => confirm.mutate()}>
            {s.conferma}
          </button>
        </>
      ) : null}
    </section>
  )
}
