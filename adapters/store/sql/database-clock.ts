import { type Clock, systemClock } from "../../../src/time/clock.ts";
import { instantOf, millisecondsOf } from "../../../src/time/instant.ts";

/** A clock that agrees with the database's, so that what several machines record stands in the order in which it happened. */
export interface DatabaseClock extends Clock {
  /** Asks the database what time it is by its clock, in milliseconds since 1970, and is put right where the two differ. */
  compare(ask: () => Promise<number>): Promise<void>;
}

/** A difference up to that is no news: nobody is told a quarter of a second late. */
const LEAST = 250;

/** The machine's clock, ahead or behind by as much as the database's is. */
export function databaseClock(machine: Clock = systemClock): DatabaseClock {
  let ahead = 0;
  const read = () => millisecondsOf(machine.now());
  return {
    now: () => (ahead === 0 ? machine.now() : instantOf(read() + ahead)),
    async compare(ask) {
      const asked = read();
      const said = await ask();
      // It was said at some moment in between; an answer that was long on its way tells less.
      const [least, most] = [said - read(), said - asked];
      if (ahead < least - LEAST || ahead > most + LEAST) ahead = Math.round((least + most) / 2);
    },
  };
}

/** One that somebody has set for reasons of their own. */
export function clockAsGiven({ now }: Clock): DatabaseClock {
  return { now, compare: async (ask) => void (await ask()) };
}
