import { expect, test } from "vitest";
import { ANA, sessionAt, textOf } from "./places.ts";

/** While the time of CNIL SAN-2024-001 runs, which ends on 5 March 2024. */
const NOW = "2024-02-13T13:00:00.000Z";
const BOTH = "Tue 5 Mar 2024, 24:00 Paris (20:00 Cayenne)";

test("a clock time is given in the zone of the place too, in what is shown, recorded and registered there", async () => {
  const session = await sessionAt(NOW);
  expect(textOf(await session.type("show SAN-2024-001", ANA))).not.toContain("Cayenne");
  await session.ask("settings --zone America/Cayenne", ANA);
  expect(textOf(await session.type("show SAN-2024-001", ANA))).toContain(BOTH);
  expect(textOf(await session.type("show SAN-2024-001 --on 2024-02-10", ANA))).toContain(BOTH);
  expect(textOf(await session.type("note SAN-2024-001 --on 2024-02-13 --text seen", ANA))).toContain(BOTH);
  const typed = 'register CNIL SAN-2024-7 "B" --kind sanction --decided 2024-02-12 --until 2024-03-05 --because "set" --rate 1 --per day';
  expect(textOf(await session.type(typed, ANA))).toContain(BOTH);
});

test("where a place has no settings it is the zone of the desk", async () => {
  const session = await sessionAt(NOW);
  const text = textOf(
    await session.type('register FTC F-1 "B" --kind sanction --decided 2024-02-12 --until 2024-02-20 --because "set"', ANA),
  );
  expect(text).toContain("Tue 20 Feb 2024, 24:00 New York (Wed 21 Feb 06:00 Paris)");
});
