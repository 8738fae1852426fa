import type { DigestContents, DigestLine } from "../cards/contents.ts";
import type { Acknowledgement, Attention } from "../ports/attention.ts";
import type { DeliveryLog } from "../ports/delivery-log.ts";
import type { Instant } from "../time/instant.ts";
import { stageNamed } from "./asked.ts";
import { isSame } from "./escalate.ts";
import type { Stage } from "./plan.ts";

interface Source {
  readonly deliveries: Pick<DeliveryLog, "about">;
  readonly attention: Attention;
}

/**
 * The digest without "not acknowledged" where, by that moment, no place had been told a stage of that deadline since it was last acknowledged: nobody
 * can have left unanswered what nobody was asked.
 */
export async function withoutUnasked(source: Source, contents: DigestContents, until: Instant): Promise<DigestContents> {
  const lists = { actNow: contents.actNow, cannotCount: contents.cannotCount, upcoming: contents.upcoming, later: contents.later };
  const open = Object.values(lists).flatMap((lines) => lines.filter(isOpen));
  if (open.length === 0) return contents;
  const unasked = await unaskedOf(source, [...new Set(open.map(({ standing }) => standing.key))], until);
  const kept = (line: DigestLine): DigestLine => {
    if (!isOpen(line) || !unasked(line)) return line;
    const { acknowledged: _, ...rest } = line;
    return rest;
  };
  const entries = Object.entries(lists).map(([name, lines]) => [name, lines.map(kept)]);
  return { ...contents, ...(Object.fromEntries(entries) as typeof lists) };
}

function isOpen({ acknowledged }: DigestLine): boolean {
  return acknowledged === null;
}

async function unaskedOf(
  { deliveries, attention }: Source,
  streams: readonly string[],
  until: Instant,
): Promise<(line: DigestLine) => boolean> {
  /** What was last said of each deadline and when, by matter, item and day. */
  const asked = new Map<string, { readonly stage: Stage; readonly at: Instant }>();
  const of = new Set<string>();
  for (const stream of streams)
    for (const { key, outcome, settledAt } of await deliveries.about(stream)) {
      if (outcome?.kind !== "delivered" || settledAt === null || settledAt > until) continue;
      const stage = stageNamed(key);
      if (stage === null) continue;
      of.add(stream);
      const name = nameOf(stream, stage.item, stage.deadline);
      if (settledAt > (asked.get(name)?.at ?? "")) asked.set(name, { stage, at: settledAt });
    }
  const heeds = await attention.of(streams.filter((stream) => of.has(stream)));
  return ({ standing, item }) => {
    const deadline = item!.expiry ?? item!.earliestExpiry;
    const last = asked.get(nameOf(standing.key, item!.id, deadline));
    if (last === undefined) return true;
    const given = (heeds.get(standing.key)?.acknowledgements ?? []).filter(({ at }) => at <= until);
    const isAnswer = (one: Acknowledgement) => one.item === item!.id && one.deadline === deadline && one.at >= last.at;
    return given.some((one) => isAnswer(one) || isSame(one, last.stage));
  };
}

function nameOf(...parts: readonly (string | null)[]): string {
  return JSON.stringify(parts);
}
