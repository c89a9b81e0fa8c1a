import { Forbidden, NotAuthenticated, NotFound } from '../kernel/errors.ts'

export const sessioneAssente = () => new NotAuthenticated('accesso-richiesto', 'Per continuare devi accedere.')
export const enteSconosciuto = (slug: string) => new NotFound('ente-sconosciuto', `Non c’è nessun ente «${slug}».`)
export const soloOperatori = () => new Forbidden('solo-operatori', 'Questa pagina è degli uffici: accedi come operatore.')
export const soloCittadini = () => new Forbidden('solo-cittadini', 'L’area personale si apre con la tua identità digitale di cittadino.')
export const soloAmministratore = () => new Forbidden('solo-amministratore', 'La cabina è riservata all’amministratore dell’associazione.')
export const senzaIncarichi = () => new Forbidden('senza-incarichi', 'Non hai incarichi in questo ente.')
export const senzaPermesso = () => new Forbidden('permesso-mancante', 'Il tuo incarico in questo ente non consente questa operazione.')
