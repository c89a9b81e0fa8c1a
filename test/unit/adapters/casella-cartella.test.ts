import { Buffer } from 'node:buffer'
import { appendFile, link, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { CasellaCartella } from '../../../server/adapters/casella-cartella/index.ts'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casella-'))
  await mkdir(join(folder, 'new'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

function casella(quieteMs = 20): CasellaCartella {
  return new CasellaCartella(folder, { quieteMs })
}

async function uids(box: CasellaCartella): Promise<string[]> {
  const out: string[] = []
  for await (const message of box.elenca()) out.push(message.uid)
  return out
}

async function put(name: string, content: string, seconds: number): Promise<void> {
  await writeFile(join(folder, name), content)
  await utimes(join(folder, name), seconds, seconds)
}

async function read(stream: Readable): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('latin1')
}

describe('mailbox kept as a folder', () => {
  it('lists new/ and the top-level eml files, oldest first, with size and arrival', async () => {
    await put('new/due', 'secondo', 2000)
    await put('uno.eml', 'primo!', 1000)
    await put('new/tre:2,S', 'terzo', 3000)
    await put('appunti.txt', 'non è posta', 500)
    const listed = []
    for await (const message of casella().elenca()) listed.push(message)
    expect(listed).toEqual([
      { uid: 'uno.eml', dimensione: 6, arrivatoIl: new Date(1_000_000) },
      { uid: 'new/due', dimensione: 7, arrivatoIl: new Date(2_000_000) },
      { uid: 'new/tre:2,S', dimensione: 5, arrivatoIl: new Date(3_000_000) },
    ])
  })

  it('leaves alone what is being written: .tmp, hidden, empty and growing files, links', async () => {
    await put('new/pronto', 'ciao', 1000)
    await put('new/a.tmp', 'x', 1000)
    await put('.nascosto.eml', 'x', 1000)
    await put('new/vuoto', '', 1000)
    await symlink(join(folder, 'new/pronto'), join(folder, 'new/collegamento'))
    await put('new/cresce', 'inizio', 1000)
    const listing = uids(casella(150))
    setTimeout(() => void appendFile(join(folder, 'new/cresce'), 'altro'), 50)
    expect(await listing).toEqual(['new/pronto'])
    expect(await uids(casella())).toEqual(['new/pronto', 'new/cresce'])
  })

  it('gives the exact bytes and moves a completed message to cur without deleting it', async () => {
    const bytes = Buffer.from([0, 255, 13, 10, 10, 13, 200])
    await writeFile(join(folder, 'new/m'), bytes)
    const box = casella()
    expect(await read(await box.scarica('new/m'))).toBe(bytes.toString('latin1'))
    await box.completata('new/m')
    expect(await uids(box)).toEqual([])
    expect((await readFile(join(folder, 'cur/m'))).equals(bytes)).toBe(true)
    await box.completata('new/m')
    expect(await readdir(join(folder, 'cur'))).toEqual(['m'])
  })

  it('never overwrites an older message of the same name', async () => {
    const box = casella()
    for (const content of ['primo', 'secondo', 'terzo']) {
      await put('m.eml', content, 1000)
      await box.completata('m.eml')
    }
    const kept = await Promise.all(
      (await readdir(join(folder, 'cur'))).map(async (name) => (await readFile(join(folder, 'cur', name))).toString()),
    )
    expect(kept.sort()).toEqual(['primo', 'secondo', 'terzo'])
  })

  it('finishes a move that a crash left half done', async () => {
    await put('new/m', 'ciao', 1000)
    await mkdir(join(folder, 'cur'))
    await link(join(folder, 'new/m'), join(folder, 'cur/m'))
    await casella().completata('new/m')
    expect(await readdir(join(folder, 'new'))).toEqual([])
    expect(await readdir(join(folder, 'cur'))).toEqual(['m'])
  })

  it('refuses names outside the mailbox and says when a message is gone', async () => {
    for (const uid of ['../fuori.eml', '/etc/passwd', 'new/../x', 'cur/m', '..', '']) {
      await expect(casella().scarica(uid)).rejects.toMatchObject({ code: 'ENOENT' })
      await expect(casella().completata(uid)).rejects.toMatchObject({ code: 'ENOENT' })
    }
    await expect(casella().scarica('new/assente')).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('a folder that cannot be read is an error, not an empty mailbox', async () => {
    await expect(uids(new CasellaCartella(join(folder, 'assente')))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
