import { expect, test, vi } from "vitest";
import type { Place } from "../../src/ports/chat.ts";
import { manyOfTest, serve } from "./many-of-test.ts";

const PLACE = "slack:T1/C1" as Place;
const REGISTER = "--kind sanction --decided 2020-01-02 --visibility desk";

test("what an adapter tells of who reads in a place reaches the desk that posts there: its next tick asks before it says anything", async () => {
  const adapter = manyOfTest();
  adapter.teams = ["T1"];
  let audience: object = { kind: "internal" };
  let asked = 0;
  Object.assign(adapter, {
    async audience(place: Place) {
      if (place === PLACE) asked++;
      return audience;
    },
  });
  const { ask } = await serve(adapter);
  await ask(PLACE, `register CNIL SAN-1 "One" ${REGISTER}`);
  await vi.waitFor(() => expect(adapter.posted.length).toBeGreaterThan(0), 5_000);
  audience = { kind: "shared", because: "guests" };
  const before = asked;
  adapter.host.audienceChanged(PLACE);
  await vi.waitFor(() => expect(asked).toBeGreaterThan(before), 5_000);
});
