import type { Delivery } from "../ports/delivery-log.ts";
import { instantOf, millisecondsOf } from "../time/instant.ts";
import { capNearName, NEARS } from "./cap-near.ts";
import type { Scene } from "./look.ts";
import type { Round } from "./round.ts";
import { keyOf } from "./telling.ts";
import type { TickHost } from "./tick.ts";
import { NEWS } from "./told-alone.ts";

/** Told to people whether they watch anything or not. */
export const TO_PEOPLE: ReadonlySet<string> = new Set(["change", "proposal", "proposal-outcome", "withheld"]);

/** Of what is told to people: it is not said this time, and is older than news. Unknown where it was not reckoned what they are told. */
export function isNoNews(host: TickHost, { now }: Round, { basis: { kind, place }, firstAt }: Delivery): boolean {
  if (host.consent === undefined || !TO_PEOPLE.has(kind) || host.adapterOf(place) === null) return false;
  return firstAt < instantOf(millisecondsOf(now) - NEWS);
}

/** What is no stage of a deadline and is proven to be over: what asks for a fact that is no longer missing, or did so weeks ago, and a cap that is near no more. */
export function isPlannedNoMore({ tellings }: Round, scene: Scene, { key, basis: { kind, place, shown } }: Delivery): boolean {
  if (kind !== "cap-near" && kind !== "reminder") return false;
  const { item: id } = shown as { readonly item?: string | null };
  const item = scene.standing.items.find((one) => one.id === id);
  if (item === undefined) return true;
  if (kind === "cap-near") {
    if (item.state !== "accruing") return true;
    // On the day of a correction nobody can tell what is near.
    return item.lacksDays !== true && !NEARS.some((near) => item[near] === true && keyOf(place, capNearName(scene, item, near)) === key);
  }
  if (item.state !== "draft" || scene.standing.referredTo !== null) return true;
  const ofLaterWeek = ({ to, basis, ...other }: Round["tellings"][number]) =>
    other.scene === scene && to.place === place && basis.kind === kind && other.key !== key && isOfSameFact(basis.shown, id);
  return tellings.some(ofLaterWeek);
}

/** A reminder that names no deadline asks for a fact. */
function isOfSameFact(shown: Delivery["basis"]["shown"], id: string | null | undefined): boolean {
  const { item, deadline } = shown as { readonly item?: string | null; readonly deadline?: string | null };
  return item === id && (deadline ?? null) === null;
}
