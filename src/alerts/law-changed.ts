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
  /** The clock beside the cure periods that was spoken of, whose day the deadline is. */
  readonly clock?: string | null;
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

/** Something that a place was told: of an item, or of a clock beside its cure period. */
interface Said {
  readonly said: Delivery;
  readonly clock: string | null;
}

/** The last thing that a place was told of each item, and of each clock, under another rulebook. */
function lastSaid(said: readonly Delivery[], place: Place): readonly Said[] {
  const last = new Map<string, Said>();
  for (const one of said) {
    const { place: to, rulebook: by, shown } = one.basis;
    const { item, clock } = shown as Shown;
    if (to !== place || by === rulebook() || typeof item !== "string") continue;
    last.set(item, { said: one, clock: null });
    if (typeof clock === "string") last.set(`${item} ${clock}`, { said: one, clock });
  }
  return [...last.values()];
}

async function tellingOf(host: LawChangedHost, scene: Scene, to: PlaceSettings, of: Said, head: string): Promise<Telling | null> {
  const { said } = of;
  const shown = said.basis.shown as Shown;
  const now = scene.standing.items.find(({ id }) => id === shown.item);
  if (now === undefined || shown.on === undefined) return null;
  const standing = standingThen(host, scene, said.claimedAt, shown.on);
  const right = standing?.items.find(({ id }) => id === shown.item);
  if (standing === null || right === undefined) return null;
  const change = of.clock === null ? figures(shown, standing, right) : clockFigures(scene, shown, of.clock, standing);
  if (change === null) return null;
  const before = (await host.rulebookOf?.(said.basis.rulebook)) ?? null;
  const law: LawChange = {
    saidOn: shown.on,
    through: standing.through,
    ...change,
    changed: before === null ? [] : changedOf(before, scene, right, of.clock),
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
  const name = ["law-changed", scene.standing.key, now.id, rulebook(), said.key, ...(of.clock === null ? [] : [of.clock])];
  return telling(scene, to, { name, utterance, stage: null }, head);
}

type Change = Pick<LawChange, "was" | "is" | "clock">;

/** What was said of an item beside what is right; null where it was right. */
function figures(shown: Shown, standing: Standing, right: ItemStanding): Change | null {
  const was: LawChange["was"] = {
    expiry: spokenOf(shown),
    units: shown.units ?? null,
    sum: sumOf(shown.theoretical, standing.totals.currency),
  };
  const is: LawChange["is"] = { expiry: expiryOf(right), units: right.units, sum: right.theoretical };
  return was.expiry === is.expiry && was.units === is.units && textOf(was.sum) === textOf(is.sum) ? null : { was, is };
}

const NONE: LawChange["was"] = { expiry: null, units: null, sum: null };

/** The same of a clock beside the cure period; one that is told no more has no day. */
function clockFigures(scene: Scene, { item, deadline }: Shown, clock: string, standing: Standing): Change | null {
  const find = ({ related }: Standing) => related.find((one) => one.id === clock && one.item === item);
  const right = find(standing);
  if (deadline === null || deadline === undefined || right?.day === deadline || right?.reminded?.day === deadline) return null;
  const what = (right ?? find(scene.standing))?.kind ?? clock;
  return { was: NONE, is: NONE, clock: { id: clock, what, item: item!, was: deadline, is: right?.reminded?.day ?? right?.day ?? null } };
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

/** Of what has changed, that by which the item, or a clock of it, is counted. */
function changedOf(before: RulebookParts, { standing }: Scene, { id }: ItemStanding, clock: string | null): readonly string[] {
  const { code, calendar, orderRule } = authorityOf(standing.facts.authority)!;
  const { cure, clocks } = standing.facts.items?.find((item) => item.id === id) ?? {};
  const ofOrder = cure === undefined || "until" in cure ? null : (cure.rule ?? orderRule);
  const rule = clock === null ? ofOrder : (clocks?.find((one) => one.id === clock)?.rule ?? null);
  const concerned = [
    ...(rule === null ? [] : [`rule:${rule}`]),
    ...(calendar === null ? [] : [`calendar:${calendar}`]),
    `authority:${code}`,
  ];
  return concerned.filter((part) => before[part] !== rulebookParts()[part]);
}
