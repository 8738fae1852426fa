import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type TeamsConfig, teamsAdapter } from "../../adapters/chat/teams/teams.ts";
import type { ChatHost } from "../../src/ports/chat.ts";
import { systemClock } from "../../src/time/clock.ts";
import { millisecondsOf } from "../../src/time/instant.ts";
import { CHANNEL, TENANT, typed } from "../fakes/teams-platform/activities.ts";
import { startTeamsPlatform } from "../fakes/teams-platform/teams-platform.ts";
import { ISSUER, type SigningKey, startTokenIssuer, type TokenIssuer } from "../fakes/teams-platform/tokens.ts";
import { type Bot, INSECURE, key, placeIn, startBot, titled } from "./teams-harness.ts";

const APP = "00000000-aaaa-bbbb-cccc-000000000001";
const SERVICE_URL = "https://smba.trafficmanager.net/emea/";
// The SDK compares with the machine's own time.
const SECONDS = Math.floor(millisecondsOf(systemClock.now()) / 1000);
const GOOD = { iss: ISSUER, aud: APP, serviceurl: SERVICE_URL, nbf: SECONDS - 60, exp: SECONDS + 3600 };

describe("the Teams adapter with authentication", () => {
  let issuer: TokenIssuer;
  let bot: Bot;

  beforeAll(async () => {
    issuer = await startTokenIssuer();
    // The SDK reports refused tokens on the console, beside what it throws.
    vi.spyOn(console, "error").mockImplementation(() => {});
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await issuer.stop();
  });
  beforeEach(async () => {
    bot = await startBot(configured({ openIdMetadata: issuer.metadata, token: async () => "fixed" }));
    // No answer: nothing may be sent to the address of Microsoft's that the activities name.
    bot.answerWith(() => ({ cards: [], audience: "asker" }));
  });
  afterEach(() => bot.close());

  async function deliver(authorization?: string): Promise<number> {
    const headers = { "content-type": "application/json", ...(authorization === undefined ? {} : { authorization }) };
    const response = await fetch(bot.endpoint, { method: "POST", headers, body: JSON.stringify(typed(SERVICE_URL, CHANNEL, "list")) });
    expect(await response.text()).toBe("");
    await bot.adapter.settled();
    return response.status;
  }

  test("takes an activity with a good token", async () => {
    expect(await deliver(`Bearer ${issuer.token(GOOD)}`)).toBe(200);
    expect(bot.heard.map((command) => command.text)).toEqual(["list"]);
    expect([...bot.state.keys()].map((key) => key.split("/")[0])).toEqual(["account", "conversation", "last-conversation", "seen"]);
  });

  test.each<[string, (() => string) | undefined]>([
    ["no token", undefined],
    ["an empty token", () => "Bearer "],
    ["another scheme", () => `Basic ${issuer.token(GOOD)}`],
    ["nonsense", () => "Bearer not.a.token"],
    ["another audience", () => bearer({ ...GOOD, aud: "another-app" })],
    ["another issuer", () => bearer({ ...GOOD, iss: "https://issuer.example" })],
    ["another service URL", () => bearer({ ...GOOD, serviceurl: "https://smba.trafficmanager.net/amer/" })],
    ["no service URL", () => bearer({ ...GOOD, serviceurl: undefined })],
    ["an expired token", () => bearer({ ...GOOD, nbf: SECONDS - 7200, exp: SECONDS - 3600 })],
    ["a token of the future", () => bearer({ ...GOOD, nbf: SECONDS + 3600, exp: SECONDS + 7200 })],
    ["a key that is not endorsed for Teams", () => bearer(GOOD, "other channel")],
    ["a forged signature", () => bearer(GOOD, "forged")],
    ["a key that nobody published", () => bearer(GOOD, "unpublished")],
    ["no signature", () => `Bearer ${unsigned(GOOD)}`],
    ["a shared secret where a key pair is due", () => `Bearer ${symmetric(GOOD)}`],
    ["no expiry", () => bearer({ ...GOOD, exp: undefined })],
    ["no audience", () => bearer({ ...GOOD, aud: undefined })],
    ["no issuer", () => bearer({ ...GOOD, iss: undefined })],
    ["the issuer of another cloud", () => bearer({ ...GOOD, iss: "https://api.botframework.us" })],
    ["a service URL of another host that begins alike", () => bearer({ ...GOOD, serviceurl: `${SERVICE_URL}.example.org/` })],
    ["a token twice", () => `${bearer(GOOD)} ${issuer.token(GOOD)}`],
  ])("answers 401 to %s, and neither hears nor keeps anything", async (_, authorization) => {
    expect(await deliver(authorization?.())).toBe(401);
    expect([bot.heard, bot.state.size]).toEqual([[], 0]);
    expect(bot.warnings).toEqual(["an activity without a good token was refused"]);
  });

  test("answers 500 where the platform's keys cannot be read, so that it delivers again", async () => {
    const silent = await startTokenIssuer();
    await silent.stop();
    const blind = await startBot(configured({ openIdMetadata: silent.metadata, token: async () => "fixed" }));
    const body = JSON.stringify(typed(SERVICE_URL, CHANNEL, "list"));
    const response = await fetch(blind.endpoint, { method: "POST", headers: { authorization: bearer(GOOD) }, body });
    expect([response.status, await response.text(), blind.heard]).toEqual([500, "", []]);
    await blind.close();
  });

  function bearer(claims: Readonly<Record<string, unknown>>, by?: SigningKey): string {
    return `Bearer ${issuer.token(claims, by)}`;
  }
});

