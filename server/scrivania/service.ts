import { readArchivioDesk } from '../archivio/index.ts'
import { countOltreSoglia } from '../arretrato/index.ts'
import { countVersamenti } from '../conservazione/index.ts'
import { countProposte, countTrasferimenti } from '../fascicoli/index.ts'
import { inReadTransaction } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { readConteggi } from '../pec/index.ts'
import { countTerminiPratiche } from '../pratiche/index.ts'
import { countAssegnazioni, findRighe } from '../protocollo/index.ts'
import { readRegistroDesk } from '../registro/index.ts'
import { findRevisioneScaduta } from '../titolario/index.ts'
import { countByDay, findScadenze } from './repository.ts'
import type { ScrivaniaDto } from './schema.ts'

const RECENT = 8

/** The desk of a person in an ente: the blocks follow from the permissions, the numbers from what he may see. */
export async function readScrivania(scope: Scope): Promise<ScrivaniaDto> {
  const may = (permesso: string): boolean => scope.attore.permessi.has(permesso)
  const wholeAoo = scope.attore.profili.some((p) => p === 'responsabileGestioneDocumentale' || p === 'vicario')
  return await inReadTransaction(scope, async (s) => {
    const messaggi = may('messaggi.leggi') ? await readConteggi(s) : null
    const assegnazioni = may('assegnazioni.leggi') ? await countAssegnazioni(s) : null
    const scadenze = may('fascicoli.leggi') ? await findScadenze(s, s.attore.uffici, wholeAoo) : []
    const registro = await readRegistroDesk(s)
    const termini = may('pratiche.leggi') ? await countTerminiPratiche(s) : null
    const oltreSoglia = may('arretrato.leggi') ? await countOltreSoglia(s) : null
    return {
      contatori: {
        daProtocollare: messaggi?.tutti ?? null,
        inRitardo: messaggi?.['in-ritardo'] ?? null,
        passatiAMe: messaggi?.['per-me'] ?? null,
        quarantena: messaggi?.quarantena ?? null,
        daPrendereInCarico: assegnazioni?.['da-prendere-in-carico'] ?? null,
        inCarico: assegnazioni?.['in-carico'] ?? null,
        nonFascicolati: assegnazioni?.['non-fascicolate'] ?? null,
        perConoscenza: assegnazioni?.['per-conoscenza'] ?? null,
        rifiutate: assegnazioni?.rifiutate ?? null,
        oltreSogliaUfficio: wholeAoo ? null : oltreSoglia,
        oltreSogliaRgd: wholeAoo ? oltreSoglia : null,
        fascicoliProposti: may('fascicoli.apri') ? await countProposte(s) : null,
        trasferimentiDaDecidere: may('fascicoli.apri') ? await countTrasferimenti(s) : null,
        praticheScadute: termini?.scaduta ?? null,
        praticheOggi: termini?.oggi ?? null,
        praticheInScadenza: termini?.['in scadenza'] ?? null,
      },
      andamento: await countByDay(s),
      ultimi: (await findRighe(s, { pagina: 1, perPagina: RECENT })).elementi,
      scadenze: scadenze.map(({ id, slug, codice, oggetto, termine, giorni }) => ({
        fascicolo: { id, slug, codice, oggetto },
        termine,
        giorni,
      })),
      revisioneTitolario: may('titolario.gestisci') ? await findRevisioneScaduta(s) : null,
      avvisi: [...registro.avvisi, ...(await readArchivioDesk(s))],
      registroGiornaliero: registro.ultimo,
      conservazione: may('conservazione.leggi') ? await countVersamenti(s) : null,
    }
  })
}
