import { parseMatterFile } from "../../../src/exchange/matter-file.ts";
import { decideEvent, withEvents } from "../../../src/matter/decide.ts";
import { EVENTS, type MatterEvent } from "../../../src/matter/events.ts";
import type { FiledMatter } from "../../../src/matter/facts.ts";
import type { Matter } from "../../../src/matter/history.ts";
import { matterKey } from "../../../src/matter/key.ts";
import { mergeMatter } from "../../../src/matter/merge.ts";
import { standingOn } from "../../../src/matter/standing.ts";
import type { Day } from "../../../src/time/day.ts";
import type { Instant } from "../../../src/time/instant.ts";
import type { Answer } from "./model.ts";

/** No event of a random matter is later. */
export const TODAY = "2026-11-20" as Day;

/** The matter as its file is read and taken in; throws where it is refused. */
export function readMatter(filed: object): { readonly filed: FiledMatter; readonly matter: Matter } {
  const read = parseMatterFile("random.json", JSON.stringify({ matters: [filed] }, null, 2));
  if ("problems" in read) throw new Error(`the file is refused: ${JSON.stringify(read.problems)}`);
  const matter = read.parsed.matters[0]!;
  const { merge, problems } = mergeMatter(matter, null, TODAY);
  if (merge === null || problems.length > 0) throw new Error(`the matter is refused: ${JSON.stringify(problems)}`);
  const at = "2026-11-20T12:00:00.000Z" as Instant;
  const key = matterKey(merge.facts.authority, merge.facts.ref);
  const filled = [{ recordedAt: at, facts: merge.facts }];
  const bare: Matter = { key, facts: merge.facts, filled, events: [], version: 1, registeredAt: at, registration: "c1" };
  return { filed: matter, matter: withEvents(bare, merge.events) };
}

/** Whether the register takes the event after all that it holds. */
export function takes(matter: Matter, event: object): Matter | null {
  const parsed = EVENTS[(event as MatterEvent).type].safeParse(event);
  if (!parsed.success || decideEvent(matter, parsed.data as MatterEvent, TODAY) !== null) return null;
  return withEvents(matter, [parsed.data as MatterEvent]);
}

/** What the product says, in the model's words. */
export function productOn(matter: Matter, on: string): Answer {
  const { items, fines } = standingOn(matter, on as Day);
  return {
    items: items.map((item) => ({
      id: item.id,
      state: item.state,
      expiry: item.expiry,
      expiryTime: item.expiryTime,
      firstPenaltyDay: item.firstPenaltyDay,
      units: item.units,
      unitsMax: item.unitsMax,
      theoretical: item.theoretical?.minor ?? null,
      theoreticalMax: item.theoreticalMax?.minor ?? null,
      fixed: item.fixed.minor,
      paid: item.paid.minor,
      open: item.open?.minor ?? null,
      refundDue: item.refundDue.minor,
      conditional: item.conditional,
      ifRefused: item.ifRefused === null ? null : { units: item.ifRefused.units, theoretical: item.ifRefused.theoretical?.minor ?? null },
      capReached: item.capReached,
    })),
    fines: fines.map(({ id, amount, paid, refundDue }) => ({
      id,
      amount: amount?.minor ?? null,
      paid: paid.minor,
      refundDue: refundDue.minor,
    })),
  };
}
