import type { Ending } from "../ending.ts";
import type { Progress } from "../progress.ts";
import type { Report } from "../report.ts";
import { type Costs, costsOf } from "./measures.ts";
import { ROWS } from "./model.ts";
import { filledRegister, type Ground, sqliteGround } from "./registers.ts";

export const SIZES: readonly number[] = [10_000, 100_000, 1_000_000];

/** How large, and on which database. */
export interface Scaled {
  readonly sizes: readonly number[];
  readonly on: "sqlite" | "postgres";
}

/** What was typed; null where it cannot be read: sizes are thousands of matters, growing. */
export function scaledOf(sizes: string, on: string): Scaled | null {
  const read = sizes.split(",").map(Number);
  const isGrowing = read.every((size, index) => Number.isInteger(size / 1_000) && size > (read[index - 1] ?? 0));
  return isGrowing && (on === "sqlite" || on === "postgres") ? { sizes: read, on } : null;
}

/** What may grow by no more than that while the register grows to ten times its size. */
const FLAT = 1.5;

const MEASURED = [
  ["tick", "a tick that says 100 reminders"],
  ["show", "show, from the system's memory"],
  ["showDisk", "show, from the disk"],
  ["listDue", "list due:60d (100 matters)"],
  ["listNamed", "list respondent:…"],
  ["digest", "digest"],
  ["import", "import, a matter"],
] as const;

const PROMISED = [
  ["tick", "a tick"],
  ["show", "show from the system's memory"],
  ["showDisk", "show from the disk"],
  ["import", "each matter of an import"],
] as const;

interface Sized {
  readonly matters: number;
  readonly costs: Costs;
  readonly appended: readonly [number, number];
}

/** What it costs to work with a register, at several sizes. */
export async function scale(sizes: readonly number[], ending: Ending, progress: Progress, ground?: Ground): Promise<Report> {
  const on = ground ?? (await sqliteGround(ending));
  const found: Sized[] = [];
  const say = spokenWell(progress);
  for (const matters of sizes) {
    const filled = await filledRegister(on, matters, say);
    found.push({ matters, costs: await costsOf(filled, say), appended: filled.appended });
    await filled.close();
  }
  return reportOf(on.name, found);
}

/** Where nobody looks at a terminal, a line now and then: the largest register takes hours. */
function spokenWell(progress: Progress): (text: string) => void {
  let told = "";
  let count = 0;
  return (text) => {
    progress.now(`scale: ${text}`);
    const kind = text.replace(/\d+$/, "");
    count = kind === told ? count + 1 : 0;
    told = kind;
    if (!process.stderr.isTTY && count % 100 === 0) process.stderr.write(`${text}\n`);
  };
}

function reportOf(name: string, found: readonly Sized[]): Report {
  // What a database cannot tell, it tells at no size.
  const measured = MEASURED.filter(([key]) => found.every(({ costs }) => costs[key] !== null));
  const slopes = (key: keyof Costs) => found.slice(1).map(({ costs }, index) => costs[key]! / found[index]!.costs[key]!);
  const row = (text: string, key: keyof Costs, digits: number) => [
    text,
    ...found.map(({ costs }) => costs[key]!.toFixed(digits)),
    ...slopes(key).map((slope) => `× ${slope.toFixed(2)}`),
  ];
  const sizes = found.map(({ matters }) => matters.toLocaleString("en"));
  const steps = found.slice(1).map(({ matters }, index) => matters / found[index]!.matters);
  const promises = steps.flatMap((step, index) =>
    PROMISED.filter(([key]) => measured.some(([one]) => one === key)).map(([key, what]) => {
      const slope = slopes(key)[index]!;
      return {
        promise: `${what} takes at most ${FLAT} times as long in ${sizes[index + 1]} matters as in ${sizes[index]} (${step} times fewer)`,
        found: `${slope.toFixed(2)} times`,
        kept: slope <= FLAT,
      };
    }),
  );
  return {
    title: `A register that grows, on ${name}: ${ROWS} events a matter, milliseconds`,
    table: [
      ["matters", ...sizes, ...steps.map((step) => `× ${step}`)],
      ...measured.map(([key, text]) => row(text, key, key === "import" ? 3 : key.startsWith("show") ? 2 : 1)),
      row("memory, MB", "memory", 0),
      ["events", ...found.map(({ matters }) => (matters * ROWS).toLocaleString("en")), ...steps.map(() => "")],
      ["appended a second, first tenth", ...found.map(({ appended }) => appended[0].toFixed(0)), ...steps.map(() => "")],
      ["appended a second, last tenth", ...found.map(({ appended }) => appended[1].toFixed(0)), ...steps.map(() => "")],
    ],
    promises,
    data: { on: name, sizes: found },
  };
}
