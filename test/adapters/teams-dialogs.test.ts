import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { hasForm } from "../../src/commands/forms.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import { ANNA_REF, BEA_REF, dialogDesk, dialogIn, KOUROU, PLACE, pressed, shownIn } from "./teams-dialog-desk.ts";

const parser = createRequire(import.meta.url)("adaptivecards/dist/adaptivecards.js") as typeof import("adaptivecards");

/** What the library of Adaptive Cards says of a card. It knows choices.data from a later version only; Teams takes it in any (documentation, "Typeahead search"). */
function complaintsOf(card: unknown): readonly string[] {
  const context = new parser.SerializationContext(parser.Versions.v1_5);
  new parser.AdaptiveCard().parse(card, context);
  const complaints = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  return complaints.filter((text) => !text.includes('"choices.data" is supported in version 1.6'));
}

function button(command: string): object {
  return { data: { msteams: { type: "task/fetch" }, command } };
}

async function eventsOf(at: Awaited<ReturnType<typeof dialogDesk>>): Promise<readonly string[]> {
  return (await at.desk.register.all()).flatMap(({ events }) => events.map(({ event }) => event.type));
}

describe("a dialog of Teams before a real desk", () => {
  test.each(["en", "fr"] as const)("opens for every form, with and without the matter, in %s", async (language) => {
    const at = await dialogDesk({ language, admins: [ANNA_REF] });
    await at.types(KOUROU);
    const verbs = COMMANDS.filter(hasForm);
    expect(verbs.map(({ verb }) => verb)).toEqual(
      expect.arrayContaining(["register", "notified", "watch", "settings", "snooze", "assign"]),
    );
    for (const { verb, positionals } of verbs) {
      const takesRef = positionals.some(({ kind }) => kind === "matter");
      for (const line of [`form ${verb}`, ...(takesRef ? [`form ${verb} SAN-2023-018`] : [])]) {
        const shown = dialogIn(await at.sends("task/fetch", button(line)));
        const isWhole = shown.inputs.size > 0 && shown.buttons.has(language === "en" ? "Cancel" : "Annuler");
        expect([line, isWhole, complaintsOf(shown.card)]).toEqual([line, true, []]);
      }
    }
    expect(at.faults).toEqual([]);
  });

  test("puts a matter off by a date input, and says so in the dialog to the asker alone", async () => {
    const at = await dialogDesk();
    await at.types(KOUROU);
    const form = dialogIn(await at.sends("task/fetch", button("form snooze SAN-2023-018")));
    expect(form.inputs.get("day")).toMatchObject({ type: "Input.Date", value: "2024-02-04" });
    const [submit] = form.buttons.keys();
    const said = dialogIn(await at.sends("task/submit", pressed(form, submit!, { day: "2024-02-01" })));
    expect(said.lines.join("\n")).toContain("1 Feb");
    expect(said.inputs.size).toBe(0);
    expect(at.told).toEqual([]);
    const shown = (await at.types("show SAN-2023-018")).cards;
    expect(JSON.stringify(shown)).toContain("Thu 1 Feb");
  });

  test("keeps what was entered and says under its field what is wrong; then it is recorded once", async () => {
    const at = await dialogDesk();
    await at.types(KOUROU);
    const form = dialogIn(await at.sends("task/fetch", button("form paid SAN-2023-018")));
    const [submit] = form.buttons.keys();
    const wrong = dialogIn(await at.sends("task/submit", pressed(form, submit!, { on: "2024-01-10", for: "fine", amount: "*lots*" })));
    expect(form.inputs.get("amount")).toMatchObject({ isRequired: true, errorMessage: "Fill this in." });
    expect(wrong.inputs.get("amount")).toMatchObject({ type: "Input.Text", value: "*lots*" });
    expect(wrong.inputs.get("on")).toMatchObject({ type: "Input.Date", value: "2024-01-10" });
    const body = wrong.card.body as readonly {
      readonly id?: string;
      readonly inlines?: readonly { readonly color?: string; readonly text?: string }[];
    }[];
    const below = body[body.findIndex(({ id }) => id === "one:amount") + 1]!;
    expect(below.inlines).toMatchObject([{ color: "Attention", text: expect.stringContaining("lots") }]);
    expect(await eventsOf(at)).not.toContain("paid");
    const good = pressed(wrong, submit!, { amount: "5000" });
    const done = await Promise.all([at.sends("task/submit", good), at.sends("task/submit", good)]);
    expect(done.map((reply) => dialogIn(reply).inputs.size)).toEqual([0, 0]);
    expect(shownIn(await at.sends("task/submit", good))).toBeNull();
    expect((await eventsOf(at)).filter((type) => type === "paid")).toHaveLength(1);
  });

  test("goes on with the next form where one leads to another", async () => {
    const at = await dialogDesk();
    await at.types(KOUROU);
    const first = dialogIn(await at.sends("task/fetch", button("form record SAN-2023-018")));
    expect(first.inputs.get("what")).toMatchObject({ type: "Input.ChoiceSet", style: "filtered" });
    const [submit] = first.buttons.keys();
    const next = dialogIn(await at.sends("task/submit", pressed(first, submit!, { what: "extended" })));
    expect(next.inputs.has("until")).toBe(true);
    expect(JSON.stringify(next.card)).toContain("SAN-2023-018");
  });

  test("fills in what came to nothing before, until it is begun anew or recorded", async () => {
    const at = await dialogDesk();
    await at.types(KOUROU);
    const open = async () => dialogIn(await at.sends("task/fetch", button("form paid SAN-2023-018")));
    const form = await open();
    const [submit] = form.buttons.keys();
    await at.sends("task/submit", pressed(form, submit!, { on: "2024-01-10", amount: "nonsense" }));
    const again = await open();
    expect(again.inputs.get("amount")).toMatchObject({ value: "nonsense" });
    const [anew] = [...again.buttons.keys()].filter((title) => !form.buttons.has(title));
    const blank = dialogIn(await at.sends("task/submit", pressed(again, anew!)));
    expect(blank.inputs.get("amount")).not.toHaveProperty("value");
    expect([...blank.buttons.keys()]).toEqual([...form.buttons.keys()]);
    expect((await open()).inputs.get("amount")).not.toHaveProperty("value");
  });

  test("asks for people by name where the roster is known, and hands their reference on with it", async () => {
    const people = async () => [
      { person: BEA_REF, name: "Béatrice Noir" },
      { person: "teams:3" as typeof BEA_REF, name: "Carl" },
    ];
    const at = await dialogDesk({ people });
    await at.types(KOUROU);
    const form = dialogIn(await at.sends("task/fetch", button("form assign SAN-2023-018")));
    const field = [...form.inputs].find(([, input]) => JSON.stringify(input["choices.data"] ?? "").includes("people"));
    expect(field?.[1].choices).toEqual([
      { title: "Béatrice Noir", value: BEA_REF },
      { title: "Carl", value: "teams:3" },
    ]);
    const found = await at.sends("application/search", { queryText: "beatrice", dataset: "people", queryOptions: { skip: 0, top: 15 } });
    expect(found.body).toMatchObject({ value: { results: [{ title: "Béatrice Noir", value: BEA_REF }] } });
    const [submit] = form.buttons.keys();
    const said = dialogIn(await at.sends("task/submit", pressed(form, submit!, { [field![0]]: BEA_REF })));
    expect(said.lines.join("\n")).toContain("Assigned to @Béatrice Noir");
  });

  test("closes without a word where it is cancelled, and answers a stale button with what happened", async () => {
    const at = await dialogDesk();
    await at.types(KOUROU);
    const form = dialogIn(await at.sends("task/fetch", button("form snooze SAN-2023-018")));
    expect(shownIn(await at.sends("task/submit", pressed(form, "Cancel")))).toBeNull();
    await at.confirms("closed SAN-2023-018 --on 2024-01-18");
    const stale = dialogIn(await at.sends("task/fetch", button("form snooze SAN-2023-018")));
    expect([stale.inputs.size, stale.lines.join(" ")]).toEqual([0, expect.stringMatching(/closed/i)]);
  });

  test("shows the settings of a place from its Manage menu, changes them, and says what stands", async () => {
    const at = await dialogDesk();
    const form = dialogIn(await at.sends("config/fetch", {}));
    const [submit] = form.buttons.keys();
    const reply = await at.sends("config/submit", pressed(form, submit!, { at: "07:45", digest: "weekly" }));
    expect(reply.body).toMatchObject({ responseType: "config" });
    expect(dialogIn(reply).lines.join("\n")).toContain("07:45");
    expect(await at.desk.store.subscriptions.of(PLACE)).toMatchObject({ at: "07:45", digest: "weekly" });
  });

  test("opens the forms of the compose box, and notes a message with its words and its address", async () => {
    const at = await dialogDesk();
    expect(dialogIn(await at.sends("composeExtension/fetchTask", { commandId: "register" })).inputs.has("authority")).toBe(true);
    const messagePayload = {
      linkToMessage: "https://teams.microsoft.com/l/message/1",
      body: { contentType: "html", content: "<p>They <b>paid</b> &lt;today&gt;</p><p>&amp;lt; all</p>" },
    };
    const note = dialogIn(await at.sends("composeExtension/fetchTask", { commandId: "note", messagePayload }));
    expect(note.inputs.get("text")).toMatchObject({ value: "They paid <today>\n&lt; all", isMultiline: true });
    expect(note.inputs.get("source")).toMatchObject({ value: "https://teams.microsoft.com/l/message/1" });
    expect(shownIn(await at.sends("composeExtension/fetchTask", { commandId: "nonsense" }))).toMatchObject({ inputs: new Map() });
  });

  test("cuts a message that is longer than a note, says so, and records the note as it is cut", async () => {
    const at = await dialogDesk();
    await at.types(KOUROU);
    const messagePayload = { body: { contentType: "text", content: "🕰️é".repeat(7_000) } };
    const reply = await at.sends("composeExtension/fetchTask", { commandId: "note", messagePayload });
    expect(2 * JSON.stringify(reply.body).length).toBeLessThan(80_000);
    const note = dialogIn(reply);
    expect(note.lines).toContain("A text was longer than this form holds and was cut at its end.");
    const [submit] = note.buttons.keys();
    expect(dialogIn(await at.sends("task/submit", pressed(note, submit!, { ref: "SAN-2023-018" }))).inputs.size).toBe(0);
    expect(await eventsOf(at)).toContain("note");
  });
});
