/** What else may be done to a fascicolo: a menu, and a sheet for each act. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { api, chiama, compiAtto } from '../../api/client.ts'
import { usePermessi } from '../../api/permessi.ts'
import type { Fascicolo } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { MenuAzioni, type AzioneMenu } from '../../ui/MenuAzioni.tsx'
import { useRicerche } from '../protocollo/dati.ts'
import { attiConsegna, fogliConsegna, type AttoConsegna, type Foglio as FoglioConsegna } from './fogli-consegna.ts'
import { FoglioAtto, type CampoAtto } from './FoglioAtto.tsx'

export interface AzioniFascicoloProps {
  ente: string
  dati: Fascicolo
  /** A sheet that the address asks for: the repair of metadata leads to the data. */
  apri: string | null
  onFatto: (testo: string) => void
}

type Atto = 'parte' | 'collega' | 'cartaceo' | 'trasferisci' | 'sospendi' | 'riprendi' | 'riapri' | 'errore'

interface Foglio {
  titolo: string
  campi: CampoAtto[]
  percorso: string
  corpo: (v: Record<string, string>) => unknown
  fatto: string
}

/** Above this many documents the index is prepared by a job. */
const INDICE_SUBITO = 1000
const motivo: CampoAtto = { id: 'motivo', etichetta: t.fascicoli.motivo, errore: t.fascicoli.motivoErrore, righe: 3 }

function fogli(ente: string, dati: Fascicolo, ricerche: ReturnType<typeof useRicerche>): Record<Atto, Foglio> {
  const w = t.fascicolo
  const fascicoli = { cerca: ricerche.fascicoli, chiave: ['fascicoli', ente] }
  return {
    parte: {
      titolo: dati.livello === 0 ? w.sottofascicolo : w.inserto,
      campi: [
        { id: 'oggetto', etichetta: w.oggetto, errore: w.oggettoErrore },
        { id: 'posizioneFisica', etichetta: w.posizione },
      ],
      percorso: 'sottofascicoli',
      corpo: (v) => ({ oggetto: v['oggetto'], ...(v['posizioneFisica'] === '' ? {} : { posizioneFisica: v['posizioneFisica'] }) }),
      fatto: w.sottofascicoloAperto,
    },
    collega: {
      titolo: w.collega,
      campi: [
        { id: 'altroId', etichetta: w.quale, errore: w.qualeErrore, ...fascicoli },
        {
          id: 'tipo',
          etichetta: w.tipoCollegamento,
          iniziale: 'collegato',
          opzioni: Object.entries(w.collegamenti).map(([valore, testo]) => ({ valore, testo })),
        },
        motivo,
      ],
      percorso: 'collegamenti',
      corpo: (v) => v,
      fatto: w.collegato,
    },
    cartaceo: {
      titolo: w.cartaceo,
      campi: [
        { id: 'oggetto', etichetta: w.oggetto, errore: w.oggettoErrore },
        { id: 'tipologia', etichetta: w.tipologia, errore: w.tipologiaErrore },
        { id: 'consistenza', etichetta: w.consistenza, errore: w.consistenzaErrore },
        { id: 'posizioneFisica', etichetta: w.posizione, errore: w.posizioneErrore },
      ],
      percorso: 'cartacei',
      corpo: (v) => v,
      fatto: w.cartaceoAggiunto,
    },
    trasferisci: {
      titolo: w.trasferisci,
      campi: [{ id: 'ufficioId', etichetta: w.ufficio, errore: w.ufficioErrore, cerca: ricerche.uffici, chiave: ['uffici', ente] }, motivo],
      percorso: 'trasferimenti',
      corpo: (v) => ({ ...v, ufficioId: (v['ufficioId'] ?? '').replace(/^ufficio:/u, '') }),
      fatto: w.trasferimentoChiesto,
    },
    sospendi: { titolo: w.sospendi, campi: [motivo], percorso: 'sospensione', corpo: (v) => v, fatto: w.sospeso },
    riprendi: { titolo: w.riprendi, campi: [motivo], percorso: 'ripresa', corpo: (v) => v, fatto: w.ripreso },
    riapri: {
      titolo: w.riapri,
      campi: [motivo],
      percorso: 'riapertura',
      corpo: (v) => ({ ...v, versione: dati.versione }),
      fatto: w.riaperto,
    },
    errore: {
      titolo: w.errore,
      campi: [
        ...(dati.totaleDocumenti > 0 ? [{ id: 'destinazioneId', etichetta: w.destinazione, errore: w.qualeErrore, ...fascicoli }] : []),
        motivo,
      ],
      percorso: 'errore-di-apertura',
      corpo: (v) => ({ ...v, versione: dati.versione }),
      fatto: w.erroreFatto,
    },
  }
}

