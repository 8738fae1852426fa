import fc from "fast-check";
import { numberOf, textOf } from "./almanac.ts";
import { type Draft, draft, type Fields, type Setting } from "./drafts.ts";

const KINDS = [
  "stay",
  "stay",
  "extension",
  "extension",
  "rate",
  "partly",
  "violation",
  "claim",
  "claim",
  "money",
  "money",
  "money",
  "appeal",
  "override",
  "override",
  "override",
  "correction",
  "correction",
  "talk",
  "talk",
  "fine",
  "fine",
  "ending",
  "ending",
  "ending",
] as const;

const story = fc.record({
  kind: fc.constantFrom(...KINDS),
  item: fc.nat({ max: 2 }),
  /** Days from the expiry. */
  at: fc.oneof({ weight: 1, arbitrary: fc.integer({ min: -25, max: 3 }) }, { weight: 3, arbitrary: fc.integer({ min: 1, max: 250 }) }),
  gaps: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 4, maxLength: 4 }),
  roll: fc.nat({ max: 999_999 }),
  sum: fc.integer({ min: 1, max: 9_000 }),
});
export type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;
export const stories = fc.array(story, { minLength: 5, maxLength: 11 });

const because = "as it was found";

/** The drafts of all stories, by day. */
export function draftsOf(told: readonly Story[], setting: Setting): readonly Draft[] {
  const notified: readonly Draft[] = setting.isNotified
    ? []
    : [draft(setting.notified, { type: "notified", ...(setting.hour === null ? {} : { at: setting.hour }) })];
  // Their meter shows nothing without them.
  const broken = told.slice(0, 1).map((one): Story => ({ ...one, kind: "violation" }));
  return [...notified, ...moreHours(told[0]!, setting), ...[...broken, ...told].flatMap((one) => tell(one, setting))].toSorted(
    (a, b) => a.day - b.day,
  );
}

/** A period in hours is given more of them about the time at which it ends, twice perhaps. */
function moreHours({ roll, gaps: [first] }: Story, { items }: Setting): readonly Draft[] {
  const item = items.find(({ inHours }) => inHours);
  if (item === undefined || roll % 4 === 0) return [];
  const more = (day: number, by: string) => draft(day, { type: "extended", item: item.id, by, because });
  const day = item.expiry + (roll % 3) - 1;
  return [more(day, ["PT1H", "PT25H", "PT36H"][roll % 3]!), ...(first! % 2 === 0 ? [more(day, "PT1H")] : [])];
}

function tell(one: Story, setting: Setting): readonly Draft[] {
  const { id, expiry } = setting.items[one.item % setting.items.length]!;
  const [day, item, sum] = [expiry + one.at, { item: id }, String(one.sum)];
  const [first, second, third, fourth] = one.gaps as [number, number, number, number];
  const choose = <T>(...from: readonly T[]): T => from[one.roll % from.length]!;
  const all = one.roll % 5 === 0 ? {} : item;
  switch (one.kind) {
    case "stay":
      return stayed(one, day, all);
    case "extension":
      return [
        draft(day, {
          type: "extended",
          ...item,
          because,
          ...choose<object>({ until: textOf(day + first) }, { by: "P1M" }, { by: "P10D" }, { by: "P5B" }),
        }),
      ];
    case "rate":
      return [draft(day, { type: "rate-changed", ...item, rate: sum })];
    case "partly":
      return [draft(day, { type: "partly-complied", ...item, ...choose<object>({}, { rate: sum }) })];
    case "violation":
      return violations(one, day, setting);
    case "claim":
      return claimed(one, day, item);
    case "money":
      return money(one, day, id, choose);
    case "appeal":
      return [draft(day, { type: "appealed", ...all, ...choose<object>({}, { suspends: "no" }, { suspends: "by-order" }) })];
    case "override":
      return [
        draft(day, {
          type: "overridden",
          ...item,
          because,
          ...choose<object>(
            { what: "expiry", value: textOf(day + first - 20) },
            { what: "firstPenaltyDay", value: textOf(expiry + 1 + second) },
            { what: "units", value: 1 + third },
          ),
        }),
      ];
    case "correction":
      return [{ day: day + third, make: (before) => corrected(before, one, id) }];
    case "talk":
      return [
        draft(
          day,
          choose<Omit<Fields, "on">>(
            { type: "note", text: "noted" },
            { type: "assigned", to: "ana" },
            { type: "referred", to: "SAN-2025-002" },
            { type: "visibility", to: "restricted" },
          ),
        ),
      ];
    case "fine":
      return setting.fine
        ? [
            draft(setting.notified + first, { type: "paid", for: "fine", amount: sum }),
            draft(
              setting.notified + first + second,
              choose<Omit<Fields, "on">>(
                { type: "reduced", for: "fine", to: "1" },
                { type: "annulled", fine: "fine" },
                { type: "reduced", for: "fine", to: "2" },
              ),
            ),
            draft(setting.notified + first + second + third, { type: "refunded", for: "fine", amount: "1" }),
          ]
        : [];
    case "ending": {
      const counted = choose<object>({}, { counted: false }, {});
      return [
        draft(
          day + 60 + fourth,
          choose<Omit<Fields, "on">>(
            { type: "remitted", ...all, ...counted },
            { type: "settled", ...all, ...counted },
            { type: "withdrawn", ...all, ...counted },
            { type: "lapsed", ...all, ...counted },
            { type: "closed", ...all },
            { type: "annulled", ...item },
            { type: "annulled", matter: true },
          ),
        ),
      ];
    }
  }
}

