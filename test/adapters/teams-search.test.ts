import { describe, expect, test } from "vitest";
import { cardProblems, readButtons, readLines } from "../fakes/teams-platform/card-check.ts";
import { type DialogDesk, dialogDesk, dialogIn, KOUROU, PLACE } from "./teams-dialog-desk.ts";

interface Result {
  readonly contentType: string;
  readonly content: unknown;
  readonly preview: {
    readonly content: {
      readonly title: string;
      readonly subtitle?: string;
      readonly tap: { readonly type: string; readonly value: unknown };
    };
  };
}

async function register(at: DialogDesk, count: number): Promise<void> {
  for (let number = 1; number <= count; number++)
    await at.types(`register CNIL SAN-2023-${100 + number} "Société <at>${number}</at>" --kind order --decided 2023-12-12`);
}

function query(typed: string, more: object = {}): object {
  const parameters = [typed === "" ? { name: "initialRun", value: "true" } : { name: "query", value: typed }];
  return { commandId: "searchMatters", parameters, queryOptions: { skip: 0, count: 25 }, ...more };
}

function resultsIn({ body }: { readonly body: Readonly<Record<string, unknown>> }): readonly Result[] {
  return (body.composeExtension as { readonly attachments: readonly Result[] }).attachments;
}

describe("the search of matters in the compose box", () => {
  test("finds a matter by its words, and inserts what show says of it", async () => {
    const at = await dialogDesk();
    await at.types(KOUROU);
    await register(at, 2);
    const results = resultsIn(await at.sends("composeExtension/query", query("kourou")));
    expect(results).toMatchObject([{ preview: { content: { title: "SAN-2023-018 · Commune de Kourou", tap: { type: "invoke" } } } }]);
    // A client that asks for no more inserts this one.
    expect(cardProblems(results[0]!.content)).toEqual([]);
    expect(readButtons(results[0]!.content)).toMatchObject([{ data: { command: "show CNIL:SAN-2023-018" } }]);
    const [chosen] = resultsIn(await at.sends("composeExtension/selectItem", results[0]!.preview.content.tap.value));
    expect(chosen!.contentType).toBe("application/vnd.microsoft.card.adaptive");
    expect(cardProblems(chosen!.content)).toEqual([]);
    expect(readLines(chosen!.content).join("\n")).toContain("EUR 150 for each day of delay");
  });

  test("shows what comes first before anything is typed, page by page", async () => {
    const at = await dialogDesk();
    await register(at, 30);
    const first = resultsIn(await at.sends("composeExtension/query", query("")));
    const second = resultsIn(await at.sends("composeExtension/query", query("", { queryOptions: { skip: 25, count: 25 } })));
    const titles = [...first, ...second].map(({ preview }) => preview.content.title);
    expect([first.length, second.length, new Set(titles).size]).toEqual([25, 5, 30]);
  });

  test("asks as one whose answer everybody reads: what is private is not inserted", async () => {
    const heard: unknown[] = [];
    const at = await dialogDesk({
      over: (host) => ({
        onCommand(command) {
          heard.push([command.text, command.overheard, command.passing, command.place]);
          return host.onCommand(command);
        },
      }),
    });
    await at.sends("composeExtension/selectItem", { matter: { value: "CNIL:SAN 1", label: "x" } });
    expect(heard).toEqual([['show "CNIL:SAN 1"', true, true, PLACE]]);
  });

  test("looks for what everybody in the conversation may see: a client may insert a result as it was found", async () => {
    const heard: unknown[] = [];
    const at = await dialogDesk({
      over: (host) => ({
        lookUp(request) {
          heard.push(request.passing);
          return host.lookUp(request);
        },
      }),
    });
    await at.sends("composeExtension/query", query("kourou"));
    expect(heard).toEqual([true]);
  });

  test("has nothing where nothing fits", async () => {
    const at = await dialogDesk();
    expect(resultsIn(await at.sends("composeExtension/query", query("nonsense")))).toEqual([]);
  });
});

describe("a list in a dialog that is searched by typing", () => {
  test.each([
    ["matter", "kourou", "CNIL:SAN-2023-018"],
    ["authority", "nationale informatique", "CNIL"],
    ["zone", "paris", "Europe/Paris"],
    ["calendar", "fr", "FR"],
  ])("has the %s that fits first, as it is sent when it is chosen", async (dataset, queryText, value) => {
    const at = await dialogDesk();
    await at.types(KOUROU);
    const { status, body } = await at.sends("application/search", { dataset, queryText, queryOptions: { skip: 0, top: 15 } });
    const { results } = body.value as { readonly results: readonly { readonly title: string; readonly value: string }[] };
    expect([status, body.type]).toEqual([200, "application/vnd.microsoft.search.searchResponse"]);
    expect(results.length).toBeLessThanOrEqual(15);
    expect(results[0]).toMatchObject({ value });
  });

  test("has the first choices at hand for a client that does not ask", async () => {
    const at = await dialogDesk();
    const form = dialogIn(await at.sends("task/fetch", { data: { command: "form register" } }));
    const input = form.inputs.get("authority")!;
    expect(input).toMatchObject({ style: "filtered", "choices.data": { type: "Data.Query", dataset: "authority" } });
    expect((input.choices as readonly unknown[]).length).toBeGreaterThan(5);
  });
});
