/** Registers of other systems: dry run, report, confirmation. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { Campo, CampoTesto } from '../../ui/Campo.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { giornoEOra } from '../../ui/formati.ts'
import { Stato, type Tono } from '../../ui/Stato.tsx'
import { caricaFile } from '../protocollo/caricamento.ts'
import { erroreDi } from '../../api/problema.ts'
import { importazioniQuery, type Importazione } from './dati.ts'
import { RapportoImportazione } from './RapportoImportazione.tsx'

const s = t.importazioni.storico
const TONES: Record<Importazione['stato'], Tono> = {
  IN_VERIFICA: 'attivo',
  VERIFICATA: 'attenzione',
  IN_IMPORTAZIONE: 'attivo',
  IMPORTATA: 'buono',
  FALLITA: 'male',
}

function Nuova({ ente }: { ente: string }) {
  const client = useQueryClient()
  const [dati, setDati] = useState({ codice: '', anno: '', denominazione: '', provenienza: '' })
  const [tabella, setTabella] = useState<File | null>(null)
  const [archivio, setArchivio] = useState<File | null>(null)
  const ask = useMutation({
    mutationFn: async () => {
      const upload = async (file: File): Promise<string> => (await caricaFile(ente, file, () => undefined)).id
      return await chiama<Importazione>(api(ente, 'importazioni'), {
        metodo: 'POST',
        corpo: {
          ...dati,
          anno: Number(dati.anno),
          ...(tabella === null ? {} : { righeContenutoId: await upload(tabella) }),
          ...(archivio === null ? {} : { archivioContenutoId: await upload(archivio) }),
        },
      })
    },
    onSuccess: () => void client.invalidateQueries({ queryKey: ['importazioni', ente] }),
  })
  const field = (campo: keyof typeof dati, etichetta: string) => (
    <CampoTesto
      id={`importa-${campo}`}
      etichetta={etichetta}
      larghezza="meta"
      obbligatorio
      valore={dati[campo]}
      errore={erroreDi(ask.error, campo)}
      onCambia={(value) => setDati((before) => ({ ...before, [campo]: value }))}
    />
  )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        ask.mutate()
      }}
    >
      <p>{s.spiega}</p>
      <p className="campo-aiuto">{s.colonne}</p>
      {ask.error === null ? null : <EsitoProblema errore={ask.error} />}
      <div className="griglia-campi">
        {field('codice', s.codice)}
        {field('anno', s.anno)}
        {field('denominazione', s.denominazione)}
        {field('provenienza', s.provenienza)}
        <Campo id="importa-tabella" etichetta={s.tabella} obbligatorio larghezza="meta" errore={erroreDi(ask.error, 'righeContenutoId')}>
          <input id="importa-tabella" type="file" className="controllo" onChange={(event) => setTabella(event.target.files?.[0] ?? null)} />
        </Campo>
        <Campo id="importa-archivio" etichetta={s.archivio} larghezza="meta">
          <input
            id="importa-archivio"
            type="file"
            className="controllo"
            onChange={(event) => setArchivio(event.target.files?.[0] ?? null)}
          />
        </Campo>
      </div>
      <p className="azioni-pagina">
        <button type="submit" className="btn btn-primary btn-sm" aria-disabled={ask.isPending}>
          {s.verifica}
        </button>{' '}
        <Link className="btn btn-outline-primary btn-sm" to={`/${ente}/protocollo/registri-storici`}>
          {s.consulta}
        </Link>
      </p>
    </form>
  )
}

export function Component() {
  const { slug } = useEnte()
  const query = useQuery(importazioniQuery(slug))
  return (
    <div className="pagina">
      <Titolo>{s.titolo}</Titolo>
      <Nuova ente={slug} />
      <h2>{s.importazioni}</h2>
      <Carica query={query} cosa={s.importazioni} righe={3}>
        {(list) =>
          list.length === 0 ? (
            <Vuoto icona="list">{s.vuoto}</Vuoto>
          ) : (
            list.map((one) => (
              <details key={one.id} className="altri-dati" open={one.stato === 'VERIFICATA' ? true : undefined}>
                <summary>
                  {one.codice} {one.anno} · {giornoEOra(one.creataIl)} <Stato tono={TONES[one.stato]}>{s.stati[one.stato]}</Stato>
                </summary>
                {one.errore === null ? null : <p className="campo-errore">{one.errore}</p>}
                <RapportoImportazione ente={slug} importazione={one} />
              </details>
            ))
          )
        }
      </Carica>
    </div>
  )
}
