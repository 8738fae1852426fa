import { changedCard } from "../cards/consent-card.ts";
import { say } from "../cards/say.ts";
import { compare } from "../matter/difference.ts";
import { eases } from "../matter/easing.ts";
import type { RecordedEvent } from "../matter/events.ts";
import type { Matter } from "../matter/history.ts";
import { type Instant, instantOf, millisecondsOf } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import type { Scene } from "./look.ts";
import { called, namesOfPeople } from "./names.ts";
import { orFault } from "./or-fault.ts";
import { ownerOf } from "./owner.ts";
import type { Round } from "./round.ts";
import type { TickHost } from "./tick.ts";
import { ownPlace, singlesFor, type ToldAlone, type ToTell } from "./told-alone.ts";
import { valuesBefore } from "./values-before.ts";

/** What is older is no news to its owner. */
const NEWS = 7 * 24 * 60 * 60_000;

/**
 * What ends, lowers or postpones something, recorded by a command of somebody else, is told to whose matter it is, with the button that undoes it.
 * Of what was recorded before the register could tell anybody, nothing is said.
 */
export async function changesDue(host: TickHost, round: Round): Promise<readonly ToldAlone[]> {
  if (host.consent === undefined || round.scenes.size === 0) return [];
  const week = instantOf(millisecondsOf(round.now) - NEWS);
  let from: Instant | null = null;
  const wanted: ToTell[] = [];
  for (const scene of round.scenes.values()) {
    for (const recorded of lately(scene.matter, week)) {
      from ??= await host.consent.announcesSince();
      const told = recorded.recordedAt > from ? await changeTold(host, scene, recorded) : null;
      if (told !== null) wanted.push(told);
    }
  }
  return singlesFor(host, round, wanted);
}

/** What was recorded of late by a command: the newest stand last, so that a long history costs nothing. */
function lately({ events }: Matter, since: Instant): readonly RecordedEvent[] {
  let first = events.length;
  while (first > 0 && events[first - 1]!.recordedAt > since) first--;
  return events.slice(first).filter(({ via, initial }) => via === "command" && !initial);
}

async function changeTold(host: TickHost, scene: Scene, recorded: RecordedEvent): Promise<ToTell | null> {
  const { matter, standing, today } = scene;
  const { event, id, order, by } = recorded;
  const before: Matter = { ...matter, events: matter.events.filter((one) => one.order < order), version: order - 1 };
  if (orFault(host, scene, () => eases(before, event, today)) !== true) return null;
  const owner = await ownerOf(host.people, matter, standing);
  const place = ownPlace(host, owner);
  if (owner === null || place === null || (await host.people.known(owner)) === by) return null;
  const after: Matter = { ...before, events: [...before.events, recorded], version: order };
  const compared = orFault(host, scene, () => compare(before, after, today));
  if (compared === null) return null;
  const name = (await host.people.nameOf(by)) ?? by;
  const people = await namesOfPeople([matter], host.people);
  const { ref, addressee } = matter.facts;
  const intended = {
    ref: addressee === undefined ? ref : `${ref}/${addressee}`,
    event,
    comparison: { ...compared, before: called(compared.before, people) },
    was: valuesBefore(matter, recorded),
  };
  const { role } = await host.sights.ofPerson(owner);
  const undo = (language: Language) => {
    if (role === "none" || role === "reader") return null;
    const because = say(language, "changed.undo-because");
    return `corrected ${matter.key} --on ${today} --event ${id} --void --because "${because}" --confirmed ${matter.version}`;
  };
  return {
    place,
    matter,
    name: ["change", matter.key, id],
    kind: "change",
    shown: { event: id, type: event.type },
    card: (language) => changedCard(language, intended, { key: matter.key, name, undo: undo(language) }),
  };
}
