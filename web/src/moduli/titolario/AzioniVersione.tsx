/** What may be done to a version as a whole: name, adopt or throw away a draft, take back an adoption that has not begun, say where it is published. */
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { ConMotivo, Uno } from './Modulini.tsx'
import { Bozza } from './Struttura.tsx'
import { useAttoTitolario } from './atti.ts'
import type { Versione } from './dati.ts'

const testi = t.titolario.bozza

function Adotta({ ente, versione }: { ente: string; versione: Versione }) {
  const [dati, setDati] = useState({ atto: '', adottataIl: '', dal: versione.dal, uri: '' })
  const azione = useAttoTitolario(ente)
  const campo = (nome: keyof typeof dati) => ({
    valore: dati[nome],
    onCambia: (valore: string) => setDati((prima) => ({ ...prima, [nome]: valore })),
  })
  return (
    <details className="riquadro">
      <summary>{testi.adotta}</summary>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          const { uri, ...rest } = dati
          azione.mutate({
            percorso: api(ente, 'titolario', 'bozze', versione.id, 'adozione'),
            corpo: uri.trim() === '' ? rest : dati,
            riuscito: testi.adottata,
          })
        }}
      >
        <CampoTesto id="campo-atto" etichetta={testi.attoCampo} aiuto={testi.attoAiuto} obbligatorio {...campo('atto')} />
        <CampoData id="campo-adottataIl" etichetta={testi.adottataIl} obbligatorio {...campo('adottataIl')} />
        <CampoData id="campo-dal" etichetta={testi.dal} aiuto={testi.dalAiuto} obbligatorio {...campo('dal')} />
        <CampoTesto id="campo-uri" etichetta={testi.uri} {...campo('uri')} />
        {azione.error ? <EsitoProblema errore={azione.error} /> : null}
        <button type="submit" className="btn btn-primary" disabled={azione.isPending}>
          {testi.adotta}
        </button>
      </form>
    </details>
  )
}

/** The address where an adopted version is published, written once. */
function Pubblica({ ente, versione }: { ente: string; versione: Versione }) {
  const atto = useAttoTitolario(ente)
  return (
    <details className="riquadro">
      <summary>{testi.pubblica}</summary>
      <Uno
        id="campo-pubblicazione"
        etichetta={testi.uri}
        aiuto={testi.uriAiuto}
        azione={testi.pubblica}
        onInvia={(uri) =>
          atto.mutate({
            percorso: api(ente, 'titolario', 'versioni', versione.id, 'pubblicazione'),
            metodo: 'PUT',
            corpo: { uri },
            riuscito: testi.pubblicata,
          })
        }
      />
      {atto.error ? <EsitoProblema errore={atto.error} /> : null}
    </details>
  )
}

export function AzioniVersione({ ente, versione }: { ente: string; versione: Versione }) {
  const senza = versione.stato !== 'BOZZA' && versione.uri === null ? <Pubblica ente={ente} versione={versione} /> : null
  if (versione.stato === 'ADOTTATO')
    return (
      <>
        {senza}
        <ConMotivo
          ente={ente}
          id="campo-ritiro"
          titolo={testi.ritira}
          riquadro
          atto={{ percorso: api(ente, 'titolario', 'versioni', versione.id, 'ritiro') }}
        />
      </>
    )
  if (versione.stato !== 'BOZZA') return senza
  return (
    <>
      <Bozza key={versione.id} ente={ente} versione={versione} />
      <Adotta ente={ente} versione={versione} />
      <ConMotivo
        ente={ente}
        id="campo-elimina"
        titolo={testi.elimina}
        riquadro
        atto={{ percorso: api(ente, 'titolario', 'bozze', versione.id, 'eliminazione') }}
      />
    </>
  )
}
