import { defineEntity, p } from '@mikro-orm/core'
import { TENANT_CONDITION, tenantKeys, tenantTable } from './db/base.ts'
import { instant, ref } from './db/columns.ts'

const trail = tenantTable(
  'evento_audit',
  // A citizen sees who opened the documents and fascicoli he may see, never other facts and never another citizen's name.
  [
    "((azione in ('documento-letto', 'registrazione-letta') and exists (select 1 from fascicolo_documento fd where fd.documento_id = evento_audit.documento_id))",
    "or (azione = 'fascicolo-letto' and exists (select 1 from fascicolo f where f.id = evento_audit.fascicolo_id)))",
    "and (attore_tipo <> 'cittadino' or attore_id = nullif(current_setting('app.codice_fiscale', true), ''))",
  ].join(' '),
)

/** The trail: insert and select only (REQ-PROT-055, REQ-PROT-057). `dati` keeps its exact text, because its digest is chained. */
export const EventoAudit = defineEntity({
  name: 'EventoAudit',
  ...trail,
  policies: [
    ...trail.policies,
    // A citizen's own reads are recorded under his own name only.
    {
      name: 'cittadino_lettura',
      command: 'insert',
      roles: ['faldone_sportello'],
      check: `${TENANT_CONDITION} and attore_tipo = 'cittadino' and attore_id = current_setting('app.codice_fiscale')`,
    },
  ],
  properties: {
    ...tenantKeys,
    istante: instant(),
    attoreTipo: p.text(),
    attoreId: p.text(),
    attoreNome: p.text(),
    azione: p.text(),
    oggettoTipo: p.text(),
    oggettoId: p.text(),
    documentoId: ref().nullable(),
    fascicoloId: ref().nullable(),
    dati: p.text(),
    richiesta: p.text(),
    registroId: ref().nullable(),
    progressivo: p.bigint('number').nullable(),
    improntaPrecedente: p.text().nullable(),
    impronta: p.text().nullable(),
  },
  uniques: [{ name: 'evento_audit_catena', properties: ['enteId', 'registroId', 'progressivo'] }],
  indexes: [
    { name: 'evento_audit_oggetto', properties: ['enteId', 'oggettoId', 'istante'] },
    { name: 'evento_audit_documento', properties: ['enteId', 'documentoId', 'istante'] },
    { name: 'evento_audit_fascicolo', properties: ['enteId', 'fascicoloId', 'istante'] },
  ],
})

/** One finished job: the queue deletes its row on success, the history stays (decision 22). */
export const LavoroStorico = defineEntity({
  name: 'LavoroStorico',
  ...tenantTable('lavoro_storico'),
  properties: {
    ...tenantKeys,
    tipo: p.text(),
    carico: p.json(),
    tentativi: p.integer(),
    conclusoIl: instant(),
  },
  indexes: [{ name: 'lavoro_storico_tipo', properties: ['enteId', 'tipo', 'conclusoIl'] }],
})

/** A long work of a person (export, import, mass act): how far it is, what came out, for how long its file can be taken (`kernel/lavori.ts`). */
export const LavoroLungo = defineEntity({
  name: 'LavoroLungo',
  ...tenantTable('lavoro_lungo'),
  properties: {
    ...tenantKeys,
    tipo: p.text(),
    titolo: p.text(),
    stato: p.text(),
    fatti: p.integer(),
    totale: p.integer().nullable(),
    autoreId: p.text(),
    autoreNome: p.text(),
    parametri: p.json(),
    esito: p.json().nullable(),
    file: p.json().nullable(),
    errore: p.text().nullable(),
    interruzione: p.boolean(),
    creatoIl: instant(),
    iniziatoIl: instant().nullable(),
    conclusoIl: instant().nullable(),
    scadeIl: instant().nullable(),
  },
  indexes: [{ name: 'lavoro_lungo_autore', properties: ['enteId', 'autoreId', 'creatoIl'] }],
})

export const kernelEntities = [EventoAudit, LavoroStorico, LavoroLungo]
