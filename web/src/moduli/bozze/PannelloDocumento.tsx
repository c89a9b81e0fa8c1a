/** The document of a draft: as it would leave now, as it was prepared, as it was signed; and the files brought here. */
import { useState } from 'react'
import { api, conParametri } from '../../api/client.ts'
import type { Contenuto } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { Anteprima } from '../../ui/Anteprima.tsx'
import { Vuoto } from '../../ui/Attesa.tsx'
import { peso } from '../../ui/formati.ts'
import { caricaFile } from '../protocollo/caricamento.ts'
import type { BozzaAperta } from './useBozza.ts'

export interface PannelloDocumentoProps {
  ente: string
  aperta: BozzaAperta
  errore: string | undefined
  onRifiuto: (errore: unknown) => void
}

function Scegli({
  id,
  etichetta,
  multiplo,
  errore,
  onFile,
}: {
  id: string
  etichetta: string
  multiplo: boolean
  errore?: string | undefined
  onFile: (files: File[]) => void
}) {
  return (
    <div className={`campo${errore ? ' campo-con-errore' : ''}`}>
      <label htmlFor={id}>{etichetta}</label>
      <input
        id={id}
        type="file"
        className="controllo"
        multiple={multiplo}
        aria-describedby={errore ? `${id}-errore` : undefined}
        onChange={(event) => {
          onFile([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      {errore ? (
        <p className="campo-errore" id={`${id}-errore`}>
          {errore}
        </p>
      ) : null}
    </div>
  )
}

export function PannelloDocumento({ ente, aperta, errore, onRifiuto }: PannelloDocumentoProps) {
  const { bozza, corrente, cambiaDati } = aperta
  const [giro, setGiro] = useState(0)
  const { dati } = corrente
  const file = (id: string): string => api(ente, 'bozze', bozza.id, 'file', id)
  const upload = async (files: File[], use: (loaded: Contenuto[]) => void): Promise<void> => {
    try {
      const loaded: Contenuto[] = []
      for (const one of files) loaded.push(await caricaFile(ente, one, () => undefined))
      use(loaded)
      await aperta.salva()
    } catch (error) {
      onRifiuto(error)
    }
  }
  const made = bozza.firmato ?? bozza.documento
  const generated = corrente.corpo.trim() !== '' || (bozza.modello !== null && bozza.modello.formato !== 'HTML')
  const shown =
    made !== null
      ? { url: file(made.id), nome: made.nome, mime: made.formato.mime }
      : generated
        ? {
            url: conParametri(api(ente, 'bozze', bozza.id, 'anteprima'), { giro }),
            nome:
              bozza.modello !== null && bozza.modello.formato !== 'HTML'
                ? `documento.${bozza.modello.formato.toLowerCase()}`
                : 'documento.pdf',
            mime: bozza.modello !== null && bozza.modello.formato !== 'HTML' ? 'application/octet-stream' : 'application/pdf',
          }
        : dati.documento !== null && bozza.dati.documento?.contenutoId === dati.documento.contenutoId
          ? { url: file(dati.documento.contenutoId), nome: dati.documento.nome, mime: '' }
          : null
  return (
    <div className="documenti">
      {generated && made === null ? (
        <p className="azioni-pagina">
          <button
            type="button"
            className="btn btn-outline-primary btn-xs"
            onClick={() => void aperta.salva().then(() => setGiro(giro + 1), onRifiuto)}
          >
            {t.bozze.aggiorna}
          </button>
        </p>
      ) : null}
      {shown === null ? <Vuoto icona="file">{t.bozze.anteprimaVuota}</Vuoto> : <Anteprima key={`${shown.url}:${giro}`} {...shown} />}
      {bozza.azioni.modifica ? (
        <div className="parti">
          {generated ? null : (
            <Scegli
              id="campo-documento"
              etichetta={t.bozze.caricaDocumento}
              multiplo={false}
              errore={errore}
              onFile={(files) =>
                void upload(files, ([one]) => {
                  if (one !== undefined)
                    cambiaDati({
                      documento: {
                        contenutoId: one.id,
                        nome: one.nome,
                        descrizione: '',
                        formazione: bozza.tipo === 'E' ? 'file' : 'redatto',
                      },
                    })
                })
              }
            />
          )}
          <Scegli
            id="campo-allegati"
            etichetta={t.bozze.caricaAllegati}
            multiplo
            onFile={(files) =>
              void upload(files, (loaded) =>
                cambiaDati({
                  allegati: [...dati.allegati, ...loaded.map((one) => ({ contenutoId: one.id, nome: one.nome, descrizione: '' }))],
                }),
              )
            }
          />
        </div>
      ) : null}
      {dati.allegati.length === 0 ? null : (
        <section>
          <h2>{t.bozze.allegati}</h2>
          {dati.allegati.map((one) => (
            <div key={one.contenutoId} className="parte">
              <a className="parte-nome" href={file(one.contenutoId)}>
                {one.nome}
              </a>
              <input
                className="controllo parte-descrizione"
                value={one.descrizione}
                disabled={!bozza.azioni.modifica}
                aria-label={t.modulo.descrizioneAllegato(one.nome)}
                onChange={(event) =>
                  cambiaDati({
                    allegati: dati.allegati.map((other) =>
                      other.contenutoId === one.contenutoId ? { ...other, descrizione: event.target.value } : other,
                    ),
                  })
                }
              />
              {bozza.azioni.modifica ? (
                <button
                  type="button"
                  className="collegamento"
                  onClick={() => cambiaDati({ allegati: dati.allegati.filter((other) => other.contenutoId !== one.contenutoId) })}
                >
                  {t.rimuovi(one.nome)}
                </button>
              ) : null}
            </div>
          ))}
        </section>
      )}
      {made === null ? null : (
        <p>
          <a className="btn btn-outline-primary btn-xs" href={file(made.id)} download={made.nome}>
            {t.bozze.scarica} ({peso(made.dimensione)})
          </a>
        </p>
      )}
    </div>
  )
}
