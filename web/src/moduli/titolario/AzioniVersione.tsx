/** What may be done to a version as a whole: adopt or throw away a draft, take back an adoption that has not begun. */
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
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

function ConMotivo({ ente, percorso, azione }: { ente: string; percorso: string; azione: string }) {
  const [motivo, setMotivo] = useState('')
  const atto = useAttoTitolario(ente)
  return (
    <details className="riquadro">
      <summary>{azione}</summary>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          atto.mutate({ percorso, corpo: { motivo }, riuscito: testi.fatto })
        }}
      >
        <CampoTesto id="campo-motivo" etichetta={testi.motivo} obbligatorio valore={motivo} onCambia={setMotivo} />
        {atto.error ? <EsitoProblema errore={atto.error} /> : null}
        <button type="submit" className="btn btn-outline-primary" disabled={atto.isPending}>
          {azione}
        </button>
      </form>
    </details>
  )
}

export function AzioniVersione({ ente, versione }: { ente: string; versione: Versione }) {
  if (versione.stato === 'ADOTTATO')
    return <ConMotivo ente={ente} percorso={api(ente, 'titolario', 'versioni', versione.id, 'ritiro')} azione={testi.ritira} />
  if (versione.stato !== 'BOZZA') return null
  return (
    <>
      <Adotta ente={ente} versione={versione} />
      <ConMotivo ente={ente} percorso={api(ente, 'titolario', 'bozze', versione.id, 'eliminazione')} azione={testi.elimina} />
    </>
  )
}
