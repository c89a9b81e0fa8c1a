import { cleanLine, cleanText, el, writeXml } from '../xml/index.ts'
import type { NodoXml } from '../xml/index.ts'
import { NS_RAPPORTO } from './model.ts'
import type { AnomaliaRapporto, ImprontaRapporto, OggettoRapporto, PacchettoRapporto, RapportoVersamento } from './model.ts'
import { checkRapporto } from './schema.ts'

function testo(nome: string, valore: string | undefined): NodoXml | undefined {
  return valore === undefined ? undefined : el(nome, cleanLine(valore))
}

function instant(valore: Date): string {
  return valore.toISOString()
}

function impronta(i: ImprontaRapporto): NodoXml {
  return el('Impronta', i.esadecimale, { oggetto: i.oggetto, algoritmo: i.algoritmo, codifica: 'hex' })
}

function anomalia(a: AnomaliaRapporto): NodoXml {
  return el('Anomalia', [testo('Codice', a.codice), testo('Percorso', a.percorso), el('Messaggio', cleanText(a.messaggio))], {
    gravita: a.gravita,
    riprovabile: String(a.riprovabile),
  })
}

function oggetto(o: OggettoRapporto): NodoXml {
  return el(
    'Oggetto',
    [
      testo('IdOggetto', o.idOggetto),
      testo('IdConservazione', o.idConservazione),
      el('Esito', o.esito),
      o.file.map((file) => el('File', [testo('Percorso', file.percorso), impronta(file.impronta)])),
      o.anomalie.map(anomalia),
    ],
    { tipo: o.tipo },
  )
}

function pacchetto(p: PacchettoRapporto): NodoXml {
  return el('Pacchetto', [
    testo('IdPdV', p.idPdv),
    testo('IdAssegnato', p.idAssegnato),
    testo('NomeFile', p.nomeFile),
    p.ricevutoIl && el('DataRicezione', instant(p.ricevutoIl)),
    p.impronte.map(impronta),
    el('Esito', p.esito),
    p.rifiuto && el('ProgressivoRifiuto', String(p.rifiuto.numero), { massimo: String(p.rifiuto.massimo) }),
    p.anomalie.map(anomalia),
    p.oggetti.map(oggetto),
  ])
}

/**
 * The report as XML, times in UTC, digests in hexadecimal; the same report always gives the same bytes. Written by the simulated conservatore and by
 * whoever translates a provider's answer. Throws Error with the faults when the result would not pass our own schema: a malformed report is never stored.
 */
export function writeRapporto(r: RapportoVersamento): string {
  const xml = writeXml(
    el(
      'RapportoDiVersamento',
      [
        testo('IdRapporto', r.idRapporto),
        el('RiferimentoTemporale', instant(r.riferimentoTemporale)),
        el('Conservatore', [
          testo('Denominazione', r.conservatore.denominazione),
          testo('Identificativo', r.conservatore.identificativo),
          testo('Manuale', r.conservatore.manuale),
        ]),
        el('Titolare', [
          testo('Denominazione', r.titolare.denominazione),
          testo('Identificativo', r.titolare.identificativo),
          testo('CodiceIPA', r.titolare.codiceIpa),
          testo('CodiceAOO', r.titolare.codiceAoo),
        ]),
        el('Esito', r.esito),
        r.pacchetti.map(pacchetto),
        r.note === undefined ? undefined : el('Note', cleanText(r.note)),
      ],
      { xmlns: NS_RAPPORTO, versione: '1.0' },
    ),
  )
  const esito = checkRapporto(xml)
  if (!esito.valido) throw new Error(`rapporto di versamento non valido: ${esito.errori.map((e) => e.messaggio).join(' ')}`)
  return xml
}
