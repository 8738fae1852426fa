import type { Undelivered } from "../../cards/contents.ts";
import { undeliveredCard } from "../../cards/undelivered-card.ts";
import type { Place } from "../../ports/chat.ts";
import type { Delivery } from "../../ports/delivery-log.ts";
import type { Command, Context } from "../command.ts";
import { misunderstood } from "../command.ts";
import { nameOf } from "../find.ts";
import { PLACE, PLACES } from "../person-or-place.ts";

export const undelivered: Command = {
  verb: "undelivered",
  summary: "help.undelivered",
  group: "watch",
  access: "writes",
  positionals: [],
  options: [{ name: "again", kind: "word" }],
  form: null,
  examples: ["undelivered", "undelivered --again slack:T1/C2"],
  async run(values, context) {
    const { store, clock, language, zone } = context;
    const place = (values.again ?? null) as string | null;
    if (place !== null && !PLACE.test(place)) return misunderstood("value-invalid", { name: "again", got: `"${place}"`, allowed: PLACES });
    const now = clock.now();
    const revived = place === null ? 0 : await store.deliveries.revive(place as Place, now);
    if (revived > 0) await store.index.wake("all");
    const all = [];
    for (const delivery of await store.deliveries.undelivered(now)) all.push(await shown(delivery, context));
    const again = place === null ? null : { place, revived };
    return {
      cards: [undeliveredCard(language, all, { zone: (await store.subscriptions.of(context.place))?.zone ?? zone, again })],
      json: { undelivered: all, ...(again === null ? {} : { again }) },
    };
  },
};

async function shown({ basis, outcome, firstAt }: Delivery, { register }: Context): Promise<Undelivered> {
  const matter = basis.stream === null ? null : await register.matter(basis.stream);
  const reason = outcome !== null && outcome.kind !== "delivered" ? outcome.reason : "";
  const ref = matter === null ? basis.stream : nameOf(matter);
  return { place: basis.place, ref, kind: basis.kind, reason, at: firstAt, retried: outcome?.kind !== "never" };
}
