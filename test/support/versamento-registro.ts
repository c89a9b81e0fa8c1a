import { expect } from '@jest/globals'
import { MODALITA_DI_FORMAZIONE, validateDai } from '../../metadata-schemas/allegato5/index.ts'
import { child, childText, readXml } from '../../metadata-schemas/xml/index.ts'

/** The metadata of a daily register: valid, of formation type d, with its identifier, number and attachments (REQ-PROT-104). */
export function checkDaiXml(
  xml: string,
  atteso: { identificativo: string; numero: string; riservato: boolean; allegati: number; registro: string; conteggi: string },
): void {
  expect(validateDai(xml)).toMatchObject({ valido: true })
  const radice = readXml(xml)
  expect(childText(child(radice, 'IdDoc'), 'Identificativo')).toBe(atteso.identificativo)
  expect(childText(radice, 'ModalitaDiFormazione')).toBe(MODALITA_DI_FORMAZIONE.d)
  expect(childText(child(radice, 'Allegati'), 'NumeroAllegati')).toBe(String(atteso.allegati))
  expect(childText(radice, 'Riservato')).toBe(String(atteso.riservato))
  expect(xml).toContain(`>${atteso.registro}</CodiceRegistro>`)
  expect(xml).toContain(atteso.conteggi)
  expect(xml).toMatch(/>Produttore<[\s\S]*>Faldone</u)
  expect(xml).toMatch(/>Responsabile della Gestione Documentale<[\s\S]*>Renata</u)
  expect(xml).toContain(`>${atteso.numero}</NumeroRegistrazioneDocumento>`)
}
