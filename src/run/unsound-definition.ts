/** A definition did not stand a proof: its table is not worked any more. The message is for people. */
export class UnsoundDefinition extends Error {
  override readonly name = 'UnsoundDefinition';
}
