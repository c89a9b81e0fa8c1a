import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { instant, ref } from '../kernel/db/columns.ts'

/**
 * What the search knows of a registration beside its words (those are in `app.indice_ricerca`, see migration 0005): values of the facets and text of the
 * files, kept by the job `ricerca.index`. What may be read is always asked of the register, never of this table.
 */
export const TestoRegistrazione = defineEntity({
  name: 'TestoRegistrazione',
  ...tenantTable('testo_registrazione'),
  properties: {
    enteId: p.uuid().primary(),
    registrazioneId: p.uuid().primary(),
    anno: p.integer(),
    tipo: p.text(),
    mezzo: p.text(),
    voce: p.text(),
    ufficioId: ref().nullable(),
    stato: p.text(),
    /** `testo`, `senza-testo` (a scan), `parziale` (cut at the limit), `illeggibile`, `nessun-file`. */
    estrazione: p.text(),
    /** Text of the files, for the snippets. */
    corpo: p.text(),
    aggiornatoIl: instant(),
  },
})

/** A search or a view of a list kept by a person, for himself or for one of his offices. */
export const RicercaSalvata = defineEntity({
  name: 'RicercaSalvata',
  ...tenantTable('ricerca_salvata'),
  properties: {
    ...tenantKeys,
    nome: p.text(),
    /** Which list it belongs to: `ricerca`, `registro`. */
    ambito: p.text(),
    /** The address of the list after the question mark. */
    domanda: p.text(),
    autoreId: p.text(),
    autoreNome: p.text(),
    ufficioId: ref().nullable(),
    creataIl: instant(),
    toltaIl: instant().nullable(),
  },
  indexes: [{ name: 'ricerca_salvata_autore', properties: ['enteId', 'autoreId'] }],
})

/** What a person searched lately: his own, and nobody else's. */
export const RicercaRecente = defineEntity({
  name: 'RicercaRecente',
  ...tenantTable('ricerca_recente'),
  properties: {
    enteId: p.uuid().primary(),
    autoreId: p.text().primary(),
    domanda: p.text().primary(),
    usataIl: instant(),
  },
})

export const ricercaTables = [TestoRegistrazione, RicercaSalvata, RicercaRecente]
