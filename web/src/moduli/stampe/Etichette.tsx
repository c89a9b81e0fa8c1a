/** Labels and receipts of the ente: formats, texts of the communication of start, preview in real millimetres, test print. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Titolo } from '../../app/Titolo.tsx'
import { api, chiama } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import { useEnte } from '../../api/sessione.tsx'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { Carica } from '../../ui/Attesa.tsx'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { EsitoBar, EsitoProblema } from '../../ui/EsitoBar.tsx'
import { giornoEOra } from '../../ui/formati.ts'
import { AnteprimaEtichetta, percorsoProva } from './AnteprimaEtichetta.tsx'
import { stampaPdf } from './stampa.ts'
import type { Impostazioni } from './tipi.ts'

type Bozza = Omit<Impostazioni, 'mancanti' | 'aggiornateIl' | 'autore' | 'termineGiorni'> & { termineGiorni: string }

const TESTI = ['rimedi', 'visioneAtti', 'ufficioAccesso'] as const
const optionsOf = (nomi: Readonly<Record<string, string>>): { valore: string; testo: string }[] =>
  Object.entries(nomi).map(([valore, testo]) => ({ valore, testo }))

function toBozza({ mancanti: _mancanti, aggiornateIl: _quando, autore: _chi, ...i }: Impostazioni): Bozza {
  return { ...i, termineGiorni: String(i.termineGiorni) }
}

function Avvio({ dati, puoScrivere, cambia }: { dati: Bozza; puoScrivere: boolean; cambia: (parte: Partial<Bozza>) => void }) {
  const missing = TESTI.filter((nome) => dati[nome].trim() === '')
  return (
    <fieldset>
      <legend>{t.stampe.avvio}</legend>
      <p className="campo-aiuto">{t.stampe.avvioAiuto}</p>
      {TESTI.map((nome) => (
        <CampoTesto
          key={nome}
          id={`campo-${nome}`}
          etichetta={t.stampe.testi[nome]}
          valore={dati[nome]}
          onCambia={(valore) => cambia({ [nome]: valore })}
          righe={3}
          massimo={1000}
          disabilitato={!puoScrivere}
        />
      ))}
      <EsitoBar tipo="info">
        {missing.length === 0 ? t.stampe.completo : t.stampe.mancano(missing.map((nome) => t.stampe.testi[nome].toLowerCase()).join('; '))}
      </EsitoBar>
    </fieldset>
  )
}

function Modulo({ ente, impostazioni }: { ente: string; impostazioni: Impostazioni }) {
  const puoScrivere = usePermessi()('stampe.configura')
  const annuncia = useAnnuncio()
  const client = useQueryClient()
  const [dati, setDati] = useState<Bozza>(() => toBozza(impostazioni))
  const [errore, setErrore] = useState<string | undefined>(undefined)
  const cambia = (parte: Partial<Bozza>): void => setDati((prima) => ({ ...prima, ...parte }))
  const save = useMutation({
    mutationFn: () =>
      chiama<Impostazioni>(api(ente, 'stampe', 'impostazioni'), {
        metodo: 'PUT',
        corpo: { ...dati, termineGiorni: Number(dati.termineGiorni) },
      }),
    onSuccess: (nuove) => {
      client.setQueryData(['impostazioni-stampe', ente], nuove)
      annuncia(t.stampe.salvate)
    },
  })
  const print = useMutation({ mutationFn: () => stampaPdf(percorsoProva(ente, dati.formatoEtichetta)) })
  function submit(): void {
    const days = Number(dati.termineGiorni)
    const wrong = !Number.isInteger(days) || days < 1 || days > 3650
    setErrore(wrong ? t.stampe.termineErrore : undefined)
    if (wrong) document.getElementById('campo-termineGiorni')?.focus()
    else save.mutate()
  }
  return (
    <form
      className="modulo-etichette"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <CampoScelta
        id="campo-formatoEtichetta"
        etichetta={t.stampe.formatoEtichetta}
        valore={dati.formatoEtichetta}
        opzioni={optionsOf(t.stampe.formatiEtichetta)}
        onCambia={(valore) => cambia({ formatoEtichetta: valore as Bozza['formatoEtichetta'] })}
      />
      {puoScrivere ? (
        <>
          <AnteprimaEtichetta ente={ente} formato={dati.formatoEtichetta} />
          {print.error ? <EsitoProblema errore={print.error} premessa={t.stampe.rifiutata} /> : null}
          <button type="button" className="btn btn-outline-primary" onClick={() => print.mutate()}>
            {t.stampe.prova}
          </button>
        </>
      ) : null}
      <CampoScelta
        id="campo-formatoRicevuta"
        etichetta={t.stampe.formatoRicevuta}
        valore={dati.formatoRicevuta}
        opzioni={optionsOf(t.stampe.formatiRicevuta)}
        onCambia={(valore) => cambia({ formatoRicevuta: valore as Bozza['formatoRicevuta'] })}
      />
      <label className="campo">
        <span>
          <input
            type="checkbox"
            checked={dati.stampaAutomatica}
            disabled={!puoScrivere}
            onChange={(event) => cambia({ stampaAutomatica: event.target.checked })}
          />{' '}
          {t.stampe.stampaAutomatica}
        </span>
        <small className="campo-aiuto">{t.stampe.stampaAutomaticaAiuto}</small>
      </label>
      <CampoTesto
        id="campo-termineGiorni"
        etichetta={t.stampe.termineGiorni}
        valore={dati.termineGiorni}
        onCambia={(termineGiorni) => cambia({ termineGiorni })}
        errore={errore}
        obbligatorio
        disabilitato={!puoScrivere}
      />
      <Avvio dati={dati} puoScrivere={puoScrivere} cambia={cambia} />
      {save.error ? <EsitoProblema errore={save.error} premessa={t.stampe.nonSalvate} /> : null}
      {save.isSuccess ? <EsitoBar tipo="riuscito">{t.stampe.salvate}</EsitoBar> : null}
      {impostazioni.aggiornateIl === null ? null : (
        <p className="campo-aiuto">{t.stampe.ultima(giornoEOra(impostazioni.aggiornateIl), impostazioni.autore ?? '')}</p>
      )}
      {puoScrivere ? (
        <button type="submit" className="btn btn-primary" aria-disabled={save.isPending}>
          {t.stampe.salva}
        </button>
      ) : null}
    </form>
  )
}

export function Component() {
  const { slug } = useEnte()
  const query = useQuery({
    queryKey: ['impostazioni-stampe', slug],
    queryFn: () => chiama<Impostazioni>(api(slug, 'stampe', 'impostazioni')),
  })
  return (
    <div className="pagina">
      <Titolo>{t.stampe.titolo}</Titolo>
      <p>{t.stampe.spiegazione}</p>
      <Carica query={query} cosa={t.stampe.caricamento} righe={8}>
        {(impostazioni) => <Modulo ente={slug} impostazioni={impostazioni} />}
      </Carica>
    </div>
  )
}
