// Writes spoiled copies of our six Allegato 5 instances with our own verdict, for xmllint to judge (.ci/allegato5.sh).
//   node .ci/allegato5.js <folder>     writes <folder>/<profile>/<n>.xml and <folder>/<profile>.ours (one line per file: name, then validates|fails)
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { validateAgg, validateDai, validateDi, writeModello } from '../metadata-schemas/allegato5/index.ts'
import { mutazioni } from '../test/support/allegato5-mutazioni.ts'
import { CAMPIONI } from '../test/unit/metadata-schemas/allegato5-samples.ts'

const VALIDATE = { DI: validateDi, DAI: validateDai, AGG: validateAgg }
const folder = process.argv[2] ?? ''
const lines = { DI: [], DAI: [], AGG: [] }
for (const [nome, modello] of Object.entries(CAMPIONI)) {
  const { profilo } = modello
  mkdirSync(join(folder, profilo), { recursive: true })
  const xml = writeModello(modello)
  const copies = [xml, ...mutazioni(xml, 250, 417).map((copia) => copia.xml)]
  for (const [n, copia] of copies.entries()) {
    const file = `${nome}-${String(n).padStart(3, '0')}.xml`
    writeFileSync(join(folder, profilo, file), copia)
    lines[profilo].push(`${file} ${VALIDATE[profilo](copia).valido ? 'validates' : 'fails'}`)
  }
}
for (const [profilo, verdicts] of Object.entries(lines))
  writeFileSync(join(folder, `${profilo}.ours`), `${verdicts.toSorted().join('\n')}\n`)
