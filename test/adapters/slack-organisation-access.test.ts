import { expect, test } from "vitest";
import { cardOf, channelOf, KEY, type OAuthHarness, ONE, ORGANISATION, OTHER, oauthHarness } from "./slack-oauth-harness.ts";

/** An organisation's installation that has spoken in both workspaces, and the events by which Slack tells of its access. */
async function organisation() {
  const harness = await oauthHarness();
  await harness.install(ONE, true);
  for (const team of [ONE, OTHER]) await speaks(harness, team);
  const told = (type: "team_access_granted" | "team_access_revoked", ...team_ids: readonly string[]) => ({
    ...harness.platform.event(ONE, { type, team_ids }),
    ...{ team_id: null, enterprise_id: ORGANISATION },
  });
  return { ...harness, told };
}

function speaks(harness: OAuthHarness, team: string): Promise<string> {
  return harness.type(team, "list", { enterprise_id: ORGANISATION, is_enterprise_install: "true" });
}

const BOTH = ["slack-t0one", "slack-t0other"];

test("a workspace that was given access again and has spoken stays served when Slack tells late that access was taken before", async () => {
  const harness = await organisation();
  const { adapter, event, pass, told } = harness;
  pass(60);
  const [first, second] = [told("team_access_revoked", OTHER), told("team_access_revoked", OTHER)];
  await event(first);
  expect(await adapter.workspaces!.installed()).toEqual(["slack-t0one"]);
  pass(60);
  await speaks(harness, OTHER);
  await event(second);
  expect(await adapter.workspaces!.installed()).toEqual(BOTH);
  expect(await adapter.post(channelOf(OTHER), cardOf("due"), KEY)).toMatchObject({ ok: true });
  pass(60);
  await event(told("team_access_revoked", OTHER));
  expect(await adapter.workspaces!.installed()).toEqual(["slack-t0one"]);
});

test("a workspace that is given access again is served at once, and a removal from before that does nothing", async () => {
  const { adapter, event, pass, told } = await organisation();
  pass(60);
  const [taken, late] = [told("team_access_revoked", OTHER), told("team_access_revoked", OTHER)];
  await event(taken);
  pass(60);
  await event(told("team_access_granted", OTHER, "T0NEVER"));
  expect(await adapter.workspaces!.installed()).toEqual(BOTH);
  await event(late);
  expect(await adapter.workspaces!.installed()).toEqual(BOTH);
});

test("a removal that arrives after a grant that came later changes nothing, nor does a grant after a removal that came later", async () => {
  const { adapter, event, pass, told } = await organisation();
  pass(60);
  const [taken, given] = [told("team_access_revoked", OTHER), told("team_access_granted", ONE)];
  pass(60);
  await event(told("team_access_granted", OTHER));
  await event(taken);
  expect(await adapter.workspaces!.installed()).toEqual(BOTH);
  await event(told("team_access_revoked", ONE));
  await event(given);
  expect(await adapter.workspaces!.installed()).toEqual(["slack-t0other"]);
});

test("an organisation's installation that is removed goes where the organisation is named only as whose the event is", async () => {
  const { adapter, event, pass, platform } = await organisation();
  pass(60);
  const { enterprise_id: _, ...removed } = platform.event(ONE, { type: "app_uninstalled" }) as Record<string, unknown>;
  const authorizations = [{ enterprise_id: ORGANISATION, team_id: null, is_enterprise_install: true }];
  await event({ ...removed, team_id: null, authorizations } as never);
  expect(await adapter.workspaces!.installed()).toEqual([]);
});
