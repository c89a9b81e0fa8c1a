/** The offices of an emergency registration: who formed it, who answers for it, who receives it for information. */
import type { DotazioneDto } from '../tipi.ts'
import { emergenza } from '../../../testi/it-emergenza.ts'
import { CampoScelta } from '../../../ui/Campo.tsx'
import { Gettoni } from '../../../ui/Gettoni.tsx'
import type { ModuloEmergenza } from './modulo.ts'

const t = emergenza.pagina.modulo

export interface UfficiProps {
  dotazione: Pick<DotazioneDto, 'uffici'>
  stato: ModuloEmergenza
  onCambia: (patch: Partial<ModuloEmergenza>) => void
  errore: (campo: string) => string | undefined
}

/** Each choice joins the list and leaves the menu; each name of the list can be taken away. */
function Conoscenza({ dotazione, stato, onCambia }: Omit<UfficiProps, 'errore'>) {
  const { conoscenza } = stato
  const chosen = dotazione.uffici.filter((u) => conoscenza.includes(u.id))
  return (
    <div>
      <CampoScelta
        id="conoscenza"
        etichetta={t.conoscenza}
        aiuto={t.conoscenzaAiuto}
        vuota={t.scegli}
        valore=""
        opzioni={dotazione.uffici
          .filter((u) => u.id !== stato.ufficioId && !conoscenza.includes(u.id))
          .map((u) => ({ valore: u.id, testo: u.nome }))}
        onCambia={(id) => id === '' || onCambia({ conoscenza: [...conoscenza, id] })}
      />
      <Gettoni
        etichetta={t.conoscenza}
        valori={chosen.map((u) => ({ id: u.id, testo: u.nome }))}
        onRimuovi={(id) => onCambia({ conoscenza: conoscenza.filter((other) => other !== id) })}
      />
    </div>
  )
}

export function Uffici({ dotazione, stato, onCambia, errore }: UfficiProps) {
  const opzioni = dotazione.uffici.map((u) => ({ valore: u.id, testo: u.nome }))
  return (
    <>
      {stato.flusso === 'I' ? (
        <CampoScelta
          id="mittente"
          etichetta={t.mittenteInterno}
          obbligatorio
          vuota={t.scegli}
          valore={stato.mittenteId}
          errore={errore('mittente')}
          opzioni={opzioni}
          onCambia={(mittenteId) => onCambia({ mittenteId })}
        />
      ) : null}
      <CampoScelta
        id="ufficio"
        etichetta={t.uffici[stato.flusso]}
        obbligatorio
        vuota={t.scegli}
        valore={stato.ufficioId}
        errore={errore('ufficio')}
        opzioni={opzioni}
        onCambia={(ufficioId) => onCambia({ ufficioId })}
      />
      <Conoscenza dotazione={dotazione} stato={stato} onCambia={onCambia} />
    </>
  )
}
