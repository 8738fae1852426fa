/** What stands in the way: somebody else's lock, a store that takes nothing, one that answers too late or not at all, no room, or a right that lacks. */
export type InTheWay = "busy" | "readonly" | "slow" | "away" | "full" | "rights";

/** `cause` is what the store said; `undone` false where it is not known whether what was asked was done. */
interface About {
  readonly cause?: unknown;
  readonly undone?: boolean;
}

/**
 * The store cannot do now what was asked of it, by no fault of ours: its reader is told why. Nothing of what was under way was recorded, but where
 * `undone` is false.
 */
export class NotNow extends Error {
  override readonly name: string = "NotNow";
  readonly why: InTheWay;
  readonly undone: boolean;

  constructor(why: InTheWay, message: string, { cause, undone = true }: About = {}) {
    super(message, { cause });
    this.why = why;
    this.undone = undone;
  }
}
