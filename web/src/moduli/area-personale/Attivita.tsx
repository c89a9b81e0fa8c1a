/** All the requests, with search and filter. */
import { useState } from 'react'
import { Titolo } from '../../app/Titolo.tsx'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica, Vuoto } from '../../ui/Attesa.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { corrisponde } from '../../ui/parole.ts'
import { conclusa, SchedaPratica, usePratiche } from './pratiche.tsx'

type Filtro = keyof typeof t.cittadino.filtri

export function Component() {
  const { slug } = useEnte()
  const pratiche = usePratiche(slug)
  const [testo, setTesto] = useState('')
  const [filtro, setFiltro] = useState<Filtro>('tutte')
  return (
    <>
      <Titolo>{t.cittadino.pratiche}</Titolo>
      <Carica query={pratiche} cosa={t.cittadino.pratiche}>
        {(list) => {
          if (list.length === 0) return <Vuoto icona="folder">{t.cittadino.vuoto}</Vuoto>
          const shown = list.filter(
            (item) =>
              (filtro === 'tutte' || conclusa(item) === (filtro === 'concluse')) &&
              corrisponde(`${item.oggetto} ${item.protocollo ?? ''}`, testo),
          )
          return (
            <>
              <div className="cittadino-filtri">
                <CampoTesto id="pratiche-cerca" tipo="search" etichetta={t.cittadino.cerca} valore={testo} onCambia={setTesto} />
                <CampoScelta
                  id="pratiche-filtro"
                  etichetta={t.cittadino.filtro}
                  valore={filtro}
                  onCambia={(value) => setFiltro(value as Filtro)}
                  opzioni={Object.entries(t.cittadino.filtri).map(([valore, nome]) => ({ valore, testo: nome }))}
                />
              </div>
              <p role="status" className="campo-aiuto">
                {shown.length === 0 ? t.cittadino.vuotoFiltro : t.cittadino.trovate(shown.length)}
              </p>
              <ul className="pratiche">
                {shown.map((pratica) => (
                  <SchedaPratica key={pratica.id} ente={slug} pratica={pratica} livello={2} />
                ))}
              </ul>
            </>
          )
        }}
      </Carica>
    </>
  )
}
