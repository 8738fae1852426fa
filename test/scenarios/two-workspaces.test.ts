import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { usualSettings } from "../../src/alerts/subscription.ts";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import { systemClock } from "../../src/time/clock.ts";
import { seen } from "../fakes/slack-platform/slack-platform.ts";
import { cli } from "../support/child.ts";
import { folderOfTest } from "../support/cli.ts";
import { ALPHA, BETA, type TwoWorkspaces, twoWorkspaces } from "./two-workspaces.ts";

async function both(): Promise<TwoWorkspaces> {
  const two = await twoWorkspaces();
  await two.install(ALPHA);
  await two.install(BETA);
  await two.register();
  return two;
}

/** All that anybody of the workspace was shown, and what they have before them. */
function shownIn({ platform }: TwoWorkspaces, team: string): string {
  const rest = team.slice(1);
  const records = platform.record.filter(({ place }) => place.slice(1) === rest).map(({ text }) => text);
  return JSON.stringify([records, platform.views(`U${rest}`), platform.home(`U${rest}`)]);
}

describe("two workspaces in one process", () => {
  test("hold the same number with different facts, each for itself", async () => {
    const { people } = await both();
    expect((await people[ALPHA].types("show SAN-2020-001")).messages.join()).toContain("Aardvark Ltd");
    const shown = (await people[BETA].types("show SAN-2020-001")).messages.join();
    expect(shown).toContain("Bumblebee Ltd");
    expect(shown).not.toContain("Aardvark");
  });

  test("tell nothing of one to the other, whatever is typed", async () => {
    const two = await both();
    const { people } = two;
    await people[ALPHA].types(
      'register CNIL SAN-2020-777 "Aardvark Holding" --kind sanction --decided 2020-01-02 --fine 5000 --tag hidden',
    );
    await people[ALPHA].types('note SAN-2020-777 --text "a secret of Aardvark"');
    const lines = [
      ...["list", "list tag:hidden", "show SAN-2020-777", "why SAN-2020-777", "history SAN-2020-777", "history SAN-2020-001"],
      ...["cost SAN-2020-777 --comply 2020-06-01", "digest", "watches", "undelivered", "mine", "home", "ack SAN-2020-777", "help list"],
      ...[
        "assign SAN-2020-777 @t0beta",
        "snooze SAN-2020-777 --until 2099-01-01",
        "paid SAN-2020-777 --on 2020-02-02 --amount 1 --for fine",
      ],
      ...["watch tag:hidden", "unwatch 1", "chart SAN-2020-777", "form paid SAN-2020-777", "show CNIL:SAN-2020-777"],
    ];
    for (const line of lines) await people[BETA].types(line);
    await people[BETA].opensHome();
    expect(shownIn(two, BETA)).toContain("Bumblebee");
    expect(shownIn(two, BETA)).not.toContain("Aardvark");
    const { messages } = await people[ALPHA].types("history SAN-2020-777");
    expect(messages.join()).not.toMatch(/t0beta|paid/i);
  });

  test("answer a button from its own workspace's register, whoever's button it was", async () => {
    const two = await both();
    await two.people[ALPHA].types('register CNIL SAN-2020-777 "Aardvark Holding" --kind sanction --decided 2020-01-02 --fine 5000');
    expect(await two.press(ALPHA, "show SAN-2020-777")).toContain("Aardvark Holding");
    for (const command of [
      "show SAN-2020-777",
      "why SAN-2020-777",
      "ack SAN-2020-777",
      "form paid SAN-2020-777",
      "closed SAN-2020-777 --on 2020-02-02",
    ])
      expect(await two.press(BETA, command), command).toContain("No matter SAN-2020-777 is known");
    expect(await two.press(BETA, "show SAN-2020-001")).toContain("Bumblebee Ltd");
    expect(await two.press(ALPHA, "show SAN-2020-777")).not.toContain("closed");
  });

  test("fill in and submit forms for themselves, also where a form's metadata was another workspace's", async () => {
    const two = await both();
    const { people, platform } = two;
    await people[ALPHA].types('register CNIL SAN-2020-777 "Aardvark Holding" --kind sanction --decided 2020-01-02 --fine 5000');
    await people[ALPHA].types("form note SAN-2020-777");
    const stolen = platform.views("U0ALPHA").at(-1)!.view;
    await people[BETA].types("form note SAN-2020-001");
    const own = platform.views("U0BETA").at(-1)!;
    own.view = { ...own.view, private_metadata: stolen.private_metadata };
    await people[BETA].fills({ text: "written by Beta" });
    await people[BETA].submits();
    expect((await people[ALPHA].types("history SAN-2020-777")).messages.join()).not.toContain("written by Beta");
    expect(shownIn(two, BETA)).not.toContain("Aardvark");
  });

  test("choose from their own matters alone", async () => {
    const two = await both();
    await two.people[ALPHA].types('register CNIL SAN-2020-777 "Aardvark Holding" --kind sanction --decided 2020-01-02 --fine 5000');
    await two.people[BETA].types("form note");
    for (const typed of ["SAN-2020", "Aardvark", "777"])
      expect(JSON.stringify(await two.people[BETA].looksUp("ref", typed)), typed).not.toMatch(/Aardvark|777/);
    expect(JSON.stringify(await two.people[BETA].looksUp("ref", "SAN-2020"))).toContain("Bumblebee");
  });

  test("are reminded each in its own channels, and a place of the other in a register's settings gets nothing", async () => {
    const two = await both();
    const { platform, store } = two;
    const told = (channel: string) => platform.messages(channel).map(seen).join("\n");
    await vi.waitFor(
      () => expect([told("C0ALPHA"), told("C0BETA")]).toEqual([expect.stringContaining("Aardvark"), expect.stringContaining("Bumblebee")]),
      5_000,
    );
    const alpha = await store.desk("slack-t0alpha");
    const [beta, since] = ["slack:T0BETA/C0BETA" as Place, systemClock.now()];
    const by = await alpha.people.idOf("slack:T0ALPHA/U0ALPHA" as PersonRef, "alpha");
    await alpha.subscriptions.settle({ ...usualSettings(beta, "en", "Europe/Paris", by, since), at: "00:00" });
    await alpha.subscriptions.add(beta, { filters: [], by, since });
    await two.people[ALPHA].types(
      'register CNIL SAN-2020-778 "Aardvark Sons" --kind order --decided 2020-01-02 --notified 2020-01-03 --period P2M',
    );
    await vi.waitFor(async () => expect(await alpha.state("desk").get("places elsewhere")).toHaveLength(1), 5_000);
    expect(told("C0BETA")).not.toContain("Aardvark");
    expect(shownIn(two, BETA)).not.toContain("Aardvark");
  });

  test("are counted together, and none is named", async () => {
    const { url } = await both();
    const page = await (await fetch(`${url}/metrics`)).text();
    expect(page).toMatch(/^curewatch_ledger_events 2$/m);
    expect(page).toMatch(/^curewatch_places 2$/m);
    expect(page).not.toMatch(/alpha|beta/i);
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, ((await ready.json()) as { matters: number }).matters]).toEqual([200, 2]);
  });
});

