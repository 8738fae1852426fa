import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { playgroundConfig } from "../../scripts/playground-config.ts";
import { start } from "../support/child.ts";
import { ROOT, textOf } from "../support/source.ts";

const PROOF = "docs/proof/teams-playground";

test("npm run test:playground where it can fetch nothing says why, and ends with 1", async () => {
  const scratch = mkdtempSync(join(tmpdir(), "curewatch-no-playground-"));
  try {
    // Without a path there is neither npm nor apt-get to be found.
    const { status, errors } = await start(["scripts/playground.ts", "--scratch", scratch, "--into", scratch], { PATH: "/nowhere" });
    expect(status).toBe(1);
    expect(errors).toMatch(/^(No browser: |The playground could not be fetched: )/);
    expect(readdirSync(scratch)).toEqual([]);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});

test("the playground and what drives it are no dependencies", () => {
  const { dependencies, devDependencies } = JSON.parse(textOf("package.json")) as Record<string, Record<string, string>>;
  const names = Object.keys({ ...dependencies, ...devDependencies });
  expect(names.filter((name) => /playground|playwright/.test(name))).toEqual([]);
  for (const version of ["@microsoft/m365agentsplayground@0.2.28", "playwright-core@1.65.1"])
    expect(textOf("scripts/playground.ts")).toContain(`"${version}"`);
});

test("the playground's people are as many as it wants, and its channels have ids of channels", () => {
  const config = parse(playgroundConfig()) as {
    readonly users: readonly { readonly id: string }[];
    readonly currentUser: { readonly id: string };
    readonly team: { readonly id: string; readonly channels: readonly { readonly id: string }[] };
  };
  expect(config.users).toHaveLength(5);
  expect(new Set([config.currentUser, ...config.users].map(({ id }) => id)).size).toBe(6);
  for (const { id } of [config.team, ...config.team.channels]) expect(id).toMatch(/^19:.+@thread\.tacv2$/);
});

test("the proof shows every picture that lies there, and each is a small PNG", () => {
  const page = textOf(`${PROOF}/README.md`);
  const pictures = readdirSync(join(ROOT, PROOF)).filter((name) => name.endsWith(".png"));
  expect([...page.matchAll(/\]\(([^)]+\.png)\)/g)].map(([, name]) => name).toSorted()).toEqual(pictures.toSorted());
  expect(pictures.length).toBeGreaterThanOrEqual(6);
  for (const name of pictures) {
    const file = join(ROOT, PROOF, name);
    expect(statSync(file).size, name).toBeLessThan(200_000);
    expect(readFileSync(file).subarray(1, 4).toString(), name).toBe("PNG");
  }
  expect(page).toMatch(/npm run test:playground` on \d{4}-\d\d-\d\d, at (commit `[0-9a-f]{12}`|a commit)/);
});
