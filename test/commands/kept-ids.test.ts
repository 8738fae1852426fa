import { describe, expect, test } from "vitest";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import { ANA, consentDesk, KEY } from "./consent-desk.ts";
import { DESK, guardedDesk, PEOPLE, SECRET } from "./guarded-desk.ts";

/** What Teams gives a press in a chat of two: both people's ids in the directory. */
const PAIR = "19:0b7c5d0a-1111-4222-8333-944455556666_1c8d6e1b-aaaa-4bbb-8ccc-9dddeeeeffff@unq.gbl.spaces/1:press";

describe("what is kept for ever", () => {
  test("holds a digest of a platform's id of a command, by which a retry is still recorded once", async () => {
    const desk = await consentDesk();
    const line = "paid SAN-2023-018 --on 2024-04-30 --amount 10 --for fine";
    await desk.type(line, { ...ANA, id: PAIR });
    // Another process answers the retry: it knows the register alone.
    await desk.type(line, { ...ANA, id: PAIR, place: "slack:T1/C9" as Place });
    const rows = await desk.desk.store.ledger.read(KEY);
    expect(rows.filter(({ type }) => type === "paid")).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain("0b7c5d0a");
    expect(rows.every(({ commandId }) => /^[0-9a-f]{64}$/.test(commandId))).toBe(true);
  });

  test("names a person's own conversation by its platform alone, whatever the platform calls it", async () => {
    const own = "slack:T1/D0ALPHA" as Place;
    const desk = await consentDesk({
      audience: (place) => (place === own ? { kind: "person", person: ANA.person as PersonRef } : { kind: "internal" }),
    });
    await desk.type("paid SAN-2023-018 --on 2024-04-30 --amount 10 --for fine", { ...ANA, place: own });
    expect((await desk.traces()).at(-1)).toMatchObject({ action: "recorded", verb: "paid", from: "slack" });
    expect(JSON.stringify(await desk.desk.store.trail.latest(50))).not.toContain("D0ALPHA");
  });
});

test("an erasure of a person counts the assignments that whoever asks can see, and erases the others too", async () => {
  const desk = await guardedDesk();
  for (const key of [DESK, SECRET]) await desk.as("editor", `assigned ${key} --on 2024-05-01 --to ${PEOPLE.reader}`, "alone");
  await desk.as("editor", `dismiss ${SECRET} ${PEOPLE.reader}`, "alone");
  const line = `erase person ${PEOPLE.reader} --because request`;
  expect(await desk.told("admin", line, "alone")).toContain("1 assignment");
  const version = await desk.desk.store.privacy.version();
  expect(await desk.told("admin", `${line} --confirmed ${version}`, "alone")).toContain("1 assignment erased");
  const [trace] = (await desk.desk.store.trail.latest(20)).filter(({ action }) => action === "erased");
  expect(trace?.detail.texts).toBe(1);
  expect(JSON.stringify(await desk.desk.store.ledger.read(SECRET))).not.toContain("UREADER");
});
