import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { day, instant, ref } from '../kernel/db/columns.ts'
import { contenutoEntities } from './entities-contenuto.ts'
import { vitaEntities } from './entities-vita.ts'

/** Condition under which a citizen sees a fascicolo: it concerns him and the ente made it visible (CAD 41 c. 2-quater). */
const OF_THE_CITIZEN =
  "visibile_cittadino and exists (select 1 from fascicolo_soggetto fs where fs.fascicolo_id = fascicolo.id and fs.ruolo = 'interessato' and fs.codice_fiscale = nullif(current_setting('app.codice_fiscale', true), ''))"

/** The fascicolo with its two identifiers (REQ-FASC-001, REQ-FASC-002): id and codice; `slug` is the address derived from the latter. */
export const Fascicolo = defineEntity({
  name: 'Fascicolo',
  ...tenantTable('fascicolo', OF_THE_CITIZEN),
  properties: {
    ...tenantKeys,
    aooId: ref(),
    codice: p.text(),
    slug: p.text(),
    anno: p.integer(),
    /** Series the progressivo counts in: code of the voice, or PF and PG for the fascicoli of persons (REQ-FASC-003, REQ-FASC-004). */
    serie: p.text(),
    progressivo: p.integer(),
    voceId: ref(),
    tipo: p.text(),
    oggetto: p.text(),
    stato: p.text(),
    ufficioId: ref(),
    responsabileId: ref(),
    apertoIl: day(),
    chiusoIl: day().nullable(),
    esito: p.text().nullable(),
    notaChiusura: p.text().nullable(),
    materia: p.text().nullable(),
    procedimento: p.text().nullable(),
    termine: day().nullable(),
    visibileCittadino: p.boolean(),
    conservazioneAnni: p.integer().nullable(),
    versione: p.integer(),
    creatoIl: instant(),
    /** The fascicolo a sottofascicolo or an inserto is a part of (REQ-FASC-030). */
    fascicoloPadreId: ref().nullable(),
    /** 0 fascicolo, 1 sottofascicolo, 2 inserto. */
    livello: p.integer(),
    /** Where its paper is: room, shelf, box. */
    posizioneFisica: p.text().nullable(),
    note: p.text().nullable(),
    paroleChiave: p.json<string[]>(),
    /** Since when and why it is in its state, where the state says less than that (suspension, opened by mistake, deposit). */
    statoDal: day().nullable(),
    statoMotivo: p.text().nullable(),
    /** Version of the model of the procedure it runs (TUDA art. 65). */
    procedimentoId: ref().nullable(),
  },
  uniques: [
    { name: 'fascicolo_slug', properties: ['enteId', 'aooId', 'slug'] },
    { name: 'fascicolo_progressivo', properties: ['enteId', 'aooId', 'anno', 'serie', 'progressivo'] },
  ],
  indexes: [
    { name: 'fascicolo_stato', properties: ['enteId', 'stato'] },
    { name: 'fascicolo_padre', properties: ['enteId', 'fascicoloPadreId'] },
    { name: 'fascicolo_procedimento', properties: ['enteId', 'procedimentoId'] },
  ],
})

/** Counter of the progressivo inside year and series (REQ-FASC-003). */
export const ContatoreFascicolo = defineEntity({
  name: 'ContatoreFascicolo',
  ...tenantTable('contatore_fascicolo'),
  properties: {
    enteId: p.uuid().primary(),
    aooId: p.uuid().primary(),
    anno: p.integer().primary(),
    serie: p.text().primary(),
    ultimo: p.integer(),
  },
})

/** A document in a fascicolo: in the common or in a reserved area (CAD 41 c. 2-quater). A removed one keeps its row. */
export const FascicoloDocumento = defineEntity({
  name: 'FascicoloDocumento',
  ...tenantTable(
    'fascicolo_documento',
    "area = 'comune' and tolto_il is null and exists (select 1 from fascicolo f where f.id = fascicolo_documento.fascicolo_id)",
  ),
  properties: {
    ...tenantKeys,
    fascicoloId: ref(),
    documentoId: ref(),
    area: p.text(),
    principale: p.boolean(),
    inseritoIl: instant(),
    inseritoDa: p.text(),
    toltoIl: instant().nullable(),
    /** Who took it out, why, and where it went: the trace in the fascicolo it left (REQ-FASC-017). */
    toltoDa: p.text().nullable(),
    motivoRimozione: p.text().nullable(),
    destinazioneId: ref().nullable(),
    /** The fascicolo it came from: the trace in the fascicolo it went to. */
    provenienzaId: ref().nullable(),
  },
  indexes: [{ name: 'fascicolo_documento_documento', properties: ['enteId', 'documentoId'] }],
})

/**
 * Interessati and participating administrations of a fascicolo. `visibile` repeats the fascicolo's own choice: the policy of the fascicolo reads this
 * table, so this table cannot ask the fascicolo.
 */
export const FascicoloSoggetto = defineEntity({
  name: 'FascicoloSoggetto',
  ...tenantTable(
    'fascicolo_soggetto',
    "visibile and ruolo = 'interessato' and codice_fiscale = nullif(current_setting('app.codice_fiscale', true), '')",
  ),
  properties: {
    ...tenantKeys,
    fascicoloId: ref(),
    ruolo: p.text(),
    posizione: p.integer(),
    tipo: p.text(),
    nome: p.text().nullable(),
    cognome: p.text().nullable(),
    denominazione: p.text().nullable(),
    codiceFiscale: p.text().nullable(),
    codiceIpa: p.text().nullable(),
    codiceAoo: p.text().nullable(),
    denominazioneAoo: p.text().nullable(),
    indirizzoDigitale: p.text().nullable(),
    visibile: p.boolean(),
  },
  indexes: [
    { name: 'fascicolo_soggetto_fascicolo', properties: ['enteId', 'fascicoloId', 'posizione'] },
    { name: 'fascicolo_soggetto_codice_fiscale', properties: ['enteId', 'codiceFiscale'] },
  ],
})

/** Assignments of the fascicolo with start and end (REQ-FASC-023). */
export const FascicoloAssegnazione = defineEntity({
  name: 'FascicoloAssegnazione',
  ...tenantTable('fascicolo_assegnazione'),
  properties: {
    ...tenantKeys,
    fascicoloId: ref(),
    tipo: p.text(),
    ufficioId: ref(),
    operatoreId: ref().nullable(),
    dal: instant(),
    al: instant().nullable(),
  },
  indexes: [{ name: 'fascicolo_assegnazione_fascicolo', properties: ['enteId', 'fascicoloId'] }],
})

/** A phase of the procedure with its dates (Allegato 5). */
export const Fase = defineEntity({
  name: 'Fase',
  ...tenantTable('fase', 'exists (select 1 from fascicolo f where f.id = fase.fascicolo_id)'),
  properties: {
    ...tenantKeys,
    fascicoloId: ref(),
    fase: p.text(),
    dal: day(),
    al: day().nullable(),
  },
  indexes: [{ name: 'fase_fascicolo', properties: ['enteId', 'fascicoloId', 'dal'] }],
})

export const fascicoliEntities = [
  Fascicolo,
  ContatoreFascicolo,
  FascicoloDocumento,
  FascicoloSoggetto,
  FascicoloAssegnazione,
  Fase,
  ...contenutoEntities,
  ...vitaEntities,
]
