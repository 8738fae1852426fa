import { describe, expect, test } from "vitest";
import { openSkew } from "../../src/app/skew.ts";
import { setClock } from "../../src/time/clock.ts";
import type { Instant } from "../../src/time/instant.ts";
import { keptLog, later, NOW } from "./kept-log.ts";

function skewOfTest() {
  const [clock, log] = [setClock(NOW), keptLog()];
  return { clock, log, skew: openSkew(clock, log) };
}

describe("the clock's skew", () => {
  test("is not known before a platform has said its time", () => {
    expect(skewOfTest().skew.seconds("slack")).toBeNull();
  });

  test("is kept for each adapter as it was heard last: positive where the machine is ahead, negative where it is behind", () => {
    const { skew } = skewOfTest();
    skew.heard("slack", later(NOW, -2));
    skew.heard("teams", later(NOW, 30));
    expect([skew.seconds("slack"), skew.seconds("teams")]).toEqual([2, -30]);
    skew.heard("slack", later(NOW, 1.5));
    expect(skew.seconds("slack")).toBe(-1.5);
  });

  test("is logged once in words beyond a minute, and once when it is over, however often it is heard", () => {
    const { skew, log, clock } = skewOfTest();
    skew.heard("slack", later(NOW, -60));
    expect(log.lines).toEqual([]);
    for (const seconds of [61, 62, 400]) skew.heard("slack", later(NOW, -seconds));
    expect(log.lines).toEqual([expect.stringContaining("the machine's clock is 61 seconds ahead of that of slack")]);
    skew.heard("teams", later(NOW, 90));
    expect(log.lines.at(-1)).toContain("90 seconds behind that of teams");
    clock.set(later(NOW, -400));
    skew.heard("slack", later(NOW, -401));
    skew.heard("slack", later(NOW, -401));
    expect(log.lines).toHaveLength(3);
    expect(log.lines.at(-1)).toContain("agrees with that of slack again");
    skew.heard("slack", later(NOW, 0));
    expect(log.lines.at(-1)).toContain("400 seconds behind that of slack");
  });

  test("passes over what is no moment", () => {
    const { skew } = skewOfTest();
    skew.heard("slack", "garbage" as Instant);
    expect(skew.seconds("slack")).toBeNull();
  });
});
