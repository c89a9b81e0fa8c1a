/** The form of an emergency registration. */
import { useState } from 'react'
import type { DatiEmergenza, DotazioneDto } from '../tipi.ts'
import { t as tutti } from '../../../testi/it.ts'
import { emergenza } from '../../../testi/it-emergenza.ts'
import { Campo, CampoScelta, CampoTesto } from '../../../ui/Campo.tsx'
import { CampoData } from '../../../ui/CampoData.tsx'
import { EsitoBar } from '../../../ui/EsitoBar.tsx'
import type { SoggettoModulo } from '../../protocollo/soggetti.ts'
import { CampoIstante, istanteDi, quandoDi, type Quando } from './campi.tsx'
import { improntaDi } from './formato.ts'
import { Uffici } from './Uffici.tsx'
import { erroriModulo, inDati, MODULO_VUOTO, type Errore, type ModuloEmergenza } from './modulo.ts'

const t = emergenza.pagina.modulo
const TYPES = (['PF', 'PG', 'PAI', 'PAE'] as const).map((valore) => ({ valore, testo: tutti.modulo.tipiSoggetto[valore] }))

type Cambia = (patch: Partial<ModuloEmergenza>) => void
type Wrong = (campo: string) => string | undefined

function Soggetto({ stato, onCambia, errore }: { stato: ModuloEmergenza; onCambia: Cambia; errore: Wrong }) {
  const { soggetto } = stato
  const set = (patch: Partial<SoggettoModulo>): void => onCambia({ soggetto: { ...soggetto, ...patch } })
  const text = (campo: keyof SoggettoModulo, etichetta: string, obbligatorio = false) => (
    <CampoTesto
      id={`soggetto-${campo}`}
      etichetta={etichetta}
      larghezza="meta"
      obbligatorio={obbligatorio}
      valore={soggetto[campo]}
      errore={errore(`soggetto-${campo}`)}
      onCambia={(value) => set({ [campo]: value })}
    />
  )
  return (
    <fieldset className="mittente">
      <legend>{stato.flusso === 'E' ? t.mittente : t.destinatario}</legend>
      <div className="griglia-campi">
        <CampoScelta
          id="soggetto-tipo"
          etichetta={t.tipoSoggetto}
          valore={soggetto.tipo}
          opzioni={TYPES}
          onCambia={(tipo) => set({ tipo: tipo as SoggettoModulo['tipo'] })}
        />
        {soggetto.tipo === 'PF' ? (
          <>
            {text('cognome', tutti.modulo.cognome, true)}
            {text('nome', tutti.modulo.nome, true)}
          </>
        ) : (
          text('denominazione', tutti.modulo.denominazione, true)
        )}
        {soggetto.tipo === 'PF' || soggetto.tipo === 'PG' ? text('codiceFiscale', tutti.modulo.codiceFiscale) : null}
        {soggetto.tipo === 'PAI' ? text('codiceIpa', tutti.modulo.codiceIpa, true) : null}
        {text('indirizzoDigitale', tutti.modulo.indirizzo)}
      </div>
    </fieldset>
  )
}

function FileScelto({ stato, onCambia, errore }: { stato: ModuloEmergenza; onCambia: Cambia; errore: Wrong }) {
  async function choose(file: File | undefined): Promise<void> {
    if (file === undefined) return onCambia({ documento: null })
    const sha256 = await improntaDi(new Uint8Array(await file.arrayBuffer()))
    onCambia({ documento: { nome: file.name, dimensione: file.size, sha256 } })
  }
  return (
    <>
      <Campo id="file" etichetta={t.file} aiuto={t.fileAiuto} errore={errore('file')}>
        <input
          id="file"
          type="file"
          className="controllo"
          aria-describedby={errore('file') === undefined ? 'file-aiuto' : 'file-errore file-aiuto'}
          onChange={(event) => void choose(event.target.files?.[0])}
        />
      </Campo>
      {stato.documento === null ? null : <p className="campo-aiuto impronta">{t.impronta(stato.documento.nome, stato.documento.sha256)}</p>}
      {stato.documento === null && stato.flusso === 'E' ? (
        <CampoTesto
          id="cartaceo"
          etichetta={t.cartaceo}
          aiuto={t.cartaceoAiuto}
          valore={stato.cartaceo}
          errore={errore('cartaceo')}
          onCambia={(cartaceo) => onCambia({ cartaceo })}
        />
      ) : null}
    </>
  )
}

