// Verifica di un registro di protocollo esportato. Serve solo Node (dalla versione 20), nessuna rete, nessun programma di chi ha tenuto il registro.
//
//   node verifica-registro.js <cartella o file .zip> [impronta nota di un giorno]
//
// Il formato è descritto in LEGGIMI.md, accanto a questo file. In breve, di ogni giorno del registro ci sono:
//   righe.txt     una riga per registrazione, annullamento o modifica: «impronta dati»; l'impronta è lo SHA-256 di «impronta della riga prima, spazio, dati»,
//                 sicché ogni riga fissa tutte quelle che la precedono; prima della prima riga si parte dallo SHA-256 dell'identificativo del registro
//   giorno.json   l'intestazione del giorno: primo e ultimo numero, impronta dell'ultima riga, impronta dell'intestazione del giorno prima
//   registro.xml, registro.pdf   lo stesso contenuto in forma di documento
// e, per tutto il periodo, manifesto.json con nome, dimensione e impronta di ogni file, e manifesto.sha256 con l'impronta del manifesto.
// Esce con 0 se tutto torna, con 1 se qualcosa non torna (e dice che cosa e dove), con 2 se non c'è nulla da verificare.

const FORMATO = 'faldone-registro/1'
const NESSUNA = '0'.repeat(64)

async function main(argomenti) {
  const [percorso, nota] = argomenti
  if (percorso === undefined) {
    console.error('Uso: node verifica-registro.js <cartella o file .zip> [impronta nota di un giorno]')
    return 2
  }
  const { createHash } = await import('node:crypto')
  const { existsSync } = await import('node:fs')
  if (!existsSync(percorso)) {
    console.error(`Non esiste: ${percorso}`)
    return 2
  }
  const sha256 = (dati) => createHash('sha256').update(dati).digest('hex')
  const errori = []
  const segnala = (dove, cosa) => errori.push(`${dove}: ${cosa}`)
  let esito = null
  try {
    esito = verifica(await leggi(percorso, segnala), sha256, segnala)
  } catch (errore) {
    segnala(percorso, `non si può leggere (${errore instanceof Error ? errore.message : errore})`)
  }
  if (nota !== undefined && esito !== null && !esito.impronte.has(nota.toLowerCase()))
    segnala('Impronta nota', `nessun giorno di questa esportazione ha l'impronta ${nota}`)
  for (const errore of errori) console.log(`ERRORE  ${errore}`)
  if (errori.length > 0) {
    console.log(`ESITO: NON INTEGRO, ${errori.length} ${errori.length === 1 ? 'errore' : 'errori'}.`)
    return 1
  }
  console.log(esito.riassunto)
  return 0
}

/** I file dell'esportazione, per nome, da una cartella o da uno ZIP. */
async function leggi(percorso, segnala) {
  const { readFileSync, readdirSync, statSync } = await import('node:fs')
  const { join } = await import('node:path')
  const file = new Map()
  if (!statSync(percorso).isDirectory()) {
    const { inflateRawSync, crc32 } = await import('node:zlib')
    return leggiZip(readFileSync(percorso), inflateRawSync, crc32, segnala)
  }
  const visita = (cartella, prefisso) => {
    for (const voce of readdirSync(cartella, { withFileTypes: true }))
      if (voce.isDirectory()) visita(join(cartella, voce.name), `${prefisso}${voce.name}/`)
      else file.set(prefisso + voce.name, readFileSync(join(cartella, voce.name)))
  }
  visita(percorso, '')
  return file
}

