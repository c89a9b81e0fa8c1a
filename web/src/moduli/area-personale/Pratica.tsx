/** One request: where it is in five human stages, its documents, who deals with it. */
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { Titolo } from '../../app/Titolo.tsx'
import { chiama, sportello } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import type { Pratica } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { Carica } from '../../ui/Attesa.tsx'
import { giorno, giornoEOra, peso, tipoFile } from '../../ui/formati.ts'
import { Icona } from '../../ui/Icona.tsx'
import { StatoPratica } from './pratiche.tsx'

const FLOWS = {
  'inviato da te': { icona: 'arrow-right', testo: t.cittadino.inviato },
  ricevuto: { icona: 'arrow-left', testo: t.cittadino.ricevuto },
  'agli atti': { icona: 'folder', testo: t.cittadino.agliAtti },
} as const
const ICONS = { fatta: 'check-circle', ora: 'clock', futura: 'minus-circle' } as const

function Fasi({ dati }: { dati: Pratica }) {
  return (
    <section className="riquadro">
      <h2>{t.cittadino.statoPratica}</h2>
      <ol className="fasi">
        {dati.fasi.map((fase) => (
          <li key={fase.nome} className={`fase fase-${fase.stato}`} aria-current={fase.stato === 'ora' ? 'step' : undefined}>
            <Icona nome={ICONS[fase.stato]} dimensione={24} />
            <span className="fase-nome">
              {t.cittadino.fasi[fase.nome] ?? fase.nome}
              <span className="fase-stato">{t.cittadino.statoFase[fase.stato]}</span>
            </span>
            <span className="fase-quando">
              {fase.quando
                ? giornoEOra(fase.quando)
                : fase.nome === 'esito' && dati.termine && fase.stato === 'futura'
                  ? t.cittadino.entro(giorno(dati.termine))
                  : ''}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Documenti({ ente, dati }: { ente: string; dati: Pratica }) {
  return (
    <section className="riquadro">
      <h2>{t.cittadino.documenti}</h2>
      {dati.documenti.length === 0 ? <p>{t.cittadino.nessunDocumento}</p> : null}
      <ul className="documenti-pratica">
        {dati.documenti.map((documento) => (
          <li key={documento.id}>
            <h3>{documento.oggetto}</h3>
            {documento.annullamento === null ? null : (
              <p>
                <strong>{documento.annullamento}</strong>
              </p>
            )}
            <p className="pratica-dati">
              <span>
                <Icona nome={FLOWS[documento.flusso].icona} dimensione={16} /> {FLOWS[documento.flusso].testo}
              </span>
              <span>
                {documento.protocollo === null
                  ? giorno(documento.data)
                  : t.cittadino.protocolloDel(documento.protocollo, giorno(documento.data))}
              </span>
            </p>
            <ul className="file-pratica">
              {documento.file.map((file) => (
                <li key={file.id}>
                  <span className="file-nome">
                    {file.nome} <small>{[tipoFile(file.nome, file.mime), peso(file.dimensione)].join(', ')}</small>
                  </span>
                  <a
                    className="btn btn-outline-primary btn-sm"
                    href={sportello(ente, 'documenti', documento.id, 'file', file.id)}
                    download={file.nome}
                    aria-label={t.cittadino.scaricaFile(file.nome, tipoFile(file.nome, file.mime), peso(file.dimensione))}
                  >
                    <Icona nome="download" dimensione={18} /> {t.scarica}
                  </a>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Chi({ dati }: { dati: Pratica }) {
  const { responsabile } = dati
  return (
    <section className="riquadro">
      <h2>{t.cittadino.chi}</h2>
      <p>
        <strong>{responsabile.nome}</strong>
        {responsabile.ufficio ? <span className="a-capo">{responsabile.ufficio}</span> : null}
      </p>
      {responsabile.email ? (
        <a href={`mailto:${responsabile.email}`}>
          <Icona nome="mail" dimensione={18} /> {t.cittadino.scrivi(responsabile.email)}
        </a>
      ) : null}
    </section>
  )
}

export function Component() {
  const { slug: ente } = useEnte()
  const { slug = '' } = useParams()
  const query = useQuery({ queryKey: ['pratica', ente, slug], queryFn: () => chiama<Pratica>(sportello(ente, 'fascicoli', slug)) })
  return (
    <Carica query={query} cosa={t.cittadino.statoPratica} righe={8}>
      {(dati) => (
        <>
          <nav aria-label={t.percorso} className="percorso">
            <Link to={`/${ente}/area-personale`}>{t.cittadino.areaPersonale}</Link> /{' '}
            <Link to={`/${ente}/area-personale/attivita`}>{t.cittadino.pratiche}</Link>
          </nav>
          <Titolo>{dati.oggetto}</Titolo>
          <p className="pratica-dati">
            <StatoPratica pratica={dati} />
            {dati.protocollo === null ? null : (
              <span>{t.cittadino.protocolloDel(dati.protocollo, giorno(dati.dataProtocollo ?? dati.apertoIl))}</span>
            )}
          </p>
          <div className="cittadino-colonne">
            <div>
              <Fasi dati={dati} />
              <Documenti ente={ente} dati={dati} />
            </div>
            <div>
              <section className="riquadro">
                <h2>{t.cittadino.tempi}</h2>
                <dl className="dati">
                  <div>
                    <dt>{t.cittadino.apertaIl}</dt>
                    <dd>{giorno(dati.apertoIl)}</dd>
                  </div>
                  {dati.termine ? (
                    <div>
                      <dt>{t.cittadino.termine}</dt>
                      <dd>{giorno(dati.termine)}</dd>
                    </div>
                  ) : null}
                </dl>
              </section>
              <Chi dati={dati} />
            </div>
          </div>
        </>
      )}
    </Carica>
  )
}
