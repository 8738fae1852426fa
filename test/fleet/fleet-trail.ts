import type { DeliveryKey, Place } from "../../src/ports/chat.ts";
import { instantOf } from "../../src/time/instant.ts";
import { basisOf, COLUMNS, outcomeOf, type TrailRow } from "../faults/durable-trail.ts";
import type { Ask, Claiming } from "../faults/evidence.ts";
import type { Postgres } from "../support/postgres.ts";

/**
 * From now on the database itself keeps every claim and what it was settled as, in the very transactions in which they are written, with the moment
 * by its own clock: those of the processes may differ.
 */
export async function keepFleetTrail(postgres: Postgres, url: string): Promise<void> {
  const names = COLUMNS.split(", ");
  await postgres.query(
    url,
    `create table fault_trail (number bigint generated always as identity, noted double precision, doubts integer, ${names.map((name) => `${name} text`).join(", ")});
     create function fault_trail() returns trigger language plpgsql as $$ begin
       insert into fault_trail (noted, doubts, ${COLUMNS}) values (extract(epoch from clock_timestamp()) * 1000, new.doubts, ${names.map((name) => `new.${name}`).join(", ")});
       return null;
     end $$;
     create trigger fault_trail_claimed after insert on delivery for each row execute function fault_trail();
     create trigger fault_trail_changed after update on delivery for each row
       when (old.attempts <> new.attempts or old.doubts <> new.doubts or old.outcome is distinct from new.outcome) execute function fault_trail();`,
  );
}

/** The clocks of two processes of one machine agree within so many milliseconds. */
const AGREE = 10;

export interface FleetTrail {
  /** In order. */
  readonly claimings: readonly Claiming[];
  /** What was learned of a message after its claim was over: that it stands, from the platform or from whoever had posted it after all, or that it does not. */
  readonly asks: readonly Ask[];
}

/** What the database kept. */
export async function readFleetTrail(postgres: Postgres, url: string): Promise<FleetTrail> {
  const rows = await postgres.query(url, "select * from fault_trail order by noted, number");
  const claimings: Claiming[] = [];
  const asks: Ask[] = [];
  const open = new Map<string, number>();
  for (const row of rows as unknown as readonly (TrailRow & { readonly noted: number; readonly doubts: number })[]) {
    if (row.outcome === null) {
      const moment = Math.floor(row.noted) - AGREE;
      open.set(row.key, claimings.length);
      claimings.push({
        moment,
        at: instantOf(moment),
        key: row.key as DeliveryKey,
        message: messageOf(row),
        basis: basisOf(row),
        settled: null,
      });
      continue;
    }
    const index = open.get(row.key);
    if (index === undefined) {
      const known = { moment: Math.ceil(row.noted) + AGREE, place: row.place as Place, once: messageOf(row) };
      if (row.outcome === "delivered") asks.push({ ...known, answer: "shown" });
      else if (row.outcome === "unknown" && row.doubts === 0) asks.push({ ...known, answer: "not-shown" });
      continue;
    }
    const moment = Math.ceil(row.noted) + AGREE;
    claimings[index] = { ...claimings[index]!, settled: { moment, at: instantOf(moment), outcome: outcomeOf(row) } };
    open.delete(row.key);
  }
  return { claimings, asks };
}

function messageOf({ key, message }: TrailRow): DeliveryKey {
  return (message === "" ? key : message) as DeliveryKey;
}
