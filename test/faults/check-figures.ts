import { watchedBy } from "../../src/alerts/subscription.ts";
import { wordMoney } from "../../src/cards/money-words.ts";
import { authorityOf } from "../../src/law/catalogue.ts";
import { writeAmount } from "../../src/law/money.ts";
import { knownAt, type Matter } from "../../src/matter/history.ts";
import { standingNow } from "../../src/matter/standing.ts";
import type { ItemStanding } from "../../src/matter/standing-types.ts";
import type { LedgerRow } from "../../src/ports/ledger.ts";
import { type Day, earlier } from "../../src/time/day.ts";
import { dayIn, type Instant } from "../../src/time/instant.ts";
import type { Claiming, Evidence } from "./evidence.ts";

/** Deliveries whose figures cannot be found again in the register as it was when they were said. */
export function wrongFigures(evidence: Evidence): readonly string[] {
  const chain = evidence.chainFault === null ? [] : [`the chain: ${evidence.chainFault}`];
  return [...chain, ...evidence.claimings.flatMap((claiming) => faultsOf(claiming, evidence).map((fault) => `${claiming.key}: ${fault}`))];
}

function faultsOf(claiming: Claiming, evidence: Evidence): readonly string[] {
  const { basis } = claiming;
  if (basis.reason === "dead-letter" || basis.reason === "canary") return [];
  const faults: string[] = [];
  if (basis.head !== NO_ROW && !evidence.ledger.some(({ hash }) => hash === basis.head))
    faults.push(`no row of the register has the head ${basis.head}`);
  if (basis.rulebook !== evidence.rulebook) faults.push(`computed by the rules ${basis.rulebook}, which are not known`);
  return [...faults, ...(basis.stream === null ? digestFaults(claiming, evidence) : matterFaults(claiming, basis.stream, evidence))];
}

const NO_ROW = "0".repeat(64);

interface ShownItem {
  readonly item?: string | null;
  readonly on?: Day;
  readonly units?: number | null;
  readonly theoretical?: string | null;
  readonly expiry?: string | null;
}

function matterFaults(claiming: Claiming, stream: string, evidence: Evidence): readonly string[] {
  const { basis, at } = claiming;
  const row = evidence.ledger.find((one) => one.stream === stream && one.version === basis.version);
  const matter = evidence.matters.find(({ key }) => key === stream);
  const known = row === undefined || matter === undefined ? null : asOf(matter, row);
  if (known === null) return [`the register has no version ${basis.version} of ${stream}`];
  const shown = basis.shown as ShownItem;
  if (shown.item === null || shown.item === undefined) return [];
  const item = itemsOf(known, at, shown.on).find(({ id }) => id === shown.item);
  if (item === undefined) return [`there was no item ${shown.item}`];
  const computed = {
    units: item.units,
    theoretical: item.theoretical === null ? null : writeAmount(item.theoretical),
    expiry: item.expiry,
  };
  const faults = (["units", "theoretical", "expiry"] as const).flatMap((name) =>
    shown[name] === undefined || shown[name] === computed[name] ? [] : [`showed ${name} ${shown[name]}, and it was ${computed[name]}`],
  );
  return [...faults, ...wordFaults(claiming, item, evidence)];
}

/** As it was when that row was its last: what was recorded later at the same instant is not in it. */
function asOf(matter: Matter, { recordedAt, version }: LedgerRow): Matter | null {
  const known = knownAt(matter, recordedAt);
  return known === null ? null : { ...known, version, events: known.events.filter(({ order }) => order <= version) };
}

/** As of the day that was told; a day that it was not at the authority makes figures of its own. */
function itemsOf(matter: Matter, at: Instant, told: Day | undefined): readonly ItemStanding[] {
  return standingNow(matter, told ?? dayIn(authorityOf(matter.facts.authority)!.zone, at)).items;
}

/** What a reader saw names the sum that runs. */
function wordFaults(
  { key, message, moment, settled, basis }: Claiming,
  item: ItemStanding,
  { attempts, subscriptions }: Evidence,
): readonly string[] {
  if (item.state !== "accruing" || item.theoretical === null || item.theoretical.minor === 0n || item.ifRefused !== null) return [];
  const language = subscriptions.find(({ place }) => place === basis.place)?.language;
  if (language === undefined) return [];
  const words = wordMoney(language, item.theoretical);
  // Of a card of several messages whoever goes on with it shows the rest alone.
  const parts = attempts.filter((one) => one.once === message && one.shown && (settled === null || one.moment <= settled.moment));
  if (!parts.some((one) => one.moment >= moment) || parts.some(({ text }) => text.includes(words))) return [];
  return [`${key} does not say ${words}`];
}

interface ShownDigest {
  readonly day?: Day;
  readonly watched?: number;
  readonly running?: readonly { readonly currency: string; readonly theoretical: string }[];
}

/** Sums through the day before, of each currency by itself. */
function digestFaults({ basis, at }: Claiming, evidence: Evidence): readonly string[] {
  const { day, watched, running } = basis.shown as ShownDigest;
  const subscription = evidence.subscriptions.find(({ place }) => place === basis.place);
  const head = evidence.ledger.findIndex(({ hash }) => hash === basis.head);
  if (subscription === undefined || day === undefined || head < 0) return [];
  const rows = new Map(evidence.ledger.slice(0, head + 1).map((row) => [row.stream as string, row]));
  const known = evidence.matters.flatMap((matter) => {
    const row = rows.get(matter.key);
    return row === undefined ? [] : (asOf(matter, row) ?? []);
  });
  const matters = watchedBy(subscription, known, at);
  const faults =
    watched === undefined || watched === matters.length ? [] : [`counted ${watched} matters, and there were ${matters.length}`];
  const sums = new Map<string, bigint>();
  for (const matter of matters) {
    const standing = standingNow(matter, earlier(day, dayIn(authorityOf(matter.facts.authority)!.zone, at)));
    for (const item of standing.items) {
      if (item.state === "accruing" && item.theoretical !== null)
        sums.set(standing.currency, (sums.get(standing.currency) ?? 0n) + item.theoretical.minor);
    }
  }
  const computed = [...sums].map(([currency, minor]) => `${currency} ${writeAmount({ minor, currency })}`).sort();
  const told = (running ?? []).map(({ currency, theoretical }) => `${currency} ${theoretical}`).sort();
  return running === undefined || computed.join() === told.join()
    ? faults
    : [...faults, `told ${told.join()}, and it was ${computed.join()}`];
}
