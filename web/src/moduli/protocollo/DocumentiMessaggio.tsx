/** The right pane: which file is the main document, the preview, and the envelope folded away. */
import { useState } from 'react'
import type { DettaglioMessaggio, ParteMessaggio } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { Anteprima } from '../../ui/Anteprima.tsx'
import { peso } from '../../ui/formati.ts'
import { Icona } from '../../ui/Icona.tsx'
import { Stato } from '../../ui/Stato.tsx'
import { urlParte } from './messaggi.ts'

export interface DocumentiMessaggioProps {
  ente: string
  messaggio: DettaglioMessaggio
  principale: string | null
  /** Absent where nothing can be chosen (quarantine). */
  onPrincipale?: (id: string) => void
}

const ENVELOPE = new Set(['busta', 'daticert', 'segnatura', 'originale'])

function Parte({ parte, url, mostrata, onMostra }: { parte: ParteMessaggio; url: string; mostrata: boolean; onMostra: () => void }) {
  return (
    <>
      <button type="button" className="parte-nome" aria-pressed={mostrata} onClick={onMostra}>
        {parte.nome}
      </button>
      {parte.firmato === 'nessuna' ? null : (
        <Stato tono="attivo" icona="file-signed">
          {t.modulo.firmato}
        </Stato>
      )}
      <span className="parte-peso">{peso(parte.dimensione)}</span>
      <a className="pulsante-icona" href={url} download={parte.nome} aria-label={t.anteprima.scaricaFile(parte.nome)}>
        <Icona nome="download" dimensione={18} />
      </a>
    </>
  )
}

export function DocumentiMessaggio({ ente, messaggio, principale, onPrincipale }: DocumentiMessaggioProps) {
  const main = principale ?? messaggio.parti.find((parte) => parte.principaleProposto)?.id ?? messaggio.parti[0]?.id ?? null
  const [scelta, setScelta] = useState<string | null>(null)
  const shownId = scelta ?? main
  const shown = messaggio.parti.find((parte) => parte.id === shownId) ?? null
  const content = messaggio.parti.filter((parte) => !ENVELOPE.has(parte.ruolo) || parte.id === main)
  const envelope = messaggio.parti.filter((parte) => ENVELOPE.has(parte.ruolo) && parte.id !== main)
  const row = (parte: ParteMessaggio) => (
    <Parte
      parte={parte}
      url={urlParte(ente, messaggio.id, parte.id)}
      mostrata={parte.id === shownId}
      onMostra={() => setScelta(parte.id)}
    />
  )
  return (
    <div className="documenti">
      {shown === null ? null : (
        <Anteprima key={shown.id} url={urlParte(ente, messaggio.id, shown.id)} nome={shown.nome} mime={shown.mime} />
      )}
      <div className="parti">
        <fieldset>
          <legend>
            {t.modulo.documenti} ({content.length})
          </legend>
          {content.map((parte) => (
            <div key={parte.id} className="parte">
              {onPrincipale ? (
                <input
                  type="radio"
                  name="principale"
                  id={parte.id === main ? 'campo-documento' : undefined}
                  checked={parte.id === main}
                  aria-label={t.modulo.usaPrincipale(parte.nome)}
                  onChange={() => {
                    onPrincipale(parte.id)
                    setScelta(parte.id)
                  }}
                />
              ) : null}
              {row(parte)}
            </div>
          ))}
        </fieldset>
        {envelope.length === 0 ? null : (
          <details>
            <summary>{t.modulo.busta}</summary>
            {envelope.map((parte) => (
              <div key={parte.id} className="parte">
                {row(parte)}
              </div>
            ))}
          </details>
        )}
      </div>
    </div>
  )
}
