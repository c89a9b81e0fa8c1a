import { settings } from '../kernel/config.ts'

/** The settings as a Markdown table: `docs/configurazione.md` is this output, and a test keeps it so. */
export function describeSettings(): string {
  const empty = settings.safeParse({}).data as Record<string, unknown>
  const rows = Object.entries(settings.shape).map(
    ([name, shape]) => `| \`${name}\` | ${show(empty[name])} | ${(shape as { description?: string }).description ?? ''} |`,
  )
  return ['| Variabile | Predefinito | Significato |', '| --- | --- | --- |', ...rows].join('\n')
}

function show(value: unknown): string {
  if (value === undefined) return '—'
  if (typeof value === 'boolean') return value ? '`si`' : '`no`'
  return `\`${String(value)}\``
}

/** `faldone configurazione` */
export function runConfigurazione(): number {
  console.log(describeSettings())
  return 0
}
