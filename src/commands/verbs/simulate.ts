import { freshMemory } from "../../alerts/delivery.ts";
import { POLICY } from "../../alerts/policy.ts";
import { entriesOf } from "../../alerts/recording.ts";
import { openRegister, type Register } from "../../alerts/register.ts";
import { usualSettings } from "../../alerts/subscription.ts";
import { type Said, type TickHost, tick } from "../../alerts/tick.ts";
import { wholeSights } from "../../alerts/whole-sights.ts";
import { problemText } from "../../cards/findings.ts";
import { authorityOf } from "../../law/catalogue.ts";
import { refuse } from "../../law/finding.ts";
import { writeAmount } from "../../law/money.ts";
import { nextEventId } from "../../matter/decide.ts";
import type { MatterEvent } from "../../matter/events.ts";
import { dayOf, type FiledMatter, notificationOf } from "../../matter/facts.ts";
import { matterKey } from "../../matter/key.ts";
import { factsOf, mergeMatter } from "../../matter/merge.ts";
import type { ChatAdapter, Place } from "../../ports/chat.ts";
import { noProbe } from "../../ports/probe.ts";
import { type SetClock, setClock } from "../../time/clock.ts";
import { addDays, type Day } from "../../time/day.ts";
import { dayIn, type Instant, isZone, momentOf, writeIn, type Zone } from "../../time/instant.ts";
import type { Command, Context, FileProblems } from "../command.ts";
import { digestJson } from "../digest-json.ts";
import { jsonText } from "../json-text.ts";
import type { Terminal } from "../terminal.ts";
import { type Entry, readMatters } from "./import.ts";

export const simulate: Command = {
  verb: "simulate",
  summary: "help.simulate",
  group: "terminal",
  access: "reads",
  who: "reader",
  standalone: true,
  terminalOnly: true,
  positionals: [{ name: "file", kind: "file", required: true, many: true }],
  options: [
    { name: "from", kind: "day", required: true },
    { name: "to", kind: "day", required: true },
    { name: "zone", kind: "word" },
  ],
  examples: ["simulate examples/clearview-cnil.yaml --from 2022-10-17 --to 2023-05-10"],
  async run(values, context) {
    const [from, to] = [values.from as Day, values.to as Day];
    if (to < from) return refuse("window-backwards", { from, to });
    const read = await readMatters(values.file as readonly string[], context);
    if ("problems" in read) return read;
    const wrong = checkAll(read.entries, context);
    if (wrong !== null) return wrong;
    const zones = [...new Set(read.entries.map(({ filed }) => authorityOf(filed.authority)!.zone))];
    const zone = (values.zone as string | undefined) ?? (zones.length === 1 ? zones[0]! : null);
    if (zone === null) return refuse("zone-needed", { zones });
    if (!isZone(zone)) return refuse("zone-unknown", { got: zone });
    const lines = await rehearse(read.entries, from, to, zone, context);
    return { cards: [], json: { lines }, written: true };
  },
};

function checkAll(entries: readonly Entry[], { language, clock }: Context): FileProblems | null {
  const problems = entries.flatMap(({ filed, file, lineOf }) => {
    const today = dayIn(authorityOf(filed.authority)?.zone ?? "UTC", clock.now());
    const { problems: found } = mergeMatter(filed, null, today);
    return found.map((problem) => ({ file, line: lineOf(problem.path), code: problem.code, text: problemText(language, problem) }));
  });
  return problems.length === 0 ? null : { problems };
}

/** Something that becomes known at 00:00 of its day at the authority. */
interface News {
  readonly at: Instant;
  readonly key: string;
  readonly facts: ReturnType<typeof factsOf> | null;
  readonly events: readonly MatterEvent[];
}

/** A matter when it was decided, its notification when notified, every event on its day. */
function newsOf({ filed }: Entry): readonly News[] {
  const authority = authorityOf(filed.authority)!;
  const key = matterKey(authority.code, filed.ref, filed.addressee);
  const known = firstKnown(filed);
  const notification = notificationOf(factsOf(filed, authority));
  const later = notification !== null && notification.from > known && notification.from === notification.to;
  const { notified, ...rest } = factsOf(filed, authority);
  const facts = later || notified === undefined ? rest : { ...rest, notified };
  const at = (day: Day) => momentOf(authority.zone, day < known ? known : day);
  const news: News[] = [{ at: at(known), key, facts, events: [] }];
  // Each event under the id that an import gives it: a correction names one, and the notification, which is none of the file's, takes none of theirs.
  const ids = entriesOf({ key, facts: null, events: filed.events ?? [] }, null).map(({ eventId }) => eventId);
  if (later) {
    const event: MatterEvent = {
      id: nextEventId(new Set(ids), ids.length + 1),
      on: notification.from,
      type: "notified",
      ...(notification.time === undefined ? {} : { at: notification.time }),
    };
    news.push({ at: at(notification.from), key, facts: null, events: [event] });
  }
  for (const [index, event] of (filed.events ?? []).entries())
    news.push({ at: at(event.on), key, facts: null, events: [{ ...event, id: ids[index]! }] });
  return news;
}

function firstKnown(filed: FiledMatter): Day {
  const notified = notificationOf(filed as Parameters<typeof notificationOf>[0])?.from ?? null;
  const days = [dayOf(filed.decided), notified, dayOf(filed.published), filed.events?.[0]?.on ?? null].filter((day) => day !== null);
  return dayOf(filed.decided) ?? days.sort()[0] ?? ("2000-01-01" as Day);
}

