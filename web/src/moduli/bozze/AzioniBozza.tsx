/** The foot of a draft: what comes next, with one main button and Ctrl+Invio for it. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, chiama, compiAtto } from '../../api/client.ts'
import { Problema } from '../../api/problema.ts'
import type { Registrazione } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { CampoTesto } from '../../ui/Campo.tsx'
import { Finestra } from '../../ui/Finestra.tsx'
import { giornoEOra } from '../../ui/formati.ts'
import { useScorciatoie } from '../../ui/Scorciatoie.tsx'
import { caricaFile } from '../protocollo/caricamento.ts'
import { passo, type Bozza } from './dati.ts'
import type { BozzaAperta } from './useBozza.ts'

export interface AzioniBozzaProps {
  ente: string
  aperta: BozzaAperta
  onRifiuto: (errore: unknown) => void
  onProtocollata: (registrazione: Registrazione) => void
}

export function AzioniBozza({ ente, aperta, onRifiuto, onProtocollata }: AzioniBozzaProps) {
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const { bozza } = aperta
  const [scarto, setScarto] = useState(false)
  const [motivo, setMotivo] = useState('')
  const [nota, setNota] = useState('')
  const [daConfermare, setDaConfermare] = useState<string | null>(null)
  const reread = async (): Promise<void> => aperta.accogli(await chiama<Bozza>(api(ente, 'bozze', bozza.id)))
  const step = useMutation({
    mutationFn: async ({ nome, corpo }: { nome: string; corpo: object }) => {
      const { versione } = await aperta.salva()
      return await passo(ente, bozza.id, nome, { versione, ...corpo })
    },
    onSuccess: (saved) => {
      onRifiuto(null)
      setDaConfermare(null)
      aperta.accogli(saved)
      void client.invalidateQueries({ queryKey: ['bozze', ente] })
    },
    onError: (error, { nome, corpo }) => {
      onRifiuto(error)
      if (nome === 'firma' && error instanceof Problema && error.codice === 'firmato-diverso')
        setDaConfermare((corpo as { contenutoId: string }).contenutoId)
    },
  })
  const register = useMutation({
    mutationFn: async () => {
      const { versione } = await aperta.salva()
      return await compiAtto<Registrazione>(`${ente}:bozza:${bozza.id}`, api(ente, 'bozze', bozza.id, 'registrazione'), { versione })
    },
    onSuccess: async (registrazione) => {
      annuncia(t.bozze.annuncio(registrazione.etichetta))
      onProtocollata(registrazione)
      await reread()
    },
    onError: onRifiuto,
  })
  // A document in preparation is looked at again until it is there.
  const inPreparazione = bozza.preparazione === 'in corso'
  useEffect(() => {
    if (!inPreparazione) return
    const timer = setInterval(() => void reread().catch(() => null), 2000)
    return () => clearInterval(timer)
  })
  const { azioni } = bozza
  const next = azioni.protocolla
    ? { testo: register.isPending ? t.bozze.protocollazione : t.bozze.protocolla, fai: () => register.mutate() }
    : azioni.prepara
      ? { testo: t.bozze.prepara, fai: () => step.mutate({ nome: 'documento', corpo: {} }) }
      : azioni.alProtocollo
        ? { testo: t.bozze.alProtocollo, fai: () => step.mutate({ nome: 'al-protocollo', corpo: { nota } }) }
        : null
  const busy = step.isPending || register.isPending
  useScorciatoie({ 'Ctrl+Enter': () => (busy ? undefined : next?.fai()) })
  const sign = async (files: FileList | null): Promise<void> => {
    const file = files?.[0]
    if (file === undefined) return
    try {
      const { id: contenutoId } = await caricaFile(ente, file, () => undefined)
      step.mutate({ nome: 'firma', corpo: { contenutoId } })
    } catch (error) {
      onRifiuto(error)
    }
  }
  const fileModel = bozza.modello !== null && bozza.modello.formato !== 'HTML'
  return (
    <div className="modulo-piede">
      {azioni.firma ? (
        <div className="campo">
          <label htmlFor="campo-firmato">{t.bozze.caricaFirmato}</label>
          <input
            id="campo-firmato"
            type="file"
            className="controllo"
            aria-describedby="campo-firmato-aiuto"
            onChange={(event) => void sign(event.target.files)}
          />
          <p className="campo-aiuto" id="campo-firmato-aiuto">
            {t.bozze.firmaAiuto}
          </p>
          {daConfermare === null ? null : (
            <button
              type="button"
              className="btn btn-outline-primary btn-xs"
              onClick={() => step.mutate({ nome: 'firma', corpo: { contenutoId: daConfermare, confermaDiverso: true } })}
            >
              {t.bozze.confermaDiverso}
            </button>
          )}
        </div>
      ) : null}
      {bozza.preparazione === null ? null : <p role="status">{inPreparazione ? t.bozze.preparazione : bozza.preparazione}</p>}
      {bozza.alProtocolloIl === null ? null : <p className="campo-aiuto">{t.bozze.inviata(giornoEOra(bozza.alProtocolloIl))}</p>}
      {bozza.registrazione === null ? null : <p className="campo-aiuto">{t.bozze.protocollata(bozza.registrazione.testo)}</p>}
      {azioni.alProtocollo && !azioni.protocolla ? (
        <CampoTesto id="campo-nota" etichetta={t.bozze.nota} valore={nota} onCambia={setNota} />
      ) : null}
      <div className="modulo-azioni">
        {next === null ? null : (
          <button
            type="button"
            className="btn btn-primary btn-sm"
            aria-disabled={busy}
            aria-keyshortcuts="Control+Enter"
            onClick={next.fai}
          >
            {next.testo} <kbd aria-hidden="true">Ctrl+Invio</kbd>
          </button>
        )}
        {azioni.prepara && fileModel ? (
          <button
            type="button"
            className="btn btn-outline-primary btn-sm"
            onClick={() => step.mutate({ nome: 'documento', corpo: { formato: 'ORIGINALE' } })}
          >
            {t.bozze.preparaOriginale}
          </button>
        ) : null}
        {azioni.alProtocollo && next?.testo !== t.bozze.alProtocollo ? (
          <button
            type="button"
            className="btn btn-outline-primary btn-sm"
            onClick={() => step.mutate({ nome: 'al-protocollo', corpo: { nota } })}
          >
            {t.bozze.alProtocollo}
          </button>
        ) : null}
        {azioni.riprendi ? (
          <button type="button" className="btn btn-outline-primary btn-sm" onClick={() => step.mutate({ nome: 'ripresa', corpo: {} })}>
            {t.bozze.riprendi}
          </button>
        ) : null}
        {azioni.ripristina ? (
          <button type="button" className="btn btn-outline-primary btn-sm" onClick={() => step.mutate({ nome: 'ripristino', corpo: {} })}>
            {t.bozze.ripristina}
          </button>
        ) : null}
        {azioni.scarta ? (
          <button type="button" className="btn btn-outline-primary btn-sm" onClick={() => setScarto(true)}>
            {t.bozze.scarta}
          </button>
        ) : null}
        {azioni.modifica ? (
          <span className="modulo-bozza" role="status">
            {aperta.stato === 'salvata' ? t.bozze.salvata : aperta.stato === 'in attesa' ? t.bozze.salvataggio : ''}
          </span>
        ) : null}
      </div>
      {scarto ? (
        <Finestra
          titolo={t.bozze.scartaTitolo}
          onChiudi={() => setScarto(false)}
          onConferma={() => {
            setScarto(false)
            step.mutate({ nome: 'scarto', corpo: { motivo } })
          }}
          azioni={
            <button
              type="button"
              className="btn btn-primary btn-sm"
              onClick={() => {
                setScarto(false)
                step.mutate({ nome: 'scarto', corpo: { motivo } })
              }}
            >
              {t.bozze.scartaConferma}
            </button>
          }
        >
          <CampoTesto id="scarto-motivo" etichetta={t.bozze.motivo} obbligatorio valore={motivo} onCambia={setMotivo} />
        </Finestra>
      ) : null}
    </div>
  )
}
