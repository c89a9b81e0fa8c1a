import type { MikroORM } from '@mikro-orm/postgresql'
import type { ObjectStore } from '../../../storage/index.ts'
import type { Config } from '../../kernel/config.ts'
import type { Logger } from '../../kernel/log.ts'
import type { Scope } from '../../kernel/scope.ts'
import { addDays, romeDay } from '../../kernel/time.ts'
import { personaDimostrativa } from '../persone.ts'
import { appoint, createOperatori, siaScope } from './ambito.ts'
import type { Base } from './ambito.ts'
import { istantiDellaMattina, istantiOrdinari, mattinaOf, romeInstant } from './calendario.ts'
import { createCaso } from './caso.ts'
import type { Caso } from './caso.ts'
import { fillCaselle } from './caselle.ts'
import { createFirmatario } from './documenti/firma.ts'
import type { Firmatario } from './documenti/firma.ts'
import { giveWay } from './coda.ts'
import { planDoppione } from './doppione.ts'
import { createEnte, modelliEnte } from './enti.ts'
import type { EnteCreato } from './enti.ts'
import { planOrdinari } from './ordinari.ts'
import { organico } from './organico.ts'
import { withMovableClock } from './orologio.ts'
import { planPratiche } from './pratiche.ts'
import { planArchivio } from './archivio.ts'
import { planRepertori } from './repertori.ts'
import { createPostino } from './postino.ts'
import type { Postino } from './postino.ts'
import type { Orologio } from './orologio.ts'
import { corrispondenteDi, createRubrica } from './rubrica.ts'
import type { Corrispondente } from './rubrica.ts'
import { tellAffitto, tellMensa, tellSagra } from './storie/comunita.ts'
import type { Contesto } from './storie/contesto.ts'
import { tellAccesso, tellScia } from './storie/edilizia.ts'
import { tellBorgofinto, tellPasso, tellPatrocinio, tellRicorso } from './storie/riservate.ts'
import { Trama } from './trama.ts'

/** What loading needs. `ownerUrl` may take the owner's role: the legal clock is moved and given back. */
export interface OpzioniDemo {
  readonly orm: MikroORM
  readonly ownerUrl: string
  readonly ruoli: Config['ruoli']
  readonly store: ObjectStore
  readonly log: Logger
  /** One folder for each mailbox is made here, and the file of the test authority beside them. */
  readonly cartellaCaselle: string
  readonly seme: string
  readonly dimensione: 'piena' | 'minima'
  /** Now: the past is counted from here and nothing is dated later. */
  readonly oggi: Date
}

/** How much was made. */
export interface DatiCaricati {
  readonly enti: number
  readonly registrazioni: number
  readonly fascicoli: number
  readonly messaggi: number
}

/** Registrations of each ente, and how many of them in the morning of today. */
const QUANTE = {
  piena: { castelvento: 260, borgofinto: 60, mattina: 14 },
  minima: { castelvento: 44, borgofinto: 10, mattina: 4 },
} as const
const GIORNI = 60
/** No invented file is larger. */
const MASSIMO = 16 * 1024 * 1024

/**
 * Writes the invented association into an empty, migrated database through the services of the product: enti, people, sixty days of registrations and
 * fascicoli, and this morning's messages in the mailboxes. Equal seed and day give equal content. The database must be nobody else's meanwhile; on
 * failure both clocks are real again, what was written stays and the database is to be thrown away. Reactions must be wired.
 */
