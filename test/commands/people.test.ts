import { describe, expect, test } from "vitest";
import { parseFilter, shownFilter, withAsker } from "../../src/alerts/filter.ts";
import type { Standing } from "../../src/matter/standing-types.ts";
import type { PersonRef } from "../../src/ports/chat.ts";
import { day } from "../../src/time/day.ts";
import { given, on } from "../support/given.ts";
import { ANA, sessionAt, textOf } from "./places.ts";

const TODAY = day("2024-02-22");

function matches(filter: string, standing: Standing): boolean {
  const parsed = parseFilter(filter);
  if ("refused" in parsed) throw new Error(parsed.refused);
  return parsed.matches(standing, TODAY);
}

function heldBy(assignee: string | null, owner: string | null): Standing {
  const events = [
    ...(assignee === null ? [] : [{ on: "2024-01-08", type: "assigned", to: assignee }]),
    ...(owner === null ? [] : [{ on: "2024-01-08", type: "assigned", to: owner, as: "owner" }]),
  ];
  return on(given({}, ...events), TODAY);
}

describe("filters of people", () => {
  test.each([
    ["assigned:ana", "ana", null, true],
    ["assigned:ANA", "@Ana", null, true],
    ["assigned:@ana", "ana", null, true],
    ["assigned:ana", null, "ana", false],
    ["assigned:ana", "anabel", null, false],
    ["assigned:ana", null, null, false],
    ["owner:ana", null, "ana", true],
    ["owner:ana", "ana", null, false],
    ["people:ana", "ana", null, true],
    ["people:ana", null, "@ana", true],
    ["people:ana", "ben", "eve", false],
    ["people:ana,slack:T1/U1", "slack:T1/U1", null, true],
    ["people:ana,slack:T1/U1", null, "Ana", true],
    ["people:ana,slack:T1/U1", "slack:T1/U2", null, false],
    ["assigned:Martin, Ana", "Martin, Ana", null, true],
    ["assigned:Martin, Ana,teams:29:x", "martin, ana", null, true],
    ["assigned:Martin, Ana", "Martin", null, false],
    ["assigned:É. Noël", "@é. noël", null, true],
  ])("%s on a matter assigned to %s and owned by %s: %s", (filter, assignee, owner, fits) => {
    expect(matches(filter, heldBy(assignee, owner))).toBe(fits);
  });

  test("me and mine become whoever asks; the others stay", () => {
    const asker = { name: "Ana Martin", person: "slack:T1/U1" as PersonRef };
    expect(withAsker(["mine", "Assigned:ME", "owner:me", "people:me", "assigned:ben", "respondent:me", "me"], asker)).toEqual([
      "people:Ana Martin,slack:T1/U1",
      "assigned:Ana Martin,slack:T1/U1",
      "owner:Ana Martin,slack:T1/U1",
      "people:Ana Martin,slack:T1/U1",
      "assigned:ben",
      "respondent:me",
      "me",
    ]);
    expect(shownFilter("people:Ana Martin,slack:T1/U1")).toBe("people:Ana Martin");
    expect(shownFilter("respondent:a,b:c")).toBe("respondent:a,b:c");
  });

  test("mine without anybody who asks is refused rather than looked for as a word", () => {
    expect(parseFilter("mine")).toMatchObject({ refused: "filter-whose" });
    expect(parseFilter("assigned:")).toMatchObject({ refused: "value-invalid" });
  });
});

test("answers of all these commands are given in French to who reads French", async () => {
  const session = await sessionAt("2024-02-22T11:00:00.000Z");
  const lines = {
    "watch --stages 30 --weekdays mon-fri --quiet 19:00-08:00":
      /^Ce lieu suit 2 affaires[\s\S]*Jours\u00a0: lun\., mar\., mer\., jeu\., ven\.\n/,
    watches: /mis en place par @ana le jeu\. 22 févr\. 2024/,
    "ack SAN-2024-001": /^Accusé de lecture · SAN-2024-001[\s\S]*L’étape suivante redemandera\s: ven\. 1er mars 2024/,
    "snooze SAN-2024-001 until 2024-03-01": /ne reçoit pas de rappel avant le ven\. 1er mars 2024/,
    "assign SAN-2024-001 to me --as owner": /Affaire sous la responsabilité de ana/,
    mine: /^Votre propre récapitulatif sur 1 affaire arrive par message direct/,
    "escalate --to slack:T1/C2 --after 2d": /après 2 jours sans accusé de lecture/,
    "operations here": /^Ce lieu apprend ce qui n’a pas pu être remis$/,
    undelivered: /^Tout a été remis$/,
    unwatch: /^Ce lieu ne suit plus rien/,
  };
  for (const [line, text] of Object.entries(lines)) expect(textOf(await session.type(line, { ...ANA, language: "fr" }))).toMatch(text);
});

describe("a watch by a name that several people bear", () => {
  const [FIRST, SECOND] = ["slack:T1/U7", "slack:T1/U8"] as [PersonRef, PersonRef];
  const TOLD = "Several people are called";

  test("is set up as it was typed, and says wherever it is shown that what was assigned by mention is not held", async () => {
    const session = await sessionAt("2024-02-22T11:00:00.000Z");
    await session.store.people.idOf(FIRST, "Carla");
    await session.store.people.idOf(SECOND, "carla");
    await session.ask(`assign SAN-2024-001 to ${FIRST}`, ANA);
    for (const line of ["watch assigned:Carla", "watches", "settings"]) {
      const told = await session.type(line, ANA);
      expect(textOf(told), line).toContain(TOLD);
      expect(textOf(told), line).toContain("Carla");
    }
    expect((await session.type("watches", ANA)).json).toMatchObject({ watches: [{ filters: ["assigned:Carla"], several: ["Carla"] }] });
    expect(textOf(await session.type("watches", { ...ANA, language: "fr" }))).toContain("Plusieurs personnes s’appellent");
    // As it says: typed again with a mention it is theirs, and the same watch.
    await session.type(`watch assigned:${SECOND}`, { ...ANA, mentions: [{ person: SECOND, name: "carla" }] });
    const after = await session.type("watches", ANA);
    expect(after.json).toMatchObject({ watches: [{ id: "w1" }] });
    expect(textOf(after)).not.toContain(TOLD);
    expect((await session.store.subscriptions.of(ANA.place))!.watches.map(({ filters }) => filters)).toEqual([
      [`assigned:carla,${SECOND}`],
    ]);
  });

  test("says nothing of it where the name is one person's, nobody's, or the watch knows who is meant", async () => {
    const session = await sessionAt("2024-02-22T11:00:00.000Z");
    await session.store.people.idOf(FIRST, "Carla");
    await session.type("watch assigned:Carla", ANA);
    await session.store.people.idOf(SECOND, "Carla");
    await session.type("watch assigned:nobody", ANA);
    const told = await session.type("watches", ANA);
    expect(textOf(told)).not.toContain(TOLD);
    expect(JSON.stringify(told.json)).not.toContain("several");
  });
});
