/** Documents of a registration: the list, the preview, and the marked copies. Each opening is audited by the server. */
import { useState } from 'react'
import { api, conParametri } from '../../api/client.ts'
import { Problema } from '../../api/problema.ts'
import type { FileDocumento, Registrazione } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { Anteprima } from '../../ui/Anteprima.tsx'
import { EsitoBar, EsitoProblema } from '../../ui/EsitoBar.tsx'
import { peso } from '../../ui/formati.ts'
import { Icona } from '../../ui/Icona.tsx'

/** Address of a file of a document. */
export function urlFile(ente: string, documento: string, file: string, inline = true): string {
  return conParametri(api(ente, 'documenti', documento, 'file', file), inline ? { inline: 1 } : {})
}

export interface ElencoFileProps {
  ente: string
  documento: string
  file: FileDocumento[]
  scelto: string | null
  onScegli: (id: string) => void
  /** Where the files are, when they are not of a registration. */
  url?: (file: string, inline: boolean) => string
}

/** Files of one document: open in the preview, download. */
export function ElencoFile({ ente, documento, file, scelto, onScegli, url }: ElencoFileProps) {
  return (
    <ul className="parti-elenco">
      {file.map((item) => (
        <li key={item.id} className="parte">
          <button type="button" className="parte-nome" aria-pressed={item.id === scelto} onClick={() => onScegli(item.id)}>
            {item.nome}
          </button>
          <span className="parte-peso">{peso(item.dimensione)}</span>
          <a
            className="pulsante-icona"
            href={url === undefined ? urlFile(ente, documento, item.id, false) : url(item.id, false)}
            download={item.nome}
            aria-label={t.anteprima.scaricaFile(item.nome)}
          >
            <Icona nome="download" dimensione={18} />
          </a>
        </li>
      ))}
    </ul>
  )
}

function SegnaturaXml({ ente, id }: { ente: string; id: string }) {
  const [errore, setErrore] = useState<unknown>(null)
  const path = api(ente, 'registrazioni', id, 'segnatura.xml')
  async function download(): Promise<void> {
    setErrore(null)
    const response = await fetch(path, { credentials: 'same-origin' })
    if (!response.ok) {
      const body: unknown = await response.json().catch(() => null)
      return setErrore(
        response.status === 409
          ? 'sigillo'
          : new Problema({ stato: response.status, codice: `http-${response.status}`, titolo: detail(body) }),
      )
    }
    const url = URL.createObjectURL(await response.blob())
    const link = document.createElement('a')
    link.href = url
    link.download = 'segnatura.xml'
    link.click()
    URL.revokeObjectURL(url)
  }
  return (
    <>
      <button type="button" className="collegamento" onClick={() => void download()}>
        <Icona nome="download" dimensione={16} /> {t.scheda.segnaturaXml}
      </button>
      {errore === null ? null : errore === 'sigillo' ? (
        <EsitoBar tipo="info">{t.scheda.sigilloInCorso}</EsitoBar>
      ) : (
        <EsitoProblema errore={errore} />
      )}
    </>
  )
}

function detail(body: unknown): string {
  const value = typeof body === 'object' && body !== null ? (body as { detail?: unknown }).detail : undefined
  return typeof value === 'string' ? value : t.errori.generico
}

export function DocumentiScheda({ ente, dati }: { ente: string; dati: Registrazione }) {
  const { documento } = dati
  const files = [...(documento.principale === null ? [] : [documento.principale]), ...documento.allegati, ...documento.annessi]
  const [scelto, setScelto] = useState<string | null>(null)
  const shown = files.find((item) => item.id === scelto) ?? documento.principale
  return (
    <section className="scheda-documenti" aria-label={t.scheda.documenti}>
      <h2>{t.scheda.documenti}</h2>
      {shown === null ? (
        <EsitoBar tipo="info">{t.scheda.scansioneAttesa}</EsitoBar>
      ) : (
        <>
          <ElencoFile ente={ente} documento={documento.id} file={files} scelto={shown.id} onScegli={setScelto} />
          <Anteprima key={shown.id} url={urlFile(ente, documento.id, shown.id)} nome={shown.nome} mime={shown.mime} />
        </>
      )}
      <h3>{t.scheda.segnatura}</h3>
      <p className="segnatura">{dati.segnatura.testo}</p>
      <p className="scheda-collegamenti">
        <SegnaturaXml ente={ente} id={dati.id} />
        {documento.copiaSegnata ? (
          <a href={api(ente, 'registrazioni', dati.id, 'copia-segnata.pdf')} download>
            <Icona nome="download" dimensione={16} /> {t.scheda.copiaSegnata}
          </a>
        ) : null}
      </p>
    </section>
  )
}