/** Of an item whose meter counts them, if there is one. */
function violations(one: Story, day: number, { items }: Setting): readonly Draft[] {
  const item = items.find(({ per }) => per === "violation");
  if (item === undefined) return [];
  const [first, second] = one.gaps as [number, number];
  return [0, first, first + second].map((after) => draft(day + after, { type: "violation", item: item.id, count: 1 + (one.roll % 4) }));
}

function stayed(one: Story, day: number, item: object): readonly Draft[] {
  const [first] = one.gaps as [number];
  const begin = [
    { type: "stayed" },
    { type: "stayed", scope: "collection" },
    { type: "appealed", suspends: "yes" },
    { type: "stayed", scope: "accrual" },
  ][one.roll % 4]!;
  const resume = [{}, { with: "remainder" }, { with: "P1M" }, { with: "P10D" }, { with: "P5B" }, null][one.roll % 6]!;
  const end = resume === null ? [] : [draft(day + first, { type: "resumed", ...item, ...resume })];
  return [draft(day, { ...begin, ...item }), ...end];
}

function claimed(one: Story, day: number, item: object): readonly Draft[] {
  const [first, second, third] = one.gaps as [number, number, number];
  const claim = draft(day, { type: "complied", ...item, ...(one.roll % 3 === 0 ? { counted: false } : {}) });
  const accepted = (after: number) =>
    draft(day + after, { type: "accepted", ...item, ...(one.roll % 2 === 0 ? {} : { from: textOf(day - third + 5) }) });
  const rejected = draft(day + first, { type: "rejected", ...item });
  const ends: readonly (readonly Draft[])[] = [
    [],
    [rejected],
    [accepted(first)],
    [rejected, draft(day + first + second, { type: "complied", ...item }), accepted(first + second + third)],
    [rejected],
  ];
  return [claim, ...ends[one.roll % 5]!];
}

function money(one: Story, day: number, id: string, choose: <T>(...from: readonly T[]) => T): readonly Draft[] {
  const [first, second, third, fourth] = one.gaps as [number, number, number, number];
  const ref = `SAN-2025-${one.roll}`;
  const window = { item: id, from: textOf(day), to: textOf(day + first), amount: String(one.sum) };
  const fixed = day + first + second;
  const paid = fixed + third;
  return [
    draft(day + first, { type: "intended", ...window }),
    draft(fixed, { type: "liquidated", ...window, ref }),
    draft(fixed, { type: "invoiced", for: id, amount: String(one.sum) }),
    draft(paid, { type: "paid", for: id, amount: String(one.sum) }),
    ...choose<readonly Draft[]>(
      [],
      [
        draft(paid + fourth, { type: "reduced", for: ref, to: String(Math.floor(one.sum / 2)) }),
        draft(paid + fourth + 5, { type: "refunded", for: id, amount: "1" }),
      ],
      [
        draft(paid + fourth, { type: "annulled", liquidation: ref }),
        draft(paid + fourth + 5, { type: "refunded", for: id, amount: String(one.sum) }),
      ],
      [draft(paid + fourth, { type: "reduced", for: id, to: String(Math.floor(one.sum / 3)) })],
    ),
  ];
}

/** A correction of one of the events before it, or of the rate in the matter itself. */
function corrected(before: readonly Fields[], one: Story, id: string): Omit<Fields, "on"> | null {
  const found = before[one.roll % (before.length + 1)];
  if (found === undefined)
    return { type: "corrected", event: "registered", set: { [`items.${id}.penalty.rate`]: String(one.sum) }, because };
  if (found.type === "notified") return null;
  const event = found.id as string;
  if (one.roll % 3 === 0 || found.type === "corrected") return { type: "corrected", event, void: true, because };
  if (typeof found.amount === "string" && one.roll % 3 === 1)
    return { type: "corrected", event, set: { amount: String(one.sum) }, because };
  if (found.counted !== undefined) return { type: "corrected", event, set: { counted: null }, because };
  return { type: "corrected", event, set: { on: textOf(numberOf(found.on) + (one.roll % 30) - 15) }, because };
}
