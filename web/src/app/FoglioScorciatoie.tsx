/** The sheet of shortcuts ("?"). */
import { t } from '../testi/it.ts'
import { Finestra } from '../ui/Finestra.tsx'

const { voci } = t.tastiera
const GROUPS: { titolo: string; righe: [string[], string][] }[] = [
  {
    titolo: t.tastiera.ovunque,
    righe: [
      [['/', 'Ctrl+K'], voci.cerca],
      [['?'], voci.aiuto],
      [['G', 'S P A F R C'], voci.vai],
      [['Esc'], voci.esci],
      [['Ctrl+B'], voci.menu],
    ],
  },
  {
    titolo: t.tastiera.elenco,
    righe: [
      [['J', 'K'], voci.muovi],
      [['Invio'], voci.apri],
      [['X'], voci.seleziona],
      [['Maiusc+X'], voci.intervallo],
      [['N'], voci.nuovo],
      [['P'], voci.prendi],
      [['A'], voci.fascicola],
      [['R'], voci.rifiuta],
      [['C'], voci.chiudi],
    ],
  },
  {
    titolo: t.tastiera.modulo,
    righe: [
      [['F2'], voci.oggetto],
      [['F4'], voci.classe],
      [['F8'], voci.assegna],
      [['Ctrl+Invio'], voci.conferma],
      [['Ctrl+Maiusc+Invio'], voci.resta],
      [['Alt+Pag↓', 'Alt+Pag↑'], voci.documento],
      [['Alt+Fine'], voci.pagina],
    ],
  },
]

export function FoglioScorciatoie({ onChiudi }: { onChiudi: () => void }) {
  return (
    <Finestra titolo={t.tastiera.titolo} onChiudi={onChiudi} scorrevole>
      <p>{t.tastiera.intro}</p>
      <div className="scorciatoie">
        {GROUPS.map((group) => (
          <section key={group.titolo}>
            <h3>{group.titolo}</h3>
            <dl>
              {group.righe.map(([keys, text]) => (
                <div key={text}>
                  <dt>
                    {keys.map((key, index) => (
                      <span key={key}>
                        {index === 0 ? '' : ` ${group === GROUPS[0] && keys[0] === 'G' ? t.tastiera.allora : t.tastiera.oppure} `}
                        <kbd>{key}</kbd>
                      </span>
                    ))}
                  </dt>
                  <dd>{text}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Finestra>
  )
}
