import { fileIn, takeCharge } from '../atti.ts'
import { cercaCorrispondente } from '../rubrica.ts'
import { arrive, follow, moment, open } from './contesto.ts'
import type { Contesto } from './contesto.ts'

/** Sagra della Pro Loco: the municipal police decides on the public ground, three more offices are told. */
export function tellSagra(c: Contesto): void {
  const capo = c.scena.squadra.capo('POL')
  const proLoco = cercaCorrispondente(c.rubrica, 'Pro Loco Castelvento')
  const istanza = arrive(c, {
    giorniFa: 20,
    ora: '10:02',
    da: [proLoco],
    oggetto: 'Occupazione di suolo pubblico per la Sagra del Vento, piazza del Mercato Vecchio',
    voce: 'VI/7',
    ufficio: 'POL',
    conoscenza: ['SUAP', 'CUL', 'UTC'],
    corpo: [
      'La Pro Loco organizza la Sagra del Vento e chiede di occupare piazza del Mercato Vecchio per tre giorni, con palco, cucine e venti banchi.',
      'Il programma e la pianta dell’area sono allegati.',
    ],
    allegati: ['planimetria', 'testo', 'ricevuta'],
  })
  const f = open(c, capo, istanza, 19, '11:25', {
    voce: 'VI/7/1',
    ufficio: 'POL',
    tipo: 'procedimento amministrativo',
    visibile: true,
    oggetto: 'Sagra del Vento: occupazione di piazza del Mercato Vecchio - Pro Loco Castelvento',
    procedimento: {
      materia: 'Suolo pubblico',
      denominazione: 'Concessione di occupazione temporanea di suolo pubblico',
      termineGiorni: 30,
    },
  })
  const piano = arrive(c, {
    giorniFa: 13,
    ora: '09:41',
    da: [proLoco],
    oggetto: 'Piano di sicurezza della Sagra del Vento',
    voce: 'VI/7',
    ufficio: 'POL',
    conoscenza: ['UTC'],
    tipologia: 'Relazione',
    corpo: ['Si trasmette il piano di sicurezza con le vie di fuga e il numero massimo di persone.'],
    nome: 'piano-di-sicurezza.pdf',
    allegati: ['relazione', 'planimetria'],
  })
  follow(c, capo, f, piano, 12, '12:15')
  const prefettura = cercaCorrispondente(c.rubrica, 'Prefettura di Pietralta')
  const nulla = arrive(c, {
    giorniFa: 6,
    ora: '08:35',
    da: [prefettura],
    oggetto: 'Indicazioni per le manifestazioni all’aperto: Sagra del Vento',
    voce: 'VI/7',
    ufficio: 'POL',
    tipologia: 'Comunicazione',
    corpo: [
      'In relazione alla manifestazione si richiamano le indicazioni già date sul numero degli addetti e sulla presenza di un’ambulanza.',
    ],
    nome: 'nota.pdf',
    protocolloMittente: '5120/Area V',
  })
  follow(c, capo, f, nulla, 5, '10:40')
}

/** Iscrizioni alla mensa: a series of like requests in one fascicolo of activity. */
export function tellMensa(c: Contesto): void {
  const capo = c.scena.squadra.capo('SCU')
  const quante = c.piena ? 20 : 5
  const anno = Number(c.oggi.slice(0, 4)) - (c.oggi.slice(5, 7) < '06' ? 1 : 0)
  const scolastico = `${anno}/${anno + 1}`
  const iscrizioni = Array.from({ length: quante }, (_, i) => {
    const genitore = c.rubrica.persone[20 + i]
    if (genitore === undefined) throw new Error('no parent')
    const mano = i % 3 === 1
    return arrive(c, {
      giorniFa: 30 - Math.floor((i * 15) / quante),
      ora: `${String(8 + (i % 5)).padStart(2, '0')}:${String(15 + ((i * 7) % 40)).padStart(2, '0')}`,
      da: [genitore],
      oggetto: `Iscrizione al servizio di mensa scolastica ${scolastico}, n. ${i + 1} - ${genitore.nome}`,
      voce: 'VII/1',
      ufficio: 'SCU',
      mezzo: mano ? 'A_MANO' : 'PORTALE',
      corpo: [
        `Si chiede l’iscrizione al servizio di mensa per l’anno scolastico ${scolastico}, scuola primaria Il Gelso, classe ${1 + (i % 5)}.`,
        'Si dichiara di conoscere le tariffe e le modalità di pagamento.',
      ],
      nome: mano ? `iscrizione-${i + 1}-scansione.pdf` : `iscrizione-${i + 1}.pdf`,
      ...(i % 4 === 0 ? { allegati: ['modulo' as const] } : {}),
    })
  })
  const [prima, ...altre] = iscrizioni
  if (prima === undefined) throw new Error('no request')
  const f = open(c, capo, prima, 14, '09:00', {
    voce: 'VII/1/1',
    ufficio: 'SCU',
    tipo: 'attivita',
    visibile: false,
    oggetto: `Iscrizioni al servizio di mensa scolastica, anno scolastico ${scolastico}`,
  })
  const inizio = moment(c, 14, '09:05').getTime()
  for (const [i, r] of altre.entries()) {
    c.trama.atto(new Date(inizio + i * 120_000), async () => {
      await takeCharge(capo, r)
      await fileIn(capo, f, r)
    })
  }
}

/** Contributo affitto: particular data stay in the reserved area, one ordinary document is for the citizen to see. */
export function tellAffitto(c: Contesto, fiorenza: Parameters<typeof arrive>[1]['da'][number]): void {
  const capo = c.scena.squadra.capo('SOC')
  const domanda = arrive(c, {
    giorniFa: 14,
    ora: '10:20',
    da: [fiorenza],
    oggetto: 'Domanda di contributo per il canone di locazione',
    voce: 'VII/14',
    ufficio: 'SOC',
    mezzo: 'A_MANO',
    riservatezza: 'DATI_PARTICOLARI',
    corpo: [
      'La sottoscritta chiede il contributo per il canone di locazione e dichiara la situazione economica e di salute del nucleo familiare.',
      'Allega la certificazione e il contratto di affitto.',
    ],
    nome: 'domanda-contributo.pdf',
    allegati: ['modulo', 'documento'],
  })
  const f = open(c, capo, domanda, 13, '08:40', {
    voce: 'VII/14/1',
    ufficio: 'SOC',
    tipo: 'procedimento amministrativo',
    visibile: true,
    oggetto: 'Contributo per il canone di locazione - Fiorenza Ombralunga',
    procedimento: { materia: 'Politiche per la casa', denominazione: 'Contributo per il canone di locazione', termineGiorni: 60 },
  })
  const ricevuta = arrive(c, {
    giorniFa: 7,
    ora: '11:05',
    da: [fiorenza],
    oggetto: 'Trasmissione della ricevuta del canone di locazione',
    voce: 'VII/14',
    ufficio: 'SOC',
    tipologia: 'Comunicazione',
    corpo: ['Si trasmette la ricevuta dell’ultimo canone pagato, come chiesto dall’ufficio.'],
    nome: 'trasmissione.pdf',
    allegati: ['ricevuta'],
  })
  follow(c, capo, f, ricevuta, 6, '09:15')
}
