import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** True while the process exists and is not a zombie waiting for its parent. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  return !/^State:\s+Z/mu.test(read(`/proc/${pid}/status`))
}

/** Signals one process by its number (a group by its negative), if it is still there. Throws on 0 and 1: they would mean ourselves and everybody. */
export function kill(pid: number, signal: NodeJS.Signals): void {
  if (!Number.isInteger(pid) || Math.abs(pid) < 2) throw new Error(`no process ${pid}`)
  try {
    process.kill(pid, signal)
  } catch {
    // Already gone.
  }
}

/** Numbers of the living processes that have to do with a folder: by command, working folder or environment. This one is never counted. */
export function processesOn(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && isAlive(pid) && concerns(pid, folder))
}

function concerns(pid: number, folder: string): boolean {
  return (
    link(`/proc/${pid}/cwd`).startsWith(folder) ||
    read(`/proc/${pid}/cmdline`).includes(folder) ||
    read(`/proc/${pid}/environ`).includes(folder)
  )
}

/** The commands of some processes, for a failed expectation that says who was left. */
export function commandsOf(pids: readonly number[]): string[] {
  return pids.map((pid) => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim())
}

/** Children of a process. */
export function childrenOf(pid: number): number[] {
  return read(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number)
}

/** Waits until the condition holds; throws when it does not within `seconds`. */
export async function until(what: string, seconds: number, condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + seconds * 1000
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`not within ${seconds} s: ${what}`)
    await wait(20)
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
