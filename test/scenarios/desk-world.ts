import { expect, onTestFinished } from "vitest";
import { STORE } from "../../adapters/index.ts";
import { type Desk, openDesk } from "../../src/app/answer.ts";
import { openBelonging } from "../../src/app/belonging.ts";
import { entranceOf } from "../../src/app/desk-scope.ts";
import { openDesks, serveAs } from "../../src/app/desks.ts";
import { type Door, openDoor } from "../../src/app/door.ts";
import type { Watch } from "../../src/app/watch.ts";
import type { Role } from "../../src/ports/access.ts";
import type { Answer, ChatAdapter, PersonRef, Place } from "../../src/ports/chat.ts";
import type { Asking } from "../../src/ports/form.ts";
import type { Store } from "../../src/ports/store.ts";
import { setClock } from "../../src/time/clock.ts";
import type { Instant } from "../../src/time/instant.ts";
import { adapterOfTest } from "../app/desk-of-test.ts";

/** The law firm's own desk, to which its workspace belongs, and a client's, which has a workspace and one channel in the firm's. */
export const DESKS = ["main", "acme"] as const;
export type DeskName = (typeof DESKS)[number];

/** Of each desk a matter that everybody may see and one for the desk alone, and what only they hold; one number stands at both. */
export const HELD = {
  main: { refs: ["SAN-2023-611", "SAN-2023-633"], marks: ["Openwood", "7310", "7,310"] },
  acme: { refs: ["SAN-2023-722", "SAN-2023-744"], marks: ["Ironvale", "8420", "8,420"] },
} as const;
export const COMMON = "SAN-2023-555";
/** A reference that no matter has at any desk; as far from every other as they are from one another. */
export const ABSENT = "SAN-2023-899";

export const ROLES_HELD = ["none", "reader", "editor", "approver", "admin"] as const satisfies readonly Role[];
const WORKSPACE: Readonly<Record<DeskName, string>> = { main: "slack:T1", acme: "slack:T2" };

/** A place of that desk; in the other's workspace where `lent`. */
export const PLACE = { main: "slack:T1/C-MAIN", acme: "slack:T2/C-ACME", lent: "slack:T1/C-LENT" } as const;

export function personOf(home: DeskName, role: string): PersonRef {
  return `${WORKSPACE[home]}/U-${role}` as PersonRef;
}

export function other(desk: DeskName): DeskName {
  return desk === "main" ? "acme" : "main";
}

export interface DeskWorld {
  readonly door: Door;
  readonly store: Store;
  /** The desk of a process that serves them. */
  stores(desk: DeskName): Promise<Store>;
  asking(home: DeskName, role: string, place: string): Asking;
  type(text: string, asking: Asking): Promise<Answer>;
  /** What nobody may change who is not of the desk: its chain, who is told what, who may what. */
  state(desk: DeskName): Promise<string>;
  /** How many lines its trail has. */
  looks(desk: DeskName): Promise<number>;
}

/** Both desks in one process before one pretended platform, without loops: nothing happens but what is typed. */
export async function openDeskWorld(url = "sqlite::memory:"): Promise<DeskWorld> {
  const clock = setClock("2024-05-01T09:00:00.000Z" as Instant);
  const store = await STORE.open({ url, clock });
  onTestFinished(() => store.close());
  const faults: object[] = [];
  const log = { info: () => {}, warn: () => {}, error: (about: object) => void faults.push(about) };
  const adapter: ChatAdapter = {
    ...adapterOfTest("slack"),
    direct: (person) => `${person}/dm` as Place,
    audience: async (place) =>
      place.endsWith("/dm") ? { kind: "person", person: place.slice(0, -"/dm".length) as PersonRef } : { kind: "internal" },
  };
  const admins = DESKS.map((home) => personOf(home, "admin"));
  const house: Desk = openDesk(store, { clock, log, language: "en", zone: "Europe/Paris", admins });
  const client = await store.desk("acme");
  await store.members.assign(WORKSPACE.acme, "acme", clock.now());
  await store.members.assign(PLACE.lent, "acme", clock.now());
  const belonging = openBelonging(store.members, [adapter]);
  serveAs("main", house, [adapter], belonging);
  const unwatched = { opened: () => ({}), closed: () => undefined } as unknown as Watch;
  const desks = openDesks(house, [adapter], belonging, () => unwatched);
  const entrance = entranceOf(adapter, { desk: house, door: openDoor(house, null), desks, belonging });
  onTestFinished(() => expect(faults).toEqual([]));
  let count = 0;
  const world: DeskWorld = {
    door: entrance,
    store,
    stores: async (desk) => (desk === "main" ? store : client),
    asking: (home, role, place) => ({
      ...{ id: `asked-${++count}`, person: personOf(home, role), personName: `${home} ${role}` },
      place: (place === "dm" ? `${personOf(home, role)}/dm` : place) as Place,
    }),
    type: (text, asking) => entrance.onCommand({ ...asking, text }),
    async state(desk) {
      const { ledger, subscriptions, access, proposals, privacy, attention } = await world.stores(desk);
      const refs = [...HELD[desk].refs, COMMON].map((ref) => `CNIL:${ref}`);
      const told = [
        await ledger.head(),
        await subscriptions.all(),
        await access.version(),
        await proposals.open(),
        await privacy.version(),
      ];
      return JSON.stringify([...told, [...(await attention.of(refs))]]);
    },
    looks: async (desk) => (await (await world.stores(desk)).trail.latest(100_000)).length,
  };
  for (const home of DESKS) await fill(world, home);
  return world;
}

async function fill(world: DeskWorld, home: DeskName): Promise<void> {
  const admin = () => world.asking(home, "admin", PLACE[home]);
  const { people } = await world.stores(home);
  for (const role of ROLES_HELD) {
    await people.idOf(personOf(home, role), `${home} ${role}`);
    if (role !== "admin") await world.type(`role ${personOf(home, role)} is ${role}`, admin());
  }
  await world.type("policy --notes on", admin());
  const [name, rate] = HELD[home].marks;
  for (const [ref, visibility] of [
    [HELD[home].refs[0], "public"],
    [HELD[home].refs[1], "desk"],
    [COMMON, "public"],
  ] as const) {
    const { ledger } = await world.stores(home);
    const before = (await ledger.head()).events;
    const line = `register CNIL ${ref} "${name} SA" --title "${name} file" --kind sanction --decided 2023-12-12 --notified 2023-12-18 --item dpo --order "${name} order" --period P2M --rate ${rate} --per day --fine ${rate}00 --visibility ${visibility}`;
    const answer = await world.type(line, admin());
    if ((await ledger.head()).events === before) throw new Error(`${ref} was not registered: ${JSON.stringify(answer)}`);
  }
}
