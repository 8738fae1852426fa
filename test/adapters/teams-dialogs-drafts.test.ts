import { describe, expect, test } from "vitest";
import type { Submission } from "../../src/ports/form.ts";
import { BEA_REF, type DialogDesk, dialogDesk, dialogIn, KOUROU, PLACE, pressed, type Shown } from "./teams-dialog-desk.ts";

const OTHER = KOUROU.replace("SAN-2023-018", "SAN-2023-021");

async function desk(): Promise<{ readonly at: DialogDesk; readonly heard: Submission[]; open(command: string): Promise<Shown> }> {
  const heard: Submission[] = [];
  const at = await dialogDesk({
    over: (host) => ({
      submit(submission) {
        heard.push(submission);
        return host.submit(submission);
      },
    }),
  });
  for (const line of [KOUROU, OTHER]) await at.types(line);
  return { at, heard, open: async (command) => dialogIn(await at.sends("task/fetch", { data: { command } })) };
}

function submits(
  { at }: { readonly at: DialogDesk },
  form: Shown,
  entered: Readonly<Record<string, unknown>>,
): ReturnType<DialogDesk["sends"]> {
  return at.sends("task/submit", pressed(form, [...form.buttons.keys()][0]!, entered));
}

function valueIn(form: Shown, field: string): unknown {
  return form.inputs.get(field)?.value;
}

describe("the settings in a dialog of Teams", () => {
  test("undo nothing that somebody else set while the dialog was open", async () => {
    const given = await desk();
    const { at, heard, open } = given;
    const mine = await open("form settings");
    await at.sends("task/submit", pressed(await open("form settings"), [...mine.buttons.keys()][0]!, { digest: "weekly" }), {
      person: BEA_REF,
      personName: "Béatrice",
    });
    await submits(given, mine, { at: "07:45" });
    expect(heard.at(-1)!.stood).toMatchObject({ at: [valueIn(mine, "at")], digest: [valueIn(mine, "digest")] });
    expect(await at.desk.store.subscriptions.of(PLACE)).toMatchObject({ at: "07:45", digest: "weekly" });
  });
});

describe("what was entered into a dialog of Teams", () => {
  test("is all that is kept: what the form itself brings is of the moment at which it is opened", async () => {
    const given = await desk();
    const { at, open } = given;
    await submits(given, await open("form settings"), { at: "25:99" });
    await at.types("settings --digest weekly");
    const again = await open("form settings");
    expect([valueIn(again, "at"), valueIn(again, "digest")]).toEqual(["25:99", "weekly"]);
  });

  test("is nothing where a form was submitted as it was opened, and refused", async () => {
    const given = await desk();
    const form = await given.open("form paid SAN-2023-018");
    await submits(given, form, {});
    expect([...(await given.open("form paid SAN-2023-018")).buttons.keys()]).toEqual([...form.buttons.keys()]);
  });

  test("is kept for the matter that was chosen, not for the one that the form was opened for, until it is recorded", async () => {
    const given = await desk();
    const entered = { ref: "CNIL:SAN-2023-021", on: "2024-01-10", for: "fine", amount: "nonsense" };
    const wrong = dialogIn(await submits(given, await given.open("form paid SAN-2023-018"), entered));
    expect(valueIn(await given.open("form paid SAN-2023-018"), "amount")).toBeUndefined();
    expect(valueIn(await given.open("form paid SAN-2023-021"), "amount")).toBe("nonsense");
    await submits(given, wrong, { ...entered, amount: "5000" });
    expect(valueIn(await given.open("form paid SAN-2023-021"), "amount")).toBeUndefined();
  });

  test("of one message does not stand in the note that is made of another, and beginning anew keeps the message", async () => {
    const given = await desk();
    const noted = async (address: string) =>
      dialogIn(
        await given.at.sends("composeExtension/fetchTask", {
          commandId: "note",
          messagePayload: { linkToMessage: address, body: { contentType: "text", content: `of ${address}` } },
        }),
      );
    await submits(given, await noted("https://teams.example/1"), { ref: "NONE-1", text: "mine" });
    expect(valueIn(await noted("https://teams.example/2"), "text")).toBe("of https://teams.example/2");
    const again = await noted("https://teams.example/1");
    expect([valueIn(again, "text"), valueIn(again, "ref")]).toEqual(["mine", "NONE-1"]);
    const anew = [...again.buttons].find(([, button]) => (button.data as { anew?: unknown }).anew === true)!;
    const blank = dialogIn(await given.at.sends("task/submit", pressed(again, anew[0])));
    expect([valueIn(blank, "text"), valueIn(blank, "source")]).toEqual(["of https://teams.example/1", "https://teams.example/1"]);
    expect(valueIn(blank, "ref")).not.toBe("NONE-1");
  });
});

describe("what was entered into the note that is made of one message", () => {
  const notedIn = async (given: Awaited<ReturnType<typeof desk>>, id: string, content: string) =>
    dialogIn(
      await given.at.sends("composeExtension/fetchTask", {
        commandId: "note",
        messagePayload: { id, body: { contentType: "text", content } },
      }),
    );

  test("does not stand in that of another where Teams tells no address of either, and is there again for the first", async () => {
    const given = await desk();
    await submits(given, await notedIn(given, "1700000000001", "A: they call"), { ref: "NONE-1", text: "A: agreed" });
    expect(valueIn(await notedIn(given, "1700000000002", "B: they refuse"), "text")).toBe("B: they refuse");
    expect(valueIn(await given.open("form note"), "text")).toBeUndefined();
    const again = await notedIn(given, "1700000000001", "A: they call");
    expect(valueIn(again, "text")).toBe("A: agreed");
    const anew = [...again.buttons].find(([, button]) => (button.data as { anew?: unknown }).anew === true)!;
    const blank = dialogIn(await given.at.sends("task/submit", pressed(again, anew[0])));
    expect(valueIn(blank, "text")).toBe("A: they call");
    await submits(given, blank, { ref: "NONE-1", text: "A: again" });
    expect(valueIn(await notedIn(given, "1700000000001", "A: they call"), "text")).toBe("A: again");
    expect(valueIn(await notedIn(given, "1700000000002", "B: they refuse"), "text")).toBe("B: they refuse");
  });

  test("is taken down without what is not seen and turns it round", async () => {
    const given = await desk();
    expect(valueIn(await notedIn(given, "1700000000003", "Pay \u202E000,9 now"), "text")).toBe("Pay 000,9 now");
  });
});

describe("a day that a client sends otherwise than it should", () => {
  test.each(["1445-07-07", "2567-01-10", "10/01/2024", "١٠/٠١/٢٠٢٤", "令和6年1月10日", "2024-01-10T00:00:00Z", "2024-02-30"])(
    "%s is told of under its field as it was sent, and nothing is recorded",
    async (on) => {
      const given = await desk();
      const wrong = dialogIn(await submits(given, await given.open("form paid SAN-2023-018"), { on, for: "fine", amount: "5000" }));
      expect(valueIn(wrong, "on")).toBe(on);
      expect((await given.at.desk.register.all()).flatMap(({ events }) => events.map(({ event }) => event.type))).not.toContain("paid");
    },
  );
});
