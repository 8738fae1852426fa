import fc from "fast-check";
import { digestOf } from "../../src/alerts/digest.ts";
import { lookAt } from "../../src/alerts/look.ts";
import { plan } from "../../src/alerts/plan.ts";
import { ANY_TIME } from "../../src/alerts/timing.ts";
import { historyCard, listCard, recordedCard, whyCard } from "../../src/cards/answers.ts";
import { burstCard } from "../../src/cards/burst-card.ts";
import { chartCard } from "../../src/cards/chart-card.ts";
import { costCard } from "../../src/cards/cost-card.ts";
import { digestCard } from "../../src/cards/digest-card.ts";
import { liveCard } from "../../src/cards/live-card.ts";
import { matterCard } from "../../src/cards/matter-card.ts";
import { utteranceCard } from "../../src/cards/utterance-card.ts";
import { chartPoints } from "../../src/commands/chart-points.ts";
import { decideEvent, withEvents } from "../../src/matter/decide.ts";
import type { MatterEvent } from "../../src/matter/events.ts";
import type { Matter } from "../../src/matter/history.ts";
import { explainItem } from "../../src/matter/why.ts";
import type { Card } from "../../src/ports/card.ts";
import { addDays, type Day, day } from "../../src/time/day.ts";
import { momentOf } from "../../src/time/instant.ts";
import type { Language } from "../../src/time/wording.ts";
import { given, orderWith } from "../support/given.ts";

/** Numbers that come up by no accident: six figures, none of which is a date, a reference or a count of days. */
const amount = fc.integer({ min: 130_001, max: 989_999 }).filter((one) => one % 1000 !== 0);

type Make = (on: Day, sum: number, other: number) => object;
const MADE: readonly Make[] = [
  (on, sum) => ({ type: "liquidated", on, item: "a", from: "2024-03-06", to: "2024-03-08", amount: String(sum) }),
  (on, sum) => ({ type: "paid", on, for: "fine", amount: String(sum) }),
  (on, sum) => ({ type: "paid", on, for: "a", amount: String(sum) }),
  (on, sum) => ({ type: "refunded", on, for: "fine", amount: String(sum) }),
  (on, sum) => ({ type: "reduced", on, for: "fine", to: String(sum) }),
  (on, sum) => ({ type: "rate-changed", on, item: "a", rate: String(sum) }),
  (on, sum) => ({ type: "partly-complied", on, item: "a", rate: String(sum) }),
  (on, sum) => ({ type: "intended", on, item: "a", from: "2024-03-06", to: "2024-03-08", amount: String(sum) }),
  (on) => ({ type: "complied", on, item: "a" }),
  (on) => ({ type: "rejected", on, item: "a" }),
  (on) => ({ type: "annulled", on, fine: "fine" }),
  (on, sum) => ({ type: "note", on, text: `They offer EUR ${sum.toLocaleString("en")} to settle` }),
  (on, sum) => ({ type: "stayed", on, item: "a", because: `a deposit of ${sum} € was paid` }),
  (on, sum, other) => ({
    type: "corrected",
    on,
    event: "registered",
    set: { "fines.fine.amount": String(sum), "items.a.penalty.rate": String(other) },
    because: "misread",
  }),
];

/** A matter with sums of every kind, with events that the register takes, and a day on which it is told. */
export const priced = fc
  .record({
    rate: amount,
    cap: fc.option(
      amount.map((one) => one * 7),
      { nil: undefined },
    ),
    fine: amount,
    order: amount,
    events: fc.array(fc.record({ after: fc.integer({ min: 0, max: 90 }), make: fc.constantFrom(...MADE), sum: amount, other: amount }), {
      maxLength: 5,
    }),
    on: fc.integer({ min: 1, max: 120 }),
  })
  .map(({ rate, cap, fine, order, events, on }) => {
    const penalty = { rate: String(rate), per: "day", ...(cap === undefined ? {} : { cap: { amount: String(cap) } }) };
    const words = `Delete the data, under a penalty of EUR ${order} a day or ${order} euros in all`;
    let matter: Matter = given(orderWith({ order: words, penalty }, { fines: [{ id: "fine", amount: String(fine), due: "2024-03-01" }] }));
    const used = [rate, fine, ...(cap === undefined ? [] : [cap])];
    const typed = [order];
    const last = addDays(day("2024-01-20"), on);
    for (const { after, make, sum, other } of events.toSorted((a, b) => a.after - b.after)) {
      const made = make(addDays(day("2024-02-01"), after), sum, other) as MatterEvent;
      if (made.on > last || decideEvent(matter, made, last) !== null) continue;
      matter = withEvents(matter, [made]);
      (made.type === "note" || made.type === "stayed" ? typed : used).push(sum, other);
    }
    matter = { ...matter, events: matter.events.map((one) => ({ ...one, recordedAt: momentOf("Europe/Paris", one.event.on, "08:00") })) };
    return { matter, on: last, used, typed };
  });

/** Every card that is made of a matter on a day, posted or answered. */
export function cardsOf(language: Language, matter: Matter, on: Day): readonly Card[] {
  const now = momentOf("Europe/Paris", on, "12:00");
  const scene = lookAt(matter, now);
  const { standing, today } = scene;
  const said = plan(scene, { ...ANY_TIME, snoozedUntil: null }).map(({ utterance }) => utterance);
  const digest = digestOf({
    ...{ matters: [matter], day: on, form: "daily", zone: "Europe/Paris", at: "09:00", now, before: null },
    ...{ unwatched: 0, undelivered: [], head: "a".repeat(64), emptyWatches: [] },
  });
  const row = { key: matter.key, ref: "R", authority: "CNIL", respondent: "X", state: standing.state, next: standing.next };
  const costs = standing.items.map((item) => ({
    comply: on,
    units: item.units,
    theoretical: item.theoretical,
    capReached: item.capReached,
  }));
  return [
    ...said.map((utterance) => utteranceCard(language, utterance)),
    ...(said.length > 1 ? [burstCard(language, said)] : []),
    digestCard(language, digest),
    matterCard(language, standing, today),
    liveCard(language, { standing, today, said: [], acknowledged: null, snoozed: undefined }),
    historyCard(language, standing, matter.events, new Map()),
    listCard(language, [row], 1),
    ...(matter.events.length === 0 ? [] : [recordedCard(language, standing, matter.events.at(-1)!, today)]),
    costCard(language, standing, costs, { after: on, adds: standing.items[0]!.oneMoreDay, first: null }),
    ...standing.items.flatMap((item) => {
      const { steps, findings } = explainItem(matter, standing, item.id);
      return [
        whyCard(language, standing, item, { steps, assumptions: findings, warnings: item.warnings }),
        chartCard(language, standing, item, item.rate === null ? [] : chartPoints(matter, item.id, standing.through)),
      ];
    }),
  ];
}

/** All digits of a card without what stands between those of one number; what its buttons carry is shown to nobody, but is counted too. */
export function digitsIn(card: Card): string {
  return JSON.stringify(card).replace(/(?<=\d)[\u00a0\u202f ,.](?=\d)/g, "");
}
