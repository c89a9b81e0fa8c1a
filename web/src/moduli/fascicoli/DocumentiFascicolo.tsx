/** Documents of a fascicolo, in order, with the preview of the chosen file and the area each one is in. */
import { useState } from 'react'
import { Link } from 'react-router'
import { api, chiama, conParametri } from '../../api/client.ts'
import type { DocumentoFascicolo, Fascicolo } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { Anteprima } from '../../ui/Anteprima.tsx'
import { Vuoto } from '../../ui/Attesa.tsx'
import { Icona } from '../../ui/Icona.tsx'
import { percorsoScheda } from '../protocollo/dati.ts'
import { ElencoFile, urlFile } from '../protocollo/DocumentiScheda.tsx'
import { TipoRegistrazione } from '../protocollo/colonne.tsx'
import { FoglioMotivo } from './FoglioMotivo.tsx'

export interface DocumentiFascicoloProps {
  ente: string
  dati: Fascicolo
  onCambiato: (testo: string) => void
}

function filesOf(documento: DocumentoFascicolo) {
  return documento.principale === null ? documento.allegati : [documento.principale, ...documento.allegati]
}

/** Documents of other registers are opened through the fascicolo that holds them. */
function urlOf(ente: string, fascicolo: string, documento: DocumentoFascicolo): (file: string, inline: boolean) => string {
  return (file, inline) =>
    documento.registrazione
      ? urlFile(ente, documento.documentoId, file, inline)
      : conParametri(api(ente, 'fascicoli', fascicolo, 'documenti', documento.documentoId, 'file', file), inline ? { inline: 1 } : {})
}

export function DocumentiFascicolo({ ente, dati, onCambiato }: DocumentiFascicoloProps) {
  const [scelto, setScelto] = useState<string | null>(null)
  const [sposta, setSposta] = useState<DocumentoFascicolo | null>(null)
  const all = dati.documenti.flatMap((documento) => filesOf(documento).map((file) => ({ documento, file })))
  const shown = all.find((item) => item.file.id === scelto) ?? all[0]
  const decide = dati.azioni.decidi && dati.stato === 'APERTO'
  if (dati.documenti.length === 0) return <Vuoto icona="folder">{t.fascicoli.nessunDocumento}</Vuoto>
  return (
    <section className="scheda-documenti" aria-label={t.fascicoli.documenti(dati.documenti.length)}>
      <h2>{t.fascicoli.documenti(dati.documenti.length)}</h2>
      <div className="affiancati">
        <ol className="documenti-fascicolo">
          {dati.documenti.map((documento) => (
            <li key={documento.documentoId}>
              <div className="documento-testa">
                <span className="documento-oggetto">{documento.oggetto}</span>
                {documento.registrazione ? (
                  <span className="documento-numero">
                    <Link to={percorsoScheda(ente, documento.registrazione.etichetta)}>{documento.registrazione.etichetta}</Link>{' '}
                    <TipoRegistrazione tipo={documento.registrazione.tipo} />
                  </span>
                ) : null}
                <span className="documento-area">
                  <Icona nome={documento.area === 'riservata' ? 'lock' : 'unlocked'} dimensione={14} />{' '}
                  {documento.area === 'riservata' ? t.fascicoli.areaRiservata : t.fascicoli.areaComune}
                </span>
                {decide ? (
                  <button type="button" className="collegamento" onClick={() => setSposta(documento)}>
                    {documento.area === 'riservata' ? t.fascicoli.spostaComune : t.fascicoli.spostaRiservata}
                    <span className="visually-hidden">: {documento.oggetto}</span>
                  </button>
                ) : null}
              </div>
              {documento.leggibile ? (
                <ElencoFile
                  ente={ente}
                  documento={documento.documentoId}
                  file={filesOf(documento)}
                  scelto={shown?.file.id ?? null}
                  onScegli={setScelto}
                  url={urlOf(ente, dati.id, documento)}
                />
              ) : (
                <p className="campo-aiuto">{t.fascicoli.nonLeggibile}</p>
              )}
            </li>
          ))}
        </ol>
        {shown === undefined ? null : (
          <Anteprima
            key={shown.file.id}
            url={urlOf(ente, dati.id, shown.documento)(shown.file.id, true)}
            nome={shown.file.nome}
            mime={shown.file.mime}
          />
        )}
      </div>
      {sposta === null ? null : (
        <FoglioMotivo
          titolo={sposta.area === 'riservata' ? t.fascicoli.spostaComune : t.fascicoli.spostaRiservata}
          invia={(motivo) =>
            chiama(api(ente, 'fascicoli', dati.id, 'documenti', sposta.documentoId), {
              metodo: 'PATCH',
              corpo: { area: sposta.area === 'riservata' ? 'comune' : 'riservata', motivo },
            })
          }
          onChiudi={() => setSposta(null)}
          onFatto={() => {
            setSposta(null)
            onCambiato(t.fascicoli.areaCambiata)
          }}
        />
      )}
    </section>
  )
}
