/** One registration of a past year, as the old system left it. */
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { api } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { Carica } from '../../ui/Attesa.tsx'
import { EsitoBar } from '../../ui/EsitoBar.tsx'
import { scriviGiorno } from '../../ui/date.ts'
import { peso } from '../../ui/formati.ts'
import { storicaQuery, type Storica } from './dati.ts'

const s = t.importazioni.storico

function voci(r: Storica): (readonly [string, string])[] {
  const c = s.campi
  return (
    [
      [s.registro, `${r.registro} ${r.anno} · ${r.denominazioneRegistro}`],
      [c.provenienza, r.provenienza],
      [c.data, `${scriviGiorno(r.giorno)} ${r.ora ?? ''}`.trim()],
      [c.tipo, t.bozze.tipi[r.tipo]],
      [c.oggetto, r.oggetto],
      [c.mittenti, r.mittenti],
      [c.destinatari, r.destinatari],
      [c.protocolloMittente, r.protocolloMittente ?? ''],
      [c.classificazione, r.classificazione],
      [c.fascicolo, r.fascicolo],
      [c.ufficio, r.ufficio],
      [c.note, r.note],
    ] as const
  ).filter(([, valore]) => valore !== '')
}

export function Component() {
  const { slug } = useEnte()
  const { id = '' } = useParams()
  const query = useQuery(storicaQuery(slug, id))
  return (
    <div className="pagina">
      <Carica query={query} cosa={s.registrazioni} righe={8}>
        {(r) => (
          <>
            <Titolo>{s.scheda(r.etichetta)}</Titolo>
            {r.annullata ? <EsitoBar tipo="avviso">{s.annullata(r.annullamento)}</EsitoBar> : null}
            <dl className="dati">
              {voci(r).map(([nome, valore]) => (
                <div key={nome}>
                  <dt>{nome}</dt>
                  <dd>{valore}</dd>
                </div>
              ))}
            </dl>
            {r.files.length === 0 ? null : (
              <section>
                <h2>{s.documenti}</h2>
                <ul>
                  {r.files.map((file) => (
                    <li key={file.id}>
                      <a href={api(slug, 'registrazioni-storiche', r.id, 'file', file.id)} download={file.nome}>
                        {file.nome}
                      </a>{' '}
                      ({peso(file.dimensione)}) SHA-256 <code>{file.sha256}</code>
                      {file.improntaDichiarata === null ? null : ` · ${s.improntaDichiarata}: ${file.improntaDichiarata}`}
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
      </Carica>
    </div>
  )
}
