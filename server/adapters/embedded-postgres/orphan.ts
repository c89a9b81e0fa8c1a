import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, readdir, readlink, realpath, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/**
 * Stops what a killed product left running on this cluster: the server, and the sessions that outlive a killed server for a moment (a new server beside
 * them would ruin the data). A process that merely took over the number of a dead server is left alone, and the pid file that names it is removed; the
 * file of a dead process is left to PostgreSQL, which checks more than we can. The caller holds the folder: nobody else's server can be there.
 */
export async function stopOrphan(cluster: string): Promise<void> {
  if (!existsSync(cluster)) return
  const folder = await realpath(cluster)
  const file = join(folder, 'postmaster.pid')
  const pid = await readPid(file)
  const steps = [
    ['SIGINT', 15],
    ['SIGQUIT', 10],
    ['SIGKILL', 5],
  ] as const
  for (const [signal, seconds] of steps) {
    const running = await serversOf(folder, pid)
    // The server stops its sessions by itself; without it each is told.
    for (const target of pid !== null && running.includes(pid) ? [pid] : running) kill(target, signal)
    for (let i = 0; i < seconds * 20 && (await serversOf(folder, pid)).length > 0; i++) await wait(50)
  }
  if (pid !== null && alive(pid)) await rm(file, { force: true })
}

async function readPid(file: string): Promise<number | null> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const first = Number(text.split('\n')[0])
  return Number.isInteger(first) && first > 1 ? first : null
}

/** Process ids of the PostgreSQL programs at work in a cluster: on Linux those whose working folder it is, elsewhere the one the pid file names. */
async function serversOf(cluster: string, pid: number | null): Promise<number[]> {
  if (!existsSync('/proc/self/cwd')) return pid !== null && (await commandOf(pid)).includes(cluster) ? [pid] : []
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name))
  const found = await Promise.all(numbers.map(async (n) => ((await isServer(n, cluster)) ? Number(n) : null)))
  return found.filter((n) => n !== null)
}

async function isServer(number: string, cluster: string): Promise<boolean> {
  if ((await readlink(`/proc/${number}/cwd`).catch(() => '')) !== cluster) return false
  const command = await readFile(`/proc/${number}/cmdline`, 'utf8').catch(() => '')
  return basename(command.split('\0')[0]?.split(' ')[0] ?? '').startsWith('postgres')
}

async function commandOf(pid: number): Promise<string> {
  return await execute('ps', ['-p', String(pid), '-o', 'command=']).then(
    ({ stdout }) => stdout,
    () => '',
  )
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // Already gone.
  }
}
