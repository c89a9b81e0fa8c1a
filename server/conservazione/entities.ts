import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { instant, ref } from '../kernel/db/columns.ts'

/** Yearly counter of the idPdV (REQ-CONS-030). */
export const ContatoreVersamento = defineEntity({
  name: 'ContatoreVersamento',
  ...tenantTable('contatore_versamento'),
  properties: {
    enteId: p.uuid().primary(),
    aooId: p.uuid().primary(),
    anno: p.integer().primary(),
    ultimo: p.integer(),
  },
})

/** A transfer to the conservatore: frozen snapshot, package, outcome. */
export const Versamento = defineEntity({
  name: 'Versamento',
  ...tenantTable('versamento'),
  properties: {
    ...tenantKeys,
    /** What is transferred: a closed fascicolo or a daily register, never both. */
    fascicoloId: ref().nullable(),
    /** Version of the fascicolo that is frozen here: one transfer per version. */
    fascicoloVersione: p.integer().nullable(),
    registroGiornalieroId: ref().nullable(),
    /** A refused daily register is sent again, identical, in a package of its own (REQ-PROT-106). */
    tentativo: p.integer().default(1),
    idPdv: p.text(),
    stato: p.text(),
    /** The frozen facts as exact text (REQ-CONS-025). */
    istantanea: p.text(),
    improntaIndice: p.text().nullable(),
    improntaPacchetto: p.text().nullable(),
    dimensione: p.bigint('number').nullable(),
    indiceContenutoId: ref().nullable(),
    pacchettoContenutoId: ref().nullable(),
    presaInCarico: p.text().nullable(),
    trasmessoIl: instant().nullable(),
    rapportoContenutoId: ref().nullable(),
    rapportoId: p.text().nullable(),
    esito: p.text().nullable(),
    rapportoRicevutoIl: instant().nullable(),
    anomalie: p.json().nullable(),
    creatoIl: instant(),
    produttoreNome: p.text(),
    produttoreCodiceFiscale: p.text(),
  },
  uniques: [
    { name: 'versamento_idpdv', properties: ['enteId', 'idPdv'] },
    { name: 'versamento_fascicolo', properties: ['enteId', 'fascicoloId', 'fascicoloVersione'] },
    { name: 'versamento_registro', properties: ['enteId', 'registroGiornalieroId', 'tentativo'] },
  ],
  indexes: [{ name: 'versamento_stato', properties: ['enteId', 'stato'] }],
})

export const conservazioneEntities = [ContatoreVersamento, Versamento]
