import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { freshReadme } from "../../scripts/readme.ts";
import { COMMANDS } from "../../src/commands/index.ts";

const ROOT = join(import.meta.dirname, "../..");
const textOf = (path: string) => readFileSync(join(ROOT, path), "utf8");
const README = textOf("README.md");
const PACKAGE = JSON.parse(textOf("package.json")) as {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

const PAGES = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", ...markdownUnder("docs")];

function markdownUnder(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}/${name}`)
    .toSorted();
}

/** The chain's head differs from run to run: its texts are salted. */
function withoutHead(text: string): string {
  return text.replaceAll(/register head [0-9a-f]{12}/g, "register head");
}

describe("README.md", () => {
  test("shows the command table and the screens that the program gives now (npm run readme writes them)", () => {
    expect(withoutHead(freshReadme(README))).toBe(withoutHead(README));
  });

  test("has a row for every command", () => {
    for (const { verb } of COMMANDS) expect(README, verb).toMatch(new RegExp(`^\\| \`${verb}[ \`]`, "m"));
  });

  test("names both commands, and the check that runs on every change types the second one", () => {
    expect(README).toContain("npm ci && npm start");
    expect(README).toContain("npm ci && npm test");
    expect(textOf(".ci/run").split("\n")).toContain("npm ci && npm test");
    expect(statSync(join(ROOT, ".ci/run")).mode & 0o100).toBe(0o100);
  });
});

describe("the project's pages", () => {
  test.each(PAGES)("%s links to nothing that is not there", (page) => {
    const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
      .map((found) => found[1]!)
      .filter((link) => !/^(https?:|mailto:)/.test(link));
    const dead = links.filter((link) => !resolves(page, link));
    expect(dead).toEqual([]);
  });

  test("are reached from the README, straight or by a page that it names", () => {
    const reached = new Set(["README.md"]);
    for (const page of reached) {
      for (const [, link] of textOf(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
        const path = relative(ROOT, join(ROOT, dirname(page), link!));
        if (PAGES.includes(path)) reached.add(path);
      }
    }
    expect(PAGES.filter((page) => !reached.has(page))).toEqual([]);
  });
});

function resolves(page: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? join(ROOT, page) : join(ROOT, dirname(page), path);
  if (!existsSync(target)) return false;
  if (anchor === undefined) return true;
  return [...readFileSync(target, "utf8").matchAll(/^#+ (.+)$/gm)].some(([, heading]) => anchorOf(heading!) === anchor);
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, "")
    .replaceAll(" ", "-");
}

describe("docs/dependencies.md", () => {
  const rows = [...textOf("docs/dependencies.md").matchAll(/^\| `([^`]+)` +\| ([0-9][^ |]*) +\|/gm)].map(
    ([, name, version]) => [name!, version!] as const,
  );

  test("names every dependency with its version, and no other", () => {
    const declared = { ...PACKAGE.dependencies, ...PACKAGE.devDependencies };
    expect(Object.fromEntries(rows)).toEqual(declared);
    expect(rows).toHaveLength(Object.keys(declared).length);
  });

  test("states each licence as the package does", () => {
    const text = textOf("docs/dependencies.md");
    for (const [name] of rows) {
      const { license } = JSON.parse(textOf(`node_modules/${name}/package.json`)) as { readonly license: string };
      const row = text.split("\n").find((line) => line.startsWith(`| \`${name}\` `)) ?? "";
      expect(row, name).toContain(` ${license} `);
    }
  });
});

describe("CHANGELOG.md", () => {
  test("has an entry for the version of the package", () => {
    expect(textOf("CHANGELOG.md")).toContain(`## ${PACKAGE.version}`);
  });

  test("marks each line as a change, a feature, a fix or law", () => {
    const entries = textOf("CHANGELOG.md")
      .split("\n")
      .filter((line) => line.startsWith("- "));
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.filter((line) => !/^- \[(CHANGE|FEATURE|FIX|LAW)\] /.test(line))).toEqual([]);
  });
});
