import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../../kernel/db/base.ts'
import { day, instant, ref } from '../../kernel/db/columns.ts'

/** One step of the delivery to one addressee of an outgoing registration: never changed, never backwards (REQ-PROT-027). */
export const Consegna = defineEntity({
  name: 'Consegna',
  ...tenantTable('consegna'),
  properties: {
    ...tenantKeys,
    registrazioneId: ref(),
    /** Which addressee: the position of the soggetto. */
    posizione: p.integer(),
    /** inviato, mancata-consegna, consegnato */
    stato: p.text(),
    /** The day it happened, as its proof says. */
    giorno: day(),
    /** The proof: number of the registered letter, notice of receipt, who received by hand. */
    estremi: p.text(),
    autoreId: p.text(),
    autoreNome: p.text(),
    creatoIl: instant(),
  },
  uniques: [{ name: 'consegna_passo', properties: ['enteId', 'registrazioneId', 'posizione', 'stato'] }],
})

/** The annulment message of an incoming registration was sent to the other AOO: when, how and with which proof (REQ-PROT-052). One, never changed. */
export const InvioAnnullamento = defineEntity({
  name: 'InvioAnnullamento',
  ...tenantTable('invio_annullamento'),
  properties: {
    enteId: p.uuid().primary(),
    registrazioneId: p.uuid().primary(),
    inviatoIl: instant(),
    /** PEC, COOPERAZIONE, ALTRO */
    mezzo: p.text(),
    indirizzo: p.text(),
    /** What proves it: the identifier of the message, the notice of receipt. */
    estremi: p.text(),
    autoreId: p.text(),
    autoreNome: p.text(),
    creatoIl: instant(),
  },
})

export const consegnaEntities = [Consegna, InvioAnnullamento]
