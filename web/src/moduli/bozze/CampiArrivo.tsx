/** When and how an incoming document arrived: day and hour, the sender's protocol, the scan that comes later. */
import { useState } from 'react'
import { t } from '../../testi/it.ts'
import { CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { giornoItaliano, istanteItaliano, leggiGiorno, oraItaliana, scriviGiorno } from '../../ui/date.ts'
import type { BozzaAperta } from './useBozza.ts'

export interface CampiArrivoProps {
  aperta: BozzaAperta
  errore: (campo: string) => string | undefined
}

export function CampiArrivo({ aperta, errore }: CampiArrivoProps) {
  const { corrente, cambiaDati } = aperta
  const { dati } = corrente
  const [giorno, setGiorno] = useState(() => (dati.dataArrivo ? scriviGiorno(giornoItaliano(new Date(dati.dataArrivo))) : ''))
  const [ora, setOra] = useState(() => (dati.dataArrivo ? oraItaliana(new Date(dati.dataArrivo)) : ''))
  const set = (day: string, hour: string): void => {
    setGiorno(day)
    setOra(hour)
    const read = leggiGiorno(day, giornoItaliano(new Date()))
    cambiaDati({ dataArrivo: read === null ? '' : (istanteItaliano(read, hour) ?? '') })
  }
  return (
    <>
      <CampoData
        id="campo-dataArrivo"
        etichetta={t.modulo.dataArrivo}
        larghezza="meta"
        valore={giorno}
        errore={errore('dataArrivo')}
        onCambia={(value) => set(value, ora)}
      />
      <CampoTesto
        id="campo-oraArrivo"
        etichetta={t.modulo.oraArrivo}
        larghezza="meta"
        valore={ora}
        onCambia={(value) => set(giorno, value)}
      />
      <CampoTesto
        id="campo-protocolloMittente"
        etichetta={t.modulo.protocolloMittente}
        valore={dati.protocolloMittente?.numero ?? ''}
        errore={errore('protocolloMittente')}
        onCambia={(numero) => cambiaDati({ protocolloMittente: { ...dati.protocolloMittente, numero } })}
      />
      {dati.documento === null ? (
        <label className="campo">
          <input
            type="checkbox"
            checked={dati.scansioneAttesa}
            onChange={(event) => cambiaDati({ scansioneAttesa: event.target.checked })}
          />{' '}
          {t.bozze.scansioneAttesa}
        </label>
      ) : null}
      {dati.documento === null && dati.scansioneAttesa ? (
        <CampoTesto
          id="campo-descrizioneCartaceo"
          etichetta={t.bozze.descrizioneCartaceo}
          valore={dati.descrizioneCartaceo ?? ''}
          onCambia={(descrizioneCartaceo) => cambiaDati({ descrizioneCartaceo })}
        />
      ) : null}
    </>
  )
}
