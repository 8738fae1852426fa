import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readConfig, VARIABLES } from "../../src/app/config.ts";

const ROOT = join(import.meta.dirname, "../..");
const textOf = (path: string) => readFileSync(join(ROOT, path), "utf8");
const PACKAGE = JSON.parse(textOf("package.json")) as {
  readonly scripts: { readonly start: string };
  readonly engines: { readonly npm: string };
};
const DOCKERFILE = textOf("Dockerfile").replaceAll("\\\n", " ");
const STEPS = DOCKERFILE.split("\n").filter((line) => /^[A-Z]/.test(line));

interface Service {
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly ports?: readonly string[];
  readonly stop_grace_period: string;
}
const COMPOSE = parse(textOf("compose.yaml"), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
};
const PROCESSES = Object.entries(COMPOSE.services).filter(([name]) => name.startsWith("curewatch-"));

/** What the second stage brings along from the folder of the sources. */
const COPIED = STEPS.filter((line) => line.startsWith("COPY ") && !line.includes("--from=")).flatMap((line) =>
  line.split(/\s+/).slice(1, -1),
);

describe("the Dockerfile", () => {
  test("copies what is there, and what .dockerignore lets through alone", () => {
    const let_in = textOf(".dockerignore")
      .split("\n")
      .flatMap((line) => (line.startsWith("!") ? [line.slice(1)] : []));
    for (const path of COPIED) expect([path, existsSync(join(ROOT, path))]).toEqual([path, true]);
    expect([...new Set(COPIED)].sort()).toEqual(let_in.sort());
  });

  test("copies every file of ours that the program reads at run time", () => {
    const sources = ["src/app/main.ts", "src/app/watch.ts", "src/app/start.js"].map(textOf).join("\n");
    const read = [...sources.matchAll(/"\.\.\/\.\.\/([\w.-]+)/g)].map((found) => found[1]!).filter((name) => name !== "node_modules");
    expect(read).toContain("package.json");
    for (const name of [...read, "src", "adapters"]) expect(COPIED).toContain(name);
  });

  test("starts what npm start starts, by the settings of its environment, as somebody who is not root", () => {
    const command = JSON.parse(STEPS.at(-1)!.replace(/^CMD /, "")) as readonly string[];
    expect([...command, "--dotenv"].join(" ")).toBe(PACKAGE.scripts.start);
    const user = STEPS.indexOf("USER node");
    expect(user).toBeGreaterThan(STEPS.findLastIndex((line) => line.startsWith("RUN ")));
  });

  test("is built on the Node that the program needs, in two stages, without the packages of tests", () => {
    expect(STEPS.filter((line) => line.startsWith("FROM "))).toEqual(["FROM node:24-slim AS packages", "FROM node:24-slim"]);
    expect(STEPS).toContain("RUN npm ci --omit=dev --ignore-scripts");
  });

  test("listens, shows and checks one port, the default", () => {
    const port = Number(/^EXPOSE (\d+)$/m.exec(DOCKERFILE)?.[1]);
    const config = readConfig({});
    expect("problems" in config ? null : config.settings.CUREWATCH_PORT).toBe(port);
    expect(DOCKERFILE).toContain(`http://127.0.0.1:${port}/healthz`);
    expect(DOCKERFILE).toContain("CUREWATCH_HOST=0.0.0.0");
  });
});

describe("compose.yaml", () => {
  test("runs two processes that are equal but for the port at which they are reached from this machine", () => {
    const [one, other] = PROCESSES.map(([, { ports: _ports, ...rest }]) => rest);
    expect(PROCESSES).toHaveLength(2);
    expect(one).toEqual(other);
    const ports = PROCESSES.flatMap(([, { ports }]) => ports!);
    expect(new Set(ports).size).toBe(2);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:3978$/);
  });

  test("names variables that there are, with values that are taken", () => {
    for (const [, { environment }] of PROCESSES) {
      expect(Object.keys(environment).filter((name) => !(name in VARIABLES))).toEqual([]);
      const { DATABASE_URL_FILE: _url, CUREWATCH_SECRET_KEY_FILE: _key, ...rest } = environment;
      expect(readConfig(rest)).not.toHaveProperty("problems");
    }
  });

  test("keeps every secret in a file, mounts those that are named, and leaves more time to stop than stopping takes", () => {
    for (const [, { environment, secrets, stop_grace_period: grace }] of PROCESSES) {
      const named = Object.entries(environment).flatMap(([name, value]) =>
        name.endsWith("_FILE") ? [value.replace("/run/secrets/", "")] : [],
      );
      expect(named.sort()).toEqual([...secrets].sort());
      expect(Number.parseInt(grace, 10)).toBeGreaterThan(30);
    }
    const mounted = new Set(Object.values(COMPOSE.services).flatMap(({ secrets }) => secrets));
    expect([...mounted].sort()).toEqual(Object.keys(COMPOSE.secrets).sort());
    expect(textOf(".gitignore").split("\n")).toContain("secrets/");
  });
});