/** Legge uno ZIP: indice in fondo, poi ogni file. Tutto ciò che non è contenuto si ricalcola e si confronta: nessun byte può cambiare senza che si veda. */
function leggiZip(byte, inflateRawSync, crc32, segnala) {
  const [file, fine] = [new Map(), byte.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'))]
  if (fine < 0) throw new Error("lo ZIP è incompleto: manca l'indice")
  const [quanti, indice] = [byte.readUInt16LE(fine + 10), byte.readUInt32LE(fine + 16)]
  let [voce, qui] = [indice, 0]
  const confronta = (dove, posizione, atteso) => {
    if (byte.compare(atteso, 0, atteso.length, posizione, posizione + atteso.length) !== 0)
      segnala(dove, 'nello ZIP nome, attributi o misure sono cambiati: se lo ZIP è stato rifatto, verifica la cartella')
  }
  for (let i = 0; i < quanti; i++) {
    if (byte.readUInt32LE(voce) !== 0x02014b50) throw new Error("l'indice dello ZIP è alterato")
    const [somma, compressa, intera] = [16, 20, 24].map((o) => byte.readUInt32LE(voce + o))
    const [inCoda, metodo, lunghezza] = [byte.readUInt16LE(voce + 8) & 8, byte.readUInt16LE(voce + 10), byte.readUInt16LE(voce + 28)]
    const nomeByte = byte.subarray(voce + 46, voce + 46 + lunghezza)
    const [nome, inizio] = [nomeByte.toString('utf8'), qui + 30 + lunghezza]
    const contenuto = (metodo === 0 ? (x) => x : inflateRawSync)(byte.subarray(inizio, inizio + compressa))
    if (contenuto.length !== intera || (crc32 && crc32(contenuto) !== somma))
      segnala(nome, 'nello ZIP dimensione o somma di controllo non tornano')
    file.set(nome, contenuto)
    const [misure, comune] = [corti(...lunghi(somma, compressa, intera)), corti(20, 0x800 | inCoda, metodo, 0, 0x21)]
    const davanti = [corti(...lunghi(0x04034b50)), comune, inCoda ? Buffer.alloc(12) : misure, corti(lunghezza, 0), nomeByte]
    confronta(nome, qui, Buffer.concat(davanti))
    if (inCoda) confronta(nome, inizio + compressa, corti(...lunghi(0x08074b50, somma, compressa, intera)))
    const attributi = corti(lunghezza, 0, 0, 0, 0, ...lunghi(0o100644 * 65536, qui))
    confronta(nome, voce, Buffer.concat([corti(...lunghi(0x02014b50), 0x033f), comune, misure, attributi, nomeByte]))
    qui = inizio + compressa + (inCoda ? 16 : 0)
    voce += 46 + lunghezza
  }
  const coda = corti(...lunghi(0x06054b50), 0, 0, quanti, quanti, ...lunghi(voce - indice, qui), 0)
  if (voce !== fine || fine + 22 !== byte.length || coda.compare(byte, fine) !== 0) segnala('ZIP', "la fine dell'indice non torna")
  return senzaRadice(file)
}

/** Numeri di due byte, il più basso prima; quelli di quattro byte ne fanno due. */
const corti = (...numeri) => Buffer.from(numeri.flatMap((n) => [n & 255, n >>> 8]))
const lunghi = (...numeri) => numeri.flatMap((n) => [n % 65536, Math.floor(n / 65536)])

/** Toglie la cartella che contiene tutto, quando c'è. */
function senzaRadice(file) {
  const radici = new Set([...file.keys()].map((nome) => nome.split('/')[0]))
  if (radici.size !== 1 || file.has('manifesto.json')) return file
  return new Map([...file].map(([nome, byte]) => [nome.slice(nome.indexOf('/') + 1), byte]))
}

/** Tutti i controlli; risponde con il riassunto e le impronte dei giorni. */
function verifica(file, sha256, segnala) {
  const manifesto = leggiManifesto(file, sha256, segnala)
  const impronte = new Set()
  let prima = null
  const totali = { registrazioni: 0, annullamenti: 0, modifiche: 0 }
  for (const voce of manifesto.giorni) {
    const testo = file.get(`${voce.cartella}/giorno.json`)
    if (testo === undefined) {
      segnala(voce.giorno, `manca il file ${voce.cartella}/giorno.json`)
      continue
    }
    const impronta = sha256(testo)
    impronte.add(impronta)
    if (impronta !== voce.impronta)
      segnala(voce.giorno, "l'intestazione del giorno è stata alterata (impronta diversa da quella del manifesto)")
    let giorno
    try {
      giorno = JSON.parse(testo.toString('utf8'))
    } catch {
      segnala(voce.giorno, "l'intestazione del giorno non si legge")
      continue
    }
    verificaGiorno(giorno, voce, file, sha256, segnala, impronta)
    if (giorno.versione === 1) {
      if (prima !== null) verificaSeguito(giorno, prima, segnala)
      prima = { giorno, impronta }
      for (const nome of Object.keys(totali)) totali[nome] += giorno[nome]
    }
  }
  if (prima === null) segnala('Esportazione', 'non contiene alcun giorno')
  const ultimo = prima?.giorno
  return {
    impronte,
    riassunto: [
      `Registro ${manifesto.registro?.codice} di ${manifesto.ente?.denominazione}, dal ${manifesto.dal} al ${manifesto.al}.`,
      `Giorni ${manifesto.giorni.length}, registrazioni ${totali.registrazioni}, annullamenti ${totali.annullamenti}, modifiche ${totali.modifiche}.`,
      `Impronta del giorno ${ultimo?.giorno}: ${prima?.impronta}`,
      'Confrontala con quella stampata nel registro giornaliero dello stesso giorno e con quella tenuta dal conservatore.',
      'ESITO: INTEGRO.',
    ].join('\n'),
  }
}

/** Il manifesto e l'elenco completo dei file, byte per byte. */
function leggiManifesto(file, sha256, segnala) {
  const testo = file.get('manifesto.json')
  if (testo === undefined) throw new Error('manca manifesto.json')
  const firma = file.get('manifesto.sha256')?.toString('latin1')
  if (firma !== `${sha256(testo)}  manifesto.json\n`) segnala('manifesto.json', "l'impronta scritta in manifesto.sha256 non è la sua")
  const manifesto = JSON.parse(testo.toString('utf8'))
  if (manifesto.formato !== FORMATO) segnala('manifesto.json', `formato sconosciuto: ${manifesto.formato}`)
  const elencati = new Set(['manifesto.json', 'manifesto.sha256'])
  for (const voce of manifesto.file) {
    elencati.add(voce.percorso)
    const byte = file.get(voce.percorso)
    if (byte === undefined) segnala(voce.percorso, 'manca')
    else if (byte.length !== voce.dimensione || sha256(byte) !== voce.sha256)
      segnala(voce.percorso, 'il file è stato alterato (impronta diversa da quella del manifesto)')
  }
  for (const nome of file.keys()) if (!elencati.has(nome)) segnala(nome, 'non è nel manifesto')
  return manifesto
}

/** Un giorno da solo: intestazione, righe e documento XML dicono la stessa cosa. */
function verificaGiorno(giorno, voce, file, sha256, segnala, impronta) {
  const dove = voce.giorno
  if (giorno.formato !== FORMATO) segnala(dove, `formato sconosciuto: ${giorno.formato}`)
  if (giorno.giorno !== voce.giorno || giorno.versione !== voce.versione || giorno.identificativo !== voce.identificativo)
    segnala(dove, `qui c'è il registro del ${giorno.giorno} (${giorno.identificativo}): i giorni sono stati scambiati`)
  const righe = leggiRighe(file.get(`${voce.cartella}/righe.txt`), giorno, dove, sha256, segnala)
  verificaNumeri(giorno, righe, dove, segnala)
  verificaTraccia(giorno, dove, sha256, segnala)
  const xml = file.get(`${voce.cartella}/registro.xml`)?.toString('utf8') ?? ''
  if (!xml.includes(`>${impronta}<`)) segnala(dove, "registro.xml non porta l'impronta di questo giorno")
  let qui = 0
  for (const riga of righe) {
    qui = xml.indexOf(`impronta="${riga.impronta}"`, qui)
    if (qui >= 0) continue
    segnala(dove, `registro.xml non contiene la riga ${riga.riga} (numero ${riga.numero}), o non in quest'ordine`)
    break
  }
}

/** Le righe, ricalcolando l'impronta di ciascuna da quella di prima. Si ferma alla prima che non torna: da lì in poi nessuna può tornare. */
function leggiRighe(byte, giorno, dove, sha256, segnala) {
  const righe = []
  let catena = sha256(giorno.identificativo ?? '')
  if (byte === undefined) {
    segnala(dove, 'mancano le righe del giorno (righe.txt)')
    return righe
  }
  const linee = byte.toString('utf8').split('\n')
  if (linee.pop() !== '') segnala(dove, "l'ultima riga è tronca")
  let [rotta, spostata] = [false, false]
  for (const [i, linea] of linee.entries()) {
    const [impronta, dati] = [linea.slice(0, 64), linea.slice(65)]
    let riga = {}
    try {
      riga = JSON.parse(dati)
    } catch {
      segnala(dove, `la riga ${i + 1} non si legge`)
    }
    if (!spostata && riga.riga !== i + 1) {
      spostata = true
      segnala(dove, `al posto della riga ${i + 1} c'è la riga ${riga.riga}: ne è stata tolta o aggiunta una`)
    }
    if (!rotta && (linea[64] !== ' ' || sha256(`${catena} ${dati}`) !== impronta)) {
      rotta = true
      segnala(dove, `riga ${i + 1} (${riga.tipo}, numero ${riga.numero}): è stata alterata, o manca la riga che la precede`)
    }
    catena = impronta
    righe.push({ ...riga, impronta })
  }
  if (righe.length !== giorno.righe?.numero)
    segnala(dove, `le righe sono ${righe.length}, l'intestazione ne dichiara ${giorno.righe?.numero}`)
  if (catena !== giorno.righe?.impronta) segnala(dove, "l'ultima riga non è quella dichiarata nell'intestazione")
  return righe
}

/** I numeri del giorno, senza salti né ripetizioni, e i conti dell'intestazione. */
function verificaNumeri(giorno, righe, dove, segnala) {
  const registrazioni = righe.filter((r) => r.tipo === 'registrazione')
  let atteso = giorno.ultimoPrecedente + 1
  for (const r of registrazioni) {
    if (r.data !== giorno.giorno) segnala(dove, `la registrazione ${r.numero} porta la data ${r.data}`)
    if (r.numero > atteso)
      segnala(dove, r.numero === atteso + 1 ? `manca il numero ${atteso}` : `mancano i numeri da ${atteso} a ${r.numero - 1}`)
    if (r.numero < atteso) segnala(dove, `il numero ${r.numero} è ripetuto o fuori posto`)
    atteso = r.numero + 1
  }
  const [primo, ultimo] = [registrazioni[0]?.numero ?? null, registrazioni.at(-1)?.numero ?? null]
  if (primo !== giorno.primoNumero || ultimo !== giorno.ultimoNumero)
    segnala(
      dove,
      `le righe vanno dal numero ${primo} al ${ultimo}, l'intestazione dichiara da ${giorno.primoNumero} a ${giorno.ultimoNumero}`,
    )
  for (const [nome, tipo] of [
    ['registrazioni', 'registrazione'],
    ['annullamenti', 'annullamento'],
    ['modifiche', 'modifica'],
  ])
    if (righe.filter((r) => r.tipo === tipo).length !== giorno[nome])
      segnala(dove, `il numero di ${nome} dichiarato (${giorno[nome]}) non è quello delle righe`)
}

/** Il sigillo della traccia degli accessi del giorno, legato a quello del giorno prima. */
function verificaTraccia({ traccia }, dove, sha256, segnala) {
  if (traccia === null) return
  const atteso = sha256([traccia.precedente, traccia.giorno, traccia.fatti, traccia.impronta].join(' '))
  if (traccia.sigillo !== atteso) segnala(dove, 'il sigillo della traccia degli accessi non torna')
}

/** Il legame con il giorno prima: impronta, numeri, progressivo, traccia. */
function verificaSeguito(giorno, prima, segnala) {
  const [dove, ieri] = [giorno.giorno, prima.giorno]
  const nuovoAnno = giorno.giorno.slice(0, 4) !== ieri.giorno.slice(0, 4)
  if (giorno.giorno <= ieri.giorno) segnala(dove, `viene dopo il ${ieri.giorno}: i giorni sono stati scambiati`)
  if (giorno.precedente?.giorno !== ieri.giorno)
    segnala(
      dove,
      `dichiara come giorno precedente ${giorno.precedente?.giorno ?? 'nessuno'}, qui prima c'è il ${ieri.giorno}: manca un giorno o l'ordine è cambiato`,
    )
  if ((giorno.precedente?.impronta ?? NESSUNA) !== prima.impronta)
    segnala(dove, `la catena dei giorni è rotta: l'impronta del giorno precedente (${ieri.giorno}) non è quella scritta qui`)
  const ultimo = nuovoAnno ? 0 : (ieri.ultimoNumero ?? ieri.ultimoPrecedente)
  if (giorno.ultimoPrecedente !== ultimo)
    segnala(
      dove,
      `il primo numero deve essere ${ultimo + 1} (l'ultimo del ${ieri.giorno} è ${ultimo}), l'intestazione parte da ${giorno.ultimoPrecedente + 1}`,
    )
  if (giorno.progressivo !== (nuovoAnno ? 1 : ieri.progressivo + 1))
    segnala(dove, `il registro è il numero ${giorno.progressivo} dell'anno, dopo il numero ${ieri.progressivo}`)
  // Dove i giorni senza registrazioni non hanno registro, in mezzo ci sono sigilli che qui non si vedono.
  const contigui = Date.parse(giorno.giorno) - Date.parse(ieri.giorno) === 86_400_000
  if (contigui && giorno.traccia !== null && ieri.traccia !== null && giorno.traccia.precedente !== ieri.traccia.sigillo)
    segnala(dove, 'il sigillo della traccia non segue quello del giorno precedente')
}

main(process.argv.slice(2)).then(
  (codice) => {
    process.exitCode = codice
  },
  (errore) => {
    console.error(errore)
    process.exitCode = 1
  },
)
