import { describe, expect, test } from "vitest";
import { hasForm } from "../../src/commands/forms.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import { atLeast } from "../../src/commands/permission.ts";
import type { Role } from "../../src/ports/access.ts";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import { formDesk, textOf } from "./form-desk.ts";
import { DESK, EVERYBODY, guardedDesk, INTERNAL, PEOPLE, PUBLIC, SECRET, type Who } from "./guarded-desk.ts";

const ROLE: Readonly<Record<Who, Role>> = {
  ...{ admin: "admin", approver: "approver", editor: "editor", reader: "reader" },
  ...{ none: "none", guest: "none", stranger: "none", unknown: "none" },
};
const CHAT = COMMANDS.filter(({ terminalOnly }) => terminalOnly !== true);
/** No answer of a command, but why somebody may not have one. */
const TURNED_AWAY = /^Not done\n.*(needs the role|no role at this desk is yours|does not tell now who you are)/s;

/** Whether a command may be run in a channel of a desk that somebody administers. */
function may(who: Who, { who: needed, access }: (typeof COMMANDS)[number]): boolean {
  if (who === "guest" || who === "stranger") return needed === "reader" && access === "reads";
  return atLeast(ROLE[who], needed);
}

function asking(who: Who, place: Place = INTERNAL) {
  return { place, person: PEOPLE[who] as PersonRef, personName: who };
}

describe("who may run a command", () => {
  test.each(EVERYBODY)("%s runs, fills in and is offered exactly what their role holds", async (who) => {
    const desk = await guardedDesk();
    const head = await desk.head();
    for (const command of CHAT) {
      const allowed = may(who, command);
      const line = command.examples[0]!;
      if (!allowed) {
        expect(await desk.told(who, line), line).toMatch(TURNED_AWAY);
        expect(await desk.told(who, command.verb), command.verb).toMatch(TURNED_AWAY);
      }
      if (!hasForm(command)) continue;
      const form = await desk.door.form({ ...desk.asking(asking(who)), verb: command.verb, values: {} });
      if (allowed) expect("cards" in form && TURNED_AWAY.test(textOf(form)), command.verb).toBe(false);
      else expect("cards" in form ? textOf(form) : "a form", command.verb).toMatch(TURNED_AWAY);
      if (allowed) continue;
      const told = await desk.submit(command.verb, { ref: [DESK], on: ["2024-05-01"] }, asking(who));
      expect("fields" in told ? `Not done\n${told.other}` : textOf(told), command.verb).toMatch(TURNED_AWAY);
    }
    if (!atLeast(ROLE[who], "editor")) expect(await desk.head(), "nothing was recorded").toBe(head);
  });

  test("a refusal says what is needed, what is held and who gives it, and the same of a matter that is not there", async () => {
    const desk = await guardedDesk();
    await desk.told("admin", "help");
    const said = "ack needs the role editor; yours is reader. Administrators: @admin";
    for (const ref of [PUBLIC, DESK, SECRET, "NOWHERE-1"]) expect(await desk.told("reader", `ack ${ref}`)).toContain(said);
    expect(await desk.told("guest", `ack ${DESK}`)).toContain("ack needs the role editor; yours is that of a guest");
  });

  test("a line that lacks its matter shows none to whoever may not run it", async () => {
    const desk = await guardedDesk();
    for (const who of ["reader", "guest", "none", "unknown"] as const) {
      const answer = await desk.as(who, "ack");
      expect(textOf(answer)).toMatch(TURNED_AWAY);
      expect(JSON.stringify(answer)).not.toMatch(/DESK-2024|PUB-2024|SECRET-2024/);
      expect(answer.form).toBeUndefined();
    }
  });

  test("a reader opens no form by form or record either", async () => {
    const desk = await guardedDesk();
    for (const line of ["form register", `record ${DESK} paid`, `form complied ${DESK}`])
      expect(await desk.told("reader", line), line).toMatch(/needs the role editor; yours is reader/);
    expect((await desk.as("editor", "form register")).form?.verb).toBe("register");
  });
});

