/** Configuration of a repertory: what the body's manual says of it. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, chiama } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { GuscioFoglio } from '../protocollo/FogliScheda.tsx'
import { CampiRichiesti } from './CampiRichiesti.tsx'
import { chiaveDi, type Bozza, bozzaDi, corpoDi } from './configurazione.ts'
import { erroreDi } from '../../api/problema.ts'
import type { Repertorio } from './tipi.ts'
import { CampoUfficio } from '../protocollo/CampiRicerca.tsx'

export interface FoglioRepertorioProps {
  ente: string
  repertorio: Repertorio | null
  onChiudi: () => void
  onFatto: () => void
}

export function FoglioRepertorio({ ente, repertorio, onChiudi, onFatto }: FoglioRepertorioProps) {
  const m = t.repertori.modulo
  const [b, setB] = useState<Bozza>(() => bozzaDi(repertorio))
  const cambia = (patch: Partial<Bozza>): void => setB((before) => ({ ...before, ...patch }))
  const act = useMutation({
    mutationFn: () =>
      repertorio === null
        ? chiama(api(ente, 'repertori'), { metodo: 'POST', corpo: corpoDi(b, true) })
        : chiama(api(ente, 'repertori', repertorio.id), { metodo: 'PATCH', corpo: corpoDi(b, false) }),
    onSuccess: onFatto,
  })
  const e = (campo: string): string | undefined => erroreDi(act.error, campo)
  const testo = (chiave: 'denominazione' | 'tipologia' | 'mandato' | 'conservazioneAnni' | 'giorniAlbo', etichetta: string, extra = {}) => (
    <CampoTesto
      id={`repertorio-${chiave}`}
      etichetta={etichetta}
      valore={b[chiave]}
      errore={e(chiave)}
      onCambia={(v) => cambia({ [chiave]: v })}
      {...extra}
    />
  )
  return (
    <GuscioFoglio
      titolo={repertorio === null ? t.repertori.nuovo : repertorio.denominazione}
      conferma={m.salva}
      errore={act.error}
      inCorso={act.isPending}
      onConferma={() => act.mutate()}
      onChiudi={onChiudi}
    >
      {repertorio === null ? (
        <CampoTesto
          id="repertorio-codice"
          etichetta={m.codice}
          obbligatorio
          aiuto={m.codiceAiuto}
          larghezza="meta"
          valore={b.codice}
          errore={e('codice')}
          onCambia={(codice) => cambia({ codice })}
        />
      ) : null}
      {testo('denominazione', m.denominazione, { obbligatorio: true })}
      {testo('tipologia', m.tipologia, { obbligatorio: true })}
      <CampoUfficio
        id="repertorio-ufficioId"
        etichetta={m.ufficio}
        aiuto={m.ufficioAiuto}
        ente={ente}
        valore={b.ufficio}
        errore={e('ufficioId')}
        onScelta={(ufficio) => cambia({ ufficio })}
      />
      {repertorio === null ? (
        <CampoScelta
          id="repertorio-numerazione"
          etichetta={m.numerazione}
          valore={b.numerazione}
          onCambia={(numerazione) => cambia({ numerazione })}
          opzioni={Object.entries(t.repertori.numerazioni).map(([valore, nome]) => ({ valore, testo: nome }))}
        />
      ) : null}
      {b.numerazione === 'mandato' ? testo('mandato', m.mandato, { obbligatorio: true, segnaposto: '2024-2029' }) : null}
      <CampoScelta
        id="repertorio-visibilita"
        etichetta={m.visibilita}
        valore={b.visibilita}
        onCambia={(visibilita) => cambia({ visibilita })}
        opzioni={Object.entries(t.repertori.visibilita).map(([valore, nome]) => ({ valore, testo: nome }))}
      />
      {testo('conservazioneAnni', m.conservazione, { aiuto: m.conservazioneAiuto, larghezza: 'meta' })}
      <label className="interruttore">
        <input type="checkbox" checked={b.albo} onChange={(event) => cambia({ albo: event.target.checked })} /> <span>{m.albo}</span>
      </label>
      {b.albo ? testo('giorniAlbo', m.giorniAlbo, { larghezza: 'meta' }) : null}
      {repertorio === null ? null : (
        <label className="interruttore">
          <input type="checkbox" checked={b.attivo} onChange={(event) => cambia({ attivo: event.target.checked })} />{' '}
          <span>{m.attivo}</span>
        </label>
      )}
      <CampiRichiesti
        campi={b.campi}
        errore={e('campi')}
        onCambia={(campi) => cambia({ campi: campi.map((c) => ({ ...c, chiave: c.chiave === '' ? chiaveDi(c.etichetta) : c.chiave })) })}
      />
    </GuscioFoglio>
  )
}