/** Runs the real plan, tick, delivery log and console adapter, day by day, under a clock that is set. What is said before `from` is not printed. */
async function rehearse(entries: readonly Entry[], from: Day, to: Day, zone: Zone, context: Context): Promise<number> {
  const terminal = context.terminal!;
  const store = await terminal.openScratch();
  const clock = setClock(momentOf(zone, addDays(from, -1)));
  const register = openRegister(store.ledger);
  const texts: string[] = [];
  const adapter = await recording(terminal, texts);
  const place = "console:terminal" as Place;
  const since = clock.now();
  await store.subscriptions.settle(usualSettings(place, context.language, zone, "p1", since));
  await store.subscriptions.add(place, { filters: [], by: "p1", since });
  const quiet = { info: () => undefined, warn: () => undefined, error: (about: object) => terminal.fault(about) };
  const { deliveries, subscriptions, attention, people, index, liveCards } = store;
  const host: TickHost = {
    ...{ register, deliveries, subscriptions, attention, people, index, liveCards, clock },
    ...wholeSights(store.state("sights")),
    log: quiet,
    probe: noProbe,
    memory: freshMemory(),
    house: { language: context.language, zone },
    stopping: () => false,
    alone: false,
    adapterOf: () => adapter,
    direct: () => null,
    operations: async () => null,
  };
  await adapter.start({
    clock,
    log: quiet,
    state: store.state("console"),
    route: () => undefined,
    onCommand: async () => ({ cards: [], audience: "asker" }),
    heardTime: () => undefined,
    workspacesChanged: async () => undefined,
    audienceChanged: () => undefined,
    form: async () => ({ cards: [], audience: "asker" }),
    submit: async () => ({ cards: [], audience: "asker" }),
    lookUp: async () => [],
    home: async () => ({ cards: [], previous: "", next: "" }),
    welcome: async () => [],
  });
  const news = entries.flatMap(newsOf).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const moments = momentsOf(entries, addDays(from, -1), to, zone);
  let lines = 0;
  for (const [index, moment] of moments.entries()) {
    await learn(news, moment, register, clock);
    clock.set(moment);
    const said = await tickedOut(host);
    terminal.progress(index + 1, moments.length);
    const posted = texts.splice(0);
    if (dayIn(zone, moment) < from) continue;
    for (const [number, contents] of said.entries()) {
      const line = lineOf(contents, posted[number] ?? "", writeIn(zone, moment), place, context);
      terminal.writeLine(terminal.json ? jsonText(line) : `${line.at}\n${line.text}\n`);
      lines++;
    }
  }
  await adapter.stop();
  await store.close();
  return lines;
}

async function learn(news: News[], until: Instant, register: Register, clock: SetClock): Promise<void> {
  while (news[0] !== undefined && news[0].at <= until) {
    const { at, key, facts, events } = news.shift()!;
    clock.set(at);
    const recorded = await register.record(() => [{ key, facts, events }], {
      recordedAt: at,
      by: "p1",
      commandId: `simulated-${news.length}`,
      via: "command",
    });
    if ("refused" in recorded) throw new Error(`a checked file was refused: ${recorded.refused}`);
  }
}

/** 09:00 at each authority and at the place, in order. */
function momentsOf(entries: readonly Entry[], from: Day, to: Day, zone: Zone): readonly Instant[] {
  const zones = new Set([zone, ...entries.map(({ filed }) => authorityOf(filed.authority)!.zone)]);
  const moments = new Set<Instant>();
  for (let day = from; day <= to; day = addDays(day, 1)) for (const one of zones) moments.add(momentOf(one, day, POLICY.at));
  return [...moments].sort();
}

/** All that is due at that moment: a tick looks at a part of a large register at a time. */
async function tickedOut(host: TickHost): Promise<readonly Said[]> {
  const said: Said[] = [];
  for (;;) {
    const ticked = await tick(host);
    said.push(...ticked.said);
    if (ticked.again === null || ticked.again > host.clock.now()) return said;
  }
}

/** The console adapter, with what each post has put on the screen kept in order. */
async function recording(terminal: Terminal, texts: string[]): Promise<ChatAdapter> {
  let shown: string[] = [];
  const adapter = await terminal.scratchAdapter((text) => shown.push(text));
  return {
    ...adapter,
    async post(to, card, once) {
      shown = [];
      const result = await adapter.post(to, card, once);
      texts.push(shown.join("\n").trim());
      return result;
    },
  };
}

function lineOf(contents: Said, text: string, at: string, place: Place, { language }: Context) {
  if ("digest" in contents)
    return { at, place, kind: "digest", matter: null, item: null, stage: null, text, ...digestJson(contents.digest, language) };
  const { kind, standing, item, stage, deadline, event } = contents.utterance;
  const sum = item?.theoretical ?? null;
  return {
    at,
    place,
    kind,
    matter: standing.facts.ref,
    item: item?.id ?? null,
    stage,
    text,
    authority: standing.facts.authority,
    ...(deadline === null ? {} : { deadline: deadline.day }),
    ...(deadline?.clock === undefined ? {} : { clock: deadline.what, clockId: deadline.clock }),
    ...(event === null ? {} : { event: event.event.type, on: event.event.on }),
    through: standing.through,
    theoretical: sum === null ? null : { amount: writeAmount(sum), currency: sum.currency },
  };
}
