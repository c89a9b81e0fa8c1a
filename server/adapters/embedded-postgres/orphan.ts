import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * Stops a PostgreSQL left behind on this cluster by a product that was killed, and removes the pid file of one that is no more. A process that merely
 * took over the number of a dead server is left alone.
 */
export async function stopOrphan(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid')
  const pid = await readPid(file)
  if (pid === null) return
  if (!(await isPostgres(pid, cluster))) {
    await rm(file, { force: true })
    return
  }
  for (const [signal, seconds] of [['SIGINT', 15], ['SIGQUIT', 10]] as const) {
    kill(pid, signal)
    for (let i = 0; i < seconds * 20; i++) {
      if (!(await isPostgres(pid, cluster))) return
      await wait(50)
    }
  }
}

async function readPid(file: string): Promise<number | null> {
  if (!existsSync(file)) return null
  const first = Number((await readFile(file, 'utf8')).split('\n')[0])
  return Number.isInteger(first) && first > 1 ? first : null
}

async function isPostgres(pid: number, cluster: string): Promise<boolean> {
  if (!alive(pid)) return false
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null)
  // Where there is no /proc the signal test is all there is.
  return command === null ? !existsSync('/proc') : command.includes(cluster)
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
