/** What the device prints by itself: receipt with its code and QR, the register of an interruption, the blank form. */
import { create } from 'qrcode'
import { useEffect, useRef, type ReactNode } from 'react'
import type { SerieDocumento } from '../tipi.ts'
import { t as tutti } from '../../../testi/it.ts'
import { emergenza } from '../../../testi/it-emergenza.ts'
import { scriviGiornata, scriviIstante } from './campi.tsx'
import { corrispondenteDi } from './Elenco.tsx'
import { codiceVerifica } from './formato.ts'
import { righePerGiorno, type Interruzione, type RigaRegistro } from './regole.ts'

const t = emergenza.pagina
const MEZZI: Readonly<Record<string, string>> = tutti.stati.mezzo

export type DaStampare =
  | { readonly tipo: 'ricevuta'; readonly riga: RigaRegistro }
  | { readonly tipo: 'registro'; readonly interruzione: Interruzione }
  | { readonly tipo: 'modulo' }

/** What the QR of a receipt says: body, area, number, code. */
export function testoQr(serie: SerieDocumento, numero: string, codice: string): string {
  return ['FALDONE-RE1', serie.ente.codiceIpa, serie.aoo.codice, numero, codice].join(';')
}

function Qr({ testo }: { testo: string }) {
  const { modules } = create(testo, { errorCorrectionLevel: 'M' })
  const size = modules.size
  let path = ''
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) if (modules.get(row, column)) path += `M${column + 4} ${row + 4}h1v1h-1z`
  return (
    <svg className="emergenza-qr" viewBox={`0 0 ${size + 8} ${size + 8}`} role="img" aria-label={t.stampa.qr} shapeRendering="crispEdges">
      <rect width={size + 8} height={size + 8} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}

function Testata({ serie, titolo }: { serie: SerieDocumento; titolo: string }) {
  return (
    <header>
      <p>
        <strong>{serie.ente.denominazione}</strong>
        <br />
        {serie.aoo.denominazione} · {serie.registro.sede}
      </p>
      <h1>{titolo}</h1>
      <p>{t.stampa.norma}</p>
    </header>
  )
}

