/** Why a seal could not be made. The message is Italian, for the operator and the log. */
export class SigilloNonApponibile extends Error {
  override readonly name = 'SigilloNonApponibile'
}
