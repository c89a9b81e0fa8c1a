/** The fields of an incoming registration, in the order clerks know: who, what, where it goes. */
import { MEZZI, RISERVATEZZE, type Mezzo, type Riservatezza } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { giornoEOra } from '../../ui/formati.ts'
import { ScelteMultiple } from '../../ui/ScelteMultiple.tsx'
import { conProposte } from '../suggerimenti/dati.ts'
import { CampiMittente } from './CampiMittente.tsx'
import { useRicerche } from './dati.ts'
import { avvisi, type StatoModulo, TIPOLOGIE } from './modulo.ts'
import { SOGGETTO_VUOTO } from './soggetti.ts'

export interface CampiEntrataProps {
  ente: string
  stato: StatoModulo
  percheMittente?: string | undefined
  onCambia: (patch: Partial<StatoModulo>) => void
  errore: (campo: string) => string | undefined
}

const LIMIT = 500

function Mittenti({ stato, onCambia, errore, percheMittente }: CampiEntrataProps) {
  return (
    <>
      {stato.mittenti.map((mittente, index) => (
        <CampiMittente
          key={index}
          indice={index}
          quanti={stato.mittenti.length}
          valore={mittente}
          perche={index === 0 ? percheMittente : undefined}
          errore={errore}
          onCambia={(valore) => onCambia({ mittenti: stato.mittenti.map((other, position) => (position === index ? valore : other)) })}
          onTogli={() => onCambia({ mittenti: stato.mittenti.filter((_, position) => position !== index) })}
        />
      ))}
      <button type="button" className="collegamento" onClick={() => onCambia({ mittenti: [...stato.mittenti, { ...SOGGETTO_VUOTO }] })}>
        {t.modulo.aggiungiMittente}
      </button>
    </>
  )
}

function AltriDati({ stato, onCambia, errore }: CampiEntrataProps) {
  const exact = stato.formazione === 'messaggio'
  return (
    <details
      className="altri-dati"
      open={errore('dataArrivo') !== undefined || errore('oraArrivo') !== undefined || errore('mezzo') !== undefined ? true : undefined}
    >
      <summary>{t.modulo.altriDati}</summary>
      <div className="griglia-campi">
        <CampoScelta
          id="campo-mezzo"
          etichetta={t.modulo.mezzo}
          larghezza="meta"
          valore={stato.mezzo}
          errore={errore('mezzo')}
          opzioni={MEZZI.map((mezzo) => ({ valore: mezzo, testo: t.stati.mezzo[mezzo] }))}
          onCambia={(mezzo) => onCambia({ mezzo: mezzo as Mezzo })}
        />
        {exact ? (
          <p className="campo campo-meta">
            <span className="campo-etichetta">{t.modulo.dataArrivo}</span>
            <span className="campo-fisso">{giornoEOra(stato.dataArrivo)}</span>
          </p>
        ) : (
          <CampoData
            id="campo-dataArrivo"
            etichetta={t.modulo.dataArrivo}
            larghezza="meta"
            valore={stato.dataArrivo}
            errore={errore('dataArrivo')}
            onCambia={(dataArrivo) => onCambia({ dataArrivo })}
          />
        )}
        {exact ? null : (
          <CampoTesto
            id="campo-oraArrivo"
            etichetta={t.modulo.oraArrivo}
            larghezza="meta"
            valore={stato.oraArrivo}
            errore={errore('oraArrivo')}
            onCambia={(oraArrivo) => onCambia({ oraArrivo })}
          />
        )}
        <CampoTesto
          id="campo-note"
          etichetta={t.modulo.note}
          valore={stato.note}
          righe={2}
          onCambia={(note) => onCambia({ note })}
          errore={errore('note')}
        />
      </div>
    </details>
  )
}

