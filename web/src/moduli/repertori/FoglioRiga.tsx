/** A new row of a repertory: object, who formed it, the data it asks for, the document. The number comes at the end, from the server. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, compiAtto } from '../../api/client.ts'
import { Problema } from '../../api/problema.ts'
import type { Contenuto } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { giornoItaliano, leggiGiorno } from '../../ui/date.ts'
import { peso } from '../../ui/formati.ts'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { caricaFile } from '../protocollo/caricamento.ts'
import { useRicerche } from '../protocollo/dati.ts'
import { erroreDi } from '../../api/problema.ts'
import type { CampoRepertorio, Repertorio, RigaCompleta } from './tipi.ts'

export interface FoglioRigaProps {
  ente: string
  repertorio: Repertorio
  onChiudi: () => void
  onFatto: (riga: RigaCompleta) => void
}

function CampoDato({
  campo,
  valore,
  errore,
  onCambia,
}: {
  campo: CampoRepertorio
  valore: string
  errore: string | undefined
  onCambia: (valore: string) => void
}) {
  const common = { id: `dati-${campo.chiave}`, etichetta: campo.etichetta, obbligatorio: campo.obbligatorio, valore, errore, onCambia }
  if (campo.tipo === 'scelta')
    return <CampoScelta {...common} vuota={t.repertori.registra.scegli} opzioni={campo.valori.map((v) => ({ valore: v, testo: v }))} />
  return campo.tipo === 'data' ? <CampoData {...common} /> : <CampoTesto {...common} />
}

function CampoFile({
  id,
  etichetta,
  obbligatorio = false,
  multiplo = false,
  errore,
  files,
  onFiles,
}: {
  id: string
  etichetta: string
  obbligatorio?: boolean
  multiplo?: boolean
  errore: string | undefined
  files: readonly Contenuto[]
  onFiles: (files: File[]) => void
}) {
  return (
    <div className={`campo${errore ? ' campo-con-errore' : ''}`}>
      <span className="campo-riga">
        <label htmlFor={id}>
          {etichetta}
          {obbligatorio ? ' *' : ''}
        </label>
      </span>
      <input
        id={id}
        type="file"
        className="controllo"
        multiple={multiplo}
        aria-describedby={errore ? `${id}-errore` : undefined}
        onChange={(event) => onFiles([...(event.target.files ?? [])])}
      />
      {files.map((f) => (
        <p key={f.id} className="campo-aiuto">
          {f.nome} · {peso(f.dimensione)}
        </p>
      ))}
      {errore ? (
        <p className="campo-errore" id={`${id}-errore`}>
          {errore}
        </p>
      ) : null}
    </div>
  )
}

/** A datum typed as a date goes as a day. */
function normalise(campo: CampoRepertorio, valore: string): string {
  if (campo.tipo !== 'data') return valore.trim()
  return leggiGiorno(valore, giornoItaliano(new Date())) ?? valore.trim()
}

export function FoglioRiga({ ente, repertorio, onChiudi, onFatto }: FoglioRigaProps) {
  const r = t.repertori.registra
  const ricerche = useRicerche(ente)
  const annuncia = useAnnuncio()
  const [oggetto, setOggetto] = useState('')
  const [formatore, setFormatore] = useState('')
  const [voce, setVoce] = useState<{ id: string; testo: string } | null>(null)
  const [dati, setDati] = useState<Record<string, string>>({})
  const [documento, setDocumento] = useState<Contenuto | null>(null)
  const [allegati, setAllegati] = useState<Contenuto[]>([])
  const [riservato, setRiservato] = useState(false)
  const [note, setNote] = useState('')
  const upload = useMutation({
    mutationFn: async (files: File[]) => await Promise.all(files.map(async (f) => await caricaFile(ente, f, () => undefined))),
  })
  const act = useMutation({
    mutationFn: () => {
      if (documento === null)
        throw new Problema({
          stato: 400,
          codice: 'documento-mancante',
          titolo: r.documentoErrore,
          campi: [{ campo: 'documento', messaggio: r.documentoErrore }],
        })
      const file = (c: Contenuto) => ({ contenutoId: c.id, nome: c.nome, descrizione: '' })
      const filled = repertorio.campi.map((c) => [c.chiave, normalise(c, dati[c.chiave] ?? '')]).filter(([, v]) => v !== '')
      return compiAtto<RigaCompleta>(`${ente}:repertorio:${repertorio.id}`, api(ente, 'repertori', repertorio.id, 'righe'), {
        oggetto,
        formatore,
        voceId: voce?.id ?? '',
        dati: Object.fromEntries(filled) as Record<string, string>,
        documento: { ...file(documento), formazione: 'file' },
        allegati: allegati.map(file),
        riservato,
        note,
      })
    },
    onSuccess: (riga) => {
      annuncia(r.fatto(riga.etichetta))
      onFatto(riga)
    },
  })
  const e = (campo: string): string | undefined => erroreDi(act.error, campo)
  return (
    <GuscioFoglio
      titolo={r.titolo(repertorio.denominazione)}
      conferma={r.conferma}
      errore={act.error ?? upload.error}
      inCorso={act.isPending || upload.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      <CampoTesto
        id="riga-oggetto"
        etichetta={r.oggetto}
        obbligatorio
        righe={2}
        massimo={500}
        valore={oggetto}
        errore={e('oggetto')}
        onCambia={setOggetto}
      />
      <CampoTesto
        id="riga-formatore"
        etichetta={r.formatore}
        obbligatorio
        aiuto={r.formatoreAiuto}
        valore={formatore}
        errore={e('formatore')}
        onCambia={setFormatore}
      />
      <Combobox
        id="riga-voce"
        etichetta={r.voce}
        obbligatorio
        chiave={['voci', ente]}
        cerca={ricerche.voci}
        valore={voce}
        errore={e('voceId')}
        onScelta={setVoce}
      />
      {repertorio.campi.map((c) => (
        <CampoDato
          key={c.chiave}
          campo={c}
          valore={dati[c.chiave] ?? ''}
          errore={e(`dati.${c.chiave}`)}
          onCambia={(v) => setDati((before) => ({ ...before, [c.chiave]: v }))}
        />
      ))}
      <CampoFile
        id="riga-documento"
        etichetta={r.documento}
        obbligatorio
        errore={e('documento')}
        files={documento === null ? [] : [documento]}
        onFiles={(files) => upload.mutate(files.slice(0, 1), { onSuccess: ([first]) => setDocumento(first ?? null) })}
      />
      <CampoFile
        id="riga-allegati"
        etichetta={r.allegati}
        multiplo
        errore={e('allegati')}
        files={allegati}
        onFiles={(files) => upload.mutate(files, { onSuccess: (more) => setAllegati((before) => [...before, ...more]) })}
      />
      <label className="interruttore">
        <input type="checkbox" checked={riservato} onChange={(event) => setRiservato(event.target.checked)} /> <span>{r.riservato}</span>
      </label>
      <CampoTesto id="riga-note" etichetta={r.note} righe={2} valore={note} onCambia={setNote} />
    </GuscioFoglio>
  )
}
