/** Fields of the page of a new fascicolo, in the order in which they are decided. */
import { useQuery } from '@tanstack/react-query'
import { api, chiama, conParametri } from '../../api/client.ts'
import { TIPI_FASCICOLO, type TipoFascicolo } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { CampoScelta, CampoTesto } from '../../ui/Campo.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { Interruttore } from '../../ui/Interruttore.tsx'
import { useRicerche, useTitolario } from '../protocollo/dati.ts'
import type { StatoNuovo } from './pagina-nuovo.ts'

const n = t.nuovoFascicolo

export interface CampiProps {
  ente: string
  stato: StatoNuovo
  bloccaUfficio: boolean
  errore: (campo: string) => string | undefined
  onCambia: (patch: Partial<StatoNuovo>) => void
}

function Procedimento({ stato, errore, onCambia }: CampiProps) {
  if (stato.tipo !== 'procedimento amministrativo') return null
  const text = (campo: 'materia' | 'denominazione' | 'termineGiorni', etichetta: string, obbligatorio = true) => (
    <CampoTesto
      id={`procedimento.${campo}`}
      etichetta={etichetta}
      obbligatorio={obbligatorio}
      larghezza="meta"
      valore={stato[campo]}
      errore={errore(`procedimento.${campo}`)}
      onCambia={(value) => onCambia({ [campo]: value })}
    />
  )
  return (
    <>
      {text('materia', t.fascicoli.materia)}
      {text('denominazione', t.fascicoli.denominazioneProcedimento)}
      {text('termineGiorni', t.fascicoli.termineGiorni, false)}
    </>
  )
}

function Oggetto({ ente, stato, errore, onCambia }: CampiProps) {
  const voceId = stato.voce?.id
  const list = useQuery({
    queryKey: ['oggetti-fascicolo', ente, voceId],
    enabled: voceId !== undefined,
    queryFn: () => chiama<string[]>(conParametri(api(ente, 'fascicoli', 'oggetti'), { voceId: voceId ?? '' })),
  })
  return (
    <>
      <CampoScelta
        id="oggettoTipo"
        etichetta={n.oggettoTipo}
        vuota={n.oggettoTipoVuoto}
        valore={stato.oggettoTipo}
        opzioni={(list.data ?? []).map((one) => ({ valore: one, testo: one }))}
        onCambia={(oggettoTipo) => onCambia({ oggettoTipo })}
      />
      <CampoTesto
        id="oggetto"
        etichetta={t.fascicoli.oggetto}
        obbligatorio
        righe={2}
        massimo={400}
        valore={stato.oggetto}
        errore={errore('oggetto')}
        onCambia={(oggetto) => onCambia({ oggetto })}
      />
    </>
  )
}

export function Campi(props: CampiProps) {
  const { ente, stato, bloccaUfficio, errore, onCambia } = props
  const ricerche = useRicerche(ente)
  const titolario = useTitolario(ente)
  const voce = titolario.data?.voci.find((one) => one.id === stato.voce?.id)
  return (
    <div className="griglia-campi">
      <Combobox
        id="voceId"
        etichetta={n.voce}
        obbligatorio
        chiave={['voci', ente]}
        cerca={ricerche.voci}
        valore={stato.voce}
        errore={errore('voceId')}
        {...(voce === undefined ? {} : { aiuto: `${n.conservazione}: ${t.fascicoli.anni(voce.conservazioneAnni)}` })}
        onScelta={(chosen) => onCambia({ voce: chosen, oggettoTipo: '' })}
      />
      <CampoScelta
        id="tipo"
        etichetta={t.fascicoli.tipo}
        valore={stato.tipo}
        opzioni={TIPI_FASCICOLO.map((tipo) => ({ valore: tipo, testo: t.fascicoli.tipi[tipo] ?? tipo }))}
        onCambia={(tipo) => onCambia({ tipo: tipo as TipoFascicolo, visibile: tipo === 'procedimento amministrativo' })}
      />
      <Procedimento {...props} />
      <Oggetto {...props} />
      {bloccaUfficio ? (
        <p className="campo-aiuto">
          {n.ufficio}: {stato.ufficio?.testo}
        </p>
      ) : (
        <Combobox
          id="ufficioId"
          etichetta={n.ufficio}
          obbligatorio
          chiave={['uffici', ente]}
          cerca={ricerche.uffici}
          valore={stato.ufficio}
          errore={errore('ufficioId')}
          onScelta={(ufficio) => onCambia({ ufficio })}
        />
      )}
      <Combobox
        id="responsabileId"
        etichetta={t.fascicoli.responsabileCampo}
        chiave={['persone', ente]}
        cerca={ricerche.persone}
        valore={stato.responsabile}
        errore={errore('responsabileId')}
        onScelta={(responsabile) => onCambia({ responsabile })}
      />
      <Interruttore
        id="visibile"
        etichetta={t.fascicoli.visibile}
        aiuto={t.fascicoli.visibileAiuto}
        valore={stato.visibile}
        onCambia={(visibile) => onCambia({ visibile })}
      />
      <CampoTesto
        id="paroleChiave"
        etichetta={n.parolaChiave}
        valore={stato.paroleChiave}
        errore={errore('paroleChiave')}
        onCambia={(paroleChiave) => onCambia({ paroleChiave })}
      />
      <CampoTesto
        id="posizioneFisica"
        etichetta={t.fascicolo.posizione}
        valore={stato.posizioneFisica}
        errore={errore('posizioneFisica')}
        onCambia={(posizioneFisica) => onCambia({ posizioneFisica })}
      />
      <CampoTesto
        id="note"
        etichetta={n.note}
        righe={2}
        valore={stato.note}
        errore={errore('note')}
        onCambia={(note) => onCambia({ note })}
      />
    </div>
  )
}
