/** The person's own page: who they are here and how the keyboard behaves. */
import { useState } from 'react'
import { FoglioScorciatoie } from '../../app/FoglioScorciatoie.tsx'
import { Titolo } from '../../app/Titolo.tsx'
import { useSessione } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { useLettere } from '../../ui/Scorciatoie.tsx'

export function Component() {
  const sessione = useSessione()
  const { lettere, impostaLettere } = useLettere()
  const annuncia = useAnnuncio()
  const [foglio, setFoglio] = useState(false)
  return (
    <div className="pagina pagina-stretta">
      <Titolo>{t.profilo.titolo}</Titolo>
      <section>
        <h2>{t.profilo.tastiera}</h2>
        <label className="interruttore">
          <input
            type="checkbox"
            role="switch"
            checked={lettere}
            onChange={(event) => {
              impostaLettere(event.target.checked)
              annuncia(t.profilo.salvato)
            }}
          />
          <span>
            {t.profilo.lettere} <strong>{lettere ? t.profilo.accese : t.profilo.spente}</strong>
          </span>
        </label>
        <p className="campo-aiuto">{t.profilo.lettereTesto}</p>
        <button type="button" className="btn btn-outline-primary btn-sm" onClick={() => setFoglio(true)}>
          {t.profilo.dati}
        </button>
      </section>
      <section>
        <h2>{t.profilo.tu}</h2>
        <dl className="dati">
          <div>
            <dt>{t.profilo.nome}</dt>
            <dd>{sessione.attore?.nome}</dd>
          </div>
          {sessione.enti.map((ente) => (
            <div key={ente.slug}>
              <dt>{ente.denominazione}</dt>
              <dd>
                {[
                  ...ente.profili.map((profilo) => t.stati.profilo[profilo] ?? profilo),
                  ...ente.uffici.map((ufficio) => ufficio.denominazione),
                ].join(' · ')}
              </dd>
            </div>
          ))}
        </dl>
      </section>
      {foglio ? <FoglioScorciatoie onChiudi={() => setFoglio(false)} /> : null}
    </div>
  )
}