describe("whoever is turned away", () => {
  test.each(["none", "unknown"] as const)("%s is given nothing at any door", async (who) => {
    const desk = await guardedDesk();
    for (const line of ["", "help", "thanks", "hello", "list", "what is this", `show ${PUBLIC}`, "PUB-2024-001"]) {
      const answer = await desk.as(who, line);
      expect(textOf(answer), line).toMatch(TURNED_AWAY);
      expect(JSON.stringify(answer), line).not.toContain("Firma");
    }
    expect(textOf(await desk.door.home(desk.asking(asking(who))))).toMatch(TURNED_AWAY);
    expect(await desk.found("matter", "", 10, asking(who))).toEqual([]);
    expect(await desk.found("authority", "cnil", 10, asking(who))).toEqual([]);
  });

  test("somebody of whom the platform cannot tell now is asked to try again, and is neither guest nor member", async () => {
    const desk = await guardedDesk();
    expect(await desk.told("unknown", `show ${PUBLIC}`)).toMatch(/try again in a few minutes/);
    const by = await desk.id("admin");
    await desk.desk.store.access.grant({ person: await desk.id("unknown"), role: "reader", by, at: desk.desk.clock.now() });
    expect(await desk.told("unknown", `show ${DESK}`)).toContain("DESK-2024-002");
  });

  test("a welcome is for everybody but whom the desk has turned away", async () => {
    const desk = await guardedDesk();
    const welcome = async (who: Who) => textOf({ cards: await desk.door.welcome(desk.asking(asking(who))) });
    expect(await welcome("none")).toMatch(TURNED_AWAY);
    for (const who of ["reader", "unknown", "guest"] as const) expect(await welcome(who)).not.toMatch(TURNED_AWAY);
  });
});

describe("a place", () => {
  test("is not made to watch by a word of somebody who may not set up a watch", async () => {
    const desk = await formDesk(undefined, { admins: ["slack:T1/U9" as PersonRef] });
    expect(textOf(await desk.type("help"))).not.toContain("watches everything");
    expect(await desk.desk.store.subscriptions.all()).toEqual([]);
    await desk.type("help", { person: "slack:T1/U9" as PersonRef, personName: "nine" });
    expect(await desk.desk.store.subscriptions.all()).toHaveLength(1);
  });

  test("is set up by editors, and one's own conversation by whoever reads", async () => {
    const desk = await guardedDesk();
    expect(await desk.told("reader", "watch")).toMatch(/watch needs the role editor; yours is reader/);
    expect(await desk.told("reader", "settings --at 08:00")).toMatch(/settings needs the role editor/);
    expect(await desk.told("reader", "settings --at 08:00", "alone")).toContain("08:00");
    expect(await desk.told("reader", "mine")).not.toMatch(TURNED_AWAY);
  });
});

describe("a desk that nobody administers", () => {
  test("works as before: everybody of the company records, checks the register and names the place for operations", async () => {
    const desk = await formDesk();
    for (const line of ["operations here", "verify", "watch", "undelivered"])
      expect(textOf(await desk.type(line)), line).not.toMatch(TURNED_AWAY);
    expect(textOf(await desk.type("role"))).toMatch(/role needs the role admin; yours is editor\. Nobody administers this desk/);
    expect(textOf(await desk.type("policy --role admin"))).not.toContain("Changed");
  });

  test("is administered as soon as the command line has given the role", async () => {
    const desk = await guardedDesk();
    const by = await desk.id("approver");
    const bare = await formDesk();
    const { store, clock } = bare.desk;
    await store.access.grant({ person: await store.people.idOf("slack:T1/U9", "nine"), role: "admin", by, at: clock.now() });
    expect(textOf(await bare.type("verify"))).toMatch(/verify needs the role admin; yours is editor. Administrators: @nine/);
  });
});
