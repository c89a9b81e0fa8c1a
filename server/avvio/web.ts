import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** Folder of the built web application. */
export const webRoot = join(root, 'web/dist')

/** Builds the web application when its output is missing or older than its sources (decision 6). Throws with the builder's own words when it fails. */
export async function ensureWebBuilt(interruption?: AbortSignal): Promise<boolean> {
  if (!(await isStale())) return false
  await buildWeb(interruption)
  return true
}

/**
 * Builds the web application in a process of its own, so that the server keeps its memory for itself. The output is made aside and put in place when it
 * is whole: a build cut short leaves the former one.
 */
export async function buildWeb(interruption?: AbortSignal): Promise<void> {
  const aside = `${webRoot}.${process.pid}`
  const args = ['build', '--config', join(root, 'web/vite.config.ts'), '--outDir', aside, '--emptyOutDir', '--logLevel', 'warn']
  const child = spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(interruption === undefined ? {} : { signal: interruption }),
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  try {
    const code = await new Promise<number | null>((done, fail) => child.on('error', fail).on('close', done))
    if (code !== 0) throw new Error(`La costruzione dell'applicazione web non è riuscita:\n${output}`)
    await rm(webRoot, { recursive: true, force: true })
    await rename(aside, webRoot)
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

async function isStale(): Promise<boolean> {
  const output = join(webRoot, 'index.html')
  if (!existsSync(output)) return true
  const built = (await stat(output)).mtimeMs
  const sources = [
    join(root, 'web/index.html'),
    ...(await filesBelow(join(root, 'web/emergenza'))),
    ...(await filesBelow(join(root, 'web/public'))),
    join(root, 'web/vite.config.ts'),
    join(root, 'package-lock.json'),
    ...(await filesBelow(join(root, 'web/src'))),
  ]
  const times = await Promise.all(sources.map(async (file) => (await stat(file)).mtimeMs))
  return times.some((time) => time > built)
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name))
}
