import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ROOT, start } from "../support/child.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "curewatch-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function started(input: string, environment: Readonly<Record<string, string>> = {}) {
  return start(["src/app/start.js", "main"], { INIT_CWD: folder, ...environment }, input);
}

describe("npm start with nothing configured", () => {
  test("offers the public matters when the register is empty, shows today, answers what is typed and stops at the end of its input", async () => {
    const { status, output, errors } = await started("y\nshow SAN-2023-018 --on 2024-04-04\nlist authority:ACM\nquit\n");
    expect(errors).toBe("");
    expect(status).toBe(0);
    expect(output).toContain("The register is empty");
    expect(output).toMatch(/Registered \d+/);
    expect(output).toMatch(/\d+ matters watched/);
    expect(output).toContain("register head");
    expect(output).toContain("EUR 6,900 (46 days)");
    expect(output).toContain("APPLE-DATING-APPS-2021");
  });

  test("says on its first start, and then no more, that this terminal watches everything", async () => {
    const said = "so it watches everything";
    const first = await started("n\nquit\n");
    expect(first.output).toContain(said);
    expect(first.output.indexOf(said)).toBeGreaterThan(first.output.indexOf("The register is empty"));
    expect((await started("n\nquit\n")).output).not.toContain(said);
  });

  test("keeps its register in the folder in which it was started, and does not offer again", async () => {
    await started("y\n");
    const { output } = await started("list\n");
    expect(output).not.toContain("The register is empty");
    expect(output).toContain("SAN-2023-018");
  });

  test("takes nothing in when it is told no, and takes a first line that is no answer as a command", async () => {
    const refused = await started("n\nlist\n");
    expect(refused.output).toContain("import examples/");
    expect(refused.output).toContain("0 matters");
    const asked = await started("verify\n");
    expect(asked.output).toContain("0 events");
  });

  test("speaks French where it is told to", async () => {
    const { output } = await started("o\nlist\n", { CUREWATCH_LANG: "fr" });
    expect(output).toContain("Le registre est vide");
    expect(output).toContain("affaires suivies");
  });

  test("says what is wrong with the configuration, and no secret", async () => {
    const { status, errors } = await started("", { SLACK_BOT_TOKEN: "hunter2", CUREWATCH_ZONE: "Mars/Olympus", CUREWATCH_PROT: "1" });
    expect(status).toBe(1);
    for (const text of ["SLACK_BOT_TOKEN", "CUREWATCH_ZONE", "IANA"]) expect(errors).toContain(text);
    expect(errors).not.toContain("hunter2");
    expect((await started("", { CUREWATCH_PROT: "1" })).errors).toContain("CUREWATCH_PROT");
  });
});

describe("an older Node", () => {
  test("is told in words what to do", async () => {
    const pretend = "Object.defineProperty(process.versions, 'node', { value: '20.20.2' })";
    const { status, errors } = await start(["--import", `data:text/javascript,${pretend}`, "src/app/start.js", "main"], { INIT_CWD: ROOT });
    expect(status).toBe(1);
    expect(errors).toContain("this is Node 20.20.2");
    expect(errors).toContain("npm ci");
  });
});
