/**
 * What happens by itself with the time, in every ente. Read it to see every clock of the product. A row is queued at the given pace with the ente and the
 * job's name as its key, so that two processes queue it once; the handler decides, by the Rome calendar, whether there is something to do (decision 22).
 */
export const timetable: readonly { readonly tipo: string; readonly tentativi: number; readonly passo: 'caselle' | 'minuto' | 'ora' }[] = [
  { tipo: 'pec.controlloCaselle', tentativi: 3, passo: 'caselle' },
  { tipo: 'registro.produci', tentativi: 3, passo: 'ora' },
  { tipo: 'protocollo.recoverSigilli', tentativi: 1, passo: 'minuto' },
  { tipo: 'metadati.valuta', tentativi: 1, passo: 'minuto' },
  { tipo: 'registro.vigila', tentativi: 3, passo: 'ora' },
  { tipo: 'pratiche.vigila', tentativi: 3, passo: 'ora' },
  { tipo: 'repertori.scadenze', tentativi: 3, passo: 'ora' },
  { tipo: 'organizzazione.esegui', tentativi: 3, passo: 'ora' },
  { tipo: 'archivio.chiudiAttivita', tentativi: 3, passo: 'ora' },
  { tipo: 'archivio.fineAnno', tentativi: 3, passo: 'ora' },
  { tipo: 'archivio.vigila', tentativi: 3, passo: 'ora' },
  { tipo: 'arretrato.riepiloga', tentativi: 3, passo: 'ora' },
  { tipo: 'scarto.copie', tentativi: 3, passo: 'ora' },
]
