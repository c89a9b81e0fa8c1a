/** The right pane of a registration from paper or file: drop, upload at once, choose the main document, look at it. */
import { useState } from 'react'
import { DropZone, FileTrigger, Button, type FileDropItem } from 'react-aria-components'
import type { Contenuto } from '../../api/tipi.ts'
import { Problema } from '../../api/problema.ts'
import { t } from '../../testi/it.ts'
import { Anteprima } from '../../ui/Anteprima.tsx'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { peso } from '../../ui/formati.ts'
import { Icona } from '../../ui/Icona.tsx'
import { caricaFile } from './caricamento.ts'
import { urlContenuto } from './messaggi.ts'
import type { FileModulo, StatoModulo } from './modulo.ts'

export interface AcquisisciProps {
  ente: string
  stato: StatoModulo
  errore: string | undefined
  onCambia: (patch: Partial<StatoModulo>) => void
  onCaricato: (file: FileModulo) => void
}

interface InCorso {
  nome: string
  percento: number
}

function asFile(content: Contenuto): FileModulo {
  return { contenutoId: content.id, nome: content.nome, descrizione: '', mime: content.formato.mime, dimensione: content.dimensione }
}

function RigaFile({
  file,
  main,
  onMain,
  onMostra,
  mostrato,
  onDescrizione,
  onTogli,
}: {
  file: FileModulo
  main: boolean
  mostrato: boolean
  onMain: () => void
  onMostra: () => void
  onDescrizione: (text: string) => void
  onTogli: () => void
}) {
  return (
    <div className="parte">
      <input type="radio" name="principale" checked={main} onChange={onMain} aria-label={t.modulo.usaPrincipale(file.nome)} />
      <button type="button" className="parte-nome" aria-pressed={mostrato} onClick={onMostra}>
        {file.nome}
      </button>
      <span className="parte-peso">{peso(file.dimensione)}</span>
      {main ? null : (
        <input
          className="controllo parte-descrizione"
          value={file.descrizione}
          aria-label={t.modulo.descrizioneAllegato(file.nome)}
          placeholder={t.modulo.descrizioneAllegato('').trim()}
          onChange={(event) => onDescrizione(event.target.value)}
        />
      )}
      <button type="button" className="pulsante-icona" aria-label={t.rimuovi(file.nome)} onClick={onTogli}>
        <Icona nome="close" dimensione={18} />
      </button>
    </div>
  )
}

export function Acquisisci({ ente, stato, errore, onCambia, onCaricato }: AcquisisciProps) {
  const [corsi, setCorsi] = useState<InCorso[]>([])
  const [guasti, setGuasti] = useState<string[]>([])
  const [mostrato, setMostrato] = useState<string | null>(null)
  const shown = stato.file.find((file) => file.contenutoId === (mostrato ?? stato.principale)) ?? stato.file[0] ?? null

  async function upload(files: File[]): Promise<void> {
    setGuasti([])
    for (const file of files) {
      const step = (percento: number): void =>
        setCorsi((all) => [...all.filter((item) => item.nome !== file.name), { nome: file.name, percento }])
      step(0)
      try {
        onCaricato(asFile(await caricaFile(ente, file, step)))
      } catch (error) {
        setGuasti((all) => [...all, `${t.modulo.erroreFile(file.name)} ${error instanceof Problema ? error.message : ''}`])
      }
      setCorsi((all) => all.filter((item) => item.nome !== file.name))
    }
  }
  const patch = (id: string, changes: Partial<FileModulo>): void =>
    onCambia({ file: stato.file.map((file) => (file.contenutoId === id ? { ...file, ...changes } : file)) })
  const remove = (id: string): void => {
    const file = stato.file.filter((item) => item.contenutoId !== id)
    onCambia({ file, principale: stato.principale === id ? (file[0]?.contenutoId ?? null) : stato.principale })
  }
  return (
    <div className="documenti">
      <DropZone
        aria-label={t.modulo.carica}
        className="deposito"
        onDrop={(event) => {
          const items = event.items.filter((item): item is FileDropItem => item.kind === 'file')
          void Promise.all(items.map((item) => item.getFile())).then(upload)
        }}
      >
        <Icona nome="upload" dimensione={26} />
        <p>{t.modulo.caricaTesto}</p>
        <FileTrigger allowsMultiple onSelect={(list) => void upload([...(list ?? [])])}>
          <Button
            id="campo-documento"
            className="btn btn-outline-primary btn-sm"
            {...(errore ? { 'aria-describedby': 'documento-errore' } : {})}
          >
            {t.modulo.scegliFile}
          </Button>
        </FileTrigger>
        {errore ? (
          <p className="campo-errore" id="documento-errore">
            <Icona nome="close-circle" dimensione={16} /> {errore}
          </p>
        ) : null}
      </DropZone>
      {guasti.map((guasto) => (
        <EsitoBar key={guasto} tipo="errore">
          {guasto}
        </EsitoBar>
      ))}
      {corsi.map((corso) => (
        <div key={corso.nome} className="avanzamento">
          <label htmlFor={`avanza-${corso.nome}`}>{t.modulo.caricamento(corso.nome, corso.percento)}</label>
          <progress id={`avanza-${corso.nome}`} max={100} value={corso.percento} />
        </div>
      ))}
      {shown === null ? null : (
        <Anteprima key={shown.contenutoId} url={urlContenuto(ente, shown.contenutoId)} nome={shown.nome} mime={shown.mime} />
      )}
      {stato.file.length === 0 ? null : (
        <div className="parti">
          <fieldset>
            <legend>{t.modulo.documenti}</legend>
            {stato.file.map((file) => (
              <RigaFile
                key={file.contenutoId}
                file={file}
                main={file.contenutoId === stato.principale}
                mostrato={file === shown}
                onMain={() => onCambia({ principale: file.contenutoId })}
                onMostra={() => setMostrato(file.contenutoId)}
                onDescrizione={(descrizione) => patch(file.contenutoId, { descrizione })}
                onTogli={() => remove(file.contenutoId)}
              />
            ))}
          </fieldset>
        </div>
      )}
    </div>
  )
}
