import { withheldCard } from "../cards/withheld-card.ts";
import type { Card } from "../ports/card.ts";
import type { Place } from "../ports/chat.ts";
import type { Basis } from "../ports/delivery-log.ts";
import type { Day } from "../time/day.ts";
import { dayIn } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import type { Blocked } from "./escalate.ts";
import type { Single } from "./messages.ts";
import type { Round } from "./round.ts";
import { rulebook } from "./rulebook.ts";
import { spokenTo } from "./spoken.ts";
import { keyOf } from "./telling.ts";
import type { TickHost } from "./tick.ts";

/**
 * A place that sends its stages on to one that may not see them, or that is another desk's by now: whoever set it so is told, once a day at most and
 * without naming anything, else the operations place, unless it was a restricted matter: then the place alone may be somebody's name.
 */
export async function withheld(host: TickHost, round: Round): Promise<readonly Single[]> {
  const found: Single[] = [];
  const day = dayIn(host.house.zone, round.now);
  const due = round.blocked.filter(({ at }) => at <= round.now);
  for (const blocked of Map.groupBy(due, ({ from, to }) => JSON.stringify([from.place, to])).values()) {
    const { from, to } = blocked[0]!;
    const isNamed = !blocked.some(({ restricted }) => restricted);
    const hearer = (await setterOf(host, blocked[0]!)) ?? (isNamed ? await operationsOf(host) : null);
    if (hearer === null) {
      const about = isNamed ? { from: from.place, to } : {};
      host.log.warn(about, "an escalation goes to a place that may not see it, or is another desk's, and nobody can be told");
      continue;
    }
    const shown = {
      n: blocked.length,
      from: from.place,
      to,
      told: blocked.every(({ told }) => told),
      elsewhere: host.isElsewhere?.(to) === true,
    };
    found.push(
      await withheldSingle(host, round, hearer, ["withheld", from.place, to, day], day, (language) => withheldCard(language, shown)),
    );
  }
  return found;
}

async function setterOf(host: TickHost, { from }: Blocked): Promise<Place | null> {
  const setter = await host.people.refOf(from.by);
  const own = setter === null ? null : host.direct(setter);
  return own !== null && host.adapterOf(own) !== null ? own : null;
}

async function operationsOf(host: TickHost): Promise<Place | null> {
  const operations = await host.operations();
  return operations !== null && host.adapterOf(operations) !== null ? operations : null;
}

/** Something that names nothing, said on that day. */
export async function withheldSingle(
  host: Pick<TickHost, "house" | "languageOf">,
  { subscriptions, head }: Pick<Round, "subscriptions" | "head">,
  place: Place,
  name: readonly string[],
  day: Day,
  card: (language: Language) => Card,
): Promise<Single> {
  const { language } = await spokenTo(host, place, subscriptions.get(place));
  const basis: Basis = {
    place,
    kind: "withheld",
    reason: "withheld",
    stream: null,
    version: null,
    head,
    rulebook: rulebook(),
    shown: { day },
  };
  return { place, language, due: { key: keyOf(place, name), basis }, card: () => card(language) };
}
