/** A draft of an incoming document, for who registers. */
import { NuovaBozza } from './NuovaBozza.tsx'

export function Component() {
  return <NuovaBozza tipo="E" />
}
