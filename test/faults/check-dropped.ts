import type { DeliveryKey, Place } from "../../src/ports/chat.ts";
import type { Delivery } from "../../src/ports/delivery-log.ts";
import { type Instant, instantOf, millisecondsOf } from "../../src/time/instant.ts";
import type { Attempt, Claiming, Evidence } from "./evidence.ts";

/** What failed, or waits too long, and was told to nobody; claims that nobody holds; attempts that the log knows nothing of. */
export function dropped(evidence: Evidence): readonly string[] {
  const known = new Map(evidence.deliveries.map((delivery) => [delivery.key, delivery]));
  const forgotten = evidence.claimings
    .filter(({ key }) => !known.has(key))
    .map(({ key }) => `${key}: was claimed, and the log has no word of it`);
  const silent = evidence.deliveries
    .filter((delivery) => isOverdueToTell(delivery, evidence) && !isOutOfDate(delivery, evidence))
    .map(({ key, outcome }) => `${key}: ${outcome?.kind ?? "claimed"} and never announced`);
  const held = evidence.deliveries
    .filter(({ outcome, claimedAt }) => outcome === null && evidence.end - evidence.momentOf(claimedAt) > evidence.grace)
    .map(({ key, claimedAt }) => `${key}: claimed at ${claimedAt} and left so`);
  const unsaid = evidence.deliveries
    .filter((delivery) => delivery.announcedAt !== null && !isTold(delivery, evidence))
    .map(({ key }) => `${key}: noted as announced, and nothing that announces it was shown`);
  const needless = evidence.deliveries
    .filter((delivery) => waitsForNothing(delivery, known, evidence))
    .map(({ key }) => `${key}: announces what was told or shown long since, and still waits`);
  return [...forgotten, ...silent, ...held, ...unsaid, ...needless, ...uncounted(evidence)];
}

/** A notice of what is over that is still counted as tried. */
function waitsForNothing(
  { basis, outcome }: Delivery,
  known: ReadonlyMap<DeliveryKey, Delivery>,
  { end, grace, momentOf }: Evidence,
): boolean {
  if (basis.reason !== "dead-letter" || outcome === null || !("notBefore" in outcome) || "superseded" in outcome) return false;
  const letters = ((basis.shown as ShownLetter).letters ?? []).flatMap((key) => known.get(key) ?? []);
  const sinceOf = ({ outcome: its, settledAt, announcedAt }: Delivery) =>
    announcedAt !== null ? momentOf(announcedAt) : its?.kind === "delivered" ? momentOf(settledAt!) : null;
  const overSince = letters.map(sinceOf);
  return overSince.length > 0 && overSince.every((since) => since !== null && end - since > grace);
}

/** Given up, or waiting for so long that somebody has to know. */
function isOverdueToTell({ outcome, settledAt, firstAt, announcedAt, basis }: Delivery, evidence: Evidence): boolean {
  if (announcedAt !== null || outcome === null || outcome.kind === "delivered" || basis.reason === "dead-letter") return false;
  const late = instantOf(millisecondsOf(firstAt) + evidence.lateAfterMinutes * 60_000);
  const since = evidence.momentOf(outcome.kind === "never" ? settledAt! : late);
  return evidence.end > since + evidence.grace;
}

/** A message that announces it was shown. */
function isTold({ key }: Delivery, { claimings, attempts }: Evidence): boolean {
  const letters = claimings.filter(({ basis }) => basis.reason === "dead-letter" && (basis.shown as ShownLetter).letters?.includes(key));
  return letters.some((letter) => shownFor(letter, attempts).length > 0);
}

interface ShownLetter {
  readonly letters?: readonly DeliveryKey[];
}

/** Something later is said instead: it waits no more and nobody need be told, if indeed it was not due then and has not been since. */
function isOutOfDate({ key, outcome, settledAt }: Delivery, { dues, momentOf }: Evidence): boolean {
  if (outcome === null || !("superseded" in outcome) || outcome.superseded === "untold") return false;
  const then = momentOf(settledAt!);
  return !dues.some(({ key: due, until }) => due === key && (until === null || then < until));
}

const DAY = 86_400_000;
/** The digest's heading, in either language, and its number. */
const UNDELIVERED = /(?:UNDELIVERED|NON REMIS)\s+(\d+)/;

/**
 * A digest that somebody saw counts what had failed by the time at which it was made: in the day before, or since the digest that the place saw
 * last where that is longer ago; where it saw none, since a day before the first that was tried there. What failed at the very instant of making
 * is counted by that digest or by the next.
 */
function uncounted({ claimings, attempts, deliveries, grace, momentOf }: Evidence): readonly string[] {
  const failed = deliveries.filter(({ outcome, basis }) => outcome?.kind === "never" && basis.reason !== "dead-letter");
  const seen = new Map<Place, { readonly made: Instant; readonly left: readonly Delivery[] }>();
  return claimings.flatMap((claiming) => {
    const { key, basis, moment, at } = claiming;
    if (basis.kind !== "digest") return [];
    if (!seen.has(basis.place)) seen.set(basis.place, { made: instantOf(millisecondsOf(at) - DAY), left: [] });
    const texts = shownFor(claiming, attempts).map(({ text }) => text);
    // Found to be there already it was not made anew: what stands there is what the claim before it showed.
    if (texts.length === 0) return [];
    const made = (basis.shown as { readonly at?: Instant }).at ?? at;
    const day = instantOf(millisecondsOf(made) - DAY);
    const last = seen.get(basis.place)!;
    const isKnown = (then: Instant) => then < made || moment - momentOf(then) > grace;
    const isNews = (one: Delivery) => one.settledAt! > last.made || last.left.includes(one);
    const due = failed.filter((one) => isKnown(one.settledAt!) && (one.settledAt! > day || isNews(one)));
    const counted = Math.max(...texts.map((text) => Number(UNDELIVERED.exec(text)?.[1] ?? 0)));
    const meanwhile = failed.filter((one) => one.settledAt === made && !due.includes(one));
    seen.set(basis.place, { made, left: counted < due.length + meanwhile.length ? meanwhile : [] });
    return counted < due.length ? [`${key}: counts ${counted} as undelivered, and ${due.length} were`] : [];
  });
}

/** What of a message was shown while its claim was open. */
function shownFor({ message, moment, settled }: Claiming, attempts: readonly Attempt[]): readonly Attempt[] {
  return attempts.filter(
    (one) => one.shown && one.once === message && one.moment >= moment && (settled === null || one.moment <= settled.moment),
  );
}
