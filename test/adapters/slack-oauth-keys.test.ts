import { expect, test } from "vitest";
import { sealOf } from "../../adapters/chat/slack/installation-seal.ts";
import type { PersonRef } from "../../src/ports/chat.ts";
import { cardOf, channelOf, KEY, type OAuthHarness, ONE, ORGANISATION, OTHER, oauthHarness, SECRET_KEY } from "./slack-oauth-harness.ts";

const NEXT_KEY = `another-${SECRET_KEY}`;

/** What is kept sealed, by its key. */
function sealed({ host }: OAuthHarness): ReadonlyMap<string, unknown> {
  return new Map([...host.kept].filter(([key]) => key.startsWith("slack/installation/")));
}

test("with another key, all installations are sealed anew at the start, the log says how many, and the key before is not needed any more", async () => {
  const harness = await oauthHarness();
  for (const team of [ONE, OTHER]) await harness.install(team);
  // Nobody has spoken in the organisation yet.
  await harness.install(ONE, true);
  const before = sealed(harness);
  expect(before.size).toBe(3);
  await harness.restart({ secretKey: NEXT_KEY, secretKeyBefore: SECRET_KEY });
  const after = sealed(harness);
  for (const [key, value] of before) expect(after.get(key)).not.toBe(value);
  expect(harness.logged.filter((line) => line.includes("sealed anew") && line.includes('"installations":3'))).toHaveLength(1);
  await harness.restart({ secretKey: NEXT_KEY });
  expect(harness.logged.filter((line) => line.includes("sealed anew"))).toHaveLength(1);
  expect(sealed(harness)).toEqual(after);
  for (const team of [ONE, OTHER]) expect(await harness.adapter.post(channelOf(team), cardOf("due"), KEY)).toMatchObject({ ok: true });
});

test("an installation that neither key opens stays as it is, and is named", async () => {
  const harness = await oauthHarness();
  await harness.install(ONE);
  const before = sealed(harness);
  await harness.restart({ secretKey: NEXT_KEY });
  expect(sealed(harness)).toEqual(before);
  expect(harness.logged.filter((line) => line.includes("sealed with a key that this process does not have"))).toHaveLength(1);
});

test("a workspace whose installation no key opens is not said to be without the app: people are told that it cannot be read, in both languages", async () => {
  const harness = await oauthHarness();
  await harness.install(ONE);
  await harness.install(OTHER, true);
  await harness.restart({ secretKey: NEXT_KEY });
  const said = await harness.type(ONE, "list");
  expect(said).toContain("cannot read its installation now: nothing was done. Tell whoever operates Curewatch.");
  expect(said).toContain(
    "ne peut pas lire son installation pour l’instant : rien n’a été fait. Prévenez la personne qui exploite Curewatch.",
  );
  expect(said).not.toMatch(/not installed|n’est pas installé/);
  const posted = await harness.adapter.post(channelOf(ONE), cardOf("due"), KEY);
  expect(posted).toMatchObject({
    ok: false,
    retry: "later",
    reason: expect.stringContaining("was sealed with a key that this process does not have"),
  });
  // The workspace's own, and that of the organisation, in which nobody has spoken.
  expect(await harness.adapter.workspaces!.sealed()).toEqual(["slack-e0org", "slack-t0one"]);
  expect(await harness.adapter.workspaces!.installed()).toEqual([]);
  await harness.restart({ secretKey: NEXT_KEY, secretKeyBefore: SECRET_KEY });
  expect(await harness.adapter.workspaces!.sealed()).toEqual([]);
  expect(await harness.adapter.workspaces!.installed()).toEqual(["slack-t0one"]);
  expect(await harness.adapter.post(channelOf(ONE), cardOf("due"), KEY)).toMatchObject({ ok: true });
});

test("two processes whose keys are changed as the page says, one after the other, both open every installation all the while", async () => {
  const harness = await oauthHarness();
  await harness.install(ONE);
  const kept = sealed(harness).get(`slack/installation/${ONE}`) as string;
  const opens = (secret: string, before: string, what: string) => sealOf(secret, before).open(what, ONE) !== null;
  // First each has KEY=old and BEFORE=new; what one of them seals anew with the new key, the other opens.
  expect(opens(SECRET_KEY, NEXT_KEY, kept)).toBe(true);
  await harness.restart({ secretKey: NEXT_KEY, secretKeyBefore: SECRET_KEY });
  const anew = sealed(harness).get(`slack/installation/${ONE}`) as string;
  expect(anew).not.toBe(kept);
  expect(opens(SECRET_KEY, NEXT_KEY, anew)).toBe(true);
});

test("what the configuration names of a workspace in which the app is not installed is warned of", async () => {
  const harness = await oauthHarness();
  await harness.install(ONE);
  Object.assign(harness.host, { named: [`slack:${ONE}/C0OPS`, "slack:T0NEVER/U0ANA"] });
  await harness.restart();
  const warned = harness.logged.filter((line) => line.includes("the configuration"));
  expect(warned).toEqual([expect.stringMatching(/in which the app is not installed .*T0NEVER/)]);
});

test("a workspace from which the organisation takes the app back is closed, and the others go on, also those with an installation of their own", async () => {
  const harness = await oauthHarness();
  const { adapter, event, host, install, logged, platform, type } = harness;
  await install(ONE, true);
  for (const team of [ONE, OTHER]) await type(team, "list", { enterprise_id: ORGANISATION, is_enterprise_install: "true" });
  expect(await adapter.workspaces!.installed()).toEqual(["slack-t0one", "slack-t0other"]);
  let changed = 0;
  host.serve({
    async workspacesChanged() {
      changed += 1;
    },
  });
  const revoked = { type: "team_access_revoked", team_ids: [OTHER, "T0NEVER"] };
  expect(await event({ ...platform.event(ONE, revoked), team_id: null, enterprise_id: ORGANISATION })).toBe(200);
  expect(await adapter.workspaces!.installed()).toEqual(["slack-t0one"]);
  expect(changed).toBe(1);
  expect(logged.join("\n")).toContain(OTHER);
  expect(await adapter.post(channelOf(OTHER), cardOf("due"), KEY)).toMatchObject({ ok: false, retry: "later" });
  expect(await adapter.post(channelOf(ONE), cardOf("due"), KEY)).toMatchObject({ ok: true });
  expect(await adapter.audience(channelOf(OTHER))).toEqual({ kind: "unknown" });
  expect(await adapter.kindOf(`slack:${OTHER}/U0OTHER` as PersonRef)).toBe("unknown");
  // As Slack's own page shows it, wrapped twice; an installation of the workspace's own is not the organisation's to take.
  await install(OTHER);
  const wrapped = { ...platform.event(ONE, { event: { ...revoked, team_ids: [ONE, OTHER] } }), enterprise_id: ORGANISATION };
  await event(wrapped);
  expect(await adapter.workspaces!.installed()).toEqual(["slack-t0other"]);
});
