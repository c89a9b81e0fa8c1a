/** An outgoing document begins as a draft. */
import { NuovaBozza } from './NuovaBozza.tsx'

export function Component() {
  return <NuovaBozza tipo="U" />
}
