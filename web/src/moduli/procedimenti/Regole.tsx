/** How the ente counts the terms of its procedures, within what the law admits. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { RegoleTermini } from '../../../../server/procedimenti/schema.ts'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { erroreDi } from '../../api/problema.ts'
import { corpoRegole, GIORNI_REGOLE, moduloRegole } from './regole.ts'

const testi = t.procedimenti.regole
const AIUTI: Readonly<Record<string, string>> = { giorniSospensione: testi.sospensioneAiuto, giorniOsservazioni: testi.osservazioniAiuto }

function Lettura({ regole }: { regole: RegoleTermini }) {
  return (
    <dl className="coppie">
      <div>
        <dt>{testi.festivo}</dt>
        <dd>{testi.festivi[regole.festivo]}</dd>
      </div>
      {GIORNI_REGOLE.map((nome) => (
        <div key={nome}>
          <dt>{testi[nome]}</dt>
          <dd>{regole[nome]}</dd>
        </div>
      ))}
      <div>
        <dt>{testi.preavvisi}</dt>
        <dd>{regole.preavvisi.join(', ')}</dd>
      </div>
    </dl>
  )
}

function Modulo({ ente, regole }: { ente: string; regole: RegoleTermini }) {
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const [dati, setDati] = useState(() => moduloRegole(regole))
  const save = useMutation({
    mutationFn: () => chiama<RegoleTermini>(api(ente, 'regole-termini'), { metodo: 'PUT', corpo: corpoRegole(dati) }),
    onSuccess: () => {
      annuncia(testi.salvate)
      void client.invalidateQueries({ queryKey: ['regole-termini', ente] })
    },
  })
  const campo = (nome: string) => ({
    id: `regole-${nome}`,
    valore: dati[nome] ?? '',
    errore: erroreDi(save.error, nome),
    onCambia: (valore: string) => setDati((prima) => ({ ...prima, [nome]: valore })),
  })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <CampoScelta
        etichetta={testi.festivo}
        opzioni={Object.entries(testi.festivi).map(([valore, testo]) => ({ valore, testo }))}
        {...campo('festivo')}
      />
      {GIORNI_REGOLE.map((nome) => (
        <CampoTesto
          key={nome}
          etichetta={testi[nome]}
          aiuto={AIUTI[nome] ?? testi.giorniAiuto}
          larghezza="meta"
          obbligatorio
          {...campo(nome)}
        />
      ))}
      <CampoTesto etichetta={testi.preavvisi} aiuto={testi.preavvisiAiuto} {...campo('preavvisi')} />
      {save.error ? <EsitoProblema errore={save.error} /> : null}
      <button type="submit" className="btn btn-primary" disabled={save.isPending}>
        {testi.salva}
      </button>
    </form>
  )
}

export function Component() {
  const { slug } = useEnte()
  const puo = usePermessi()('procedimenti.gestisci')
  const query = useQuery({
    queryKey: ['regole-termini', slug],
    queryFn: () => chiama<RegoleTermini>(api(slug, 'regole-termini')),
  })
  return (
    <div className="pagina">
      <Titolo>{testi.titolo}</Titolo>
      <p>{testi.spiega}</p>
      <Carica query={query} cosa={testi.titolo} righe={6}>
        {(regole) => (puo ? <Modulo ente={slug} regole={regole} /> : <Lettura regole={regole} />)}
      </Carica>
    </div>
  )
}
