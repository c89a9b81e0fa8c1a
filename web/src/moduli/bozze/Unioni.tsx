/** Letters to many of a draft: the list with its check, the confirmation, the progress. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama, compiAtto } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoTesto } from '../../ui/Campo.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { Finestra } from '../../ui/Finestra.tsx'
import { unioniQuery, type Bozza, type Unione, type VerificaUnione } from './dati.ts'
import { TabellaControllo } from './FoglioElenco.tsx'

function Foglio({ ente, bozza, onChiudi }: { ente: string; bozza: Bozza; onChiudi: () => void }) {
  const client = useQueryClient()
  const [testo, setTesto] = useState('')
  const check = useMutation({
    mutationFn: () => chiama<VerificaUnione>(api(ente, 'bozze', bozza.id, 'unione', 'verifica'), { metodo: 'POST', corpo: { testo } }),
  })
  const confirm = useMutation({
    mutationFn: () => compiAtto<Unione>(`${ente}:unione:${bozza.id}`, api(ente, 'bozze', bozza.id, 'unione'), { testo }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: unioniQuery(ente, bozza.id).queryKey })
      onChiudi()
    },
  })
  const good = check.data !== undefined && check.data.errate === 0
  return (
    <Finestra
      titolo={t.bozze.unioneTitolo}
      onChiudi={onChiudi}
      onConferma={() => (good ? confirm.mutate() : check.mutate())}
      azioni={
        <>
          <button type="button" className="btn btn-outline-primary btn-sm" onClick={() => check.mutate()}>
            {t.bozze.controlla}
          </button>
          {good ? (
            <button type="button" className="btn btn-primary btn-sm" aria-disabled={confirm.isPending} onClick={() => confirm.mutate()}>
              {t.bozze.unioneConferma(check.data.valide)}
            </button>
          ) : null}
        </>
      }
    >
      <CampoTesto
        id="unione-testo"
        etichetta={t.bozze.elencoTesto}
        aiuto={t.bozze.unioneAiuto}
        righe={8}
        valore={testo}
        onCambia={(value) => {
          setTesto(value)
          check.reset()
        }}
      />
      {check.error === null ? null : <EsitoProblema errore={check.error} />}
      {confirm.error === null ? null : <EsitoProblema errore={confirm.error} />}
      {check.data === undefined ? null : (
        <>
          <p role="status">{t.bozze.unioneRighe(check.data.valide, check.data.errate)}</p>
          {check.data.colonneNonUsate.length === 0 ? null : <p>{t.bozze.colonneInutili(check.data.colonneNonUsate.join(', '))}</p>}
          <TabellaControllo righe={check.data.righe} />
        </>
      )}
    </Finestra>
  )
}

export function Unioni({ ente, bozza }: { ente: string; bozza: Bozza }) {
  const [aperto, setAperto] = useState(false)
  const client = useQueryClient()
  const query = useQuery(unioniQuery(ente, bozza.id))
  const stop = useMutation({
    mutationFn: (id: string) => chiama<Unione>(api(ente, 'unioni', id, 'interruzione'), { metodo: 'POST' }),
    onSuccess: () => void client.invalidateQueries({ queryKey: unioniQuery(ente, bozza.id).queryKey }),
  })
  const possible = bozza.azioni.modifica && !bozza.richiedeFirma && bozza.corpo.trim() !== ''
  return (
    <>
      {possible ? (
        <p className="azioni-pagina">
          <button type="button" className="collegamento" onClick={() => setAperto(true)}>
            {t.bozze.unione}
          </button>
        </p>
      ) : null}
      {(query.data ?? []).map((one) => (
        <div key={one.id} className="avanzamento">
          <label htmlFor={`unione-${one.id}`}>
            {t.bozze.unioneAvanza(one.fatte + one.rifiutate, one.totale)} · {t.bozze.unioneStati[one.stato]}
            {one.rifiutate > 0 ? ` · ${t.bozze.rifiutate(one.rifiutate)}` : ''}
          </label>
          <progress id={`unione-${one.id}`} max={one.totale} value={one.fatte + one.rifiutate} />
          {one.stato === 'IN_CORSO' ? (
            <button type="button" className="btn btn-outline-primary btn-xs" onClick={() => stop.mutate(one.id)}>
              {t.bozze.interrompi}
            </button>
          ) : null}
          {one.righe
            .filter((riga) => riga.esito === 'RIFIUTATA')
            .map((riga) => (
              <p key={riga.posizione} className="campo-errore">
                {riga.nome}: {riga.errori.map((errore) => errore.messaggio).join(' ')}
              </p>
            ))}
        </div>
      ))}
      {aperto ? <Foglio ente={ente} bozza={bozza} onChiudi={() => setAperto(false)} /> : null}
    </>
  )
}