interface ParteProps {
  dotazione: DotazioneDto
  stato: ModuloEmergenza
  onCambia: Cambia
  errore: Wrong
}

function Collocazione({ dotazione, stato, onCambia, errore }: ParteProps) {
  const list = (values: readonly string[], names: Readonly<Record<string, string>>) =>
    values.map((valore) => ({ valore, testo: names[valore] ?? valore }))
  return (
    <>
      <CampoScelta
        id="voce"
        etichetta={t.voce}
        obbligatorio
        vuota={t.scegli}
        valore={stato.voceId}
        errore={errore('voce')}
        opzioni={dotazione.voci.map((v) => ({ valore: v.id, testo: v.nome }))}
        onCambia={(voceId) => onCambia({ voceId })}
      />
      <Uffici dotazione={dotazione} stato={stato} onCambia={onCambia} errore={errore} />
      <CampoScelta
        id="mezzo"
        etichetta={tutti.modulo.mezzo}
        larghezza="meta"
        valore={stato.mezzo}
        opzioni={list(dotazione.mezzi, tutti.stati.mezzo)}
        onCambia={(mezzo) => onCambia({ mezzo: mezzo as DatiEmergenza['mezzo'] })}
      />
      <CampoScelta
        id="tipologia"
        etichetta={tutti.modulo.tipologia}
        larghezza="meta"
        valore={stato.tipologia}
        opzioni={list(dotazione.tipologie, {})}
        onCambia={(tipologia) => onCambia({ tipologia: tipologia as DatiEmergenza['tipologia'] })}
      />
      <CampoScelta
        id="riservatezza"
        etichetta={tutti.modulo.riservatezza}
        larghezza="meta"
        valore={stato.riservatezza}
        opzioni={list(dotazione.riservatezze, tutti.stati.riservatezza)}
        onCambia={(riservatezza) => onCambia({ riservatezza: riservatezza as DatiEmergenza['riservatezza'] })}
      />
    </>
  )
}

function Facoltativi({ stato, onCambia, errore }: { stato: ModuloEmergenza; onCambia: Cambia; errore: Wrong }) {
  return (
    <>
      <CampoData
        id="dataDocumento"
        etichetta={tutti.modulo.dataDocumento}
        larghezza="meta"
        valore={stato.dataDocumento}
        errore={errore('dataDocumento')}
        onCambia={(dataDocumento) => onCambia({ dataDocumento })}
      />
      {stato.flusso === 'E' ? (
        <>
          <CampoTesto
            id="protocolloNumero"
            etichetta={t.protocolloMittente}
            larghezza="meta"
            valore={stato.protocolloNumero}
            onCambia={(protocolloNumero) => onCambia({ protocolloNumero })}
          />
          <CampoData
            id="protocolloData"
            etichetta={t.protocolloData}
            larghezza="meta"
            valore={stato.protocolloData}
            errore={errore('protocolloData')}
            onCambia={(protocolloData) => onCambia({ protocolloData })}
          />
        </>
      ) : null}
      <CampoTesto id="note" etichetta={tutti.modulo.note} righe={2} valore={stato.note} onCambia={(note) => onCambia({ note })} />
    </>
  )
}

export interface ModuloRegistrazioneProps {
  dotazione: DotazioneDto
  prossimo: string
  /** Why nothing can be written at that instant, or null. */
  blocco: (istante: number) => string | null
  /** Writes the row on the device. */
  onRegistra: (dati: DatiEmergenza, istante: number, trascritta: boolean) => Promise<void>
}

