import { expect, test } from "vitest";
import type { PersonRef } from "../../src/ports/chat.ts";
import { ANNA, CHANNEL, installation } from "../fakes/teams-platform/activities.ts";
import { key, openScene, placeIn, refusedWith, seenIn, titled } from "./teams-harness.ts";

const TEXT = [{ person: `teams:${ANNA.aadObjectId}` as PersonRef, name: "Anna Weber" }, " works on it"];

test("a person whom Teams does not let be called is named, and the card is shown all the same, posted and updated", async () => {
  const { platform, bot, say } = await openScene();
  await say(installation(platform.serviceUrl, CHANNEL, "add"));
  const card = titled("M-1", [{ kind: "text", text: TEXT }]);
  const called = await bot.adapter.post(placeIn(CHANNEL), card, key());
  expect(JSON.stringify(platform.shown(CHANNEL)[0]!.activity)).toContain("<at>Anna Weber</at>");
  platform.failWith(refusedWith(400, "BadArgument"));
  const named = await bot.adapter.post(placeIn(CHANNEL), card, key());
  expect([called.ok, named.ok]).toEqual([true, true]);
  expect(JSON.stringify(platform.shown(CHANNEL)[1]!.activity)).not.toContain("<at>");
  expect(seenIn(platform, CHANNEL)).toEqual(["M-1\nAnna Weber works on it", "M-1\nAnna Weber works on it"]);
  platform.failWith(refusedWith(400, "BadArgument"));
  if (called.ok) expect(await bot.adapter.update(called.posted, titled("M-2", [{ kind: "text", text: TEXT }]))).toMatchObject({ ok: true });
  expect(seenIn(platform, CHANNEL)[0]).toBe("M-2\nAnna Weber works on it");
  platform.failWith(refusedWith(400, "BadArgument"));
  expect(await bot.adapter.post(placeIn(CHANNEL), titled("nobody is named"), key())).toMatchObject({ ok: false, retry: "never" });
});
