/**
 * `node --import ./test/fleet/shifted-clock.ts?by=60000 …`: everything in that process, its libraries too, reads a machine's clock that is so many
 * milliseconds ahead, or behind where it is negative. What runs by elapsed time is as it was.
 */
const by = Number(new URL(import.meta.url).searchParams.get("by") ?? Number.NaN);
if (!Number.isInteger(by)) throw new Error("shifted-clock.ts?by=MILLISECONDS");

const Machine = Date;
const now = () => Machine.now() + by;
globalThis.Date = new Proxy(Machine, {
  construct: (date, given, target) => Reflect.construct(date, given.length === 0 ? [now()] : given, target),
  apply: () => new Machine(now()).toString(),
  get: (date, name) => (name === "now" ? now : Reflect.get(date, name)),
});