describe("two workspaces that were given to one desk", () => {
  test("see the same matters, on every way in, and a third nothing of them", async () => {
    const two = await twoWorkspaces();
    const { store, people, adapter } = two;
    for (const team of [ALPHA, BETA]) await two.install(team);
    await (await store.desk("group")).access.setPolicy({ notes: true }, "p1", systemClock.now());
    for (const team of [ALPHA, BETA]) await store.members.assign(`slack:${team}`, "group", systemClock.now());
    await two.register();
    expect((await people[BETA].types("show SAN-2020-001")).messages.join()).toContain("Aardvark Ltd");
    expect(await two.press(BETA, "show SAN-2020-001")).toContain("Aardvark Ltd");
    await people[BETA].opensHome();
    expect(shownIn(two, BETA)).toContain("Aardvark");
    await people[BETA].types("form note");
    expect(JSON.stringify(await people[BETA].looksUp("ref", "SAN-2020"))).toContain("Aardvark");
    expect((await (await store.desk("slack-t0beta")).ledger.head()).events).toBe(0);
    // Taken back, it is its own desk's again, which knows nothing of it; nothing has to be started anew.
    await store.members.release(`slack:${BETA}`, systemClock.now());
    await adapter.idle();
    expect((await people[BETA].types("show SAN-2020-001")).messages.join()).toContain("No matter SAN-2020-001 is known");
    expect((await people[ALPHA].types("show SAN-2020-001")).messages.join()).toContain("Aardvark Ltd");
  });

  test("one of whose channels is a client's: forms that were opened there are submitted there, and what lies in them is shown nowhere else", async () => {
    const two = await twoWorkspaces();
    const { store, people, platform } = two;
    await two.install(ALPHA);
    await store.desk("client");
    await store.members.assign("slack:T0ALPHA/C0ALPHA", "client", systemClock.now());
    const client = await store.desk("client");
    await client.access.grant({
      person: await client.people.idOf("slack:T0ALPHA/U0ALPHA" as PersonRef, "alpha"),
      role: "editor",
      by: "p1",
      at: systemClock.now(),
    });
    await client.access.setPolicy({ notes: true }, "p1", systemClock.now());
    await people[ALPHA].types('register CNIL SAN-2020-777 "Client Ltd" --kind sanction --decided 2020-01-02 --fine 5000');
    await people[ALPHA].types("form note SAN-2020-777");
    await people[ALPHA].fills({ text: "in the client's channel" });
    await people[ALPHA].submits();
    expect((await people[ALPHA].types("history SAN-2020-777")).messages.join()).toContain("in the client's channel");
    expect((await (await store.desk("slack-t0alpha")).ledger.head()).events).toBe(0);
    // Their Home is a conversation of their own, which is the firm's.
    await people[ALPHA].opensHome();
    expect(JSON.stringify(platform.home("U0ALPHA"))).not.toContain("Client");
  });
});

