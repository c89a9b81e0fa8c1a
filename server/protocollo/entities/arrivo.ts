import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../../kernel/db/base.ts'
import { day, instant, ref } from '../../kernel/db/columns.ts'

/** Who wrote a fact, and when. */
const autore = () => ({ autoreId: p.text(), autoreNome: p.text(), creatoIl: instant() })

/** A link from a registration to an earlier one (TUDA 52 c. 1 c; class D): a reply has its own number and points to the letter it answers (REQ-PROT-015). */
export const Collegamento = defineEntity({
  name: 'Collegamento',
  ...tenantTable('collegamento'),
  properties: {
    ...tenantKeys,
    registrazioneId: ref(),
    collegataId: ref(),
    /** risposta, provvedimento (the final act of what was received), sostituisce, stesso-documento, correlata */
    tipo: p.text(),
    ...autore(),
  },
  uniques: [{ name: 'collegamento_coppia', properties: ['enteId', 'registrazioneId', 'collegataId', 'tipo'] }],
  indexes: [{ name: 'collegamento_collegata', properties: ['enteId', 'collegataId'] }],
})

/** An authorisation of the RGD to register later what has arrived, for an exceptional cause and until a day (REQ-PROT-070). */
export const Differimento = defineEntity({
  name: 'Differimento',
  ...tenantTable('differimento'),
  properties: {
    ...tenantKeys,
    aooId: ref(),
    provvedimento: p.text(),
    causa: p.text(),
    /** Which documents, or the period. */
    ambito: p.text(),
    dal: day(),
    al: day(),
    entroIl: day(),
    ...autore(),
  },
  uniques: [{ name: 'differimento_provvedimento', properties: ['enteId', 'provvedimento'] }],
})

/** What was done with a document meant for another administration: registered and forwarded, or returned without registration (REQ-PROT-018). */
export const DestinazioneErrata = defineEntity({
  name: 'DestinazioneErrata',
  ...tenantTable('destinazione_errata'),
  properties: {
    ...tenantKeys,
    aooId: ref(),
    /** inoltrata, restituita */
    scelta: p.text(),
    registrazioneId: ref().nullable(),
    mezzo: p.text(),
    mittente: p.text(),
    oggetto: p.text(),
    dataArrivo: instant(),
    amministrazione: p.text(),
    nota: p.text(),
    ...autore(),
  },
  indexes: [{ name: 'destinazione_errata_istante', properties: ['enteId', 'creatoIl'] }],
})

/** The late scan of a registration made without its file: what it adds and its digest; the number does not change (class D). */
export const Scansione = defineEntity({
  name: 'Scansione',
  ...tenantTable('scansione'),
  properties: {
    enteId: p.uuid().primary(),
    registrazioneId: p.uuid().primary(),
    documentoFileId: ref(),
    impronta: p.text(),
    ...autore(),
  },
})

export const arrivoEntities = [Collegamento, Differimento, DestinazioneErrata, Scansione]
