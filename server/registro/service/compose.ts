import { checkRegistro, writeRegistro } from '../../../metadata-schemas/registro/index.ts'
import type { EnteRef } from '../../kernel/scope.ts'
import { formatItalianDay } from '../../kernel/time.ts'
import { composeIdentificativo, digest, FORMATO, NESSUNA_IMPRONTA, sealRighe, writeIntestazione } from '../righe.ts'
import type { Intestazione, Riga, RigaSigillata, SigilloFatti } from '../righe.ts'
import type { AnelloRow, RegistroRow } from '../repository/registri.ts'

/** Everything a register of a period is made of, as read at one instant. */
export interface Materia {
  readonly ente: EnteRef
  readonly registro: RegistroRow
  readonly tipo: 'giornaliero' | 'annuale'
  /** The day; of a year its 31 December. */
  readonly giorno: string
  readonly progressivo: number
  readonly versione: number
  readonly motivo: string
  readonly ultimoPrecedente: number
  readonly precedente: AnelloRow | null
  readonly traccia: SigilloFatti | null
  readonly righe: readonly Riga[]
  readonly responsabile: { readonly nome: string; readonly cognome: string; readonly codiceFiscale: string }
  readonly produttore: string
  /** ISO instant with the offset of Rome. */
  readonly prodottoIl: string
  readonly scadenza: string
}

/** The texts of a register, all born together: rows, header, XML. */
export interface RegistroComposto {
  readonly intestazione: Intestazione
  readonly testoGiorno: string
  readonly testoRighe: string
  readonly righe: readonly RigaSigillata[]
  readonly impronta: string
  readonly improntaPrecedente: string
  readonly xml: string
}

function oggettoOf(m: Materia): string {
  const what =
    m.tipo === 'annuale'
      ? `Registro annuale di protocollo ${m.giorno.slice(0, 4)}`
      : `Registro giornaliero di protocollo del ${formatItalianDay(m.giorno)}`
  return `${what} – ${m.registro.denominazione} (${m.registro.codice})`
}

/**
 * Composes a register: rows sealed one on the other, header with the digest of the day before, XML checked against our schema. Pure: same matter, same bytes.
 * Throws Error when the XML would not be valid.
 */
export function composeRegistro(m: Materia): RegistroComposto {
  const { registro } = m
  const identificativo = composeIdentificativo({
    codiceIpa: m.ente.codiceIpa,
    codiceAoo: registro.aooCodice,
    codiceRegistro: registro.codice,
    generale: registro.generale,
    tipo: m.tipo,
    giorno: m.giorno,
    progressivo: m.progressivo,
    versione: m.versione,
  })
  const sealed = sealRighe(identificativo, m.righe)
  const of = (tipo: Riga['tipo']): readonly Riga[] => m.righe.filter((r) => r.tipo === tipo)
  const registrazioni = of('registrazione')
  const intestazione: Intestazione = {
    formato: FORMATO,
    identificativo,
    tipo: m.tipo,
    giorno: m.giorno,
    versione: m.versione,
    motivo: m.motivo,
    oggetto: oggettoOf(m),
    ente: { denominazione: m.ente.denominazione, codiceIpa: m.ente.codiceIpa, codiceFiscale: m.ente.codiceFiscale },
    aoo: { codice: registro.aooCodice, denominazione: registro.aooDenominazione },
    registro: { codice: registro.codice, denominazione: registro.denominazione },
    progressivo: m.progressivo,
    primoNumero: registrazioni[0]?.numero ?? null,
    ultimoNumero: registrazioni.at(-1)?.numero ?? null,
    ultimoPrecedente: m.ultimoPrecedente,
    registrazioni: registrazioni.length,
    annullamenti: of('annullamento').length,
    modifiche: of('modifica').length,
    righe: { numero: m.righe.length, impronta: sealed.impronta },
    precedente:
      m.precedente === null
        ? null
        : { giorno: m.precedente.giorno, identificativo: m.precedente.identificativo, impronta: m.precedente.impronta },
    traccia: m.traccia,
    responsabile: m.responsabile,
    produttore: m.produttore,
    prodottoIl: m.prodottoIl,
    scadenza: m.scadenza,
  }
  const testoGiorno = writeIntestazione(intestazione)
  const impronta = digest(testoGiorno)
  const xml = writeRegistro({ intestazione, impronta, righe: sealed.righe })
  const esito = checkRegistro(xml)
  if (!esito.valido)
    throw new Error(`the XML of the register is not valid: ${esito.errori.map((e) => `${e.riga}: ${e.messaggio}`).join(' ')}`)
  return {
    intestazione,
    testoGiorno,
    testoRighe: sealed.testo,
    righe: sealed.righe,
    impronta,
    improntaPrecedente: m.precedente?.impronta ?? NESSUNA_IMPRONTA,
    xml,
  }
}