describe("a workspace that is not installed", () => {
  test("is told where to install, and reaches no desk", async () => {
    const two = await twoWorkspaces();
    await two.install(ALPHA);
    const { body } = await two.people[BETA].types("list");
    expect(body).toEqual({ response_type: "ephemeral", text: expect.stringContaining("Install it at http://127.0.0.1/slack/install") });
    expect(await two.store.desks()).toEqual(["main", "slack-t0alpha"]);
  });

  test("after it was removed: its desk is closed, the other goes on, and all is there when it comes back", async () => {
    const two = await both();
    await two.tell(two.platform.uninstall(ALPHA));
    expect((await two.people[ALPHA].types("list")).body).toMatchObject({ text: expect.stringContaining("not installed") });
    expect((await two.people[BETA].types("show SAN-2020-001")).messages.join()).toContain("Bumblebee");
    expect(await two.adapter.workspaces!.installed()).toEqual(["slack-t0beta"]);
    await two.install(ALPHA);
    expect((await two.people[ALPHA].types("show SAN-2020-001")).messages.join()).toContain("Aardvark Ltd");
  });
});

describe("the register file of two workspaces", () => {
  test("gives no token away by what is exported, measured, asked or logged", async () => {
    const { file, url, log } = await both();
    const [db, folder] = [`sqlite:${file}`, folderOfTest()];
    const said = [await (await fetch(`${url}/metrics`)).text(), await (await fetch(`${url}/readyz`)).text(), log.lines.join("\n")];
    for (const format of ["json", "csv", "ics"])
      said.push((await cli(["export", "--format", format, "--db", db, "--desk", "slack-t0alpha"])).output);
    expect(said.join("\n")).toContain("Aardvark Ltd");
    expect(said.filter((text) => /xox[a-z]|xapp-|ssssssss/.test(text))).toEqual([]);
    const copy = join(folder, "copy.db");
    expect((await cli(["backup", copy, "--db", db])).status).toBe(0);
    expect(readFileSync(copy, "latin1")).not.toMatch(/xox[a-z]/);
  });

  test("holds no token that anybody could read", async () => {
    const { file, platform } = await both();
    const bytes = ["", "-wal"].map((ending) => readFileSync(`${file}${ending}`, "latin1")).join("");
    expect(bytes).toContain("slack/installation/T0ALPHA");
    expect(bytes).not.toMatch(/xox[a-z]/);
    expect(platform.calls.some(({ method }) => method === "oauth.v2.access")).toBe(true);
  });

  test("is reached from the command line desk by desk, and an unknown one is refused with those that there are", async () => {
    const { file } = await both();
    const url = `sqlite:${file}`;
    const show = await cli(["show", "SAN-2020-001", "--json", "--db", url, "--desk", "slack-t0beta"]);
    expect(JSON.parse(show.output)).toMatchObject({ respondent: "Bumblebee Ltd" });
    expect((await cli(["show", "SAN-2020-001", "--db", url])).status).toBe(1);
    for (const desk of ["main", "slack-t0alpha", "slack-t0beta"])
      expect(JSON.parse((await cli(["verify", "--json", "--db", url, "--desk", desk])).output), desk).toMatchObject({ ok: true });
    const wrong = await cli(["list", "--db", url, "--desk", "slack-t0gamma"]);
    expect([wrong.status, wrong.errors]).toEqual([1, expect.stringContaining("main, slack-t0alpha, slack-t0beta")]);
  });
});
