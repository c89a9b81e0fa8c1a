import { takeProgressivo } from '../../server/fascicoli/numbering.ts'
import { newId } from '../../server/kernel/ids.ts'
import { inTransaction, insertRows, json } from '../../server/kernel/scope.ts'
import type { Scope } from '../../server/kernel/scope.ts'
import { nuovoProcedimento } from '../../server/procedimenti/schema.ts'
import type { NuovoProcedimento } from '../../server/procedimenti/schema.ts'
import { createProcedimento } from '../../server/procedimenti/service/modello.ts'
import type { EnteDiProva } from './factories.ts'

let serial = 0

/** A small model under VI/3/4, with one step for each phase that matters; whatever is given replaces the default. */
export function buildModello(changes: Partial<NuovoProcedimento> = {}): NuovoProcedimento {
  serial++
  return nuovoProcedimento.parse({
    codice: `PRV-${serial}`,
    denominazione: 'Accesso alle pratiche edilizie',
    materia: 'Edilizia',
    iniziativa: 'parte',
    codiceVoce: 'VI/3/4',
    termineGiorni: 30,
    silenzio: 'diniego',
    scheda: {
      descrizione: 'Visione e copia delle pratiche.',
      norme: ['L. 241/1990, artt. 22-28'],
      decorrenza: 'ricevimento della domanda',
    },
    passi: [
      { chiave: 'verifica', nome: 'Verifica della domanda', fase: 'Preparatoria', obbligatorio: true },
      { chiave: 'comunicazione-avvio', nome: 'Comunicazione di avvio', fase: 'Preparatoria', obbligatorio: true },
      { chiave: 'istruttoria', nome: 'Esame', fase: 'Istruttoria', obbligatorio: true },
      { chiave: 'pareri', nome: 'Pareri', fase: 'Consultiva', obbligatorio: false },
      { chiave: 'decisione', nome: 'Decisione', fase: 'Decisoria o deliberativa', obbligatorio: true },
    ],
    fascicolo: {
      tipo: 'procedimento amministrativo',
      oggetto: '{procedimento} – {mittente}',
      interessatiDalMittente: true,
      visibileCittadino: true,
    },
    ...changes,
  })
}

/** Adds a model to the catalogue through the real service; answers the procedure's id. */
export async function creaProcedimento(scope: Scope, changes: Partial<NuovoProcedimento> = {}): Promise<string> {
  return (await createProcedimento(scope, buildModello(changes))).id
}

/** An open fascicolo of two years ago that nobody touched since: written under its counter, without any fact of the trail. */
export async function openFermo(scope: Scope, e: EnteDiProva, oggetto: string): Promise<string> {
  const id = newId()
  await inTransaction(scope, async (tx) => {
    const n = await takeProgressivo(tx, e.aooId, 'VI/3/4')
    const quando = new Date(Date.now() - 800 * 86_400_000).toISOString()
    await insertRows(tx, 'fascicolo', [
      {
        id,
        aoo_id: e.aooId,
        codice: `${n.anno}-VI/3/4.${n.progressivo}`,
        slug: `${n.anno}-06.03.04-${n.progressivo}`,
        anno: n.anno,
        serie: 'VI/3/4',
        progressivo: n.progressivo,
        voce_id: e.voci.get('VI/3/4'),
        tipo: 'affare',
        oggetto,
        stato: 'APERTO',
        ufficio_id: e.uffici.edilizia,
        responsabile_id: scope.attore.id,
        aperto_il: quando.slice(0, 10),
        visibile_cittadino: false,
        versione: 1,
        creato_il: quando,
        livello: 0,
        parole_chiave: json([]),
      },
    ])
  })
  return id
}
