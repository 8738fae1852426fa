import type { Appended, Ledger } from "../../../../src/ports/ledger.ts";

/** Looks whether the append would be refused, then writes each entry in a transaction of its own. */
export function rowByRow(ledger: Ledger): Ledger {
  return {
    ...ledger,
    async append(streams, stamp, ...more) {
      if (streams.length < 2 || (await isRefused(ledger, streams))) return ledger.append(streams, stamp, ...more);
      let appended: Appended | undefined;
      for (const { stream, expectedVersion, entries } of streams) {
        for (const [index, entry] of entries.entries()) {
          // The first carries the command's own id, by which a retry is known.
          const commandId = appended === undefined ? stamp.commandId : `${stamp.commandId}, ${stream} ${index}`;
          appended = await ledger.append([{ stream, expectedVersion: expectedVersion + index, entries: [entry] }], { ...stamp, commandId });
          if (!appended.ok || appended.repeated) return appended;
        }
      }
      return appended!;
    },
  };
}

async function isRefused(ledger: Ledger, streams: Parameters<Ledger["append"]>[0]): Promise<boolean> {
  for (const { stream, expectedVersion, entries } of streams) {
    const held = await ledger.read(stream);
    const ids = new Set([...held, ...entries].map((one) => one.eventId));
    if (held.length !== expectedVersion || ids.size < held.length + entries.length) return true;
  }
  return false;
}