export function CampiEntrata(props: CampiEntrataProps) {
  const { ente, stato, onCambia, errore } = props
  const ricerche = useRicerche(ente)
  const [primo] = stato.mittenti
  const domanda = {
    oggetto: stato.oggetto,
    mittente: (primo?.codiceFiscale || primo?.indirizzoDigitale) ?? '',
    tipologia: stato.tipologia,
  }
  const warning = (campo: string): string | undefined => avvisi(stato).find((item) => item.campo === campo)?.messaggio
  return (
    <>
      <Mittenti {...props} />
      <CampoTesto
        id="campo-oggetto"
        etichetta={t.modulo.oggetto}
        obbligatorio
        tasto="F2"
        contatore={stato.oggetto.length > 400 ? t.modulo.caratteri(stato.oggetto.length) : ''}
        righe={2}
        massimo={LIMIT}
        valore={stato.oggetto}
        onCambia={(oggetto) => onCambia({ oggetto })}
        errore={errore('oggetto')}
        avviso={warning('oggetto')}
      />
      <Combobox
        id="campo-voceId"
        etichetta={t.modulo.classificazione}
        obbligatorio
        tasto="F4"
        chiave={['voci', ente, domanda]}
        cerca={(testo) => conProposte(ente, 'voci', domanda, testo, '', ricerche.voci(testo))}
        valore={stato.voce}
        onScelta={(voce) => onCambia({ voce })}
        errore={errore('voceId')}
        segnaposto={t.scriviPerCercare}
      />
      <Combobox
        id="campo-assegnazione"
        etichetta={t.modulo.assegna}
        obbligatorio
        tasto="F8"
        chiave={['destinatari', ente, domanda]}
        cerca={(testo) => conProposte(ente, 'uffici', domanda, testo, 'ufficio:', ricerche.destinatari(testo))}
        valore={stato.assegnatario}
        onScelta={(assegnatario) => onCambia({ assegnatario })}
        errore={errore('assegnazione')}
        segnaposto={t.scriviPerCercare}
      />
      <ScelteMultiple
        id="campo-perConoscenza"
        etichetta={t.modulo.conoscenza}
        chiave={['uffici', ente]}
        cerca={ricerche.uffici}
        valori={stato.perConoscenza}
        onCambia={(perConoscenza) => onCambia({ perConoscenza })}
        errore={errore('perConoscenza')}
        segnaposto={t.modulo.aggiungiConoscenza}
      />
      <CampoScelta
        id="campo-tipologia"
        etichetta={t.modulo.tipologia}
        larghezza="meta"
        valore={stato.tipologia}
        errore={errore('tipologia')}
        opzioni={TIPOLOGIE.map((tipo) => ({ valore: tipo, testo: tipo }))}
        onCambia={(tipologia) => onCambia({ tipologia })}
      />
      <CampoData
        id="campo-dataDocumento"
        etichetta={t.modulo.dataDocumento}
        larghezza="meta"
        segnaposto="14/9"
        valore={stato.dataDocumento}
        errore={errore('dataDocumento')}
        onCambia={(dataDocumento) => onCambia({ dataDocumento })}
      />
      <CampoTesto
        id="campo-protocolloMittente.numero"
        etichetta={t.modulo.protocolloMittente}
        larghezza="meta"
        valore={stato.protocolloNumero}
        errore={errore('protocolloMittente.numero')}
        onCambia={(protocolloNumero) => onCambia({ protocolloNumero })}
      />
      <CampoData
        id="campo-protocolloMittente.data"
        etichetta={t.modulo.protocolloMittenteData}
        larghezza="meta"
        segnaposto="14/9"
        valore={stato.protocolloData}
        errore={errore('protocolloMittente.data')}
        onCambia={(protocolloData) => onCambia({ protocolloData })}
      />
      <CampoScelta
        id="campo-riservatezza"
        etichetta={t.modulo.riservatezza}
        valore={stato.riservatezza}
        errore={errore('riservatezza')}
        opzioni={RISERVATEZZE.map((livello) => ({ valore: livello, testo: t.stati.riservatezza[livello] }))}
        onCambia={(livello) => onCambia({ riservatezza: livello as Riservatezza })}
      />
      <AltriDati {...props} />
    </>
  )
}
