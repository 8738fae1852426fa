import { unheardCard } from "../cards/withheld-card.ts";
import type { Matter } from "../matter/history.ts";
import { sees, visibilityOf } from "../matter/sight.ts";
import type { Day } from "../time/day.ts";
import { dayIn, timeIn } from "../time/instant.ts";
import { gathered } from "./gathered.ts";
import { letInOn } from "./let-in.ts";
import type { Single } from "./messages.ts";
import { narrowed } from "./narrowed.ts";
import { POLICY } from "./policy.ts";
import type { Round } from "./round.ts";
import { sightsNow } from "./sight-book.ts";
import type { TickHost } from "./tick.ts";
import { withheldSingle } from "./withheld.ts";

/** What nobody hears of: restricted matters into which nobody is let in, and what a place watches and may not be told. */
export async function unheard(host: TickHost, round: Round): Promise<readonly Single[]> {
  return [...(await restrictedUnheard(host, round)), ...(await narrowed(host, round))];
}

/**
 * A restricted matter that nobody hears of would end in silence: the operations place is told how many there are, at once when one is found and
 * else at the hour of the digests, once a day at most. All matters are gone through once a day for it.
 */
async function restrictedUnheard(host: TickHost, round: Round): Promise<readonly Single[]> {
  // Whoever serves the platforms tells it: a terminal that delivers to itself reaches nobody else.
  if (host.alone) return [];
  const { unheard: memory } = host.memory;
  const { zone } = host.house;
  const today = dayIn(zone, round.now);
  if (isOver(memory.said, today) || !(isFound(round) || (timeIn(zone, round.now) >= POLICY.at && !isOver(memory.looked, today)))) return [];
  memory.looked = today;
  const count = await countUnheard(host);
  if (count === 0) return [];
  memory.said = today;
  const place = await host.operations();
  if (place === null || host.adapterOf(place) === null) {
    host.log.warn(
      { matters: count },
      "restricted matters have nobody who hears of them, and there is no operations place that could be told",
    );
    return [];
  }
  return [await withheldSingle(host, round, place, ["unheard", today], today, (language) => unheardCard(language, count))];
}

/** Of another day, ahead or behind, nothing is known. */
function isOver(day: Day | null, today: Day): boolean {
  return day === today;
}

/** Among what is due. */
function isFound({ scenes, hearers }: Round): boolean {
  return [...scenes.values()].some(({ matter }) => visibilityOf(matter) === "restricted" && hearers.get(matter.key)!.length === 0);
}

async function countUnheard(host: TickHost): Promise<number> {
  const restricted = await gathered(host.register.each({ visibility: "restricted", once: true }), (some) =>
    some.filter((matter) => visibilityOf(matter) === "restricted"),
  );
  const watching = (await host.subscriptions.all()).filter((one) => one.reminders && one.watches.length > 0);
  const sights = await sightsNow(
    host,
    watching.map(({ place }) => place).filter((place) => host.adapterOf(place) !== null),
  );
  // A terminal has everything, and shows what it watches.
  if ([...sights.values()].some((sight) => sight.restricted === "all")) return 0;
  let count = 0;
  for (const matter of restricted) if (!(await isHeard(host, matter))) count++;
  return count;
}

async function isHeard(host: TickHost, matter: Matter): Promise<boolean> {
  const places = (await letInOn(host, matter.key)).map(({ place }) => place).filter((place) => host.adapterOf(place) !== null);
  return [...(await sightsNow(host, places)).values()].some((sight) => sees(sight, matter));
}
