import { describe, expect, test } from "vitest";
import { ANA, BEN, consentDesk, DAN } from "../commands/consent-desk.ts";
import { textOf } from "../commands/form-desk.ts";

const SHOW = "show SAN-2023-018";

describe("a command that a platform sends again", () => {
  test("is answered as before, and is not run twice", async () => {
    const desk = await consentDesk();
    const line = "paid SAN-2023-018 --on 2024-04-30 --amount 10 --for fine";
    const first = await desk.type(line, { ...ANA, id: "same" });
    const version = await desk.version();
    expect(version).toBe(2);
    expect(await desk.type(line, { ...ANA, id: "same" })).toEqual(first);
    expect(await desk.version()).toBe(version);
  });

  test("is not answered with what another person was told in that place", async () => {
    const desk = await consentDesk();
    await desk.type(SHOW, { ...ANA, id: "same" });
    expect(textOf(await desk.type("help", { ...BEN, place: ANA.place!, id: "same" }))).not.toContain("Kourou");
  });

  test("is told nothing more where whoever asks was turned away since", async () => {
    const desk = await consentDesk();
    await desk.type(SHOW, { ...BEN, id: "same" });
    await desk.grant(BEN, "none");
    const again = textOf(await desk.type(SHOW, { ...BEN, id: "same" }));
    expect(again).not.toContain("Kourou");
    expect(again).toContain("answered before");
  });

  test("shows no text that was erased since", async () => {
    const desk = await consentDesk();
    expect(textOf(await desk.type(SHOW, { ...ANA, id: "same" }))).toContain("Kourou");
    await desk.type("erase SAN-2023-018 --all --because request --confirmed 1", DAN);
    expect(textOf(await desk.type(SHOW, { ...ANA, id: "same" }))).not.toContain("Kourou");
  });

  test("is not run again where it changed itself what may be seen", async () => {
    const desk = await consentDesk();
    const line = "role slack:T1/U2 is reader";
    const first = await desk.type(line, { ...DAN, id: "same" });
    expect(await desk.type(line, { ...DAN, id: "same" })).toEqual(first);
    const roles = (await desk.desk.store.trail.latest(20)).filter(({ action }) => action === "role");
    expect(roles).toHaveLength(1);
  });
});
