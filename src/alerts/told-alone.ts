import { discreetly } from "../cards/discreet.ts";
import { cardWithoutAmounts } from "../cards/masked-card.ts";
import type { Matter } from "../matter/history.ts";
import { sees, visibilityOf } from "../matter/sight.ts";
import type { Card } from "../ports/card.ts";
import type { PersonRef, Place } from "../ports/chat.ts";
import type { Delivery, Outcome } from "../ports/delivery-log.ts";
import type { Json } from "../ports/ledger.ts";
import { type Instant, instantOf, millisecondsOf } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import type { Delivered } from "./deliver.ts";
import { retryAt, type Single } from "./messages.ts";
import type { Round } from "./round.ts";
import { rulebook } from "./rulebook.ts";
import { sightsNow } from "./sight-book.ts";
import { spokenTo } from "./spoken.ts";
import { keyOf } from "./telling.ts";
import type { TickHost } from "./tick.ts";

/** What was recorded, or became of a proposal, longer ago is no news. */
export const NEWS = 7 * 24 * 60 * 60_000;

/** Something that one place is to be told of a matter, apart from what it watches. */
export interface ToTell {
  readonly place: Place;
  readonly matter: Matter;
  /** Without the place. */
  readonly name: readonly (string | number)[];
  readonly kind: "change" | "proposal" | "proposal-outcome" | "withheld";
  readonly shown: Json;
  /** It names nothing, and is for those who do not see the matter. */
  readonly nameless?: true;
  card(language: Language): Card;
}

/** The message, and what came of it before. */
export interface ToldAlone extends Single {
  readonly before: Outcome | null;
}

/** A person's own conversation, where their adapter runs. */
export function ownPlace(host: TickHost, person: PersonRef | null): Place | null {
  const place = person === null ? null : host.direct(person);
  return place === null || host.adapterOf(place) === null ? null : place;
}

/** Those that may be told there and were not yet, as messages: of a restricted matter in words that name nothing outside the message itself. */
export async function singlesFor(host: TickHost, round: Round, wanted: readonly ToTell[]): Promise<readonly ToldAlone[]> {
  if (wanted.length === 0) return [];
  const keys = wanted.map(({ place, name }) => keyOf(place, name));
  const known = await host.deliveries.known(keys);
  const open = wanted.filter((_, index) => !isOver(known.get(keys[index]!)));
  const sights = await sightsNow(
    host,
    open.map(({ place }) => place),
  );
  const singles = open
    .filter(({ place, matter, nameless }) => nameless === true || sees(sights.get(place)!, matter))
    .map(async (one): Promise<ToldAlone> => {
      const { place, matter, kind, shown, name } = one;
      const { language } = await spokenTo(host, place, round.subscriptions.get(place));
      const basis = {
        place,
        kind,
        reason: "event-recorded",
        stream: matter.key,
        version: matter.version,
        head: round.head,
        rulebook: rulebook(),
        shown,
      } as const;
      const made = () => (sights.get(place)!.amounts ? one.card(language) : cardWithoutAmounts(language, () => one.card(language)));
      const isRestricted = visibilityOf(matter) === "restricted";
      const card = () => (isRestricted && one.nameless !== true ? discreetly(language, made()) : made());
      const key = keyOf(place, name);
      const told = { place, language, due: { key, basis }, card, before: known.get(key)?.outcome ?? null };
      return isRestricted ? { ...told, restricted: true } : told;
    });
  return Promise.all(singles);
}

function isOver(delivery: Delivery | undefined): boolean {
  return delivery?.outcome?.kind === "delivered" || delivery?.outcome?.kind === "never";
}

const SOON = 1_000;

/** When to look again at the matters of which something is not said yet. */
export function waitsOf(
  singles: readonly ToldAlone[],
  { outcomes, again }: Delivered,
  now: Instant,
): readonly (readonly [string, Instant])[] {
  const soon = instantOf(millisecondsOf(now) + SOON);
  return singles.flatMap(({ due: { key, basis }, before }) => {
    const outcome = outcomes.get(key) ?? before;
    if (basis.stream === null || outcome?.kind === "delivered" || outcome?.kind === "never") return [];
    const at = outcome === null ? (again ?? soon) : retryAt({ outcome })!;
    return [[basis.stream, at > now ? at : soon] as const];
  });
}
