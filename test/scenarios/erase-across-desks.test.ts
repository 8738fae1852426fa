import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { conversationsIn } from "../../adapters/chat/teams/conversations.ts";
import { STORE } from "../../adapters/index.ts";
import type { PersonRef } from "../../src/ports/chat.ts";
import type { Store } from "../../src/ports/store.ts";
import { systemClock } from "../../src/time/clock.ts";
import type { Instant } from "../../src/time/instant.ts";
import { stamp, to } from "../contracts/ledger-fixtures.ts";
import { ALPHA, BETA, type TwoWorkspaces, twoWorkspaces } from "./two-workspaces.ts";

const NOW = "2026-11-22T12:00:00.000Z" as Instant;

async function storeOfTest(): Promise<Store> {
  const store = await STORE.open({ url: "sqlite::memory:" });
  onTestFinished(() => store.close());
  return store;
}

async function met(store: Store, ref: string): Promise<string> {
  return store.people.idOf(ref as PersonRef, ref);
}

function erase(store: Store, person: string) {
  return store.privacy.erase([{ kind: "person", person }], "p9", NOW, "request");
}

describe("an administrator of one workspace", () => {
  async function bothInstalled(): Promise<TwoWorkspaces> {
    const two = await twoWorkspaces();
    for (const team of [ALPHA, BETA]) await two.install(team);
    await two.register();
    const beta = await two.store.desk("slack-t0beta");
    const by = await met(beta, "slack:T0BETA/U0BETA");
    await beta.access.grant({ person: by, role: "admin", by, at: systemClock.now() });
    return two;
  }

  function installations({ file }: TwoWorkspaces): readonly string[] {
    const raw = new DatabaseSync(file, { readOnly: true });
    const rows = raw.prepare("SELECT key FROM keyv WHERE key LIKE 'slack:slack/install%' ORDER BY key").all();
    raw.close();
    return rows.map(({ key }) => String(key));
  }

  const ALL = ["installation/T0ALPHA", "installation/T0BETA", "installations", "installed"].map((key) => `slack:slack/${key}`);

  test("cannot take a workspace for a person, neither their own nor another's", async () => {
    const two = await bothInstalled();
    for (const team of [ALPHA, BETA]) {
      for (const line of [`role slack:T0BETA/${team} is reader`, `erase person slack:T0BETA/${team} --because request`]) {
        const { messages } = await two.people[BETA].types(line);
        expect(messages.join(), line).toMatch(/nobody of that name is known/);
      }
    }
    expect(installations(two)).toEqual(ALL);
  });

  test("removes no installation though a workspace was taken for a person before", async () => {
    const two = await bothInstalled();
    const beta = await two.store.desk("slack-t0beta");
    for (const team of [ALPHA, BETA]) await erase(beta, await met(beta, `slack:T0BETA/${team}`));
    expect(installations(two)).toEqual(ALL);
    expect((await two.people[ALPHA].types("show SAN-2020-001")).messages.join()).toContain("Aardvark");
  });
});

