import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { instant, ref } from '../kernel/db/columns.ts'

/** A mailbox of an AOO (REQ-PROT-005): an address belongs to one AOO only. */
export const Casella = defineEntity({
  name: 'Casella',
  ...tenantTable('casella'),
  properties: {
    ...tenantKeys,
    aooId: ref(),
    indirizzo: p.text(),
    tipo: p.text(),
    attiva: p.boolean(),
    ultimoControllo: instant().nullable(),
    errore: p.text().nullable(),
  },
  uniques: [{ name: 'casella_indirizzo', properties: ['enteId', 'indirizzo'] }],
})

/** A message of a mailbox: its raw bytes are a content, everything else is what was read in them. */
export const Messaggio = defineEntity({
  name: 'Messaggio',
  ...tenantTable('messaggio'),
  properties: {
    ...tenantKeys,
    casellaId: ref(),
    uid: p.text(),
    chiave: p.text(),
    contenutoId: ref(),
    classe: p.text(),
    /** da_protocollare, registrato, ricevuta, quarantena, scartato, doppio */
    stato: p.text(),
    tipo: p.text(),
    mittente: p.text(),
    mittenteIndirizzo: p.text(),
    oggetto: p.text(),
    ricevutoIl: instant(),
    acquisitoIl: instant(),
    esitoFirma: p.text(),
    controlli: p.json(),
    daticert: p.json().nullable(),
    parti: p.json(),
    motivo: p.text().nullable(),
    voceEsclusione: p.text().nullable(),
    nota: p.text().nullable(),
    registrazioneId: ref().nullable(),
    bloccatoDa: p.text().nullable(),
    bloccatoDaNome: p.text().nullable(),
    bloccatoIl: instant().nullable(),
  },
  uniques: [{ name: 'messaggio_chiave', properties: ['enteId', 'casellaId', 'chiave'] }],
  indexes: [
    { name: 'messaggio_stato', properties: ['enteId', 'stato', 'ricevutoIl'] },
    { name: 'messaggio_uid', properties: ['enteId', 'casellaId', 'uid'] },
  ],
})

export const pecEntities = [Casella, Messaggio]
