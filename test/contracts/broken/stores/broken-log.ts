import type { DeliveryKey } from "../../../../src/ports/chat.ts";
import type { Delivery, DeliveryLog } from "../../../../src/ports/delivery-log.ts";
import { type Instant, millisecondsOf } from "../../../../src/time/instant.ts";
import type { Broken } from "../../clause.ts";
import type { DeliveryLogSubject } from "../../delivery-log.ts";

/** A log of which some methods are other than they should be, on every connection. */
export function brokenLog(breaks: string, change: (log: DeliveryLog) => Partial<DeliveryLog>): Broken<DeliveryLogSubject> {
  const changed = (log: DeliveryLog): DeliveryLog => ({ ...log, ...change(log) });
  return {
    breaks,
    of: (subject) => ({
      ...subject,
      log: changed(subject.log),
      reopen: async () => changed(await subject.reopen()),
      another: async () => changed(await subject.another()),
    }),
  };
}

/** A log that lets those be posted besides, of which it should not. */
export function allowing(breaks: string, allows: (before: Delivery, at: Instant) => boolean): Broken<DeliveryLogSubject> {
  return brokenLog(breaks, (log) => ({
    async turn(settled, wanted, at) {
      const before = await log.known(wanted.map(({ key }) => key));
      const wrong = [...before.values()].filter((one) => allows(one, at)).map(({ key }) => key);
      return new Set<DeliveryKey>([...(await log.turn(settled, wanted, at)), ...wrong]);
    },
  }));
}

export function hoursBetween(from: Instant, to: Instant): number {
  return (millisecondsOf(to) - millisecondsOf(from)) / 3_600_000;
}
