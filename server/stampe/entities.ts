import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { instant, ref } from '../kernel/db/columns.ts'

/** Choices of an ente about its prints, and the texts that make a receipt a communication of start of the procedure (L. 241 art. 8). */
export const ImpostazioniStampe = defineEntity({
  name: 'ImpostazioniStampe',
  ...tenantTable('impostazioni_stampe'),
  properties: {
    enteId: p.uuid().primary(),
    /** 62x29, 50x25: millimetres */
    formatoEtichetta: p.text(),
    /** A5, A4 */
    formatoRicevuta: p.text(),
    /** Receipt and label are printed by themselves after a registration at the counter, unless the workstation says otherwise. */
    stampaAutomatica: p.boolean(),
    /** Days of a procedure when no other term is set (L. 241 art. 2 c. 2). */
    termineGiorni: p.integer(),
    rimedi: p.text(),
    visioneAtti: p.text(),
    ufficioAccesso: p.text(),
    aggiornateIl: instant(),
    autoreNome: p.text(),
  },
})

/** One print of a receipt or label: who, when, and whether it was one more of the same. Never changes (REQ-PROT-043, REQ-PROT-124). */
export const Stampata = defineEntity({
  name: 'Stampata',
  ...tenantTable('stampata'),
  properties: {
    ...tenantKeys,
    registrazioneId: ref(),
    /** ricevuta, etichetta */
    tipo: p.text(),
    formato: p.text(),
    progressivo: p.integer(),
    stampataIl: instant(),
    autoreId: p.text(),
    autoreNome: p.text(),
  },
  indexes: [{ name: 'stampata_registrazione', properties: ['enteId', 'registrazioneId', 'tipo'] }],
})

/** The receipt of an istanza that came by an electronic channel: issued once by itself, kept as it was issued (REQ-PROT-120). */
export const RicevutaEmessa = defineEntity({
  name: 'RicevutaEmessa',
  ...tenantTable('ricevuta_emessa'),
  properties: {
    enteId: p.uuid().primary(),
    registrazioneId: p.uuid().primary(),
    contenutoId: ref(),
    /** True when it is a communication of start of the procedure too (REQ-PROT-121). */
    avvio: p.boolean(),
    emessaIl: instant(),
  },
})

export const stampeEntities = [ImpostazioniStampe, Stampata, RicevutaEmessa]
