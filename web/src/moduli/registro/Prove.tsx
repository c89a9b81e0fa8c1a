/** Restore drills: what was compared, by whom, what was missing; the outcome file of the command is recorded here. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica } from '../../ui/Attesa.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { giornoEOra } from '../../ui/formati.ts'
import { Stato } from '../../ui/Stato.tsx'
import type { Prova, Prove } from './dati.ts'

const r = t.registroGiornaliero

/** The outcome in the file, or null: the server then says what is missing. */
async function readEsito(file: File): Promise<unknown> {
  try {
    return JSON.parse(await file.text()) as unknown
  } catch {
    return null
  }
}

function VoceProva({ prova }: { prova: Prova }) {
  return (
    <li>
      {giornoEOra(prova.eseguitaIl)}: <Stato tono={prova.esito === 'integro' ? 'buono' : 'male'}>{r.esitiProva[prova.esito]}</Stato>{' '}
      {r.provaDescritta(prova.operatore, prova.identificativo, prova.copiaRegistri, prova.copiaEmergenza)}
      {prova.perdite.length === 0 ? null : (
        <ul>
          {prova.perdite.map((frase) => (
            <li key={frase}>{frase}</li>
          ))}
        </ul>
      )}
    </li>
  )
}

export function ProveRipristino({ ente, puo }: { ente: string; puo: boolean }) {
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const percorso = api(ente, 'prove-ripristino')
  const query = useQuery({ queryKey: ['prove-ripristino', ente], queryFn: () => chiama<Prove>(percorso) })
  const act = useMutation({
    mutationFn: async (file: File) => await chiama<Prova>(percorso, { metodo: 'POST', corpo: { esito: await readEsito(file) } }),
    onSuccess: async () => {
      annuncia(r.provaRegistrata)
      await client.invalidateQueries({ queryKey: ['prove-ripristino', ente] })
    },
  })
  const choose = (files: FileList | null): void => {
    const file = files?.[0]
    if (file !== undefined) act.mutate(file)
  }
  return (
    <section className="riquadro" aria-label={r.prove}>
      <h2>{r.prove}</h2>
      <p>{r.proveSpiega}</p>
      {act.error === null ? null : <EsitoProblema errore={act.error} />}
      <Carica query={query} cosa={r.prove} righe={3}>
        {({ elementi, dovuta }) => (
          <>
            {dovuta ? (
              <p>
                <Stato tono="attenzione">{r.provaDovuta}</Stato>
              </p>
            ) : null}
            {elementi.length === 0 ? <p>{r.nessunaProva}</p> : null}
            <ul>
              {elementi.map((prova) => (
                <VoceProva key={prova.id} prova={prova} />
              ))}
            </ul>
          </>
        )}
      </Carica>
      {puo ? (
        <div className="campo">
          <label htmlFor="prova-esito">{r.provaFile}</label>
          <input
            id="prova-esito"
            type="file"
            accept="application/json,.json"
            className="controllo"
            aria-describedby="prova-esito-aiuto"
            disabled={act.isPending}
            onChange={(event) => choose(event.target.files)}
          />
          <p className="campo-aiuto" id="prova-esito-aiuto">
            {r.provaFileAiuto}
          </p>
        </div>
      ) : null}
    </section>
  )
}
