/** Writes a procedure, or a new version of its model: who answers, term, sheet, steps, fascicolo. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { useRicerche, useTitolario } from '../protocollo/dati.ts'
import { erroreDi } from '../../api/problema.ts'
import type { Procedimento } from './dati.ts'
import { bozzaDi, corpoDi, type Bozza, type CampoModello } from './modello.ts'
import { PassiModello } from './PassiModello.tsx'

export interface FoglioModelloProps {
  ente: string
  procedimento: Procedimento | null
  onChiudi: () => void
  onFatto: (procedimento: Procedimento) => void
}

/** Name of a field in the answer of the server, where it differs from the form's. */
const REMOTI: Readonly<Partial<Record<CampoModello, string>>> = {
  termine: 'termineGiorni',
  unita: 'termineUnita',
  descrizione: 'scheda.descrizione',
  norme: 'scheda.norme',
  decorrenza: 'scheda.decorrenza',
  documenti: 'scheda.documenti',
  servizio: 'scheda.servizioOnline',
  moduli: 'scheda.moduli',
  pagamenti: 'scheda.pagamenti',
  pagamento: 'scheda.modalitaPagamento',
  oggetto: 'fascicolo.oggetto',
}
type Etichetta = keyof typeof t.procedimenti.dati
type Extra = { righe?: number; aiuto?: string; obbligatorio?: boolean; larghezza?: 'meta' }

export function FoglioModello({ ente, procedimento, onChiudi, onFatto }: FoglioModelloProps) {
  const d = t.procedimenti.dati
  const ricerche = useRicerche(ente)
  const titolario = useTitolario(ente)
  const [b, setB] = useState<Bozza>(() => bozzaDi(procedimento))
  const cambia = (patch: Partial<Bozza>): void => setB((before) => ({ ...before, ...patch }))
  const scrivi = (campo: CampoModello, valore: string): void =>
    setB((before) => ({ ...before, testi: { ...before.testi, [campo]: valore } }))
  const act = useMutation({
    mutationFn: () =>
      chiama<Procedimento>(procedimento === null ? api(ente, 'procedimenti') : api(ente, 'procedimenti', procedimento.id, 'versioni'), {
        metodo: 'POST',
        corpo: corpoDi(b, procedimento),
      }),
    onSuccess: onFatto,
  })
  const e = (campo: string): string | undefined => erroreDi(act.error, campo)
  const testo = (campo: CampoModello & Etichetta, extra: Extra = {}) => (
    <CampoTesto
      id={`modello-${campo}`}
      etichetta={d[campo]}
      valore={b.testi[campo]}
      errore={e(REMOTI[campo] ?? campo)}
      onCambia={(v) => scrivi(campo, v)}
      {...extra}
    />
  )
  const scelta = (campo: CampoModello & Etichetta, nomi: Readonly<Record<string, string>>) => (
    <CampoScelta
      id={`modello-${campo}`}
      etichetta={d[campo]}
      valore={b.testi[campo]}
      errore={e(REMOTI[campo] ?? campo)}
      onCambia={(v) => scrivi(campo, v)}
      opzioni={Object.entries(nomi).map(([valore, nome]) => ({ valore, testo: nome }))}
    />
  )
  const voce = titolario.data?.voci.find((v) => v.codice === b.testi.codiceVoce)
  const elenco = { righe: 3, aiuto: d.unaPerRiga }
  return (
    <GuscioFoglio
      titolo={procedimento === null ? t.procedimenti.nuovo : t.procedimenti.modifica}
      conferma={t.procedimenti.salva}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      {procedimento === null ? testo('codice', { obbligatorio: true, aiuto: d.codiceAiuto, larghezza: 'meta' }) : null}
      {testo('denominazione', { obbligatorio: true })}
      {testo('materia', { obbligatorio: true })}
      {scelta('iniziativa', t.procedimenti.iniziative)}
      <Combobox
        id="modello-voce"
        etichetta={d.voce}
        obbligatorio
        chiave={['voci', ente]}
        cerca={ricerche.voci}
        valore={voce === undefined ? null : { id: voce.id, testo: `${voce.codice} ${voce.denominazione}` }}
        errore={e('codiceVoce')}
        onScelta={(scelta_) => scrivi('codiceVoce', titolario.data?.voci.find((v) => v.id === scelta_?.id)?.codice ?? '')}
      />
      <Combobox
        id="modello-ufficio"
        etichetta={d.ufficio}
        chiave={['uffici', ente]}
        cerca={ricerche.uffici}
        valore={b.ufficio}
        errore={e('ufficioId')}
        onScelta={(ufficio) => cambia({ ufficio })}
      />
      <Combobox
        id="modello-responsabile"
        etichetta={d.responsabile}
        chiave={['persone', ente]}
        cerca={ricerche.persone}
        valore={b.responsabile}
        errore={e('responsabileId')}
        onScelta={(responsabile) => cambia({ responsabile })}
      />
      {testo('termine', { aiuto: d.termineAiuto, larghezza: 'meta' })}
      {scelta('unita', t.procedimenti.unita)}
      {testo('decorrenza', { obbligatorio: true })}
      {scelta('silenzio', t.procedimenti.silenzi)}
      <h3>{t.procedimenti.scheda}</h3>
      {testo('descrizione', { obbligatorio: true, righe: 3 })}
      {testo('norme', elenco)}
      {testo('documenti', elenco)}
      {testo('esito')}
      {testo('organo')}
      {testo('moduli', { righe: 3, aiuto: d.moduliAiuto })}
      {testo('pagamenti', { righe: 3, aiuto: d.pagamentiAiuto })}
      {testo('pagamento')}
      {testo('potere')}
      {testo('tutela', { righe: 3 })}
      {testo('informazioni')}
      {testo('telefono', { larghezza: 'meta' })}
      {testo('email', { larghezza: 'meta' })}
      {testo('orari')}
      {testo('servizio')}
      <h3>{t.procedimenti.passi}</h3>
      {e('passi') === undefined ? null : <p className="campo-errore">{e('passi')}</p>}
      <PassiModello passi={b.passi} errore={e} onCambia={(passi) => cambia({ passi })} />
      {testo('oggetto', { obbligatorio: true, aiuto: d.oggettoAiuto })}
      <label className="interruttore">
        <input type="checkbox" checked={b.interessati} onChange={(event) => cambia({ interessati: event.target.checked })} />{' '}
        <span>{d.interessati}</span>
      </label>
      <label className="interruttore">
        <input type="checkbox" checked={b.visibile} onChange={(event) => cambia({ visibile: event.target.checked })} />{' '}
        <span>{d.visibile}</span>
      </label>
      {procedimento === null ? null : testo('motivo', { obbligatorio: true, righe: 2 })}
    </GuscioFoglio>
  )
}
