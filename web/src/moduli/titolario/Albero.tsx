/** The tree of voices: arrows move, right opens, left closes, Invio chooses; a search keeps the branches that answer. */
import { useMemo, useState } from 'react'
import { Button, Collection, Tree, TreeItem, TreeItemContent } from 'react-aria-components'
import { t } from '../../testi/it.ts'
import { Vuoto } from '../../ui/Attesa.tsx'
import { CampoTesto } from '../../ui/Campo.tsx'
import { Icona } from '../../ui/Icona.tsx'
import type { Voce } from './dati.ts'

interface Nodo {
  id: string
  voce: Voce
  figli: Nodo[]
}

/** The nodes whose code, name or keywords hold the text, with their ancestors. */
function build(voci: readonly Voce[], testo: string): Nodo[] {
  const wanted = testo.trim().toLocaleLowerCase('it')
  const children = Map.groupBy(voci, (v) => v.padreId)
  const answers = (v: Voce): boolean =>
    wanted === '' || `${v.codice} ${v.denominazione} ${v.paroleChiave.join(' ')}`.toLocaleLowerCase('it').includes(wanted)
  const nodes = (padre: string | null): Nodo[] =>
    (children.get(padre) ?? []).flatMap((voce) => {
      const figli = nodes(voce.id)
      return figli.length > 0 || answers(voce) ? [{ id: voce.id, voce, figli }] : []
    })
  return nodes(null)
}

function Ramo({ nodo }: { nodo: Nodo }) {
  const { voce } = nodo
  return (
    <TreeItem id={nodo.id} textValue={`${voce.codice} ${voce.denominazione}`} className="albero-voce">
      <TreeItemContent>
        {({ isExpanded, hasChildItems }) => (
          <span className="albero-riga" style={{ paddingInlineStart: `${(voce.livello - 1) * 1.25}rem` }}>
            {hasChildItems ? (
              <Button slot="chevron" className="pulsante-icona">
                <Icona nome={isExpanded ? 'expand' : 'chevron-right'} dimensione={16} />
              </Button>
            ) : (
              <span className="albero-vuoto" aria-hidden="true" />
            )}
            <span>
              <strong>{voce.codice}</strong> {voce.denominazione}
              {voce.chiusaDal === null ? null : ` (${t.titolario.voce.chiusa(voce.chiusaDal)})`}
            </span>
          </span>
        )}
      </TreeItemContent>
      <Collection items={nodo.figli}>{(figlio) => <Ramo nodo={figlio} />}</Collection>
    </TreeItem>
  )
}

export function Albero({ voci, scelta, onScegli }: { voci: readonly Voce[]; scelta: string; onScegli: (id: string) => void }) {
  const [testo, setTesto] = useState('')
  const [aperti, setAperti] = useState<Set<string | number>>(new Set())
  const nodi = useMemo(() => build(voci, testo), [voci, testo])
  const expanded = testo.trim() === '' ? aperti : new Set<string | number>(voci.map((v) => v.id))
  return (
    <>
      <CampoTesto id="campo-cerca-voce" etichetta={t.titolario.cerca} tipo="search" valore={testo} onCambia={setTesto} />
      {nodi.length === 0 ? (
        <Vuoto icona="search">{t.titolario.nessunaVoce}</Vuoto>
      ) : (
        <Tree
          aria-label={t.titolario.albero}
          className="albero"
          items={nodi}
          selectionMode="single"
          selectionBehavior="replace"
          disallowEmptySelection
          selectedKeys={scelta === '' ? [] : [scelta]}
          expandedKeys={expanded}
          onExpandedChange={(keys) => setAperti(new Set(keys))}
          onSelectionChange={(keys) => {
            const [first] = keys === 'all' ? [] : [...keys]
            if (first !== undefined) onScegli(String(first))
          }}
        >
          {(nodo) => <Ramo nodo={nodo} />}
        </Tree>
      )}
    </>
  )
}
