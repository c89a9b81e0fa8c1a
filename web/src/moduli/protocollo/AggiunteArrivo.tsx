/** What a registration at the counter may add: the scan that comes later, a linked registration whose data are copied, a deferral. */
import { useQueryClient } from '@tanstack/react-query'
import { api, chiama, conParametri } from '../../api/client.ts'
import type { Corrispondente, Lista, Registrazione, RigaRegistro, Soggetto } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { CampoTesto } from '../../ui/Campo.tsx'
import { CampoData } from '../../ui/CampoData.tsx'
import { Combobox, type GruppoOpzioni } from '../../ui/Combobox.tsx'
import { haDatiPersonali } from '../bozze/guardie.ts'
import { testoVoce } from './dati.ts'
import { SENZA_AGGIUNTE, type AggiunteEntrata, type StatoModulo } from './modulo.ts'
import { inModulo } from './soggetti.ts'

export interface AggiunteArrivoProps {
  ente: string
  stato: StatoModulo
  onCambia: (patch: Partial<StatoModulo>) => void
  errore: (campo: string) => string | undefined
}

async function searchRegistro(ente: string, testo: string): Promise<GruppoOpzioni[]> {
  if (testo.trim() === '') return []
  const found = await chiama<Lista<RigaRegistro>>(conParametri(api(ente, 'registrazioni'), { q: testo.trim(), perPagina: 10 }))
  return [{ nome: '', opzioni: found.elementi.map((one) => ({ id: one.id, testo: one.etichetta, dettaglio: one.oggetto })) }]
}

const isSoggetto = (one: Corrispondente): one is Soggetto => one.tipo !== 'NN' && one.tipo !== 'UO'

/** The data of a linked registration, only where nothing was written. */
function copied(stato: StatoModulo, r: Registrazione): Partial<StatoModulo> {
  const [first] = stato.mittenti
  const empty = first === undefined || (first.cognome === '' && first.denominazione === '')
  const office = r.assegnazioni.find((one) => one.tipo === 'competenza' && one.al === null)
  const senders = r.mittenti.filter(isSoggetto).map(inModulo)
  return {
    ...(empty && senders.length > 0 ? { mittenti: senders } : {}),
    ...(stato.oggetto.trim() === '' ? { oggetto: r.oggetto } : {}),
    ...(stato.voce === null ? { voce: { id: r.voce.id, testo: testoVoce(r.voce) } } : {}),
    ...(stato.assegnatario === null && office !== undefined
      ? { assegnatario: { id: `ufficio:${office.ufficio.id}`, testo: office.ufficio.denominazione } }
      : {}),
  }
}

export function AggiunteArrivo({ ente, stato, onCambia, errore }: AggiunteArrivoProps) {
  const client = useQueryClient()
  const a = stato.aggiunte ?? SENZA_AGGIUNTE
  const set = (patch: Partial<AggiunteEntrata>): void => onCambia({ aggiunte: { ...a, ...patch } })
  const link = async (collegato: AggiunteEntrata['collegato']): Promise<void> => {
    set({ collegato })
    if (collegato === null) return
    const found = await client
      .fetchQuery({
        queryKey: ['registrazione', ente, collegato.id],
        queryFn: () => chiama<Registrazione>(api(ente, 'registrazioni', collegato.id)),
      })
      .catch(() => null)
    if (found !== null) onCambia({ aggiunte: { ...a, collegato }, ...copied(stato, found) })
  }
  const d = t.modulo.differimento
  return (
    <>
      {haDatiPersonali(stato.oggetto) && stato.riservatezza === 'ORDINARIO' ? (
        <button type="button" className="collegamento" onClick={() => onCambia({ riservatezza: 'RISERVATO' })}>
          {t.modulo.rendiRiservato}
        </button>
      ) : null}
      <label className="campo">
        <input
          type="checkbox"
          id="campo-dopo"
          checked={a.dopo}
          disabled={stato.principale !== null}
          onChange={(event) => set({ dopo: event.target.checked })}
        />{' '}
        {t.modulo.dopo}
      </label>
      {a.dopo && stato.principale === null ? (
        <CampoTesto
          id="campo-descrizioneCartaceo"
          etichetta={t.modulo.descrizioneCartaceo}
          valore={a.descrizioneCartaceo}
          onCambia={(descrizioneCartaceo) => set({ descrizioneCartaceo })}
          errore={errore('descrizioneCartaceo')}
        />
      ) : null}
      <Combobox
        id="campo-collegato"
        etichetta={t.modulo.collegato}
        aiuto={t.modulo.collegatoAiuto}
        chiave={['registro', ente]}
        cerca={(testo) => searchRegistro(ente, testo)}
        valore={a.collegato}
        onScelta={(scelta) => void link(scelta === null ? null : { id: scelta.id, testo: scelta.testo })}
        errore={errore('collegamenti')}
        segnaposto={t.scriviPerCercare}
      />
      <details
        className="altri-dati"
        open={
          errore('motivoDifferimento') !== undefined || errore('entroIl') !== undefined || errore('differimento') !== undefined
            ? true
            : undefined
        }
      >
        <summary>{d.titolo}</summary>
        <div className="griglia-campi">
          <CampoTesto
            id="campo-differimento"
            etichetta={d.autorizzazione}
            valore={a.autorizzazione}
            onCambia={(autorizzazione) => set({ autorizzazione })}
            errore={errore('differimento') ?? errore('differimento.autorizzazione')}
          />
          <CampoTesto
            id="campo-motivoDifferimento"
            etichetta={d.motivo}
            valore={a.motivoDifferimento}
            onCambia={(motivoDifferimento) => set({ motivoDifferimento })}
            errore={errore('motivoDifferimento') ?? errore('differimento.motivo')}
          />
          <CampoData
            id="campo-entroIl"
            etichetta={d.entroIl}
            larghezza="meta"
            valore={a.entroIl}
            onCambia={(entroIl) => set({ entroIl })}
            errore={errore('entroIl') ?? errore('differimento.entroIl')}
          />
        </div>
      </details>
    </>
  )
}
