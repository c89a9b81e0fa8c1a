import { addDays, romeDay } from '../../../kernel/time.ts'
import { composeLettera } from '../documenti/lettera.ts'
import { renderRelazione } from '../documenti/allegati.ts'
import { renderDwg } from '../documenti/vari.ts'
import { cercaCorrispondente } from '../rubrica.ts'
import type { Corrispondente } from '../rubrica.ts'
import type { FileDaFare } from '../trama.ts'
import { arrive, follow, moment, open } from './contesto.ts'
import type { Contesto } from './contesto.ts'

/** Accesso agli atti: Ortensia Ventaglio asks, completes, a neighbour answers with data of his own that she must not see. */
export function tellAccesso(c: Contesto, ortensia: Corrispondente): void {
  const capo = c.scena.squadra.capo('SUE')
  const oggetto = 'Richiesta di accesso agli atti del permesso di costruire n. 41/1998, via dei Tigli 7'
  const istanza = arrive(c, {
    giorniFa: 12,
    ora: '09:12',
    da: [ortensia],
    oggetto,
    voce: 'VI/3',
    ufficio: 'SUE',
    corpo: [
      'La sottoscritta, proprietaria dell’immobile di via dei Tigli 7, chiede di vedere e avere copia del permesso di costruire n. 41/1998 e degli elaborati allegati.',
      'I documenti servono per il progetto di un ascensore interno.',
      'Chiede di ricevere le copie in formato elettronico.',
    ],
    allegati: ['documento'],
  })
  const f = open(c, capo, istanza, 11, '10:05', {
    voce: 'VI/3/4',
    ufficio: 'SUE',
    tipo: 'procedimento amministrativo',
    visibile: true,
    responsabile: c.scena.squadra.persona('dimostrazione-noemi'),
    oggetto: 'Accesso agli atti del permesso di costruire n. 41/1998, via dei Tigli 7 - Ortensia Ventaglio',
    procedimento: { materia: 'Edilizia privata', denominazione: 'Accesso agli atti edilizi', termineGiorni: 30 },
  })
  const integrazione = arrive(c, {
    giorniFa: 9,
    ora: '11:40',
    da: [ortensia],
    oggetto: 'Integrazione della richiesta di accesso agli atti, via dei Tigli 7',
    voce: 'VI/3',
    ufficio: 'SUE',
    corpo: ['Come chiesto per telefono, si integra la richiesta con il titolo di proprietà e la ricevuta dei diritti di ricerca.'],
    nome: 'integrazione.pdf',
    allegati: ['ricevuta'],
    tipologia: 'Comunicazione',
  })
  follow(c, capo, f, integrazione, 8, '09:20')
  const vicino = c.rubrica.persone[7]
  if (vicino === undefined) throw new Error('no neighbour')
  const memoria = arrive(c, {
    giorniFa: 5,
    ora: '12:08',
    da: [vicino],
    oggetto: 'Osservazioni del controinteressato sulla richiesta di accesso, via dei Tigli 7',
    voce: 'VI/3',
    ufficio: 'SUE',
    corpo: [
      'Ricevuta la comunicazione sulla richiesta di accesso, il sottoscritto osserva che gli elaborati mostrano anche l’interno della propria abitazione.',
      'Chiede che quelle tavole siano date senza le parti che lo riguardano.',
    ],
    nome: 'osservazioni.pdf',
    tipologia: 'Comunicazione',
  })
  follow(c, capo, f, memoria, 4, '08:50', { area: 'riservata', motivo: 'Contiene dati di un’altra persona.' })
}

