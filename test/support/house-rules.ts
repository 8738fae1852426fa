import { posix } from "node:path";
import type { Import, Source } from "./source.ts";

/** The rooms that imports may go down, never up. exchange and ports stand beside them. */
const STAIRS = ["time", "law", "matter", "cards", "alerts", "commands", "app"] as const;

/** What each room of src may import of the others. `ports: "types"` of time and matter only. */
export function mayImport(from: string, to: string, typeOnly: boolean): boolean {
  if (from === to) return true;
  if (from === "ports") return typeOnly && (to === "time" || to === "matter");
  if (from === "exchange") return to === "time" || to === "law" || to === "matter";
  const [stair, other] = [STAIRS.indexOf(from as never), STAIRS.indexOf(to as never)];
  if (to === "exchange") return from === "commands" || from === "app";
  if (to === "ports") return stair >= STAIRS.indexOf("cards");
  return stair >= 0 && other >= 0 && other < stair;
}

/** src/law/rules/cure.ts is in the room law, adapters/chat/slack/post.ts in the adapter chat/slack. */
export function roomOf(path: string): { readonly kind: "room" | "adapter" | "other"; readonly name: string } {
  const parts = path.split("/");
  if (parts[0] === "src") return { kind: "room", name: parts.length > 2 ? parts[1]! : "" };
  if (parts[0] === "adapters") return { kind: "adapter", name: parts.slice(1, Math.min(3, parts.length - 1)).join("/") };
  return { kind: "other", name: parts[0]! };
}

/** Adapters that may use another one, and why. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  // The state that a Store hands to adapters is a Keyv in its own database.
  "store/sql": ["store/keyv"],
};

/** Packages that are at home in one place. */
const AT_HOME: readonly (readonly [RegExp, string])[] = [
  [/^luxon(\/|$)/, "src/time/"],
  [/^botbuilder(-|\/|$)/, "adapters/chat/teams/"],
  [/^@slack\//, "adapters/chat/slack/"],
  [/^(node:sqlite|kysely)(\/|$)/, "adapters/store/"],
  [/^(node-cron|prom-client)$/, "src/app/"],
];

const NETWORK = /^(node:)?(net|http|https|http2|tls|dgram|dns)(\/|$)/;
const MACHINE = /^(node:)?(process|timers|timers\/promises|perf_hooks|child_process|worker_threads|cluster|module|vm)$/;

/** What a file imports that its place forbids, in words. */
export function importFaults({ path, imports }: Pick<Source, "path" | "imports">): readonly string[] {
  return imports.flatMap((one) => importFault(path, one).map((fault) => `${path}: ${fault}`));
}

function importFault(path: string, { from, typeOnly }: Import): readonly string[] {
  if (from === "(computed)") return ["imports a name that is made at run time"];
  if (from.startsWith(".")) return relativeFault(path, posix.join(posix.dirname(path), from), typeOnly);
  const home = AT_HOME.find(([name]) => name.test(from));
  if (home !== undefined && !path.startsWith(home[1])) return [`imports ${from}, which lives in ${home[1]} only`];
  const outer = path.startsWith("adapters/") || path.startsWith("src/app/");
  if (NETWORK.test(from) && !outer && !typeOnly) return [`imports ${from}: no network outside adapters and app`];
  if (MACHINE.test(from) && !outer && !path.startsWith("src/time/")) return [`imports ${from}: the machine is not its business`];
  if (path.startsWith("src/law/") || path.startsWith("src/ports/")) return typeOnly ? [] : [`imports the package ${from}: it has none`];
  if (path.startsWith("src/matter/") && from !== "zod" && from !== "node:util") return [`imports ${from}: matter is pure`];
  return [];
}

function relativeFault(path: string, target: string, typeOnly: boolean): readonly string[] {
  const [from, to] = [roomOf(path), roomOf(target)];
  if (from.kind === "room") {
    if (to.kind === "room") return mayImport(from.name, to.name, typeOnly) ? [] : [`${from.name} imports ${to.name} (${target})`];
    return to.kind === "adapter" && from.name === "app" ? [] : [`${from.name} imports ${target}`];
  }
  if (to.kind === "room") return to.name === "ports" || to.name === "time" ? [] : [`an adapter imports ${to.name} (${target})`];
  if (to.kind === "other") return [`an adapter imports ${target}`];
  const beside = from.name === "" || from.name === to.name || to.name === "chat/shared" || BESIDE[from.name]?.includes(to.name) === true;
  return beside ? [] : [`the adapter ${from.name} imports another, ${to.name}`];
}

/** What may be asked of the machine, and where. */
const USES: readonly (readonly [string, (path: string) => boolean])[] = [
  ["process.env", (path) => path === "src/app/config.ts"],
  ...["Date.now", "new Date()", "performance.now", "process.hrtime", "process.uptime", "Temporal.Now"].map(
    (name) => [name, (path: string) => path.startsWith("src/time/")] as const,
  ),
  ...["setTimeout", "setInterval", "fetch"].map(
    (name) => [name, (path: string) => path.startsWith("adapters/") || path.startsWith("src/app/")] as const,
  ),
  ["require", () => false],
  ["Math.random", () => false],
];

/** Where a file asks the machine for what its place may not ask for. */
export function useFaults({ path, uses }: Pick<Source, "path" | "uses">): readonly string[] {
  return USES.filter(([name, allowed]) => uses.has(name) && !allowed(path)).map(([name]) => `${path}: ${name}`);
}

export const LONGEST = 250;
/** Tables of facts, whose length is that of the world. */
const TABLES: ReadonlySet<string> = new Set(["src/law/catalogue.ts"]);

export function lengthFaults({ path, lines }: Pick<Source, "path" | "lines">): readonly string[] {
  return lines > LONGEST && !TABLES.has(path) ? [`${path}: ${lines} lines`] : [];
}
