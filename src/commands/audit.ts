import { isDeepStrictEqual } from "node:util";
import type { AuditEntry } from "../cards/audit-card.ts";
import type { Matter } from "../matter/history.ts";
import type { Heed } from "../ports/attention.ts";
import { TRAIL_ACTIONS, type Trace, type TrailAction } from "../ports/trail.ts";
import type { Instant } from "../time/instant.ts";
import type { Context } from "./command.ts";
import { approvalsOf } from "./proposing.ts";

/** An entry before its people have names. */
type Bare = Omit<AuditEntry, "name" | "approvedBy" | "personName">;

/** What holds every matter is asked for by itself: nothing else buries it. */
const TAKEN_OUT: readonly TrailAction[] = ["exported", "backed-up"];
/** So many are told of a matter that was there. */
const MOST_TAKEN_OUT = 1_000;
/** Of the desk so many, and of what was refused so many sorts, each with how often. */
const LATEST_TAKEN_OUT = 50;
const LATEST_REFUSED = 20;

/** Who has done what with a matter, the oldest first: of the register, of what was heeded, and of the trail, each thing once. */
export async function auditOf(matter: Matter, context: Context): Promise<readonly AuditEntry[]> {
  const { store } = context;
  const traces = await store.trail.of(matter.key);
  const heed = (await store.attention.of([matter.key])).get(matter.key);
  const taken = await store.trail.latest(MOST_TAKEN_OUT, { actions: TAKEN_OUT, ofNone: true });
  const whole = taken.filter(({ at }) => at >= matter.registeredAt);
  const approvals = await approvalsOf(matter, context);
  const entries = [
    ...recordedIn(matter, traces, approvals),
    ...heededIn(heed, traces),
    ...besides(matter, traces).map(traced),
    ...whole.map(traced),
  ];
  return named(
    entries.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)),
    context,
  );
}

/**
 * The latest of the desk, the newest first, of matters in sight alone and of what is about none. What took everything out, and what was refused, is
 * asked for apart from the rest, so that none of them buries another.
 */
export async function auditOfDesk(most: number, by: readonly string[] | null, context: Context): Promise<readonly AuditEntry[]> {
  const { register } = context;
  const of = by === null ? [undefined] : by;
  const found = await Promise.all(of.map((id) => latestOf(most, id, context)));
  const traces = found.flat().toSorted((one, other) => (one.at > other.at ? -1 : one.at < other.at ? 1 : 0));
  const streams = [...new Set(traces.flatMap(({ stream }) => stream ?? []))];
  const seen = new Set((await register.some(streams)).map(({ key }) => key));
  const shown = traces.filter(({ stream }) => stream === null || seen.has(stream));
  return named(
    shown.map((trace) => ({ ...traced(trace), stream: trace.stream })),
    context,
  );
}

const OTHERS = TRAIL_ACTIONS.filter((action) => action !== "refused");

async function latestOf(most: number, by: string | undefined, { store: { trail } }: Context): Promise<readonly Trace[]> {
  const whose = by === undefined ? {} : { by };
  const taken = await trail.latest(LATEST_TAKEN_OUT, { ...whose, actions: TAKEN_OUT, ofNone: true });
  const own = await trail.latest(most, { ...whose, actions: OTHERS });
  // What others did to them too: gave them a role, let them in, sent them away.
  const done = by === undefined ? [] : (await trail.latest(most, { about: by })).filter((one) => one.by !== by);
  const others = [...own, ...done];
  const refused = (await trail.refusals(LATEST_REFUSED, by)).map(
    ({ times, from, ...one }): Trace => ({ ...one, from: from ?? "", action: "refused", stream: null, detail: times > 1 ? { times } : {} }),
  );
  return [...taken, ...others.filter(({ action, stream }) => stream !== null || !TAKEN_OUT.includes(action)), ...refused];
}

/** The registration and every event, with from where it was recorded and who approved it. */
function recordedIn(matter: Matter, traces: readonly Trace[], approvals: ReadonlyMap<string, string>): readonly Bare[] {
  const recordings = traces.filter(({ action }) => action === "recorded");
  const registration = recordings.find(({ by, detail }) => by === matter.registeredBy && detail.facts === true);
  const first: Bare = {
    at: matter.registeredAt,
    by: matter.registeredBy ?? "",
    action: "registered",
    from: registration?.from ?? null,
    verb: registration?.verb ?? null,
    event: null,
    detail: {},
  };
  const events = matter.events.map((recorded): Bare => {
    const { id, by, recordedAt } = recorded;
    const trace = recordings.find(({ detail }) => namesEvent(detail, id));
    const approver = approvals.get(id);
    const entry: Bare = {
      at: recordedAt as Instant,
      by,
      action: "recorded",
      from: trace?.from ?? null,
      verb: recorded.event.type,
      event: recorded,
      detail: {},
    };
    return approver === undefined ? entry : { ...entry, approvedById: approver };
  });
  return [first, ...events];
}

function namesEvent(detail: Trace["detail"], id: string): boolean {
  return Array.isArray(detail.events) && detail.events.includes(id);
}

/** What was acknowledged and put off before there was a trail; the rest stands there, with from where. */
function heededIn(heed: Heed | undefined, traces: readonly Trace[]): readonly Bare[] {
  const isTraced = (action: string, by: string, detail: Trace["detail"]) =>
    traces.some((trace) => trace.action === action && trace.by === by && isDeepStrictEqual(trace.detail, detail));
  const entry = (action: "acknowledged" | "snoozed", { at, by }: { at: Instant; by: string }, detail: Trace["detail"]): readonly Bare[] =>
    isTraced(action, by, detail) ? [] : [{ at, by, action, from: null, verb: null, event: null, detail }];
  const taken = (heed?.acknowledgements ?? []).flatMap((one) => {
    const { item, stage, deadline } = one;
    return entry("acknowledged", one, { item, stage, deadline });
  });
  return [...taken, ...(heed?.snoozes ?? []).flatMap((one) => entry("snoozed", one, { until: one.until }))];
}

/** What the trail tells beyond what the register holds. */
function besides(matter: Matter, traces: readonly Trace[]): readonly Trace[] {
  return traces.filter(({ action, detail, by }) => {
    if (action !== "recorded") return true;
    const isRegistration = detail.facts === true && by === matter.registeredBy;
    return !isRegistration && !matter.events.some(({ id }) => namesEvent(detail, id));
  });
}

function traced({ at, by, action, from, verb, detail }: Trace): Bare {
  // What lapsed by itself was done from nowhere.
  return { at, by, action, from: from === "" ? null : from, verb, event: null, detail };
}

/** People by their names; whose name was erased stays without one. */
async function named(entries: readonly Bare[], { store }: Context): Promise<readonly AuditEntry[]> {
  const names = new Map<string, string | null>();
  for (const { by, approvedById, detail } of entries)
    for (const id of [by, approvedById, detail.person])
      if (typeof id === "string" && id !== "" && !names.has(id)) names.set(id, await store.people.nameOf(id));
  return entries.map((entry) => {
    const { by, approvedById, detail } = entry;
    return {
      ...entry,
      name: names.get(by) ?? null,
      ...(approvedById === undefined ? {} : { approvedBy: names.get(approvedById) ?? null }),
      ...(typeof detail.person === "string" ? { personName: names.get(detail.person) ?? null } : {}),
    };
  });
}
