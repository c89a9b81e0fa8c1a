import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { FileReply } from '../kernel/endpoint.ts'
import { metadatiNonEmettibili } from './errors.ts'
import type { MetadatiDto } from './schema.ts'

/** The XML as a file. Throws RuleViolation with every blocking rule when it cannot be emitted. */
export function asFile({ metadati, nome }: { metadati: MetadatiDto; nome: string }): FileReply {
  if (metadati.xml === null) throw metadatiNonEmettibili(metadati.esiti)
  const bytes = Buffer.from(metadati.xml, 'utf8')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return new FileReply({ nome, tipo: 'application/xml', stream: Readable.from([bytes]), dimensione: bytes.length, sha256 })
}