function Dato({ nome, children }: { nome: string; children: ReactNode }) {
  return (
    <div>
      <dt>{nome}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Ricevuta({ serie, riga }: { serie: SerieDocumento; riga: RigaRegistro }) {
  const { fatto } = riga
  const { dati } = fatto
  const code = codiceVerifica(riga.impronta)
  return (
    <>
      <Testata serie={serie} titolo={t.stampa.ricevuta} />
      <div className="emergenza-ricevuta">
        <dl className="dati">
          <Dato nome={t.stampa.numero}>{fatto.numero}</Dato>
          <Dato nome={t.stampa.istante}>{scriviIstante(fatto.istante)}</Dato>
          {dati.dataArrivo === null ? null : <Dato nome={t.stampa.arrivo}>{scriviIstante(dati.dataArrivo)}</Dato>}
          <Dato nome={t.stampa.corrispondente}>{corrispondenteDi(riga)}</Dato>
          <Dato nome={t.stampa.oggetto}>{dati.oggetto}</Dato>
          <Dato nome={t.stampa.mezzo}>{MEZZI[dati.mezzo] ?? dati.mezzo}</Dato>
          <Dato nome={t.stampa.voce}>{dati.voce.nome}</Dato>
          <Dato nome={t.stampa.ufficio}>{dati.ufficio.nome}</Dato>
          {dati.documento === null ? (
            <Dato nome={t.stampa.carta}>{dati.descrizioneCartaceo}</Dato>
          ) : (
            <Dato nome={t.stampa.impronta}>
              <code className="impronta">{dati.documento.sha256}</code>
            </Dato>
          )}
          <Dato nome={t.stampa.operatore}>{fatto.operatore}</Dato>
          <Dato nome={t.stampa.codice}>
            <strong className="emergenza-codice">{code}</strong>
          </Dato>
        </dl>
        <Qr testo={testoQr(serie, fatto.numero, code)} />
      </div>
      <p>{t.stampa.codiceTesto}</p>
    </>
  )
}

function RegistroStampato({ serie, interruzione }: { serie: SerieDocumento; interruzione: Interruzione }) {
  const titles = t.elenco.colonne
  const { fatto } = interruzione
  const last = interruzione.righe.at(-1)
  return (
    <>
      <Testata serie={serie} titolo={`${t.stampa.registro} ${serie.registro.codice}`} />
      <dl className="dati">
        <Dato nome={t.stampa.causa}>{fatto.causa}</Dato>
        <Dato nome={t.apertura.inizio}>{scriviIstante(fatto.inizio)}</Dato>
        <Dato nome={t.stampa.autorizzazione}>{`${fatto.provvedimento} (${fatto.autorizzataDa})`}</Dato>
        {interruzione.autorizzazioni.map((a) => (
          <Dato
            key={a.dal + a.provvedimento}
            nome={t.stampa.autorizzazione}
          >{`${a.provvedimento} (${a.autorizzataDa}), ${scriviIstante(a.dal)} – ${scriviIstante(a.al)}`}</Dato>
        ))}
        {interruzione.chiusura === null ? null : (
          <Dato nome={t.chiusura.ripristino}>{scriviIstante(interruzione.chiusura.ripristino)}</Dato>
        )}
      </dl>
      <table className="tabella">
        <caption className="visually-hidden">{t.elenco.titolo}</caption>
        <thead>
          <tr>
            {[titles.numero, titles.istante, titles.tipo, titles.corrispondente, titles.oggetto, titles.codice].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {interruzione.righe.map((riga) => (
            <tr key={riga.fatto.numero}>
              <th scope="row">{riga.fatto.numero}</th>
              <td>{scriviIstante(riga.fatto.istante)}</td>
              <td>{t.modulo.flussi[riga.fatto.dati.flusso]}</td>
              <td>{corrispondenteDi(riga)}</td>
              <td>{riga.fatto.dati.oggetto}</td>
              <td>{codiceVerifica(riga.impronta)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className="dati">
        {[...righePerGiorno(interruzione)].map(([giorno, righe]) => (
          <Dato key={giorno} nome={`${t.stampa.giornata} ${scriviGiornata(giorno)}`}>
            {righe}
          </Dato>
        ))}
        <Dato nome={t.stampa.totale}>{interruzione.righe.length}</Dato>
        {last === undefined ? null : <Dato nome={t.stampa.codice}>{codiceVerifica(last.impronta)}</Dato>}
        <Dato nome={t.stampa.firma}>______________________________</Dato>
      </dl>
    </>
  )
}

const BLANK = Array.from({ length: 12 }, (_, index) => index)

function ModuloInBianco({ serie }: { serie: SerieDocumento }) {
  const titles = [
    t.stampa.numero,
    t.stampa.istante,
    t.modulo.flusso,
    t.stampa.corrispondente,
    t.stampa.oggetto,
    t.stampa.mezzo,
    t.stampa.voce,
    t.stampa.ufficio,
    t.stampa.firma,
  ]
  return (
    <>
      <Testata serie={serie} titolo={t.stampa.modulo} />
      <dl className="dati">
        {[t.apertura.causa, t.apertura.inizio, t.apertura.provvedimento, t.autorizzazione.titolo].map((nome) => (
          <Dato key={nome} nome={nome}>
            ____________________________________________
          </Dato>
        ))}
      </dl>
      <table className="tabella emergenza-bianco">
        <caption className="visually-hidden">{t.stampa.modulo}</caption>
        <thead>
          <tr>
            {titles.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {BLANK.map((index) => (
            <tr key={index}>
              <th scope="row">{`${serie.registro.codice}-____-____`}</th>
              {titles.slice(1).map((title) => (
                <td key={title} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <dl className="dati">
        <Dato nome={t.stampa.giornata}>__________</Dato>
        <Dato nome={t.stampa.firma}>______________________________</Dato>
      </dl>
    </>
  )
}

export function Stampa({ serie, cosa, onChiudi }: { serie: SerieDocumento; cosa: DaStampare; onChiudi: () => void }) {
  const close = useRef<HTMLButtonElement>(null)
  useEffect(() => close.current?.focus(), [])
  return (
    <>
      <p className="emergenza-azioni non-stampare">
        <button type="button" className="btn btn-primary btn-sm" onClick={() => window.print()}>
          {t.stampa.stampa}
        </button>
        <button type="button" ref={close} className="btn btn-outline-primary btn-sm" onClick={onChiudi}>
          {t.stampa.chiudi}
        </button>
      </p>
      <article className="emergenza-foglio">
        {cosa.tipo === 'ricevuta' ? (
          <Ricevuta serie={serie} riga={cosa.riga} />
        ) : cosa.tipo === 'registro' ? (
          <RegistroStampato serie={serie} interruzione={cosa.interruzione} />
        ) : (
          <ModuloInBianco serie={serie} />
        )}
      </article>
    </>
  )
}
