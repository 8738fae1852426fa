import { undeliveredOf } from "../../alerts/undelivered.ts";
import type { Undelivered } from "../../cards/contents.ts";
import { atName } from "../../cards/heed-words.ts";
import { escalatedElsewhereCard, undeliveredCard } from "../../cards/undelivered-card.ts";
import type { Place } from "../../ports/chat.ts";
import type { Delivery } from "../../ports/delivery-log.ts";
import type { Command, Context, Instant } from "../command.ts";
import { misunderstood } from "../command.ts";
import { nameOf } from "../find.ts";
import { withLeftOut } from "../left-out.ts";
import { PLACE, placesFor } from "../person-or-place.ts";

export const undelivered: Command = {
  verb: "undelivered",
  summary: "help.undelivered",
  group: "watch",
  access: "writes",
  who: "editor",
  positionals: [],
  options: [{ name: "again", kind: "word" }],
  form: null,
  examples: ["undelivered", "undelivered --again slack:T1/C2"],
  async run(values, context) {
    const { store, clock, language, zone } = context;
    const place = (values.again ?? null) as string | null;
    if (place !== null && !PLACE.test(place))
      return misunderstood("place-unread", { name: "again", got: `"${place}"`, allowed: placesFor(context) });
    const now = clock.now();
    // What is tried again may be about what is hidden: told is only what whoever asks could see before.
    const before = place === null ? [] : (await shownNow(now, context)).filter((one) => one.place === place);
    const tried = place === null ? 0 : await store.deliveries.revive(place as Place, now);
    if (tried > 0) await store.index.wake("all");
    const all = await shownNow(now, context);
    const revived = Math.min(tried, before.filter(({ retried }) => !retried).length);
    const again = place === null ? null : { place, revived };
    const isKnown = before.length > 0 || tried > 0;
    const elsewhere = await escalatedElsewhere(context);
    const names = new Map<string, string>();
    for (const { place: to } of all) {
      const name = await store.people.nameOf(to);
      if (name !== null) names.set(to, atName(name));
    }
    const card = undeliveredCard(language, all, {
      zone: (await store.subscriptions.of(context.place))?.zone ?? zone,
      again: again && { ...again, isKnown },
      names,
    });
    return {
      cards: [...elsewhere.map((one) => escalatedElsewhereCard(language, one)), await withLeftOut(card, context)],
      json: { undelivered: all, ...(elsewhere.length === 0 ? {} : { elsewhere }), ...(again === null ? {} : { again }) },
    };
  },
};

/** What nobody acknowledges in a place and cannot go where the place sends it, since that is another desk's now. */
async function escalatedElsewhere({ store, owns }: Context): Promise<readonly { readonly from: Place; readonly to: Place }[]> {
  const all = await store.subscriptions.all();
  return all.flatMap(({ place, escalation }) => (escalation === null || owns(escalation.to) ? [] : [{ from: place, to: escalation.to }]));
}

async function shownNow(now: Instant, context: Context): Promise<readonly Undelivered[]> {
  const all: Undelivered[] = [];
  for (const delivery of await context.store.deliveries.undelivered(now)) {
    const told = await shown(delivery, context);
    if (told !== null) all.push(told);
  }
  return all;
}

/** Null for what is about a matter that whoever asks may not see: its place would name who is told of it. */
async function shown(delivery: Delivery, { register }: Context): Promise<Undelivered | null> {
  const { basis } = delivery;
  const matter = basis.stream === null ? null : await register.matter(basis.stream);
  if (basis.stream !== null && matter === null) return null;
  return { ...undeliveredOf(delivery), ref: matter === null ? null : nameOf(matter) };
}
