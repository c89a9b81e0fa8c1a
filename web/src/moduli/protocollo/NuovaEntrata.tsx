/** Registration of paper and files at the counter: the same form, with the acquisition of the documents at the right. */
import { useMemo, useRef, useState } from 'react'
import { Titolo } from '../../app/Titolo.tsx'
import { api } from '../../api/client.ts'
import { useEnte } from '../../api/sessione.tsx'
import type { Registrazione } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'
import { CampoScelta } from '../../ui/Campo.tsx'
import { giornoItaliano, oraItaliana } from '../../ui/date.ts'
import { Pannelli } from '../../ui/Pannelli.tsx'
import { useScorciatoie } from '../../ui/Scorciatoie.tsx'
import { AggiunteArrivo } from './AggiunteArrivo.tsx'
import { Acquisisci } from './Acquisisci.tsx'
import { BarraRegistra, RifiutoModulo } from './BarraRegistra.tsx'
import { CampiEntrata } from './CampiEntrata.tsx'
import { vaiAlCampo } from './errori.ts'
import { EsitoRegistrazione } from './EsitoRegistrazione.tsx'
import { inRichiesta, moduloVuoto, type FileModulo, type StatoModulo } from './modulo.ts'
import { RiepilogoErrori } from './RiepilogoErrori.tsx'
import { VerificaDoppioni } from './VerificaDoppioni.tsx'
import { useModuloEntrata } from './useModuloEntrata.ts'

const ORIGINS = (['file', 'scansione'] as const).map((valore) => ({ valore, testo: t.modulo.formazioni[valore] }))

function Modulo({ ente, atto, onRegistrata }: { ente: string; atto: string; onRegistrata: (registrazione: Registrazione) => void }) {
  const iniziale = useMemo(() => moduloVuoto(giornoItaliano(new Date()), oraItaliana(new Date())), [])
  const modulo = useModuloEntrata({ ente, atto, percorso: api(ente, 'registrazioni'), iniziale, richiesta: inRichiesta, onRegistrata })
  const files = useRef<FileModulo[]>(modulo.stato.file)
  files.current = modulo.stato.file
  useScorciatoie({
    F2: () => vaiAlCampo('oggetto'),
    F4: () => vaiAlCampo('voceId'),
    F8: () => vaiAlCampo('assegnazione'),
    'Ctrl+Enter': () => modulo.registra(),
  })
  function uploaded(file: FileModulo): void {
    files.current = [...files.current, file]
    modulo.cambia({ file: files.current, ...(files.current.length === 1 ? { principale: file.contenutoId } : {}) })
  }
  const form = (
    <div className="modulo">
      <div className="modulo-corpo">
        <Titolo>{t.modulo.titolo}</Titolo>
        <p className="campo-aiuto">{t.legendaObbligatori}</p>
        <RifiutoModulo modulo={modulo} />
        <RiepilogoErrori errori={modulo.errori} />
        {modulo.ripresa ? (
          <p className="campo-aiuto">
            {t.modulo.bozzaRipresa}{' '}
            <button type="button" className="collegamento" onClick={modulo.ricomincia}>
              {t.modulo.svuota}
            </button>
          </p>
        ) : null}
        <div className="griglia-campi">
          <CampiEntrata ente={ente} stato={modulo.stato} onCambia={modulo.cambia} errore={modulo.errore} />
          <CampoScelta
            id="campo-formazione"
            etichetta={t.modulo.formazione}
            valore={modulo.stato.formazione}
            opzioni={ORIGINS}
            onCambia={(formazione) => modulo.cambia({ formazione: formazione as StatoModulo['formazione'] })}
          />
          <AggiunteArrivo ente={ente} stato={modulo.stato} onCambia={modulo.cambia} errore={modulo.errore} />
        </div>
        <VerificaDoppioni ente={ente} stato={modulo.stato} />
      </div>
      <BarraRegistra modulo={modulo} testo={t.modulo.registraSolo} />
    </div>
  )
  return (
    <Pannelli
      id="entrata"
      visibile="tutti"
      pannelli={[
        { chiave: 'lavoro', etichetta: t.modulo.titolo, contenuto: form, larghezza: 520, minima: 380, massima: 760 },
        {
          chiave: 'anteprima',
          etichetta: t.modulo.documenti,
          contenuto: (
            <Acquisisci
              ente={ente}
              stato={modulo.stato}
              errore={modulo.errore('documento')}
              onCambia={modulo.cambia}
              onCaricato={uploaded}
            />
          ),
        },
      ]}
    />
  )
}

export function Component() {
  const { slug } = useEnte()
  const [esito, setEsito] = useState<Registrazione | null>(null)
  const [giro, setGiro] = useState(0)
  return (
    <div className="schermo">
      {esito === null ? null : <EsitoRegistrazione ente={slug} registrazione={esito} stampaDaSola onChiudi={() => setEsito(null)} />}
      <Modulo
        key={giro}
        ente={slug}
        atto="entrata"
        onRegistrata={(registrazione) => {
          setEsito(registrazione)
          setGiro(giro + 1)
        }}
      />
    </div>
  )
}
