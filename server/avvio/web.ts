import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** Folder of the built web application. */
export const webRoot = join(root, 'web/dist')

/** Builds the web application when its output is missing or older than its sources (decision 6). Throws with the builder's own words when it fails. */
export async function ensureWebBuilt(): Promise<boolean> {
  if (!(await isStale())) return false
  await buildWeb()
  return true
}

/** Builds the web application in a process of its own, so that the server keeps its memory for itself. */
export async function buildWeb(): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--config', join(root, 'web/vite.config.ts'), '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  const code = await new Promise<number | null>((done, fail) => child.on('error', fail).on('close', done))
  if (code !== 0) throw new Error(`La costruzione dell'applicazione web non è riuscita:\n${output}`)
}

async function isStale(): Promise<boolean> {
  const output = join(webRoot, 'index.html')
  if (!existsSync(output)) return true
  const built = (await stat(output)).mtimeMs
  const sources = [join(root, 'web/index.html'), join(root, 'web/vite.config.ts'), join(root, 'package-lock.json'), ...(await filesBelow(join(root, 'web/src')))]
  const times = await Promise.all(sources.map(async (file) => (await stat(file)).mtimeMs))
  return times.some((time) => time > built)
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name))
}
