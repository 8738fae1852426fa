import { describe, expect, test } from "vitest";
import { start } from "../support/child.ts";
import { call, type Desk, deskIn, folderOfTest } from "../support/cli.ts";

const ESCAPE = "\u001b]0;pwned\u0007";
/** Everything that a terminal obeys, but line ends and tabs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

const FILE = `matters:
  - ref: A-1
    authority: CNIL
    respondent: Exemple SA
    kind: sanction
    decided: 2024-01-02
    notified: 2024-01-05
    items:
      - id: a
        order: "x\\e]0;pwned\\a"
        cure: { period: P2M, from: notified }
        penalty: { rate: "100", per: day }
`;

async function deskWithEscapes(): Promise<Desk> {
  const desk = deskIn(folderOfTest());
  desk.write("a.yaml", FILE);
  expect(await desk.call("import", "a.yaml")).toMatchObject({ status: 0, err: "" });
  return desk;
}

describe("a text that somebody recorded", () => {
  test.each(["show A-1", "history A-1", "why A-1"])("cannot command the terminal: %s", async (line) => {
    const { status, out, err } = await (await deskWithEscapes()).call(...line.split(" "));
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(out).toContain("A-1");
    expect(out).not.toMatch(CONTROLS);
  });

  test("is shown with a mark where the control character stood", async () => {
    expect((await (await deskWithEscapes()).call("show", "A-1")).out).toContain("x�]0;pwned�");
  });

  test("is whole in JSON, which escapes by itself", async () => {
    const { out } = await (await deskWithEscapes()).call("export", "--format", "json");
    expect(out).not.toContain("\u001b");
    expect(JSON.parse(out).matters[0].items[0].order).toBe(`x${ESCAPE}`);
  });

  test("cannot command the terminal at the prompt", async () => {
    const { folder } = await deskWithEscapes();
    const environment = { INIT_CWD: folder, DATABASE_URL: "sqlite:x.db" };
    const { status, output } = await start(["src/app/start.js", "main"], environment, "show A-1\nquit\n");
    expect(status).toBe(0);
    expect(output).toContain("x�]0;pwned�");
    expect(output).not.toMatch(CONTROLS);
  });
});

describe("a reason on standard error", () => {
  test.each([
    ["of a command that is not known", [`fo${ESCAPE}o`], 2],
    ["of a file that is not there", ["import", `no${ESCAPE}.yaml`], 1],
    ["of an option that cannot be read", ["list", "--lang", ESCAPE], 2],
  ])("%s cannot command the terminal", async (_what, words, expected) => {
    const { status, err } = await call([...words, "--db", "sqlite:x.db"], folderOfTest());
    expect(status).toBe(expected);
    expect(err).toContain("]0;pwned�");
    expect(err).not.toMatch(CONTROLS);
  });
});
