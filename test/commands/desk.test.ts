import { describe, expect, test } from "vitest";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import { type Session, sessionOfTest } from "../support/session.ts";

const IN_CHAT = { person: "slack:T1/U1" as PersonRef, personName: "ana", place: "slack:T1/C1" as Place };
const PLACE = "slack:T1/C2";
const TENANT = "8f6b2c1e-5d2a-4e0b-9a53-0f3f1f9f2d11";

async function refusal({ type }: Session, line: string): Promise<string> {
  const { status, errors } = await type(line);
  if (status === 0) throw new Error(`${line} was done`);
  return errors.join("\n");
}

async function withAcme(): Promise<Session> {
  const session = await sessionOfTest();
  await session.ask("desk add acme");
  return session;
}

describe("desk", () => {
  test("makes a desk once, and none by the name of a workspace's own", async () => {
    const session = await withAcme();
    expect(await session.store.desks()).toEqual(["acme", "main"]);
    expect(await refusal(session, "desk add acme")).toBe("There is a desk acme already");
    expect(await refusal(session, "desk add slack-t9")).toMatch(/workspaces’ own desks/);
    for (const name of ["Acme", "a_b", "-a", "a".repeat(64)])
      expect(await refusal(session, `desk add ${name}`), name).toBe(
        `"${name}" cannot be a desk’s name: write 1 to 63 of a-z, 0-9 and -, the first of them a letter or a digit, such as acme`,
      );
    expect(await refusal(session, 'desk add ""')).toContain("write acme, slack:T012AB3C4, slack:T012AB3C4/C012AB3C4");
    expect(await session.store.desks()).toEqual(["acme", "main"]);
  });

  test("gives workspaces and places to desks that there are, as their adapters name them", async () => {
    const session = await withAcme();
    const conversations = ["19:aBc@thread.tacv2", "19:aBc@thread.skype", "19:a_b-c@unq.gbl.spaces"];
    const ofTeams = (tenant: string) => [`teams:${tenant}`, ...conversations.map((one) => `teams:${tenant}/${one}`)];
    for (const member of ["slack:T1", PLACE, "slack:T1/G2", ...ofTeams(TENANT.toUpperCase())])
      await session.ask(`desk assign ${member} acme`);
    expect(await session.store.members.all()).toEqual(
      new Map(["slack:T1", PLACE, "slack:T1/G2", ...ofTeams(TENANT)].map((member) => [member, "acme"])),
    );
    expect(await refusal(session, "desk assign slack:T9 acmee")).toBe("There is no desk acmee; there are: acme, main");
    for (const member of [
      "slack:t1",
      "slack:T1/",
      "T1",
      "console:terminal",
      "teams:",
      `teams:${TENANT}/19:x@thread.tacv2;messageid=1`,
      "slack:T1/C2/1.0",
    ])
      expect(await refusal(session, `desk assign ${member} acme`), member).toContain("cannot be a workspace or a place");
    expect(await session.store.members.version()).toBe(7);
  });

  test("takes nothing that can be no workspace and no place, however alike it looks", async () => {
    const session = await withAcme();
    for (const member of [
      "slack:C012AB3C4",
      "slack:U012AB3C4",
      "slack:D1",
      "slack:E1",
      "slack:T1/T1",
      "slack:C1/C1",
      "teams:contoso.com",
      "teams:contoso.com/19:X@thread.tacv2",
      "teams:x/../y",
      `teams:${TENANT}/28:bot`,
      `teams:${TENANT}/19:team`,
    ]) {
      const said = await refusal(session, `desk assign ${member} acme`);
      expect(said, member).toMatch(/cannot be a workspace or a place: write slack:T012AB3C4 .*teams:8f6b2c1e/);
      expect(await refusal(session, `desk release ${member}`), member).toBe(said);
    }
    expect(await session.store.members.version()).toBe(0);
  });

  test("says where no desk has set anything up, as with an id that was mistyped", async () => {
    const session = await withAcme();
    const { cards, json } = await session.type(`desk assign ${PLACE} acme`);
    expect([JSON.stringify(cards), json]).toEqual([
      expect.stringContaining("No desk has set anything up there so far"),
      expect.objectContaining({ unused: true }),
    ]);
    await session.ask("watch", { ...IN_CHAT, place: "slack:T1/C3" as Place });
    expect(JSON.stringify((await session.type("desk assign slack:T1/C3 acme")).cards)).not.toContain("No desk has set");
  });

  test("gives nobody's own conversation away", async () => {
    const session = await withAcme();
    for (const member of ["slack:T1/U1", "slack:T1/W1", "slack:T1/D1", `teams:${TENANT}/person:oid`, `teams:${TENANT}/a:1x`])
      expect(await refusal(session, `desk assign ${member} acme`), member).toContain("a person’s own conversation");
    expect(await session.store.members.all()).toEqual(new Map());
  });

  test("gives nothing that is another desk's, and says whose it is and what to write first", async () => {
    const session = await withAcme();
    await session.ask(`desk assign ${PLACE} acme`);
    expect(await refusal(session, `desk assign ${PLACE} main`)).toBe(
      `${PLACE} belongs to the desk acme: write desk release ${PLACE} first`,
    );
    expect(await session.ask(`desk assign ${PLACE} acme`)).toMatchObject({ changed: false });
    expect(await session.ask(`desk release ${PLACE}`)).toMatchObject({ desk: "acme", released: true });
    expect(await refusal(session, `desk release ${PLACE}`)).toContain("was given to no desk");
    expect(await session.ask(`desk assign ${PLACE} main`)).toMatchObject({ changed: true });
    expect((await session.store.members.given(PLACE)).map(({ desk }) => desk)).toEqual(["acme", null, "main"]);
  });

  test("tells which desk had set something up there, and that it keeps what it holds", async () => {
    const session = await withAcme();
    for (const channel of ["C1", "C2"]) await session.ask("watch", { ...IN_CHAT, place: `slack:T1/${channel}` as Place });
    const { cards } = await session.type(`desk assign ${PLACE} acme`);
    expect(JSON.stringify(cards)).toMatch(
      /desk main has 1 place with 1 watch there.*what is due waits.*stay with the desk that holds them.*within ten seconds/s,
    );
    // The channel has an entry of its own, and is not the workspace's any more.
    expect(await session.ask("desk assign slack:T1 acme")).toMatchObject({ former: [{ desk: "main", places: 1, watches: 1 }] });
  });

  test("lists every desk with what was given to it and how much it holds", async () => {
    const session = await withAcme();
    await session.ask('register CNIL SAN-1 "One" --kind sanction --decided 2020-01-02');
    await session.ask(`desk assign ${PLACE} acme`);
    expect(await session.ask("desk")).toMatchObject({
      desks: [
        { desk: "acme", members: [{ member: PLACE, since: session.clock.now() }], matters: 0, events: 0, watches: 0 },
        { desk: "main", members: [], matters: 1, events: 1 },
      ],
    });
  });

  test("asks for what a line lacks, and takes no word too many", async () => {
    const session = await withAcme();
    expect(await refusal(session, "desk add")).toBe("Missing: NAME. Write: desk add NAME");
    expect(await refusal(session, "desk assign")).toBe("Missing: MEMBER. Write: desk assign MEMBER NAME");
    expect(await refusal(session, `desk assign ${PLACE}`)).toBe("Missing: NAME. Write: desk assign MEMBER NAME");
    expect(await refusal(session, `desk release ${PLACE} acme`)).toBe("One word too many: acme. Write: desk release MEMBER");
    expect(await refusal(session, "desk drop acme")).toContain("add, assign, release");
  });
});

describe("in a chat", () => {
  test("nobody says or learns what belongs to which desk", async () => {
    const { type, store } = await sessionOfTest({ readOnlyInChat: true, admins: [IN_CHAT.person] });
    for (const line of ["desk", "desk add acme", `desk assign ${PLACE} main`, "verify --all-desks"]) {
      const { status, errors } = await type(line, IN_CHAT);
      expect([status, errors.join()], line).toEqual([1, expect.stringContaining("works in a terminal only")]);
    }
    expect([await store.desks(), await store.members.version()]).toEqual([["main"], 0]);
  });
});

describe("verify --all-desks", () => {
  test("checks every chain and names the desks", async () => {
    const session = await withAcme();
    await session.ask('register CNIL SAN-1 "One" --kind sanction --decided 2020-01-02');
    expect(await session.ask("verify --all-desks")).toMatchObject({
      ok: true,
      desks: [
        { desk: "acme", ok: true, events: 0 },
        { desk: "main", ok: true, events: 1 },
      ],
    });
    expect(await refusal(session, "verify --all-desks --head abcdef")).toContain("one desk’s chain");
  });
});
