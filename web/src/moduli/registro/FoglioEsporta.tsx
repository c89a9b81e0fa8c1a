/** Export of a period: the ZIP is read as it comes, so that the person sees how far it is; then the browser keeps it. */
import { useState } from 'react'
import { api, conParametri } from '../../api/client.ts'
import { leggiProblema } from '../../api/problema.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { leggiGiorno, scriviGiorno, spostaGiorno } from '../../ui/date.ts'
import { peso } from '../../ui/formati.ts'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'

const r = t.registroGiornaliero

interface Avanzamento {
  fatti: number
  totale: number
}

/** Reads the answer piece by piece. Throws Problema. */
async function download(percorso: string, onAvanza: (a: Avanzamento) => void): Promise<Blob> {
  const response = await fetch(percorso, { credentials: 'same-origin' })
  if (!response.ok || response.body === null)
    throw leggiProblema(response.status, await response.json().catch(() => null), t.errori.generico)
  const totale = Number(response.headers.get('content-length') ?? 0)
  const parts: BlobPart[] = []
  let fatti = 0
  const reader = response.body.getReader()
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    parts.push(piece.value)
    fatti += piece.value.length
    onAvanza({ fatti, totale })
  }
  return new Blob(parts, { type: 'application/zip' })
}

export function FoglioEsporta({
  ente,
  registroId,
  oggi,
  onChiudi,
}: {
  ente: string
  registroId: string
  oggi: string
  onChiudi: () => void
}) {
  const annuncia = useAnnuncio()
  const [dal, setDal] = useState(scriviGiorno(spostaGiorno(oggi, -30)))
  const [al, setAl] = useState(scriviGiorno(spostaGiorno(oggi, -1)))
  const [conPdf, setConPdf] = useState(false)
  const [avanzamento, setAvanzamento] = useState<Avanzamento | null>(null)
  const [errore, setErrore] = useState<unknown>(null)
  const start = async (): Promise<void> => {
    setErrore(null)
    setAvanzamento({ fatti: 0, totale: 0 })
    try {
      const days = { dal: leggiGiorno(dal, oggi) ?? dal, al: leggiGiorno(al, oggi) ?? al }
      const path = conParametri(api(ente, 'registri-giornalieri', 'esportazione.zip'), {
        ...days,
        registroId,
        conPdf: conPdf ? 'si' : 'no',
      })
      const url = URL.createObjectURL(await download(path, setAvanzamento))
      const link = document.createElement('a')
      link.href = url
      link.download = `registro-${days.dal}-${days.al}.zip`
      link.click()
      setTimeout(() => URL.revokeObjectURL(url), 60_000)
      annuncia(r.esportato)
      onChiudi()
    } catch (error) {
      setErrore(error)
      setAvanzamento(null)
    }
  }
  return (
    <GuscioFoglio
      titolo={r.esporta}
      conferma={r.scarica}
      errore={errore}
      inCorso={avanzamento !== null}
      onConferma={() => void start()}
      onChiudi={onChiudi}
    >
      <p>{r.esportaSpiega}</p>
      <CampoData id="esporta-dal" etichetta={r.dal} obbligatorio valore={dal} onCambia={setDal} />
      <CampoData id="esporta-al" etichetta={r.al} obbligatorio valore={al} onCambia={setAl} />
      <p>
        <input id="esporta-pdf" type="checkbox" checked={conPdf} onChange={(event) => setConPdf(event.target.checked)} />{' '}
        <label htmlFor="esporta-pdf">{r.conPdf}</label>
      </p>
      {avanzamento === null ? null : (
        <p role="status">
          <progress aria-label={r.avanzamento} {...(avanzamento.totale > 0 ? { value: avanzamento.fatti, max: avanzamento.totale } : {})} />{' '}
          {r.scaricati(peso(avanzamento.fatti), peso(avanzamento.totale))}
        </p>
      )}
    </GuscioFoglio>
  )
}