/** The acts this person may do now, in the order in which they are used. */
function attiDi(dati: Fascicolo, puo: ReturnType<typeof usePermessi>): Atto[] {
  const { azioni } = dati
  const aperto = dati.stato === 'APERTO' || dati.stato === 'SOSPESO'
  return [
    ...(azioni.decidi && aperto && dati.divisibile && puo('fascicoli.apri') ? (['parte'] as const) : []),
    ...(azioni.inserisci ? (['cartaceo', 'collega'] as const) : []),
    ...(azioni.chiudi && puo('fascicoli.chiudi')
      ? (['trasferisci', dati.stato === 'SOSPESO' ? 'riprendi' : 'sospendi', 'errore'] as const)
      : []),
    ...(azioni.riapri && puo('fascicoli.chiudi') ? (['riapri'] as const) : []),
  ]
}

async function inviaConsegna(ente: string, id: string, foglio: FoglioConsegna, v: Record<string, string>): Promise<unknown> {
  const percorso = api(ente, 'fascicoli', id, ...foglio.percorso)
  if (foglio.atto !== undefined) return await compiAtto(foglio.atto, percorso, foglio.corpo(v))
  return await chiama(percorso, { metodo: foglio.metodo ?? 'POST', corpo: foglio.corpo(v) })
}

export function AzioniFascicolo({ ente, dati, apri, onFatto }: AzioniFascicoloProps) {
  const puo = usePermessi()
  const navigate = useNavigate()
  const ricerche = useRicerche(ente)
  const [atto, setAtto] = useState<Atto | null>(null)
  const [consegna, setConsegna] = useState<AttoConsegna | null>(
    apri === 'dati' && (dati.azioni.inserisci || dati.azioni.decidi) ? 'dati' : null,
  )
  const consegne = fogliConsegna(ente, dati)
  const tutti = fogli(ente, dati, ricerche)
  const lungo = dati.totaleDocumenti > INDICE_SUBITO
  const indice = useMutation({
    mutationFn: () => chiama(api(ente, 'fascicoli', dati.id, 'stampe'), { metodo: 'POST', corpo: { tipo: 'indice' } }),
    onSuccess: () => onFatto(t.fascicolo.indiceChiesto),
  })
  const print = (tipo: string): void => void window.open(`${api(ente, 'fascicoli', dati.id, `${tipo}.pdf`)}?inline=1`, '_blank', 'noopener')
  const voce = (chiave: string, testo: string, onScelta: () => void): AzioneMenu => ({ chiave, testo, testoPiano: testo, onScelta })
  const voci = [
    ...attiDi(dati, puo).map((one) => voce(one, tutti[one].titolo, () => setAtto(one))),
    ...attiConsegna(dati, puo('fascicoli.chiudi')).map((one) => voce(one, consegne[one].titolo, () => setConsegna(one))),
    voce('frontespizio', t.fascicolo.frontespizio, () => print('frontespizio')),
    lungo ? voce('indice', t.fascicolo.indiceLavoro, () => indice.mutate()) : voce('indice', t.fascicolo.indice, () => print('indice')),
  ]
  const foglio = atto === null ? null : tutti[atto]
  return (
    <>
      <MenuAzioni etichetta={t.fascicolo.altro} bottone={t.fascicolo.altroBottone} azioni={voci} vai={(path) => void navigate(path)} />
      {consegna === null ? null : (
        <FoglioAtto
          key={consegna}
          titolo={consegne[consegna].titolo}
          {...(consegna === 'dati' ? { testo: t.consegnaFascicolo.datiTesto } : {})}
          campi={consegne[consegna].campi}
          invia={(v) => inviaConsegna(ente, dati.id, consegne[consegna], v)}
          onChiudi={() => setConsegna(null)}
          onFatto={() => {
            setConsegna(null)
            onFatto(consegne[consegna].fatto)
          }}
        />
      )}
      {foglio === null ? null : (
        <FoglioAtto
          key={atto}
          titolo={foglio.titolo}
          campi={foglio.campi}
          invia={(v) => {
            const percorso = api(ente, 'fascicoli', dati.id, foglio.percorso)
            return atto === 'parte'
              ? compiAtto(`parte ${dati.id}`, percorso, foglio.corpo(v))
              : chiama(percorso, { metodo: 'POST', corpo: foglio.corpo(v) })
          }}
          onChiudi={() => setAtto(null)}
          onFatto={() => {
            setAtto(null)
            onFatto(foglio.fatto)
          }}
        />
      )}
    </>
  )
}
