import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../support/child.ts";

interface Component {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

test("npm run sbom lists every dependency that runs, at the version that is locked, and marks what only builds or tests", {
  timeout: 60_000,
}, () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Record<
    "dependencies" | "devDependencies",
    Record<string, string>
  >;
  const out = execFileSync("npm", ["run", "--silent", "sbom"], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const { bomFormat, components } = JSON.parse(out) as { readonly bomFormat: string; readonly components: readonly Component[] };
  expect(bomFormat).toBe("CycloneDX");
  // npm's own --omit dev leaves out what is needed to run and to test.
  const isForDevelopment = ({ properties = [] }: Component) => properties.some(({ name }) => name === "cdx:npm:package:development");
  const named = (component: Component) => `${component.name}@${component.version}`;
  const running = new Set(components.filter((one) => !isForDevelopment(one)).map(named));
  const developing = new Set(components.filter(isForDevelopment).map(named));
  const missing = (names: Record<string, string>, listed: ReadonlySet<string>) =>
    Object.entries(names).filter(([name, version]) => !listed.has(`${name}@${version}`));
  expect(missing(dependencies, running)).toEqual([]);
  // Types of Node's are needed by what runs too.
  expect(missing(devDependencies, new Set([...running, ...developing]))).toEqual([]);
  expect([...developing].some((name) => name.startsWith("vitest@"))).toBe(true);
  expect(components.every(({ purl }) => purl.startsWith("pkg:npm/"))).toBe(true);
});
