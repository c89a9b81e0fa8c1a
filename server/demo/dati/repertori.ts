import { insertContenuti, storeBuffer } from '../../documenti/index.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, queryFound } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { addDays, now, romeDay } from '../../kernel/time.ts'
import { adoptPredefinitiWithin, presentRigaById, publishRiga, registerRigaWithin } from '../../repertori/index.ts'
import { romeInstant } from './calendario.ts'
import { createFoglio, saveFoglio, writeParagraph } from './documenti/pagina.ts'
import type { Scena, Trama } from './trama.ts'
import { named } from './trama.ts'

/** An act of an office: which repertory, whose, when. */
interface AttoDemo {
  readonly giorniFa: number
  readonly ora: string
  readonly repertorio: string
  readonly ufficio: string
  readonly voce: string
  readonly oggetto: string
  readonly dati?: Readonly<Record<string, string>>
  readonly pubblica?: boolean
}

const ATTI: readonly AttoDemo[] = [
  {
    giorniFa: 46,
    ora: '11:32',
    repertorio: 'DET',
    ufficio: 'UTC',
    voce: 'VI/5',
    oggetto: 'Manutenzione della copertura della palestra: affidamento dei lavori',
    dati: { importo: '18450,00', proponente: 'Lavori pubblici e manutenzioni' },
    pubblica: true,
  },
  {
    giorniFa: 33,
    ora: '09:51',
    repertorio: 'ORDD',
    ufficio: 'POL',
    voce: 'VI/7',
    oggetto: 'Divieto di sosta in via dei Mulini per lavori',
    pubblica: true,
  },
  {
    giorniFa: 27,
    ora: '12:08',
    repertorio: 'CIRC',
    ufficio: 'SUE',
    voce: 'VI/3',
    oggetto: 'Orari dello sportello edilizia nel mese in corso',
  },
  {
    giorniFa: 12,
    ora: '10:27',
    repertorio: 'DET',
    ufficio: 'UTC',
    voce: 'VI/5',
    oggetto: 'Acquisto di materiale per la segnaletica: impegno di spesa',
    dati: { importo: '2300,00' },
    pubblica: true,
  },
  {
    giorniFa: 4,
    ora: '11:16',
    repertorio: 'ORDD',
    ufficio: 'POL',
    voce: 'VI/7',
    oggetto: 'Disciplina della circolazione per la Sagra del Vento',
    pubblica: true,
  },
]

/** Plans the repertories of an ente: the default ones from the first day, some acts of the offices, their publication in the albo. */
export function planRepertori(scena: Scena, trama: Trama, oggi: string): void {
  trama.atto(romeInstant(addDays(oggi, -79), '08:05:00'), async () => {
    await inTransaction(scena.squadra.protocollo, async (tx) => void (await adoptPredefinitiWithin(tx)))
  })
  for (const atto of ATTI) {
    trama.atto(romeInstant(addDays(oggi, -atto.giorniFa), `${atto.ora}:00`), async () => await register(scena, atto))
  }
}

async function register(scena: Scena, a: AttoDemo): Promise<void> {
  const scope = scena.squadra.capo(a.ufficio)
  const contenuto = await storeBuffer(scope, scena.store, await renderAtto(scope, a), `${a.repertorio.toLowerCase()}.pdf`)
  const id = await inTransaction(scope, async (tx) => {
    await insertContenuti(tx, [contenuto])
    const repertorio = await queryFound<{ id: string }>(
      tx,
      'no repertory',
      'select id from repertorio where ente_id = $1 and codice = $2',
      [tx.ente.id, a.repertorio],
    )
    const riga = await registerRigaWithin(
      tx,
      repertorio.id,
      {
        oggetto: a.oggetto,
        formatore: scope.attore.nome,
        voceId: named(scena.ente.voci, a.voce),
        dati: a.dati ?? {},
        documento: { contenutoId: contenuto.id, nome: contenuto.nome, descrizione: '', formazione: 'file' },
        allegati: [],
        riservato: false,
        note: '',
      },
      newId(),
    )
    return riga.id
  })
  if (a.pubblica !== true) return
  const { principale } = await presentRigaById(scope, id)
  await publishRiga(scope, id, { dal: romeDay(now()), fileIds: [principale.id], richiedente: scope.attore.nome }, newId())
}

async function renderAtto(scope: Scope, a: AttoDemo): Promise<Buffer> {
  const foglio = await createFoglio(a.oggetto, scope.attore.nome, romeDay(now()))
  writeParagraph(foglio, scope.ente.denominazione, { nero: true, dopo: 18 })
  writeParagraph(foglio, `Oggetto: ${a.oggetto}`, { nero: true, dopo: 14 })
  writeParagraph(foglio, 'Visti gli atti d’ufficio e le norme che regolano la materia, si dispone quanto indicato in oggetto.')
  writeParagraph(foglio, `Il responsabile: ${scope.attore.nome}`)
  writeParagraph(foglio, 'Documento inventato per dimostrazione.')
  return await saveFoglio(foglio)
}