describe("the Teams adapter's own token", () => {
  test("is carried by every post, and where it cannot be had nothing is sent", async () => {
    const platform = await startTeamsPlatform({ token: "fixed" });
    let token = async () => "fixed";
    const bot = await startBot({ ...INSECURE, overrides: { token: () => token(), requestMilliseconds: 250 } });
    await platform.deliver(bot.endpoint, typed(platform.serviceUrl, CHANNEL, "list"));
    await bot.adapter.settled();
    expect(platform.requests.map((request) => request.authorization)).toEqual(["Bearer fixed"]);
    const outcomes = [
      [Object.assign(new Error("AADSTS7000215"), { errorCode: "invalid_client" }), "never"],
      [Object.assign(new Error("getaddrinfo"), { errorCode: "network_error" }), "later"],
    ] as const;
    for (const [error, retry] of outcomes) {
      token = () => Promise.reject(error);
      expect(await bot.adapter.post(placeIn(CHANNEL), titled("due"), key())).toMatchObject({ ok: false, retry });
    }
    token = () => new Promise(() => {});
    expect(await bot.adapter.post(placeIn(CHANNEL), titled("due"), key())).toMatchObject({ ok: false, retry: "later" });
    token = async () => "stale";
    expect(await bot.adapter.post(placeIn(CHANNEL), titled("due"), key())).toMatchObject({ ok: false, retry: "never" });
    expect(platform.shown(CHANNEL)).toHaveLength(1);
    await bot.close();
    await platform.stop();
  });
});

describe("the Teams adapter refuses to start", () => {
  test.each<[string, Partial<TeamsConfig>, RegExp]>([
    ["without an app id", { appId: " " }, /app id/],
    ["without a tenant", { tenantId: "" }, /tenant/],
    ["without a secret", { appPassword: "" }, /app password/],
    ["with a secret beside a managed identity", { appType: "UserAssignedMsi", appPassword: "secret" }, /remove it/],
  ])("%s, and says what to configure", async (_, change, sentence) => {
    const config: TeamsConfig = { appId: APP, appPassword: "secret", tenantId: TENANT, appType: "SingleTenant", ...change };
    // It refuses before it asks its host for anything.
    await expect(teamsAdapter(config).start({} as ChatHost)).rejects.toThrow(sentence);
  });

  test.each<[string, Partial<TeamsConfig>]>([
    ["a secret", { appPassword: "secret" }],
    ["a managed identity", { appType: "UserAssignedMsi" }],
  ])("but starts with %s, and answers 401 to whoever has no token", async (_, change) => {
    const bot = await startBot({ appId: APP, tenantId: TENANT, appType: "SingleTenant", ...change });
    const response = await fetch(bot.endpoint, { method: "POST", body: JSON.stringify(typed(SERVICE_URL, CHANNEL, "list")) });
    expect(response.status).toBe(401);
    await bot.close();
  });
});

function configured(overrides: NonNullable<TeamsConfig["overrides"]>): TeamsConfig {
  return { appId: APP, tenantId: TENANT, appType: "SingleTenant", overrides };
}

function unsigned(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none", typ: "JWT", kid: "teams-key" })}.${part(claims)}.`;
}

/** Signed with what everybody can read (RFC 8725, section 2.1). */
function symmetric(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "HS256", typ: "JWT", kid: "teams-key" })}.${part(claims)}`;
  return `${signed}.${createHmac("sha256", "teams-key").update(signed).digest("base64url")}`;
}
