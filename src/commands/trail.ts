import { entriesOf } from "../alerts/recording.ts";
import type { Change, Matters } from "../alerts/register.ts";
import type { Matter } from "../matter/history.ts";
import type { Acknowledgement, Snooze } from "../ports/attention.ts";
import type { Json, Stamp } from "../ports/ledger.ts";
import type { Trace, TrailAction } from "../ports/trail.ts";
import type { Context, Outcome } from "./command.ts";
import { restrictedSeen } from "./looks.ts";

/** What a trace tells beside who, when and from where: never a name or a text. */
export interface Traced {
  readonly verb: string;
  readonly stream?: string | null;
  readonly detail?: { readonly [key: string]: Json };
}

/** Notes one thing that whoever asks has done. Throws where it cannot be written. */
export async function noteTrace(context: Context, action: TrailAction, traced: Traced): Promise<void> {
  await noteAll(context, [{ action, ...traced }]);
}

async function noteAll(context: Context, traces: readonly (Traced & { readonly action: TrailAction })[]): Promise<void> {
  if (traces.length === 0) return;
  const { store, clock, person, personName } = context;
  const by = await store.people.idOf(person, personName);
  const [at, from] = [clock.now(), await fromOf(context)];
  await store.trail.note(
    traces.map(({ action, verb, stream = null, detail = {} }): Trace => ({ at, by, from, action, stream, verb, detail })),
  );
}

/** A person's own conversation would name them, by whichever of its names the platform calls it: of it the adapter alone is told. */
async function fromOf({ place, person, terminal, direct, sights }: Context): Promise<string> {
  const isOwn = terminal !== null || direct(person) === place || (await sights.placeOf(place)).audience.kind === "person";
  return isOwn ? place.slice(0, place.indexOf(":")) : place;
}

/**
 * Notes which restricted matters an answer was made of, each once; `besides` are those of which more is noted already. Throws where that cannot be
 * written: then the answer must not be given.
 */
export async function noteViews(context: Context, verb: string, besides: ReadonlySet<string> = new Set()): Promise<void> {
  const { noted } = context.looks;
  const action = TAKES_OUT[verb] ?? "viewed";
  const keys = (await restrictedSeen(context)).filter((key) => !besides.has(key) && !noted.has(key));
  await noteAll(
    context,
    keys.map((stream) => ({ action, verb, stream })),
  );
  for (const key of [...keys, ...besides]) noted.add(key);
}

/** A command that sets how a place or a person is spoken to. */
const SETS_UP: ReadonlySet<string> = new Set(["watch", "unwatch", "settings", "mine", "escalate", "operations"]);
/** Commands that take matters out of the register. */
const TAKES_OUT: Readonly<Record<string, TrailAction>> = { export: "exported", backup: "backed-up" };
/** Of an import of more matters than these it is noted how many it changed. */
const MANY = 50;

export interface Tracing {
  /** What a command is run with: it notes what is changed. */
  readonly context: Context;
  /** Notes what was done, and which restricted matters the answer shows: no look without a trace, so it throws where that cannot be written. */
  note(verb: string, outcome: Outcome, written: boolean): Promise<void>;
}

interface Done {
  readonly action: TrailAction;
  readonly stream: string;
  readonly detail: { readonly [key: string]: Json };
}

/** The same context, which notes what the command records, acknowledges and puts off, for the trail. */
export function tracingContext(context: Context): Tracing {
  const { register, store } = context;
  const done: Done[] = [];
  const traced: Context = {
    ...context,
    register: {
      ...register,
      async record(decide, stamp, ...rest) {
        let traces: readonly Done[] = [];
        const recorded = await register.record(
          (matters) => {
            const decided = decide(matters);
            traces = "refused" in decided ? [] : recordedIn(decided, matters, stamp);
            return decided;
          },
          stamp,
          ...rest,
        );
        if (!("refused" in recorded || recorded.repeated)) done.push(...traces);
        return recorded;
      },
    },
    store: {
      ...store,
      attention: {
        ...store.attention,
        async acknowledge(given) {
          const fresh = await store.attention.acknowledge(given);
          done.push(...fresh.map(acknowledged));
          return fresh;
        },
        async snooze(snooze) {
          await store.attention.snooze(snooze);
          done.push(snoozed(snooze));
        },
      },
    },
  };
  return {
    context: traced,
    async note(verb, outcome, written) {
      const out = "json" in outcome ? TAKES_OUT[verb] : undefined;
      const whole =
        out !== undefined
          ? [{ action: out, stream: null }]
          : SETS_UP.has(verb) && written
            ? [{ action: "set-up" as const, stream: null }]
            : [];
      await noteAll(
        traced,
        [...whole, ...done].map((one) => ({ ...one, verb, stream: one.stream === "" ? null : one.stream })),
      );
      await noteViews(traced, verb, new Set(done.map(({ stream }) => stream)));
    },
  };
}

/** What is recorded where it was decided so, asked while the matters are those on which it was. */
function recordedIn(changes: readonly Change[], matters: Matters, stamp: Stamp): readonly Done[] {
  const changed = changes.filter(({ facts, events }) => facts !== null || events.length > 0);
  if (changed.length > MANY) return [{ action: "recorded", stream: "", detail: { matters: changed.length } }];
  return changed.map((change) => {
    const detail = detailOf(change, matters.get(change.key) ?? null, stamp);
    return { action: "recorded", stream: change.key, detail };
  });
}

/**
 * What is recorded, by the ids under which it goes in: a moment and a person may be those of another command too. An approval is recorded under its
 * proposal's own name.
 */
function detailOf(change: Change, matter: Matter | null, stamp: Stamp): Done["detail"] {
  const { facts } = change;
  const events = entriesOf({ ...change, facts: null }, matter).map(({ eventId }) => eventId);
  const proposal = proposalOf(stamp.commandId);
  return { ...(facts === null ? {} : { facts: true }), events, ...(proposal === null ? {} : { proposal }) };
}

/** What records a proposal: whoever presses how often, it is recorded once. */
export function commandOfProposal(id: string): string {
  return `proposal:${id}`;
}

function proposalOf(commandId: string): string | null {
  return commandId.startsWith("proposal:") ? commandId.slice("proposal:".length) : null;
}

function acknowledged({ stream, item, stage, deadline }: Acknowledgement) {
  return { action: "acknowledged", stream, detail: { item, stage, deadline } } as const;
}

function snoozed({ stream, until }: Snooze) {
  return { action: "snoozed", stream, detail: { until } } as const;
}
