import { closeFascicolo } from '../atti.ts'
import { cercaCorrispondente } from '../rubrica.ts'
import type { Corrispondente } from '../rubrica.ts'
import { arrive, follow, moment, open } from './contesto.ts'
import type { Contesto } from './contesto.ts'

/** Ricorso al Tribunale: riservato from the first moment, seen by the legal office and by the records manager only. */
export function tellRicorso(c: Contesto): void {
  const capo = c.scena.squadra.capo('LEG')
  const avvocato = c.rubrica.professionisti[3]
  if (avvocato === undefined) throw new Error('no lawyer')
  const ricorso = arrive(c, {
    giorniFa: 16,
    ora: '11:48',
    da: [avvocato],
    oggetto: 'Ricorso al Tribunale di Pietralta per il risarcimento del danno, via Costalunga',
    voce: 'V/1',
    ufficio: 'LEG',
    mezzo: 'NOTIFICA',
    riservatezza: 'RISERVATO',
    tipologia: 'Atto giudiziario',
    corpo: [
      'Si notifica il ricorso con cui si chiede la condanna del Comune al risarcimento del danno subito in via Costalunga.',
      'L’udienza sarà fissata con decreto.',
    ],
    nome: 'ricorso-notificato.pdf',
    allegati: ['relazione'],
  })
  const f = open(c, capo, ricorso, 15, '09:10', {
    voce: 'V/1/2',
    ufficio: 'LEG',
    tipo: 'affare',
    visibile: false,
    oggetto: 'Giudizio civile per il danno di via Costalunga',
  })
  const tribunale = cercaCorrispondente(c.rubrica, 'Tribunale di Pietralta')
  const decreto = arrive(c, {
    giorniFa: 8,
    ora: '09:33',
    da: [tribunale],
    oggetto: 'Decreto di fissazione dell’udienza, ricorso di via Costalunga',
    voce: 'V/1',
    ufficio: 'LEG',
    riservatezza: 'RISERVATO',
    tipologia: 'Atto giudiziario',
    corpo: ['Si comunica il decreto che fissa l’udienza di comparizione e il termine per la costituzione.'],
    nome: 'decreto.pdf',
    protocolloMittente: 'R.G. 88',
  })
  follow(c, capo, f, decreto, 7, '10:00')
}

/** Passo carrabile: asked, then withdrawn; the fascicolo is closed and goes to preservation. */
export function tellPasso(c: Contesto): void {
  const capo = c.scena.squadra.capo('POL')
  const richiedente = c.rubrica.persone[11]
  if (richiedente === undefined) throw new Error('nobody asks')
  const domanda = arrive(c, {
    giorniFa: 36,
    ora: '09:22',
    da: [richiedente],
    oggetto: 'Richiesta di passo carrabile in via della Fornace 18',
    voce: 'VI/7',
    ufficio: 'POL',
    corpo: ['Si chiede l’autorizzazione di un passo carrabile in via della Fornace 18, largo tre metri.'],
    allegati: ['planimetria', 'ricevuta'],
  })
  const f = open(c, capo, domanda, 35, '08:55', {
    voce: 'VI/7/2',
    ufficio: 'POL',
    tipo: 'procedimento amministrativo',
    visibile: true,
    oggetto: `Passo carrabile in via della Fornace 18 - ${richiedente.nome}`,
    procedimento: { materia: 'Viabilità', denominazione: 'Autorizzazione di passo carrabile', termineGiorni: 60 },
  })
  const rinuncia = arrive(c, {
    giorniFa: 22,
    ora: '10:47',
    da: [richiedente],
    oggetto: 'Rinuncia alla richiesta di passo carrabile in via della Fornace 18',
    voce: 'VI/7',
    ufficio: 'POL',
    tipologia: 'Comunicazione',
    corpo: ['Si comunica la rinuncia alla richiesta: l’accesso non serve più.'],
    nome: 'rinuncia.pdf',
  })
  follow(c, capo, f, rinuncia, 21, '09:05')
  c.trama.atto(moment(c, 21, '12:30'), async () => await closeFascicolo(capo, f, 'rinuncia', 'Rinuncia del richiedente.'))
}

/** Patrocinio: a small affair concluded; a second closed fascicolo. */
export function tellPatrocinio(c: Contesto): void {
  const capo = c.scena.squadra.capo('CUL')
  const filarmonica = cercaCorrispondente(c.rubrica, 'Filarmonica dell’Alta Valserena')
  const domanda = arrive(c, {
    giorniFa: 33,
    ora: '11:16',
    da: [filarmonica],
    oggetto: 'Richiesta di patrocinio per il concerto Note sotto la Torre',
    voce: 'VII/6',
    ufficio: 'CUL',
    corpo: ['Si chiede il patrocinio per il concerto, gratuito e aperto a tutti.'],
    allegati: ['testo'],
  })
  const f = open(c, capo, domanda, 32, '09:50', {
    voce: 'VII/6/2',
    ufficio: 'CUL',
    tipo: 'affare',
    visibile: true,
    oggetto: 'Patrocinio del concerto Note sotto la Torre - Filarmonica dell’Alta Valserena',
  })
  c.trama.atto(
    moment(c, 18, '12:00'),
    async () => await closeFascicolo(capo, f, 'conclusione', 'Concerto tenuto, nessun altro adempimento.'),
  )
}

/** Borgofinto: the same citizen, the same plan, a fascicolo with the same code as one of Castelvento. */
export function tellBorgofinto(c: Contesto, ortensia: Corrispondente): void {
  const capo = c.scena.squadra.capo('UTC')
  const istanza = arrive(c, {
    giorniFa: 15,
    ora: '09:26',
    da: [ortensia],
    oggetto: 'Richiesta di accesso agli atti dell’agibilità del fabbricato di via dei Tigli 7',
    voce: 'VI/3',
    ufficio: 'UTC',
    corpo: ['La sottoscritta, proprietaria del fabbricato di via dei Tigli 7 a Borgofinto, chiede copia del certificato di agibilità.'],
    allegati: ['documento'],
  })
  const f = open(c, capo, istanza, 14, '10:15', {
    voce: 'VI/3/4',
    ufficio: 'UTC',
    tipo: 'procedimento amministrativo',
    visibile: true,
    oggetto: 'Accesso agli atti dell’agibilità, via dei Tigli 7 - Ortensia Ventaglio',
    procedimento: { materia: 'Edilizia privata', denominazione: 'Accesso agli atti edilizi', termineGiorni: 30 },
  })
  const ricevuta = arrive(c, {
    giorniFa: 11,
    ora: '10:58',
    da: [ortensia],
    oggetto: 'Ricevuta dei diritti di ricerca, via dei Tigli 7',
    voce: 'VI/3',
    ufficio: 'UTC',
    tipologia: 'Comunicazione',
    corpo: ['Si trasmette la ricevuta dei diritti di ricerca.'],
    nome: 'trasmissione.pdf',
    allegati: ['ricevuta'],
  })
  follow(c, capo, f, ricevuta, 10, '09:00')
}
