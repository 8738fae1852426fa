import { tick } from "../../src/alerts/tick.ts";
import { stopwatch } from "../../src/time/clock.ts";
import { addDays } from "../../src/time/day.ts";
import { momentOf } from "../../src/time/instant.ts";
import { spreadOf } from "../figures.ts";
import { ask } from "./asking.ts";
import { DUE, EXPIRY, figuresOf, filedMatter, mattersOf, refOf } from "./model.ts";
import { type Filled, type Say, ZONE } from "./registers.ts";

/** Medians in milliseconds, but for the last. */
export interface Costs {
  readonly tick: number;
  /** What the system has in its memory, as far as it fits; and what it has to bring from the disk, where that can be had. */
  readonly show: number;
  readonly showDisk: number | null;
  /** By a deadline, which the rows tell, and by a name, for which the names are looked through. */
  readonly listDue: number;
  readonly listNamed: number;
  readonly digest: number;
  /** For each matter. */
  readonly import: number;
  /** Megabytes that the process holds after all of that. */
  readonly memory: number;
}

const STAGES = [30, 14, 7, 3, 1, 0];
const SHOWN = 400;
const CHECKED = 50;
const IMPORTED = 1_000;
const IMPORTS = 3;

export async function costsOf(filled: Filled, say: Say): Promise<Costs> {
  const about = (what: string) => say(`${filled.matters} matters: ${what}`);
  about("checking answers");
  for (let index = 0; index < CHECKED; index++) await checkShown(filled, drawn(filled, index));
  about("show");
  const shown = (from: number) => repeated(SHOWN, (index) => ask(filled.desk, `show ${refOf(drawn(filled, from + index))}`));
  await filled.memory?.keep();
  const show = await shown(CHECKED);
  about("list");
  const listDue = await repeated(3, () => listed(filled, "list due:60d", DUE));
  const listNamed = await repeated(1, () => listed(filled, `list "respondent:Respondent 777 SA"`, mattersOf(777, filled.matters)));
  about("digest");
  const digest = await repeated(1, () => digested(filled));
  about("tick");
  const ticks: number[] = [];
  for (const [index, stage] of STAGES.entries()) {
    const milliseconds = await ticked(filled, stage);
    // The first begins the cards.
    if (index > 0) ticks.push(milliseconds);
  }
  about("import");
  const imports = await repeated(IMPORTS, (round) => imported(filled, round));
  const memory = process.memoryUsage().rss / 2 ** 20;
  about("show from the disk");
  // Last, since whatever is asked next would come from the disk as well.
  await filled.memory?.drop();
  const showDisk = filled.memory === null ? null : await shown(CHECKED + SHOWN);
  return {
    tick: spreadOf(ticks).median,
    show,
    showDisk,
    listDue,
    listNamed,
    digest,
    import: imports / IMPORTED,
    memory,
  };
}

/** Spread over the register, no matter twice: 7919 is prime to every size. */
function drawn({ matters }: Filled, index: number): number {
  return (index * 7_919 + 13) % matters;
}

async function repeated(times: number, run: (index: number) => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let index = 0; index < times; index++) {
    const began = stopwatch();
    await run(index);
    took.push(stopwatch() - began);
  }
  return spreadOf(took).median;
}

async function checkShown({ desk, matters }: Filled, index: number): Promise<void> {
  type Shown = {
    readonly ref: string;
    readonly state: string;
    readonly items: readonly {
      readonly expiry: string;
      readonly theoretical: { readonly amount: string } | null;
      readonly paid: { readonly amount: string };
    }[];
  };
  const { ref, state, items } = (await ask(desk, `show ${refOf(index)}`)) as Shown;
  const found = { state, expiry: items[0]?.expiry, theoretical: items[0]?.theoretical?.amount, paid: items[0]?.paid.amount };
  const wanted = figuresOf(index, matters);
  if (ref !== refOf(index) || JSON.stringify(found) !== JSON.stringify(wanted))
    throw new Error(`${refOf(index)} of ${matters}: shown ${ref} ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
}

async function listed({ desk }: Filled, line: string, wanted: number): Promise<void> {
  const { total } = (await ask(desk, line)) as { readonly total: number };
  if (total !== wanted) throw new Error(`${line}: ${total} matters, not ${wanted}`);
}

async function digested({ desk, matters }: Filled): Promise<void> {
  const { watched } = (await ask(desk, "digest")) as { readonly watched: number };
  if (watched !== matters) throw new Error(`the digest watched ${watched} matters, not ${matters}`);
}

async function ticked({ clock, store, host, said }: Filled, stage: number): Promise<number> {
  clock.set(momentOf(ZONE, addDays(EXPIRY, -stage), "09:00"));
  const before = said.length;
  const began = stopwatch();
  const { looked } = await tick(host);
  const took = stopwatch() - began;
  if (looked !== DUE || said.length - before !== DUE)
    throw new Error(`${stage} days before: looked at ${looked}, said ${said.length - before}, not ${DUE}`);
  const { later, unknown, never, claimed } = await store.deliveries.tally();
  if (later + unknown + never + claimed > 0) throw new Error(`${stage} days before: not all was delivered`);
  return took;
}

/** Matters that are not there yet, as a file of the user's. */
async function imported({ desk, matters }: Filled, round: number): Promise<void> {
  const filed = Array.from({ length: IMPORTED }, (_, index) => ({
    ...filedMatter(index * 10, matters * 10),
    ref: `NEW-${round}-${index}`,
  }));
  const files = new Map([["new.json", JSON.stringify({ matters: filed })]]);
  const { registered } = (await ask(desk, "import new.json", files)) as { readonly registered: readonly string[] };
  if (registered.length !== IMPORTED) throw new Error(`${registered.length} matters were imported, not ${IMPORTED}`);
}
