import { dismissedCard } from "../cards/nameless-card.ts";
import type { Matter } from "../matter/history.ts";
import { visibilityOf } from "../matter/sight.ts";
import type { Admission } from "../ports/access.ts";
import type { Instant } from "../time/instant.ts";
import type { ConsentSource } from "./proposals-told.ts";
import type { TickHost } from "./tick.ts";
import { ownPlace, type ToTell } from "./told-alone.ts";

/** Whoever was sent away from a restricted matter by somebody else since then, and is not let in again, is told that: in words that name nothing. */
export async function dismissalsOf(
  host: TickHost,
  { access, announcesSince }: Pick<ConsentSource, "access" | "announcesSince">,
  matter: Matter,
  since: Instant,
): Promise<readonly ToTell[]> {
  if (visibilityOf(matter) !== "restricted") return [];
  const tell: ToTell[] = [];
  for (const { person, by, at } of sentAway(await access.admissions(matter.key))) {
    if (by === person || at <= since || at <= (await announcesSince())) continue;
    const place = ownPlace(host, await host.people.refOf(person));
    if (place === null) continue;
    const name = (await host.people.nameOf(by)) ?? by;
    tell.push({
      ...{ place, matter, kind: "withheld", nameless: true, name: ["dismissed", matter.key, at], shown: { dismissed: at } },
      card: (language) => dismissedCard(language, name),
    });
  }
  return tell;
}

/** Those whose last word is that they were sent away, having been let in before. */
function sentAway(admissions: readonly Admission[]): readonly Admission[] {
  const last = new Map<string, Admission>();
  for (const one of admissions) {
    const before = last.get(one.person);
    // Sent away twice, it is the first time that counts; who was never in is sent from nowhere.
    if (one.admitted) last.set(one.person, one);
    else if (before?.admitted === true) last.set(one.person, one);
  }
  return [...last.values()].filter(({ admitted }) => !admitted);
}
