import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import { bareEnvironment, call, folderOfTest } from "../support/cli.ts";

/** Two desks with a matter each; the heads of their chains. */
async function twoDesks() {
  const folder = folderOfTest();
  const url = `sqlite:${join(folder, "register.db")}`;
  const type = (...words: string[]) => call([...words, "--db", url], folder, { ...bareEnvironment(folder) });
  await type("register", "CNIL", "SAN-1", "One", "--kind", "sanction", "--decided", "2020-01-02");
  await type("desk", "add", "acme");
  await type("register", "CNIL", "SAN-2", "Two", "--kind", "sanction", "--decided", "2020-01-02", "--desk", "acme");
  const store = await openStore({ url });
  onTestFinished(() => store.close());
  const headOf = async (desk: string) => (await (await store.desk(desk)).ledger.head()).hash;
  return { type, store, main: await headOf("main"), acme: await headOf("acme") };
}

test("the head of another desk's digest is said to be that desk's, in both languages, and nothing to be damaged", async () => {
  const { type, main, acme } = await twoDesks();
  const head = acme.slice(0, 6);
  const { status, out, err } = await type("verify", "--head", head);
  expect([status, out]).toEqual([1, ""]);
  expect(err).toContain(`${head} is a head of the desk acme, and not of this one: type verify --head ${head} --desk acme`);
  expect((await type("verify", "--head", head, "--lang", "fr")).err).toContain(`${head} est une tête du bureau acme, et non de celui-ci`);
  expect((await type("verify", "--head", head, "--desk", "acme")).status).toBe(0);
  expect((await type("verify", "--head", main.slice(0, 6), "--desk", "acme")).err).toContain("is a head of the desk main");
});

test("a head that no desk has is missing, as before", async () => {
  const { type, main, acme } = await twoDesks();
  const head = ["abcdef", "123456", "fedcba"].find((one) => !main.startsWith(one) && !acme.startsWith(one))!;
  const { status, out } = await type("verify", "--head", head);
  expect(status).toBe(1);
  expect(out).toContain("The register is damaged");
  expect(out).toContain(`The head ${head}, which was shown once, is not in this register`);
});
