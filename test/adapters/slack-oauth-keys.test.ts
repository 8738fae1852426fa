import { expect, test } from "vitest";
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
  expect(harness.logged.filter((line) => line.includes("sealed with another key"))).toHaveLength(1);
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
