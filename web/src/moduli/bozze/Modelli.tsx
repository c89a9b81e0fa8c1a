/** The templates of the ente: text written here, or office files whose fields are filled. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { Finestra } from '../../ui/Finestra.tsx'
import { Stato } from '../../ui/Stato.tsx'
import { Tabella, type Colonna } from '../../ui/Tabella.tsx'
import { caricaFile } from '../protocollo/caricamento.ts'
import { TIPOLOGIE } from '../protocollo/modulo.ts'
import { erroreDi } from '../../api/problema.ts'
import { modelliQuery, type Campo, type Modello } from './dati.ts'

const m = t.bozze.modello

interface Scritto {
  nome: string
  descrizione: string
  formato: Modello['formato']
  corpo: string
  contenutoId: string | null
  oggetto: string
  tipologia: string
  richiedeFirma: boolean
  attivo: boolean
}

const scrittoDi = (modello: Modello | null): Scritto => ({
  nome: modello?.nome ?? '',
  descrizione: modello?.descrizione ?? '',
  formato: modello?.formato ?? 'HTML',
  corpo: modello?.corpo ?? '<p></p>',
  contenutoId: modello?.file?.id ?? null,
  oggetto: modello?.oggetto ?? '',
  tipologia: modello?.tipologia ?? 'Comunicazione',
  richiedeFirma: modello?.richiedeFirma ?? true,
  attivo: modello?.attivo ?? true,
})

function Foglio({
  ente,
  modello,
  campi,
  onChiudi,
  onFatto,
}: {
  ente: string
  modello: Modello | null
  campi: Campo[]
  onChiudi: () => void
  onFatto: () => void
}) {
  const [s, setS] = useState(() => scrittoDi(modello))
  const set = (patch: Partial<Scritto>): void => setS((before) => ({ ...before, ...patch }))
  const save = useMutation({
    mutationFn: async () => {
      const { contenutoId, ...rest } = s
      const corpo = { ...rest, ...(contenutoId === null ? {} : { contenutoId }) }
      return modello === null
        ? await chiama<Modello>(api(ente, 'modelli'), { metodo: 'POST', corpo })
        : await chiama<Modello>(api(ente, 'modelli', modello.id), { metodo: 'PUT', corpo: { versione: modello.versione, modello: corpo } })
    },
    onSuccess: onFatto,
  })
  const errore = (campo: string): string | undefined => erroreDi(save.error, campo) ?? erroreDi(save.error, `modello.${campo}`)
  return (
    <Finestra
      titolo={modello === null ? m.nuovo : m.modifica(modello.nome)}
      onChiudi={onChiudi}
      onConferma={() => save.mutate()}
      azioni={
        <button type="button" className="btn btn-primary btn-sm" aria-disabled={save.isPending} onClick={() => save.mutate()}>
          {m.salva}
        </button>
      }
    >
      {save.error === null ? null : <EsitoProblema errore={save.error} />}
      <CampoTesto
        id="modello-nome"
        etichetta={m.nome}
        obbligatorio
        valore={s.nome}
        errore={errore('nome')}
        onCambia={(nome) => set({ nome })}
      />
      <CampoTesto
        id="modello-descrizione"
        etichetta={m.descrizione}
        valore={s.descrizione}
        onCambia={(descrizione) => set({ descrizione })}
      />
      {modello === null ? (
        <CampoScelta
          id="modello-formato"
          etichetta={m.formato}
          valore={s.formato}
          opzioni={Object.entries(m.formati).map(([valore, testo]) => ({ valore, testo }))}
          onCambia={(formato) => set({ formato: formato as Modello['formato'] })}
        />
      ) : null}
      {s.formato === 'HTML' ? (
        <CampoTesto
          id="modello-corpo"
          etichetta={m.testo}
          righe={10}
          valore={s.corpo}
          errore={errore('corpo')}
          onCambia={(corpo) => set({ corpo })}
        />
      ) : (
        <div className="campo">
          <label htmlFor="modello-file">{m.file}</label>
          <input
            id="modello-file"
            type="file"
            className="controllo"
            onChange={(event) => {
              const file = event.target.files?.[0]
              if (file !== undefined) void caricaFile(ente, file, () => undefined).then((one) => set({ contenutoId: one.id }))
            }}
          />
          {errore('contenutoId') === undefined ? null : <p className="campo-errore">{errore('contenutoId')}</p>}
        </div>
      )}
      <CampoTesto id="modello-oggetto" etichetta={m.oggetto} valore={s.oggetto} onCambia={(oggetto) => set({ oggetto })} />
      <CampoScelta
        id="modello-tipologia"
        etichetta={m.tipologia}
        valore={s.tipologia}
        opzioni={TIPOLOGIE.map((valore) => ({ valore, testo: valore }))}
        onCambia={(tipologia) => set({ tipologia })}
      />
      <label className="campo">
        <input type="checkbox" checked={s.richiedeFirma} onChange={(event) => set({ richiedeFirma: event.target.checked })} /> {m.firma}
      </label>
      <label className="campo">
        <input type="checkbox" checked={s.attivo} onChange={(event) => set({ attivo: event.target.checked })} /> {m.attivo}
      </label>
      <details className="altri-dati">
        <summary>{t.bozze.campi}</summary>
        <ul className="controlli">
          {campi.map((campo) => (
            <li key={campo.nome}>
              <code>{`{{${campo.nome}}}`}</code> {campo.descrizione}
            </li>
          ))}
        </ul>
      </details>
    </Finestra>
  )
}

function colonne(onApri: (modello: Modello) => void): Colonna<Modello>[] {
  return [
    {
      chiave: 'nome',
      titolo: m.nome,
      intestazione: true,
      cella: (one) => (
        <button type="button" className="collegamento" onClick={() => onApri(one)}>
          {one.nome}
        </button>
      ),
    },
    { chiave: 'descrizione', titolo: m.descrizione, cella: (one) => one.descrizione },
    { chiave: 'formato', titolo: m.formato, cella: (one) => m.formati[one.formato] },
    {
      chiave: 'stato',
      titolo: t.bozze.colonne.stato,
      cella: (one) => <Stato tono={one.attivo ? 'buono' : 'neutro'}>{one.attivo ? m.attivo : m.nonAttivo}</Stato>,
    },
  ]
}

export function Component() {
  const { slug } = useEnte()
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const query = useQuery(modelliQuery(slug, true))
  const [foglio, setFoglio] = useState<Modello | 'nuovo' | null>(null)
  return (
    <div className="pagina">
      <Titolo>{m.titolo}</Titolo>
      <p className="azioni-pagina">
        <button type="button" className="btn btn-primary btn-xs" onClick={() => setFoglio('nuovo')}>
          {m.nuovo}
        </button>
      </p>
      <Carica query={query} cosa={m.elenco} righe={6}>
        {({ modelli }) =>
          modelli.length === 0 ? (
            <Vuoto icona="file">{m.vuoto}</Vuoto>
          ) : (
            <Tabella
              didascalia={m.elenco}
              righe={modelli}
              chiave={(one) => one.id}
              scorciatoie
              onApri={setFoglio}
              colonne={colonne(setFoglio)}
            />
          )
        }
      </Carica>
      {foglio === null ? null : (
        <Foglio
          ente={slug}
          modello={foglio === 'nuovo' ? null : foglio}
          campi={query.data?.campi ?? []}
          onChiudi={() => setFoglio(null)}
          onFatto={() => {
            annuncia(m.salvato)
            setFoglio(null)
            void client.invalidateQueries({ queryKey: ['modelli', slug] })
          }}
        />
      )}
    </div>
  )
}
