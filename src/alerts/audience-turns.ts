import type { Audience, Place } from "../ports/chat.ts";

/** Who reads where, and when others do than was known. */
export interface AudienceTurns {
  audience(place: Place): Promise<Audience>;
  /** It may be others now: whatever the next answer is. */
  changed(place: Place): void;
  /** Another number whenever it is others, or may be; 0 before the first time. */
  turnOf(place: Place): number;
}

/** Places whose last answer is remembered. */
const REMEMBERED = 10_000;

/** Notices what each answer says of a place, whoever asked for it: a command is told sooner than a tick that has asked a moment ago. */
export function turnsOf(ask: (place: Place) => Promise<Audience>): AudienceTurns {
  const known = new Map<Place, { readonly told: string | null; readonly turn: number }>();
  let count = 0;

  function remember(place: Place, told: string | null, turn: number): void {
    known.delete(place);
    known.set(place, { told, turn });
    if (known.size > REMEMBERED) known.delete(known.keys().next().value!);
  }

  return {
    async audience(place) {
      const { turn } = known.get(place) ?? { turn: 0 };
      const read = await ask(place);
      const before = known.get(place);
      // An answer that was under way while others came says nothing of them.
      if ((before?.turn ?? 0) !== turn) return read;
      const told = JSON.stringify(read);
      const isOther = before !== undefined && before.told !== null && before.told !== told;
      remember(place, told, isOther ? ++count : turn);
      return read;
    },
    changed: (place) => remember(place, null, ++count),
    turnOf: (place) => known.get(place)?.turn ?? 0,
  };
}
