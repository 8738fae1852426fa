/**
 * The connection to the store ended while it was being told to keep what was written, and it could not be asked since: it was recorded, or it was
 * not. Whoever catches this must not say that nothing was.
 */
export class InDoubt extends Error {
  override readonly name = "InDoubt";
}
