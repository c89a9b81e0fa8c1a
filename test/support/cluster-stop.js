import { rmSync } from 'node:fs'

export default async function stop() {
  const cluster = globalThis.__faldoneCluster
  if (cluster === undefined) return
  await cluster.pg.stop()
  rmSync(cluster.folder, { recursive: true, force: true })
}
