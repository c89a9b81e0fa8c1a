import { ConfigError, readConfig } from '../kernel/config.ts'
import { FaldoneError } from '../kernel/errors.ts'
import { commands } from './commands.ts'

const [name = 'aiuto', ...args] = process.argv.slice(2)
const command = commands[name]

if (command === undefined) {
  console.error(`Comando sconosciuto: ${name}. Scrivi «faldone aiuto».`)
  process.exit(2)
}

try {
  const code = await command.run(args, () => readConfig())
  if (code !== null) process.exit(code)
} catch (error) {
  // A refusal of ours is a sentence for people; anything else keeps its trace, because it is a fault to report.
  if (error instanceof ConfigError) console.error(`Impostazioni da correggere:\n${error.message}`)
  else if (error instanceof FaldoneError) console.error(error.message)
  else console.error(error)
  process.exit(1)
}
