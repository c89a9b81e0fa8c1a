import type { DestinatarioAccesso, RifiutoIdentita } from '../../ports/identita.ts'

export const nonConfigurato = (per: DestinatarioAccesso): RifiutoIdentita => ({
  rifiuto: 'emittente-non-configurato',
  messaggio: `L’accesso ${per === 'cittadino' ? 'dei cittadini' : 'degli operatori'} non è ancora configurato in questo servizio.`,
})
export const nonRaggiungibile = (): RifiutoIdentita => ({
  rifiuto: 'emittente-non-raggiungibile',
  messaggio: 'Il servizio di identità non risponde: riprova tra qualche minuto.',
})
export const annullato = (): RifiutoIdentita => ({ rifiuto: 'accesso-annullato', messaggio: 'Accesso annullato.' })
export const nonValida = (): RifiutoIdentita => ({
  rifiuto: 'risposta-non-valida',
  messaggio: 'La risposta del servizio di identità non corrisponde alla richiesta: torna alla pagina di accesso e riprova.',
})
export const schemaNonAmmesso = (): RifiutoIdentita => ({
  rifiuto: 'identita-incompleta',
  messaggio: 'Le identità di prova non sono ammesse in questo servizio.',
})
export const senzaSchemaOLivello = (): RifiutoIdentita => ({
  rifiuto: 'identita-incompleta',
  messaggio:
    'Il servizio di identità non dice con quale sistema (SPID, CIE, CNS, eIDAS) e con quale livello ti sei identificato: l’accesso non è ammesso.',
})