export async function loadDemo(o: OpzioniDemo): Promise<DatiCaricati> {
  const base: Base = { orm: o.orm, ruoli: o.ruoli, log: o.log }
  const caso = createCaso(o.seme)
  const oggi = romeDay(o.oggi)
  const postino = await createPostino(o.cartellaCaselle, o.seme)
  const firma = createRubrica(caso.figlio('castelvento'), 'Castelvento').professionisti[0]?.soggetto
  if (firma?.tipo !== 'PF') throw new Error('nobody signs')
  const firmatario = await createFirmatario(o.seme, { nome: `${firma.nome} ${firma.cognome}`, codiceFiscale: firma.codiceFiscale ?? '' })
  const made = await withMovableClock(o.ownerUrl, o.ruoli, async (orologio) => {
    await orologio.sposta(romeInstant(addDays(oggi, -GIORNI - 20), '08:00:00'))
    const enti: EnteCreato[] = []
    for (const modello of modelliEnte) enti.push(await createEnte(siaScope(base), modello))
    const ids = await createOperatori(base, organico)
    const totals = { registrazioni: 0, fascicoli: 0 }
    for (const slug of ['castelvento', 'borgofinto'] as const) {
      const ente = enti.find((e) => e.ente.slug === slug)
      if (ente === undefined) throw new Error(`no ${slug}`)
      const trama = await tellEnte({ ...o, base, orologio, ente, ids, caso: caso.figlio(slug), firmatario, postino, slug })
      totals.registrazioni += trama.registrazioni
      totals.fascicoli += trama.fascicoli
    }
    return { enti: enti.length, ...totals }
  })
  await giveWay(o.ownerUrl, o.ruoli)
  const messaggi = await fillCaselle({
    postino,
    seme: o.seme,
    oggi: o.oggi,
    piena: o.dimensione === 'piena',
    firmatario,
    ventaglio: cittadino('ortensia'),
  })
  // One more waits in the second mailbox: the possible duplicate.
  return { ...made, messaggi: messaggi + 1 }
}

interface DatiEnte extends OpzioniDemo {
  readonly base: Base
  readonly orologio: Orologio
  readonly ente: EnteCreato
  readonly ids: ReadonlyMap<string, string>
  readonly caso: Caso
  readonly firmatario: Firmatario
  readonly postino: Postino
  readonly slug: 'castelvento' | 'borgofinto'
}

async function tellEnte(d: DatiEnte): Promise<Trama> {
  const oggi = romeDay(d.oggi)
  const squadra = await appoint(d.base, d.ente, organico, d.ids, `${Number(oggi.slice(0, 4)) - 1}-01-07`)
  const scena = { ente: d.ente, squadra, store: d.store, orologio: d.orologio }
  const mattina = mattinaOf(d.oggi)
  const trama = new Trama(scena, mattina.a)
  const rubrica = createRubrica(d.caso, d.slug === 'castelvento' ? 'Castelvento' : 'Borgofinto')
  const [professionista] = rubrica.professionisti
  if (professionista === undefined) throw new Error('nobody signs')
  const contesto: Contesto = {
    scena,
    trama,
    caso: d.caso.figlio('storie'),
    rubrica,
    firmatario: d.firmatario,
    professionista,
    seme: d.seme,
    oggi,
    piena: d.dimensione === 'piena',
  }
  tellStories(contesto, d.slug)
  if (d.slug === 'castelvento') {
    planRepertori(scena, trama, oggi)
    planArchivio(scena, trama, oggi)
    planPratiche({ scena, trama, oggi, persone: rubrica.persone, piena: contesto.piena })
  }
  if (d.slug === 'castelvento')
    await planDoppione({ scena, trama, postino: d.postino, caso: d.caso.figlio('doppione'), rubrica, oggi, maxUploadBytes: MASSIMO })
  const quante = QUANTE[d.dimensione]
  const altre = quante[d.slug] - trama.registrazioni - quante.mattina
  const istanti = [
    ...istantiOrdinari(d.caso.figlio('giorni'), d.oggi, altre, GIORNI),
    ...istantiDellaMattina(d.caso.figlio('mattina'), mattina, quante.mattina),
  ]
  const registratori: Scope[] = [squadra.protocollo, ...(d.slug === 'castelvento' ? [squadra.persona('collega-boscofiorito')] : [])]
  planOrdinari({ scena, trama, caso: d.caso.figlio('ordinari'), rubrica, istanti, registratori })
  await trama.svolgi()
  return trama
}

/** A demo citizen as a correspondent. */
export function cittadino(suggerimento: 'ortensia' | 'tullio' | 'fiorenza'): Corrispondente {
  const homes = { ortensia: 'via dei Tigli 7', tullio: 'via dei Mulini 12', fiorenza: 'vicolo del Pozzo 3' } as const
  return corrispondenteDi(personaDimostrativa(suggerimento), homes[suggerimento], 'Castelvento')
}

function tellStories(c: Contesto, slug: 'castelvento' | 'borgofinto'): void {
  if (slug === 'borgofinto') {
    tellBorgofinto(c, cittadino('ortensia'))
    return
  }
  tellAccesso(c, cittadino('ortensia'))
  tellScia(c, cittadino('tullio'))
  tellSagra(c)
  tellMensa(c)
  tellRicorso(c)
  tellAffitto(c, cittadino('fiorenza'))
  tellPasso(c)
  tellPatrocinio(c)
}