describe("who is erased at a desk of Slack", () => {
  test("takes along what is kept of them where their workspace, or the place, is the desk's, and nothing of another desk's", async () => {
    const house = await storeOfTest();
    const acme = await house.desk("acme");
    await house.members.assign("slack:T2", "acme", NOW);
    await house.members.assign("slack:T1/C9", "acme", NOW);
    const slack = house.state("slack");
    const ofFirm = ["direct/T1/U5", "person/T1/U5", "draft/T1/U5/C1/note"];
    const ofAcme = ["draft/T1/U5/C9/note", "person/T2/U5"];
    for (const key of [...ofFirm, ...ofAcme]) await slack.set(`slack/${key}`, key.startsWith("direct") ? "D5" : { key });
    await slack.set("slack/whose/T1/D5", "U5");
    await slack.set('slack/parts/["slack:T1/U5","reminder"]', { where: { channel: "D5" } });
    await slack.set("slack/audience/T1/D5", { value: { kind: "person", person: "slack:T1/U5" } });
    await slack.set("slack/audience/T1/C1", { value: { kind: "internal" }, of: "U5" });
    const held = async () => {
      const found: string[] = [];
      for (const key of [...ofFirm, ...ofAcme, "whose/T1/D5", 'parts/["slack:T1/U5","reminder"]', "audience/T1/D5", "audience/T1/C1"])
        if ((await slack.get(`slack/${key}`)) !== undefined) found.push(key);
      return found;
    };
    await erase(acme, await met(acme, "slack:T1/U5"));
    expect(await held()).toEqual([...ofFirm, "whose/T1/D5", 'parts/["slack:T1/U5","reminder"]', "audience/T1/D5", "audience/T1/C1"]);
    await erase(house, await met(house, "slack:T1/U5"));
    expect(await held()).toEqual(["audience/T1/C1"]);
  });

  test("leaves what others have half written at another desk, whatever text is erased", async () => {
    const house = await storeOfTest();
    const acme = await house.desk("acme");
    await house.members.assign("slack:T2", "acme", NOW);
    const slack = house.state("slack");
    for (const team of ["T1", "T2"]) await slack.set(`slack/draft/${team}/U1/C1/note`, { text: ["Ada Exemple"] }, 3_600_000);
    const proposal = await acme.proposals.propose({
      ...{ stream: "alpha", version: 1, event: {}, texts: { because: "Ada Exemple" } },
      ...{ by: "p1", at: NOW, place: null, expiresAt: NOW },
    });
    await acme.ledger.append([to("alpha", 0, "e1")], stamp("c1"));
    const what = { kind: "text", stream: "alpha", eventId: `proposal:${proposal.id}`, path: "because" } as const;
    expect(await acme.privacy.erase([what], "p9", NOW, "request")).toMatchObject({ erased: [{ what }] });
    expect([await slack.get("slack/draft/T1/U1/C1/note"), await slack.get("slack/draft/T2/U1/C1/note")]).toEqual([
      { text: ["Ada Exemple"] },
      undefined,
    ]);
  });
});

describe("who is erased at a desk of Teams", () => {
  const TENANT = "8f6b2c1e-5d2a-4e0b-9a53-0f3f1f9f2d11";
  const LAWYER = "11111111-2222-4333-8444-555555555555";
  const [CHANNEL, OWN] = ["19:firm@thread.tacv2", "a:1own"];

  async function firm() {
    const store = await storeOfTest();
    const conversations = conversationsIn(store.state("teams"));
    const at = { tenant: TENANT, serviceUrl: "https://smba.example", bot: "28:b" };
    await conversations.keep({ ...at, conversation: CHANNEL!, team: "19:team" });
    await conversations.keep({ ...at, conversation: OWN! }, { person: LAWYER });
    await store.state("teams").set("account/29:lawyer", LAWYER);
    return { store, acme: await store.desk("acme"), conversations };
  }

  test("keeps their conversation with the desk of their tenant", async () => {
    const { store, acme, conversations } = await firm();
    await store.members.assign(`teams:${TENANT}/19:lent@thread.tacv2`, "acme", NOW);
    await erase(acme, await met(acme, `teams:${LAWYER}`));
    expect(await conversations.ofPerson(LAWYER)).toMatchObject({ conversation: OWN });
    expect(await store.state("teams").get("account/29:lawyer")).toBe(LAWYER);
    await erase(store, await met(store, `teams:${LAWYER}`));
    expect([await conversations.ofPerson(LAWYER), await store.state("teams").get("account/29:lawyer")]).toEqual([null, undefined]);
    expect(await conversations.find({ tenant: TENANT, conversation: CHANNEL! })).toMatchObject({ conversation: CHANNEL });
  });

  test("is no tenant, no channel and no team: what is kept of those stays, whoever was taken for a person", async () => {
    const { store, acme, conversations } = await firm();
    await store.members.assign(`teams:${TENANT}`, "acme", NOW);
    for (const ref of [TENANT, CHANNEL, "19:team", "conversation", "team"]) await erase(acme, await met(acme, `teams:${ref}`));
    expect(await conversations.find({ tenant: TENANT, conversation: CHANNEL! })).toMatchObject({ conversation: CHANNEL });
    expect(await conversations.last()).toMatchObject({ tenant: TENANT });
    expect(await conversations.ofTeam(TENANT, "19:team")).toHaveLength(1);
    expect(await conversations.ofPerson(LAWYER)).toMatchObject({ conversation: OWN });
  });
});
