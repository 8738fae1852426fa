import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { oauthHarness } from "./slack-oauth-harness.ts";

type Fault = Parameters<Awaited<ReturnType<typeof oauthHarness>>["platform"]["failNext"]>[0];

const FRENCH = "fr-FR,fr;q=0.9,en-US;q=0.8,en;q=0.7";
/** What French does not write, but for names of Slack's own. */
const ENGLISH = /(?<!\p{L})(the|was|were|is|are|not|again|nothing|asks?|with|this|could|whoever|begin|begun)(?!\p{L})/iu;

/** The words of a page, without its marks. */
function wordsOf(html: string): string {
  const text = html.replace(/<head>.*<\/head>/s, "").replaceAll(/<[^>]*>/g, "\n");
  return text.replaceAll("&amp;", "&").replaceAll("&#39;", "'").replaceAll(/\n+/g, "\n").trim();
}

/** The last page of an installation whose code Slack exchanges so. */
async function ending(fault: Fault | null, { language = FRENCH, query = "code=1.secret.code" } = {}) {
  const { platform, begin, get, host } = await oauthHarness({ timeout: 300 });
  const { state, cookie, location } = await begin();
  const back =
    fault === null && query.startsWith("code") ? new URL((await fetch(location, { redirect: "manual" })).headers.get("location")!) : null;
  if (fault !== null) void platform.failNext(fault, { method: "oauth." });
  const page = await get(
    back === null ? `/slack/oauth_redirect?${query}&state=${state}` : `${back.pathname}${back.search}`,
    cookie,
    language,
  );
  const html = await page.text();
  expect([...host.kept.keys()].some((key) => key.includes("secret.code"))).toBe(false);
  return { status: page.status, html, said: wordsOf(html) };
}

const CODES = [
  ...readFileSync(new URL("../../adapters/chat/slack/oauth-words.ts", import.meta.url), "utf8").matchAll(
    /^ {2}([a-z_]+): (?:told|[A-Z])/gm,
  ),
].map(([, code]) => code!);

describe("a page of an installation, for a browser that reads French", () => {
  test.each([
    "bad_redirect_uri",
    "access_denied",
    "missing_scope",
    "account_inactive",
    "ratelimited",
    "two_factor_setup_required",
    ...CODES,
  ])("says in French why Slack refused: %s", async (error) => {
    const { status, html, said } = await ending({ kind: "refusal", error });
    expect(status).toBe(502);
    expect(html).toContain('<html lang="fr">');
    expect(said).toContain(`(${error})`);
    expect(said).toMatch(
      /^Curewatch n’a pas été installé\n(?:.*\n)*La personne qui gère Curewatch en trouve davantage dans son journal\.\nRecommencer$/,
    );
    expect(said.replaceAll(/\(\w+\)/g, "")).not.toMatch(ENGLISH);
  });

  test.each<readonly [Fault, string]>([
    [{ kind: "answer", status: 429, retryAfter: "120" }, "Slack demande d'attendre 2 minutes. Recommencez après cela."],
    [{ kind: "answer", status: 503 }, "Slack a répondu 503. Recommencez dans quelques minutes."],
    [{ kind: "reset", shown: false }, "La connexion à Slack s’est interrompue (ECONNRESET). Recommencez dans quelques minutes."],
    [{ kind: "silence" }, "Slack n’a pas répondu à temps. Recommencez dans quelques minutes."],
    [{ kind: "refusal", error: "<html>" }, "Quelque chose entre ici et Slack a répondu à sa place. Recommencez dans quelques minutes."],
    [{ kind: "refusal", error: "brand_new_word" }, "Slack n’a pas installé l’application (brand_new_word). Recommencez dans un moment"],
    [{ kind: "refusal", error: "invalid_code" }, "Slack ne prend plus ce code : il a expiré, ou a déjà servi. Rien n’a changé."],
  ])("and what came of it otherwise (%j)", async (fault, words) => {
    const { said } = await ending(fault);
    expect(said).toContain(words);
    expect(said).not.toMatch(ENGLISH);
  });

  test.each([
    ["error=access_denied", 403, "Vous ne l’avez pas autorisé. Rien n’a changé."],
    ["error=invalid_scope", 400, "Slack ne donne pas à l’application une permission qu’elle demande."],
    ["nothing=at_all", 400, "Cette page est celle d’une installation commencée dans un autre navigateur"],
  ])("and why Slack sent it back: %s", async (query, status, words) => {
    const page = await ending(null, { query });
    expect(page.status).toBe(status);
    expect(page.said).toContain(words);
    expect(page.said).not.toMatch(ENGLISH);
  });

  test("and that it is installed", async () => {
    const { status, said } = await ending(null);
    expect(status).toBe(200);
    expect(said).toMatch(/^Curewatch est installé\nCurewatch est installé dans .*, avec un registre à part\.\nDans un canal, invitez-le/);
  });

  test.each([
    ["fr", "Recommencer"],
    ["FR-ca", "Recommencer"],
    ["de, fr;q=0.5, en;q=0.4", "Recommencer"],
    ["fr;q=0.4, en;q=0.5", "Begin again"],
    ["en-GB", "Begin again"],
    ["de", "Begin again"],
    ["frr", "Begin again"],
    ["*;q=0.1, ;;, fr;q=x", "Begin again"],
    ["", "Begin again"],
  ])("goes by what the browser likes best: %j", async (language, words) => {
    const { said } = await ending({ kind: "refusal", error: "fatal_error" }, { language });
    expect(said.split("\n").at(-1)).toBe(words);
  });
});

test("every word of Slack's that is told of is found", () => {
  expect(CODES.length).toBeGreaterThan(30);
});