/** SCIA via dei Mulini: signed PDF, CAdES envelope and a drawing; the health authority has its say. */
export function tellScia(c: Contesto, tullio: Corrispondente): void {
  const capo = c.scena.squadra.capo('SUE')
  const oggetto = 'SCIA per ristrutturazione e cambio d’uso, via dei Mulini 12'
  const giorno = addDays(romeDay(moment(c, 25, '08:48')), -1)
  const scia = arrive(c, {
    giorniFa: 25,
    ora: '08:48',
    da: [tullio, c.professionista],
    oggetto,
    voce: 'VI/3',
    ufficio: 'SUE',
    conoscenza: ['UTC'],
    corpo: [],
    principale: signedScia(c, tullio, oggetto, giorno),
    allegati: [envelope(c, giorno), drawing(c), 'planimetria', 'ricevuta'],
  })
  const f = open(c, capo, scia, 24, '09:30', {
    voce: 'VI/3/2',
    ufficio: 'SUE',
    tipo: 'procedimento amministrativo',
    visibile: true,
    oggetto: 'SCIA via dei Mulini 12 - Tullio Brezzaferma',
    procedimento: { materia: 'Edilizia privata', denominazione: 'Controllo della SCIA edilizia', termineGiorni: 30 },
  })
  const tavole = arrive(c, {
    giorniFa: 17,
    ora: '10:32',
    da: [c.professionista],
    oggetto: 'Integrazione della SCIA di via dei Mulini 12: tavole aggiornate',
    voce: 'VI/3',
    ufficio: 'SUE',
    tipologia: 'Comunicazione',
    corpo: [
      'Si trasmettono le tavole aggiornate, che sostituiscono quelle allegate alla segnalazione.',
      'Le altezze interne sono state corrette come indicato dall’ufficio.',
    ],
    nome: 'trasmissione.pdf',
    allegati: ['planimetria', drawing(c, 'tavola-02.dwg')],
  })
  follow(c, capo, f, tavole, 16, '11:10')
  const asl = cercaCorrispondente(c.rubrica, 'Azienda sanitaria Valserena')
  const parere = arrive(c, {
    giorniFa: 10,
    ora: '09:55',
    da: [asl],
    oggetto: 'Parere igienico-sanitario sulla SCIA di via dei Mulini 12',
    voce: 'VI/3',
    ufficio: 'SUE',
    tipologia: 'Relazione',
    corpo: [
      'Esaminati gli elaborati, si esprime parere favorevole, a condizione che il locale al piano terra abbia un ricambio d’aria meccanico.',
    ],
    nome: 'parere.pdf',
    protocolloMittente: '2214/2026',
  })
  follow(c, capo, f, parere, 9, '08:45')
}

function signedScia(c: Contesto, tullio: Corrispondente, oggetto: string, giorno: string): FileDaFare {
  return {
    nome: 'scia-firmata.pdf',
    descrizione: '',
    crea: async () => {
      const foglio = await composeLettera({
        mittente: c.professionista,
        ente: c.scena.ente.ente.denominazione,
        ufficio: 'Sportello unico edilizia',
        giorno,
        oggetto,
        corpo: [
          `Per incarico di ${tullio.nome}, proprietario, si segnala l’inizio dei lavori di ristrutturazione con cambio d’uso del piano terra di via dei Mulini 12.`,
          'Si assevera che le opere sono conformi agli strumenti urbanistici e al regolamento edilizio, come da relazione allegata in busta firmata.',
        ],
        allegati: ['Relazione asseverata (busta firmata)', 'Tavola in formato DWG', 'Planimetria', 'Ricevuta dei diritti'],
      })
      return await c.firmatario.firmaPdf(foglio, moment(c, 26, '17:20'))
    },
  }
}

function envelope(c: Contesto, giorno: string): FileDaFare {
  return {
    nome: 'relazione-asseverata.pdf.p7m',
    descrizione: 'Relazione asseverata',
    crea: async () =>
      await c.firmatario.firmaBusta(
        await renderRelazione(
          c.caso.figlio('asseverata'),
          'Relazione tecnica asseverata, via dei Mulini 12',
          c.professionista.nome,
          giorno,
        ),
        moment(c, 26, '17:25'),
      ),
  }
}

function drawing(c: Contesto, nome = 'tavola-01.dwg'): FileDaFare {
  return { nome, descrizione: 'Tavola di progetto', crea: () => renderDwg(`${c.seme}|${nome}`) }
}
