import type { Change, Made, Register } from "../alerts/register.ts";
import { refuse } from "../law/finding.ts";
import { REGISTRATION } from "../matter/corrected-facts.ts";
import { withEvents } from "../matter/decide.ts";
import type { Matter } from "../matter/history.ts";
import { VISIBILITIES, visibilityOf } from "../matter/sight.ts";
import { standingNow } from "../matter/standing.ts";
import type { Admission } from "../ports/access.ts";
import type { PersonRef } from "../ports/chat.ts";
import type { Stamp } from "../ports/ledger.ts";
import type { Context } from "./command.ts";
import { todayOf } from "./find.ts";
import { lackingFor } from "./permission.ts";
import { PLACE } from "./person-or-place.ts";
import { noteTrace } from "./trail.ts";

/** What a command has made restricted, and into which of these nobody is let in. */
export interface Restricted {
  readonly key: string;
  /** Opaque ids of those who were let in by it. */
  readonly letIn: readonly string[];
  /** Of those who were in before it became restricted: by somebody who did so unseen, or when it was restricted the last time. */
  readonly already: readonly string[];
  readonly isEmpty: boolean;
}

/**
 * The register of a command that runs, whatever records through it. A matter is made more visible by an approver alone. Whoever registers a
 * restricted matter, or makes one restricted, is let in; so is whom it is assigned to then or later, where they are named by their platform's
 * reference: a name can be taken on by somebody else. The terminal needs no letting in.
 */
export function lettingIn(context: Context, verb: string): { readonly register: Register; restricted(): readonly Restricted[] } {
  const { register } = context;
  const found: Restricted[] = [];
  return {
    restricted: () => found,
    register: {
      ...register,
      async record(decide, stamp, keys) {
        const { role } = await context.clearance();
        const mayWiden = role === "approver" || role === "admin";
        let widens = false;
        let made: readonly Letting[] = [];
        const recorded = await register.record(
          (matters) => {
            const changes = decide(matters);
            if ("refused" in changes) return changes;
            for (const change of changes) {
              const before = matters.get(change.key) ?? null;
              if (correctsVisibility(change)) return refuse("correction-of-visibility");
              widens = before !== null && !mayWiden && isSeenByMore(before, change);
              if (widens) return refuse("role-lacking");
            }
            return changes;
          },
          stamp,
          keys,
          async (all) => {
            made = await lettingsOf(all, stamp, context);
            return made.flatMap(({ admissions }) => admissions);
          },
        );
        if ("refused" in recorded) return widens ? ((await lackingFor(verb, "approver", context)) ?? recorded) : recorded;
        if (recorded.repeated) return recorded;
        for (const { restricted } of made) {
          for (const person of restricted.letIn) await noteTrace(context, "admitted", { verb, stream: restricted.key, detail: { person } });
          if (restricted.letIn.length > 0) await context.store.index.wake([restricted.key]);
          found.push(restricted);
        }
        return recorded;
      },
    },
  };
}

/** It would be read nowhere: the last word on it is an event of its own. */
function correctsVisibility({ events }: Change): boolean {
  return events.some((event) => event.type === "corrected" && event.event === REGISTRATION && Object.hasOwn(event.set ?? {}, "visibility"));
}

/** Whether more people see the matter once that is recorded. */
export function isSeenByMore(before: Matter, { facts, events }: Pick<Change, "facts" | "events">): boolean {
  const touches = facts !== null || events.some(({ type }) => type === "visibility" || type === "corrected");
  if (!touches) return false;
  const after = withEvents(facts === null ? before : { ...before, facts }, events);
  // From what everybody sees to what few do.
  return VISIBILITIES.indexOf(visibilityOf(after)) < VISIBILITIES.indexOf(visibilityOf(before));
}

/** A matter that becomes restricted, or is handed over while it is, and who is let in with what is recorded. */
interface Letting {
  readonly restricted: Restricted;
  readonly admissions: readonly Admission[];
}

async function lettingsOf(all: readonly Made[], { by, recordedAt: at }: Stamp, context: Context): Promise<readonly Letting[]> {
  const concerned = all.filter(({ after }) => visibilityOf(after) === "restricted");
  if (concerned.length === 0) return [];
  const inBefore = await context.store.access.admitted();
  const lettings: Letting[] = [];
  for (const { before, after } of concerned) {
    const becomes = before === null || visibilityOf(before) !== "restricted";
    const ids = await letInBy({ matter: after, was: becomes ? null : before, by }, context);
    const already = inBefore.get(after.key) ?? new Set<string>();
    const letIn = [...ids].filter((id) => !already.has(id));
    if (!becomes && letIn.length === 0) continue;
    lettings.push({
      restricted: { key: after.key, letIn, already: becomes ? [...already] : [], isEmpty: already.size + letIn.length === 0 },
      admissions: letIn.map((person) => ({ stream: after.key, person, admitted: true, by, at })),
    });
  }
  return lettings;
}

/**
 * Opaque ids of those who are let in by what makes a matter restricted (`was` is null), or hands a restricted one over: whoever does the first, and
 * whom it stands with. By name alone somebody is let in where they hold a matter already that others are to see no more, and nobody else bears it.
 */
export async function letInBy(
  { matter, was, by }: { readonly matter: Matter; readonly was: Matter | null; readonly by: string },
  context: Context,
): Promise<ReadonlySet<string>> {
  const { people } = context.store;
  const held = was === null ? new Set<string>() : holdersOf(was, context);
  const ids = new Set<string>(was === null && !(await isTerminal(by, context)) ? [by] : []);
  for (const person of holdersOf(matter, context)) {
    if (held.has(person)) continue;
    const named = PLACE.test(person) ? [await people.known(person)] : was === null ? await people.named(person) : [];
    if (named.length === 1 && named[0] != null) ids.add(named[0]);
  }
  return ids;
}

function holdersOf(matter: Matter, context: Context): ReadonlySet<string> {
  const { assignedTo, ownedBy } = standingNow(matter, todayOf(matter, context));
  return new Set([assignedTo, ownedBy].filter((name) => name !== null));
}

async function isTerminal(id: string, { store }: Context): Promise<boolean> {
  const ref: PersonRef | null = await store.people.refOf(id);
  return ref === null || ref.startsWith("console:");
}
