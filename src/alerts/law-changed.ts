import type { LawChange } from "../cards/contents.ts";
import { authorityOf } from "../law/catalogue.ts";
import { isRefusal } from "../law/finding.ts";
import { type Money, money, parseAmount, writeAmount } from "../law/money.ts";
import { knownAt } from "../matter/history.ts";
import { standingNow } from "../matter/standing.ts";
import type { ItemStanding, Standing } from "../matter/standing-types.ts";
import type { Log, Place } from "../ports/chat.ts";
import type { Delivery, DeliveryLog } from "../ports/delivery-log.ts";
import type { PlaceSettings } from "../ports/subscriptions.ts";
import type { Day } from "../time/day.ts";
import type { Instant } from "../time/instant.ts";
import type { Hearer } from "./hearers.ts";
import type { Scene } from "./look.ts";
import { type RulebookParts, rulebook, rulebookParts } from "./rulebook.ts";
import { type Telling, telling } from "./telling.ts";

export interface LawChangedHost {
  readonly log: Log;
  readonly deliveries: DeliveryLog;
  /** What an earlier rulebook was made of, where it was noted. */
  rulebookOf?(id: string): Promise<RulebookParts | null>;
}

interface Shown {
  readonly on?: Day;
  readonly item?: string | null;
  readonly state?: string | null;
  readonly expiry?: Day | null;
  readonly deadline?: Day | null;
  readonly units?: number | null;
  readonly theoretical?: string | null;
}

/** Logs of which all that was said rested on this rulebook when it was asked: what is said since does too, so that nothing more need be read. */
const ALL_BY_THIS = new WeakSet<DeliveryLog>();

/** Matters of which all that was said is known to be right by this rulebook: they are not asked for again while the process lives. */
const RIGHT = new WeakMap<DeliveryLog, Set<string>>();

/**
 * Figures that a place was told under another rulebook and that are not right by this one: what was said, what is right now, and which rule, calendar
 * or authority has changed. They are reckoned anew from the events known when they were said, so that only the law can make the difference.
 */
export async function lawChanged(
  host: LawChangedHost,
  scenes: Iterable<Scene>,
  hearers: ReadonlyMap<string, readonly Hearer[]>,
  head: string,
): Promise<readonly Telling[]> {
  if (ALL_BY_THIS.has(host.deliveries)) return [];
  if (!(await host.deliveries.restsOnOther(rulebook()))) {
    ALL_BY_THIS.add(host.deliveries);
    return [];
  }
  const right = RIGHT.get(host.deliveries) ?? new Set<string>();
  RIGHT.set(host.deliveries, right);
  const tellings: Telling[] = [];
  for (const scene of scenes) {
    if (right.has(scene.matter.key)) continue;
    const said = (await host.deliveries.about(scene.matter.key)).filter(({ outcome }) => outcome?.kind === "delivered");
    const found = await Promise.all(
      // Whoever may not see the matter any more is not told what was wrong.
      (hearers.get(scene.matter.key) ?? []).flatMap(({ to }) =>
        lastSaid(said, to.place).map((one) => tellingOf(host, scene, to, one, head)),
      ),
    );
    const wrong = found.filter((one) => one !== null && !said.some(({ key }) => key === one.key)) as readonly Telling[];
    if (wrong.length === 0) right.add(scene.matter.key);
    tellings.push(...wrong);
  }
  return tellings;
}

/** The last thing that a place was told of each item under another rulebook. */
function lastSaid(said: readonly Delivery[], place: Place): readonly Delivery[] {
  const last = new Map<string, Delivery>();
  for (const one of said) {
    const { place: to, rulebook: by, shown } = one.basis;
    const { item } = shown as Shown;
    if (to === place && by !== rulebook() && typeof item === "string") last.set(item, one);
  }
  return [...last.values()];
}

async function tellingOf(host: LawChangedHost, scene: Scene, to: PlaceSettings, said: Delivery, head: string): Promise<Telling | null> {
  const shown = said.basis.shown as Shown;
  const now = scene.standing.items.find(({ id }) => id === shown.item);
  if (now === undefined || shown.on === undefined) return null;
  const standing = standingThen(host, scene, said.claimedAt, shown.on);
  const right = standing?.items.find(({ id }) => id === shown.item);
  if (standing === null || right === undefined) return null;
  const was: LawChange["was"] = {
    expiry: spokenOf(shown),
    units: shown.units ?? null,
    sum: sumOf(shown.theoretical, standing.totals.currency),
  };
  const is: LawChange["is"] = { expiry: expiryOf(right), units: right.units, sum: right.theoretical };
  if (was.expiry === is.expiry && was.units === is.units && textOf(was.sum) === textOf(is.sum)) return null;
  const before = (await host.rulebookOf?.(said.basis.rulebook)) ?? null;
  const law: LawChange = {
    saidOn: shown.on,
    through: standing.through,
    was,
    is,
    changed: before === null ? [] : changedOf(before, scene, right),
  };
  const says = {
    kind: "correction",
    stage: null,
    reason: "corrected",
    deadline: null,
    lastWorkingDay: null,
    event: null,
    corrected: null,
  } as const;
  const utterance = { ...says, standing: scene.standing, item: now, today: scene.today, law };
  const name = ["law-changed", scene.standing.key, now.id, rulebook(), said.key];
  return telling(scene, to, { name, utterance, stage: null }, head);
}

/** What was known then, by the rules of today. Where that cannot be reckoned, by a fault of ours, nothing is put right and the rest is told. */
function standingThen({ log }: LawChangedHost, { matter }: Scene, known: Instant, on: Day): Standing | null {
  try {
    const then = knownAt(matter, known);
    return then === null ? null : standingNow(then, on);
  } catch (error) {
    const about = { stream: matter.key, error: error instanceof Error ? error.stack : String(error) };
    log.error(about, "what was said of a matter cannot be reckoned anew: it is not put right");
    return null;
  }
}

/** A draft speaks of its earliest day. */
function spokenOf({ state, expiry, deadline }: Shown): Day | null {
  return (state === "draft" ? deadline : expiry) ?? null;
}

function expiryOf(item: ItemStanding): Day | null {
  return item.state === "draft" ? item.earliestExpiry : item.expiry;
}

function sumOf(text: string | null | undefined, currency: string): Money | null {
  const minor = text === null || text === undefined ? null : parseAmount(text, currency);
  return minor === null || isRefusal(minor) ? null : money(minor, currency);
}

function textOf(sum: Money | null): string | null {
  return sum === null ? null : writeAmount(sum);
}

/** Of what has changed, that by which the item is counted. */
function changedOf(before: RulebookParts, { standing }: Scene, { id }: ItemStanding): readonly string[] {
  const { code, calendar, orderRule } = authorityOf(standing.facts.authority)!;
  const cure = standing.facts.items?.find((item) => item.id === id)?.cure;
  const rule = cure === undefined || "until" in cure ? null : (cure.rule ?? orderRule);
  const concerned = [
    ...(rule === null ? [] : [`rule:${rule}`]),
    ...(calendar === null ? [] : [`calendar:${calendar}`]),
    `authority:${code}`,
  ];
  return concerned.filter((part) => before[part] !== rulebookParts()[part]);
}
