import { cleanLine, cleanText, el, writeXml } from '../xml/index.ts'
import type { NodoXml } from '../xml/index.ts'
import { NS_REGISTRO } from './model.ts'
import type { AnnullamentoXml, IntestazioneXml, ModificaXml, RegistrazioneXml, RegistroXml } from './model.ts'

const testo = (nome: string, valore: string | null | undefined, attributi: Record<string, string | undefined> = {}): NodoXml | undefined =>
  valore === null || valore === undefined ? undefined : el(nome, cleanText(valore), attributi)
const seven = (numero: number): string => String(numero).padStart(7, '0')
const siNo = (valore: boolean): string => (valore ? 'SI' : 'NO')

function codice(nome: string, c: { codice: string; denominazione: string }): NodoXml {
  return el(nome, cleanLine(c.denominazione), { codice: c.codice })
}

function intestazione(i: IntestazioneXml, impronta: string): NodoXml {
  return el('Intestazione', [
    testo('Identificativo', i.identificativo),
    testo('Tipo', i.tipo),
    testo('Giorno', i.giorno),
    testo('Versione', String(i.versione)),
    i.motivo === '' ? undefined : testo('Motivo', i.motivo),
    testo('Oggetto', i.oggetto),
    el('Ente', [
      testo('Denominazione', i.ente.denominazione),
      testo('CodiceIPA', i.ente.codiceIpa),
      testo('CodiceFiscale', i.ente.codiceFiscale),
    ]),
    codice('AOO', i.aoo),
    codice('Registro', i.registro),
    testo('ProgressivoAnnuo', String(i.progressivo)),
    i.primoNumero === null ? undefined : testo('PrimoNumero', seven(i.primoNumero)),
    i.ultimoNumero === null ? undefined : testo('UltimoNumero', seven(i.ultimoNumero)),
    testo('UltimoNumeroPrecedente', String(i.ultimoPrecedente)),
    testo('NumeroRegistrazioni', String(i.registrazioni)),
    testo('NumeroAnnullamenti', String(i.annullamenti)),
    testo('NumeroModifiche', String(i.modifiche)),
    el('Responsabile', [
      testo('Nome', i.responsabile.nome),
      testo('Cognome', i.responsabile.cognome),
      i.responsabile.codiceFiscale === '' ? undefined : testo('CodiceFiscale', i.responsabile.codiceFiscale),
    ]),
    testo('Produttore', i.produttore),
    testo('ProdottoIl', i.prodottoIl),
    testo('Scadenza', i.scadenza),
    testo('ImprontaRighe', i.righe.impronta),
    testo('Impronta', impronta),
    i.precedente === null
      ? undefined
      : testo('ImprontaPrecedente', i.precedente.impronta, { giorno: i.precedente.giorno, identificativo: i.precedente.identificativo }),
    i.traccia === null ? undefined : testo('Traccia', i.traccia.sigillo, { fatti: String(i.traccia.fatti) }),
  ])
}

function attributi(r: RegistrazioneXml | AnnullamentoXml | ModificaXml): Record<string, string> {
  const { riga, impronta, registro, anno, numero, data, riservato } = r
  return { riga: String(riga), impronta, registro, anno: String(anno), numero: seven(numero), data, riservato: siNo(riservato) }
}

const soggetti = (nome: string, lista: RegistrazioneXml['mittenti']): NodoXml[] =>
  lista.map((s) => el(nome, cleanText(s.nome), { perConoscenza: s.perConoscenza === true ? 'SI' : undefined }))

function registrazione(r: RegistrazioneXml): NodoXml {
  return el(
    'Registrazione',
    [
      testo('Ora', r.ora),
      testo('Flusso', r.flusso),
      soggetti('Mittente', r.mittenti),
      soggetti('Destinatario', r.destinatari),
      testo('Oggetto', r.oggetto),
      r.documentoMittente && testo('ProtocolloMittente', r.documentoMittente.numero ?? '', { data: r.documentoMittente.data ?? undefined }),
      testo('Arrivo', r.arrivo),
      testo('DataDocumento', r.dataDocumento),
      testo('Mezzo', r.mezzo),
      testo('Classificazione', r.classificazione),
      testo('Assegnazione', r.assegnazione),
      r.impronte.map((i) => el('ImprontaFile', i.impronta, { file: cleanLine(i.file), algoritmo: i.algoritmo })),
      testo('Cartaceo', r.cartaceo),
      r.emergenza && testo('Emergenza', r.emergenza.numero, { istante: r.emergenza.istante }),
      r.differita && testo('Differita', r.differita.motivo, { autorizzazione: cleanLine(r.differita.autorizzazione) }),
      testo('Operatore', r.operatore),
      testo('Ufficio', r.ufficio),
      r.annullata &&
        el('ANNULLATO', '', {
          il: r.annullata.il,
          operatore: cleanLine(r.annullata.operatore),
          provvedimento: cleanLine(r.annullata.provvedimento),
        }),
    ],
    attributi(r),
  )
}

function annullamento(r: AnnullamentoXml): NodoXml {
  const { richiesta, autorizzazione } = r
  return el(
    'Annullamento',
    [
      testo('Oggetto', r.oggetto),
      testo('Richiesta', richiesta.motivo, { operatore: cleanLine(richiesta.operatore), il: richiesta.il }),
      testo('Autorizzazione', autorizzazione.provvedimento, { operatore: cleanLine(autorizzazione.operatore), il: autorizzazione.il }),
    ],
    { ...attributi(r), il: r.il },
  )
}

function modifica(r: ModificaXml): NodoXml {
  return el(
    'Modifica',
    [
      testo('Campo', r.campo),
      testo('ValorePrecedente', r.valorePrecedente),
      testo('ValoreNuovo', r.valoreNuovo),
      testo('Operatore', r.operatore),
      r.motivo === '' ? undefined : testo('Motivo', r.motivo),
      testo('Provvedimento', r.provvedimento),
    ],
    { ...attributi(r), il: r.il },
  )
}

/**
 * The register of a day as XML; the same register always gives the same bytes. Characters that XML forbids are left out here and stay in the rows' own text,
 * which the digests cover. The caller checks it with `checkRegistro`.
 */
export function writeRegistro(r: RegistroXml): string {
  const of = <T extends RegistroXml['righe'][number]['tipo']>(tipo: T) =>
    r.righe.filter((x): x is Extract<RegistroXml['righe'][number], { tipo: T }> => x.tipo === tipo)
  return writeXml(
    el(
      'Registro',
      [
        intestazione(r.intestazione, r.impronta),
        el('Registrazioni', of('registrazione').map(registrazione)),
        el('Annullamenti', of('annullamento').map(annullamento)),
        el('Modifiche', of('modifica').map(modifica)),
      ],
      { xmlns: NS_REGISTRO, versione: '1.0' },
    ),
  )
}
