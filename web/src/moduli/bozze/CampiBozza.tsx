/** The fields of a draft in the order of writing: fascicolo, to whom, subject, document, attachments, class, means. */
import { MEZZI, RISERVATEZZE } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { ScelteMultiple } from '../../ui/ScelteMultiple.tsx'
import { useRicerche } from '../protocollo/dati.ts'
import { destinazione, TIPOLOGIE } from '../protocollo/modulo.ts'
import { CampiArrivo } from './CampiArrivo.tsx'
import { CampiSoggetti } from './CampiSoggetti.tsx'
import { guardie } from './guardie.ts'
import type { Dati } from './dati.ts'
import type { BozzaAperta } from './useBozza.ts'

export interface CampiBozzaProps {
  ente: string
  aperta: BozzaAperta
  errore: (campo: string) => string | undefined
}

function Uffici({ ente, aperta, errore }: CampiBozzaProps) {
  const ricerche = useRicerche(ente)
  const { bozza, corrente, cambiaDati } = aperta
  const { assegnazione, perConoscenza } = corrente.dati
  const chosen = assegnazione?.operatoreId ?? assegnazione?.ufficioId
  return (
    <>
      {bozza.tipo === 'U' ? null : (
        <Combobox
          id="campo-assegnazione"
          etichetta={bozza.tipo === 'I' ? t.bozze.ufficioDestinatario : t.modulo.assegna}
          obbligatorio
          tasto="F8"
          chiave={['destinatari', ente]}
          cerca={ricerche.destinatari}
          valore={chosen === undefined ? null : { id: chosen, testo: aperta.nome(chosen) }}
          onScelta={(scelta) => {
            if (scelta !== null) aperta.ricorda(destinazione(scelta.id).operatoreId ?? destinazione(scelta.id).ufficioId, scelta.testo)
            cambiaDati({ assegnazione: scelta === null ? null : destinazione(scelta.id) })
          }}
          errore={errore('assegnazione')}
          segnaposto={t.scriviPerCercare}
        />
      )}
      <ScelteMultiple
        id="campo-perConoscenza"
        etichetta={t.bozze.ufficiConoscenza}
        chiave={['uffici', ente]}
        cerca={ricerche.uffici}
        valori={perConoscenza.map((id) => ({ id: `ufficio:${id}`, testo: aperta.nome(id) }))}
        onCambia={(valori) => {
          for (const one of valori) aperta.ricorda(destinazione(one.id).ufficioId, one.testo)
          cambiaDati({ perConoscenza: valori.map((one) => destinazione(one.id).ufficioId) })
        }}
        errore={errore('perConoscenza')}
      />
    </>
  )
}

export function CampiBozza({ ente, aperta, errore }: CampiBozzaProps) {
  const ricerche = useRicerche(ente)
  const { bozza, corrente, cambia, cambiaDati } = aperta
  const { dati } = corrente
  const fascicolo = bozza.fascicolo?.id === corrente.fascicoloId ? bozza.fascicolo : null
  const warning = (campo: string): string | undefined => guardie(bozza, corrente).find((one) => one.campo === campo)?.messaggio
  const ruolo = bozza.tipo === 'E' ? 'mittenti' : 'destinatari'
  return (
    <>
      <fieldset className="senza-bordo griglia-campi" disabled={!bozza.azioni.modifica}>
        <Combobox
          id="campo-fascicolo"
          etichetta={t.bozze.fascicolo}
          chiave={['fascicoli', ente]}
          cerca={(testo) => ricerche.fascicoli(testo, bozza.voce?.codice)}
          valore={fascicolo === null ? null : { id: fascicolo.id, testo: `${fascicolo.codice} ${fascicolo.oggetto}` }}
          onScelta={(scelta) => {
            cambia({ fascicoloId: scelta?.id ?? null })
            void aperta.salva().catch(() => null)
          }}
          errore={errore('fascicoloId')}
          segnaposto={t.scriviPerCercare}
        />
        {bozza.tipo === 'I' ? null : (
          <CampiSoggetti
            ente={ente}
            ruolo={ruolo}
            valori={dati[ruolo]}
            onCambia={(valori) => cambiaDati({ [ruolo]: valori } as Partial<Dati>)}
            errore={errore}
          />
        )}
        <CampoTesto
          id="campo-oggetto"
          etichetta={t.modulo.oggetto}
          obbligatorio
          tasto="F2"
          righe={2}
          massimo={500}
          valore={dati.oggetto}
          onCambia={(oggetto) => cambiaDati({ oggetto })}
          errore={errore('oggetto')}
          avviso={warning('oggetto')}
        />
      </fieldset>
      <fieldset className="senza-bordo griglia-campi" disabled={!bozza.azioni.modifica && !bozza.azioni.completa}>
        {bozza.tipo === 'E' ? <CampiArrivo aperta={aperta} errore={errore} /> : null}
        <Combobox
          id="campo-voceId"
          etichetta={t.modulo.classificazione}
          obbligatorio
          tasto="F4"
          chiave={['voci', ente]}
          cerca={ricerche.voci}
          valore={dati.voceId === null ? null : { id: dati.voceId, testo: voceText(aperta, dati.voceId) }}
          onScelta={(voce) => {
            if (voce !== null) aperta.ricorda(voce.id, voce.testo)
            cambiaDati({ voceId: voce?.id ?? null })
          }}
          errore={errore('voceId')}
          segnaposto={t.scriviPerCercare}
        />
        {bozza.tipo === 'I' ? null : (
          <CampoScelta
            id="campo-mezzo"
            etichetta={bozza.tipo === 'E' ? t.modulo.mezzo : t.bozze.mezzo}
            larghezza="meta"
            valore={dati.mezzo ?? ''}
            vuota="—"
            opzioni={MEZZI.map((mezzo) => ({ valore: mezzo, testo: t.stati.mezzo[mezzo] }))}
            onCambia={(mezzo) => cambiaDati({ mezzo: mezzo === '' ? undefined : (mezzo as NonNullable<Dati['mezzo']>) })}
            errore={errore('mezzo')}
          />
        )}
        <Uffici ente={ente} aperta={aperta} errore={errore} />
        <CampoScelta
          id="campo-tipologia"
          etichetta={t.modulo.tipologia}
          larghezza="meta"
          valore={dati.tipologia}
          opzioni={TIPOLOGIE.map((valore) => ({ valore, testo: valore }))}
          onCambia={(tipologia) => cambiaDati({ tipologia: tipologia as Dati['tipologia'] })}
        />
        <CampoScelta
          id="campo-riservatezza"
          etichetta={t.modulo.riservatezza}
          larghezza="meta"
          valore={dati.riservatezza}
          opzioni={RISERVATEZZE.map((valore) => ({ valore, testo: t.stati.riservatezza[valore] }))}
          onCambia={(riservatezza) => cambiaDati({ riservatezza: riservatezza as Dati['riservatezza'] })}
        />
        <CampoTesto id="campo-note" etichetta={t.modulo.note} righe={2} valore={dati.note} onCambia={(note) => cambiaDati({ note })} />
      </fieldset>
    </>
  )
}

function voceText({ bozza, nome }: BozzaAperta, id: string): string {
  return bozza.voce?.id === id ? `${bozza.voce.codice} ${bozza.voce.denominazione}` : nome(id)
}