export function ModuloRegistrazione({ dotazione, prossimo, blocco, onRegistra }: ModuloRegistrazioneProps) {
  const [stato, setStato] = useState(MODULO_VUOTO)
  const [arrivo, setArrivo] = useState<Quando>(() => quandoDi(Date.now()))
  const [trascritta, setTrascritta] = useState(false)
  const [quando, setQuando] = useState<Quando>({ giorno: '', ora: '' })
  const [errori, setErrori] = useState<Errore[]>([])
  const [rifiuto, setRifiuto] = useState<string | null>(null)
  const [giro, setGiro] = useState(0)
  const onCambia: Cambia = (patch) => setStato((prima) => ({ ...prima, ...patch }))
  const errore: Wrong = (campo) => errori.find((item) => item.campo === campo)?.messaggio

  async function submit(): Promise<void> {
    const istante = trascritta ? istanteDi(quando) : Date.now()
    const quandoArrivo = istanteDi(arrivo)
    const blocked = blocco(istante)
    setRifiuto(blocked)
    const wrong = erroriModulo(stato, quandoArrivo, Number.isNaN(istante) ? Date.now() : istante)
    setErrori(wrong)
    if (wrong[0] !== undefined) document.getElementById(wrong[0].campo)?.focus()
    if (blocked !== null || wrong.length > 0) return
    try {
      await onRegistra(inDati(stato, dotazione, quandoArrivo, istante), istante, trascritta)
      setStato({ ...MODULO_VUOTO, flusso: stato.flusso, mezzo: stato.mezzo })
      setArrivo(quandoDi(Date.now()))
      setGiro(giro + 1)
    } catch {
      setRifiuto(t.fallita)
    }
  }
  return (
    <form
      className="emergenza-riquadro"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <h2>{t.titolo}</h2>
      <p className="campo-aiuto">{emergenza.pagina.prossimo(prossimo)}</p>
      {rifiuto === null ? null : <EsitoBar tipo="errore">{rifiuto}</EsitoBar>}
      {errori.length === 0 ? null : <EsitoBar tipo="errore">{tutti.campiDaCorreggere(errori.length)}</EsitoBar>}
      <div className="griglia-campi" key={giro}>
        <CampoScelta
          id="flusso"
          etichetta={t.flusso}
          valore={stato.flusso}
          opzioni={(['E', 'U', 'I'] as const).map((valore) => ({ valore, testo: t.flussi[valore] }))}
          onCambia={(flusso) => onCambia({ flusso: flusso as ModuloEmergenza['flusso'] })}
        />
        {stato.flusso === 'I' ? null : <Soggetto stato={stato} onCambia={onCambia} errore={errore} />}
        <CampoTesto
          id="oggetto"
          etichetta={tutti.modulo.oggetto}
          obbligatorio
          righe={2}
          massimo={500}
          valore={stato.oggetto}
          errore={errore('oggetto')}
          onCambia={(oggetto) => onCambia({ oggetto })}
        />
        <Collocazione dotazione={dotazione} stato={stato} onCambia={onCambia} errore={errore} />
        {stato.flusso === 'E' ? (
          <CampoIstante id="arrivo" etichetta={t.arrivo} valore={arrivo} onCambia={setArrivo} errore={errore('arrivo-giorno')} />
        ) : null}
        <FileScelto stato={stato} onCambia={onCambia} errore={errore} />
        <Facoltativi stato={stato} onCambia={onCambia} errore={errore} />
        <label className="emergenza-spunta">
          <input type="checkbox" checked={trascritta} onChange={(event) => setTrascritta(event.target.checked)} /> {t.trascritta}
        </label>
        {trascritta ? <CampoIstante id="quando" etichetta={t.trascrittaQuando} valore={quando} onCambia={setQuando} /> : null}
      </div>
      <button type="submit" className="btn btn-primary">
        {t.conferma}
      </button>
    </form>
  )
}
