/** What is done on a practice: a step with its reason, an event that moves the term, the conclusion. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { giornoItaliano, leggiGiorno } from '../../ui/date.ts'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { erroreDi } from '../../api/problema.ts'
import type { Pratica } from './dati.ts'

export interface FoglioPraticaProps {
  ente: string
  pratica: Pratica
  onChiudi: () => void
  onFatto: () => void
}

const day = (value: string): string | undefined => (value === '' ? undefined : (leggiGiorno(value, giornoItaliano(new Date())) ?? value))

/** A step done, skipped or to be done again. */
export function FoglioPasso({
  ente,
  pratica,
  onChiudi,
  onFatto,
  passo,
  esito,
}: FoglioPraticaProps & { passo: string; esito: 'fatto' | 'saltato' | 'riaperto' }) {
  const [motivo, setMotivo] = useState('')
  const [giorno, setGiorno] = useState('')
  const act = useMutation({
    mutationFn: () =>
      chiama(api(ente, 'pratiche', pratica.id, 'passi'), { metodo: 'POST', corpo: { passo, esito, motivo, giorno: day(giorno) } }),
    onSuccess: onFatto,
  })
  const label = { fatto: t.pratiche.fatto, saltato: t.pratiche.salta, riaperto: t.pratiche.rifai }[esito]
  const nome = pratica.passiPratica.find((p) => p.chiave === passo)?.nome ?? ''
  return (
    <GuscioFoglio
      titolo={t.pratiche.perPasso(label, nome)}
      conferma={label}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      <CampoTesto
        id="passo-motivo"
        etichetta={t.pratiche.motivo}
        obbligatorio={esito !== 'fatto'}
        righe={3}
        valore={motivo}
        errore={erroreDi(act.error, 'motivo')}
        onCambia={setMotivo}
      />
      {esito === 'riaperto' ? null : (
        <CampoData
          id="passo-giorno"
          etichetta={t.pratiche.giornoFatto}
          larghezza="meta"
          valore={giorno}
          errore={erroreDi(act.error, 'giorno')}
          onCambia={setGiorno}
        />
      )}
    </GuscioFoglio>
  )
}

const APRONO = ['sospensione-documenti', 'parere', 'valutazione', 'sospensione-legge', 'interruzione', 'preavviso', 'proroga']
/** Events whose length the law or the person gives. */
const CON_GIORNI = new Set(['sospensione-documenti', 'parere', 'valutazione', 'sospensione-legge', 'proroga'])

/** An event that moves the term; one that ends or takes back another names it. */
export function FoglioEvento({
  ente,
  pratica,
  onChiudi,
  onFatto,
  conclude,
}: FoglioPraticaProps & { conclude: { tipo: string; id: string } | null }) {
  const [tipo, setTipo] = useState(conclude?.tipo ?? 'sospensione-documenti')
  const [giorno, setGiorno] = useState('')
  const [giorni, setGiorni] = useState('')
  const [motivo, setMotivo] = useState('')
  const act = useMutation({
    mutationFn: () =>
      chiama(api(ente, 'pratiche', pratica.id, 'eventi'), {
        metodo: 'POST',
        corpo: {
          tipo,
          motivo,
          giorno: day(giorno),
          giorni: CON_GIORNI.has(tipo) && giorni !== '' ? Number(giorni) : undefined,
          riferitoId: conclude?.id,
        },
      }),
    onSuccess: onFatto,
  })
  const e = (campo: string): string | undefined => erroreDi(act.error, campo)
  const title = conclude === null ? t.pratiche.nuovoEvento : (t.pratiche.eventi[conclude.tipo] ?? conclude.tipo)
  return (
    <GuscioFoglio
      titolo={title}
      conferma={t.salva}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      {conclude === null ? (
        <CampoScelta
          id="evento-tipo"
          etichetta={t.pratiche.evento}
          valore={tipo}
          onCambia={setTipo}
          opzioni={APRONO.map((valore) => ({ valore, testo: t.pratiche.eventi[valore] ?? valore }))}
        />
      ) : null}
      <CampoData
        id="evento-giorno"
        etichetta={t.pratiche.giornoFatto}
        larghezza="meta"
        valore={giorno}
        errore={e('giorno')}
        onCambia={setGiorno}
      />
      {CON_GIORNI.has(tipo) ? (
        <CampoTesto
          id="evento-giorni"
          etichetta={t.pratiche.giorniEvento}
          aiuto={tipo === 'proroga' ? undefined : t.pratiche.giorniAiuto}
          tipo="number"
          larghezza="meta"
          valore={giorni}
          errore={e('giorni')}
          onCambia={setGiorni}
        />
      ) : null}
      <CampoTesto
        id="evento-motivo"
        etichetta={t.pratiche.motivo}
        obbligatorio
        righe={3}
        valore={motivo}
        errore={e('motivo')}
        onCambia={setMotivo}
      />
    </GuscioFoglio>
  )
}

/** An act of the body that may be the final one. */
export interface AttoScelto {
  id: string
  testo: string
}

/** How the procedure ended. */
export function FoglioConclusione({ ente, pratica, onChiudi, onFatto, atti }: FoglioPraticaProps & { atti: readonly AttoScelto[] }) {
  const [esito, setEsito] = useState('accoglimento')
  const [documentoId, setDocumentoId] = useState(atti.at(-1)?.id ?? '')
  const [giorno, setGiorno] = useState('')
  const [motivo, setMotivo] = useState('')
  const act = useMutation({
    mutationFn: () =>
      chiama(api(ente, 'pratiche', pratica.id, 'conclusione'), {
        metodo: 'POST',
        corpo: { esito, motivo, documentoId: withAct && documentoId !== '' ? documentoId : undefined, giorno: day(giorno) },
      }),
    onSuccess: onFatto,
  })
  const withAct = ['accoglimento', 'diniego', 'provvedimento'].includes(esito)
  const e = (campo: string): string | undefined => erroreDi(act.error, campo)
  return (
    <GuscioFoglio
      titolo={t.pratiche.concludi}
      conferma={t.pratiche.concludi}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      <CampoScelta
        id="conclusione-esito"
        etichetta={t.pratiche.esito}
        valore={esito}
        onCambia={setEsito}
        opzioni={Object.entries(t.pratiche.esiti).map(([valore, testo]) => ({ valore, testo }))}
      />
      {withAct ? (
        <CampoScelta
          id="conclusione-documentoId"
          etichetta={t.pratiche.atto}
          aiuto={t.pratiche.attoAiuto}
          vuota={t.pratiche.nessunAtto}
          valore={documentoId}
          errore={e('documentoId')}
          onCambia={setDocumentoId}
          opzioni={atti.map((a) => ({ valore: a.id, testo: a.testo }))}
        />
      ) : null}
      {esito === 'silenzio' || withAct ? null : (
        <CampoData
          id="conclusione-giorno"
          etichetta={t.pratiche.giornoFatto}
          larghezza="meta"
          valore={giorno}
          errore={e('giorno')}
          onCambia={setGiorno}
        />
      )}
      <CampoTesto
        id="conclusione-motivo"
        etichetta={t.pratiche.motivo}
        righe={3}
        valore={motivo}
        errore={e('motivo')}
        onCambia={setMotivo}
      />
    </GuscioFoglio>
  )
}
