/** Upload of a file as a raw stream with its progress; the server hashes it and tells its real format. */
import { api, leggiSessione } from '../../api/client.ts'
import { leggiProblema, Problema } from '../../api/problema.ts'
import type { Contenuto } from '../../api/tipi.ts'
import { t } from '../../testi/it.ts'

/** Sends one file. `onAvanza` gets the percentage. Throws Problema. XMLHttpRequest because fetch does not report what was sent. */
export async function caricaFile(ente: string, file: File, onAvanza: (percento: number) => void): Promise<Contenuto> {
  const { csrf } = await leggiSessione()
  return await new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', api(ente, 'contenuti'))
    request.setRequestHeader('accept', 'application/json')
    // Always bytes: a JSON file declared as such would be read as the request itself. The server recognises formats by their content.
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('x-nome-file', encodeURIComponent(file.name))
    request.setRequestHeader('x-csrf-token', csrf)
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onAvanza(Math.round((event.loaded / event.total) * 100))
    })
    request.addEventListener('load', () => {
      let body: unknown = null
      try {
        body = JSON.parse(request.responseText)
      } catch {
        body = null
      }
      if (request.status >= 200 && request.status < 300) resolve(body as Contenuto)
      else reject(leggiProblema(request.status, body, t.errori.generico))
    })
    request.addEventListener('error', () => reject(new Problema({ stato: 0, codice: 'connessione-assente', titolo: t.errori.connessione })))
    request.send(file)
  })
}
