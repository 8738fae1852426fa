import { canaryBasis, canaryDue } from "../alerts/canary.ts";
import { freshMemory } from "../alerts/delivery.ts";
import type { Single } from "../alerts/messages.ts";
import { privateIndex } from "../alerts/private-index.ts";
import { type RulebookParts, rulebook, rulebookParts } from "../alerts/rulebook.ts";
import type { TickHost } from "../alerts/tick.ts";
import { WAKES } from "../alerts/wake.ts";
import { canaryCard } from "../cards/canary-card.ts";
import type { ChatAdapter, Place } from "../ports/chat.ts";
import type { Fleet } from "../ports/fleet.ts";
import type { Instant } from "../time/instant.ts";
import { adapterOf, type Desk } from "./answer.ts";
import { elsewhereMessages } from "./elsewhere-message.ts";
import { restoredAt } from "./restored-at.ts";
import { retentionMessages } from "./retention-message.ts";

/** The processes that deliver together; null for a terminal, which delivers to itself, and where one process alone can deliver. */
export function fleetOf({ store, running }: Desk): Fleet | null {
  return terminalAlone(running.adapters) === undefined ? store.fleet : null;
}

/** The name of the terminal where nothing else is served: it delivers to itself, whoever delivers to the platforms. */
export function terminalAlone(adapters: readonly ChatAdapter[]): string | undefined {
  return adapters.length === 1 && adapters[0]!.name === "console" ? "console" : undefined;
}

/**
 * What a process that is no more left in doubt is tried at once. Everything is looked at where other rules may have moved it, or where places are
 * reached now that the one before did not reach.
 */
export async function takeOver({ store, clock, log, running }: Desk, alone: string | undefined): Promise<void> {
  const left = await store.deliveries.abandon(clock.now(), alone);
  if (left > 0)
    log.warn({ deliveries: left }, "the process before ended while it was posting: what nobody can tell is said again, and says so");
  if (alone !== undefined) return;
  const unreached = (await store.subscriptions.all()).filter(({ place }) => adapterOf({ running }, place) === null);
  if (unreached.length > 0)
    log.warn({ places: unreached.length }, "some places belong to a platform that is not served here: nothing is said there");
  const known = store.state("desk");
  const lookedBy = lookedByOf(running.adapters);
  if ((await known.get("looked-by")) === lookedBy) return;
  await store.index.wake("all");
  await known.set(`rulebook ${rulebook()}`, rulebookParts());
  await known.set("looked-by", lookedBy);
}

/** By which rules, by which reckoning of when to look again, and for which platforms, matters were looked at. */
export function lookedByOf(adapters: readonly ChatAdapter[]): string {
  return [rulebook(), WAKES, ...adapters.map(({ name }) => name).sort()].join(" ");
}

/** What a tick works with at this desk. */
export function tickHost(desk: Desk, stopping: () => boolean, posted?: TickHost["posted"]): TickHost {
  const { store, register, clock, log, probe, language, zone, sights } = desk;
  const { deliveries, subscriptions, attention, people, liveCards, access } = store;
  const index = terminalAlone(desk.running.adapters) === undefined ? store.index : privateIndex(register);
  /** One that is another desk's by now hears of nothing: what is configured stands in for it. */
  const operationsPlace = async () => {
    const named = (await store.state("desk").get("operations")) as Place | undefined;
    return named !== undefined && desk.running.owns.place(named) ? named : desk.operations;
  };
  const reviews = retentionMessages(desk, operationsPlace);
  const elsewhere = elsewhereMessages(desk, operationsPlace);
  return {
    ...{ register, deliveries, subscriptions, attention, people, index, liveCards, clock, log, probe, sights, access },
    seen: store.state("sights"),
    ...(fleetOf(desk) === null ? {} : { fleet: fleetOf(desk)! }),
    memory: freshMemory(),
    erasures: () => store.privacy.version(),
    house: { language, zone },
    alone: terminalAlone(desk.running.adapters) !== undefined,
    stopping,
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    // A place that is another desk's now is reached by nobody here: what is due there waits.
    adapterOf: (place) => (desk.running.owns.place(place) ? adapterOf(desk, place) : null),
    isElsewhere: (place) => adapterOf(desk, place) !== null && !desk.running.owns.place(place),
    direct: (person) => adapterOf(desk, person)?.direct(person) ?? null,
    languageOf: async (place) => (desk.running.owns.place(place) ? ((await adapterOf(desk, place)?.languageOf?.(place)) ?? null) : null),
    restored: restoredAt(desk),
    rulebookOf: async (id) => ((await store.state("desk").get(`rulebook ${id}`)) as RulebookParts | undefined) ?? null,
    operations: operationsPlace,
    own: async (now, head) => [
      ...(desk.canary === null ? [] : canarySingle(desk, desk.canary, now, head)),
      ...(await reviews(now, head)),
      ...(await elsewhere(now, head)),
    ],
    consent: { proposals: store.proposals, trail: store.trail, access, announcesSince: store.announcesSince, name: store.name },
    ...(posted === undefined ? {} : { posted }),
  };
}

function canarySingle({ language, zone }: Desk, place: Place, now: Instant, head: string): readonly Single[] {
  const due = canaryDue(place, zone, now);
  if (due === null) return [];
  const basis = canaryBasis(due, head, rulebook());
  return [{ place, language, due: { key: due.key, basis }, card: () => canaryCard(language, { at: now, zone }) }];
}
