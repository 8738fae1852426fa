import type { DeskPolicy } from "../ports/access.ts";
import type { Block, Card } from "../ports/card.ts";
import type { Language } from "../time/wording.ts";
import { text } from "./matter-card.ts";
import { periodText } from "./periods.ts";
import { say } from "./say.ts";
import { factLabel } from "./typography.ts";

export interface ShownPolicy {
  readonly policy: DeskPolicy;
  /** What was changed just now, by its name. */
  readonly changed: readonly string[];
  /** Administrators stand in the configuration. */
  readonly configured: boolean;
  /** How many people can approve. */
  readonly approvers: number;
}

/** How a desk wants it, with what turning a thing on brings with it. */
export function policyCard(language: Language, { policy, changed, configured, approvers }: ShownPolicy): Card {
  const { role, notes, twoPersons, pendingHours, sharedAmounts, retain } = policy;
  const fact = (name: "role" | "notes" | "two-persons" | "shared-amounts" | "retain", value: string) => ({
    label: factLabel(language, say(language, `policy.${name}`)),
    value: [value],
  });
  const onOff = (is: boolean) => say(language, "policy.on-off", { is: is ? "on" : "off" });
  const usual = say(language, "role.name", { role: role ?? (configured ? "reader" : "editor") });
  const facts = [
    fact("role", usual),
    fact("notes", onOff(notes)),
    fact("two-persons", twoPersons ? say(language, "policy.two-persons-on", { hours: pendingHours }) : onOff(false)),
    fact("shared-amounts", onOff(sharedAmounts)),
    fact("retain", retain === null ? say(language, "policy.retain-off") : periodText(language, retain)),
  ];
  const blocks: Block[] = [{ kind: "facts", facts }];
  if (notes && changed.includes("notes")) blocks.push(text({ bold: say(language, "policy.notes-warning") }));
  if (twoPersons && approvers < 2) blocks.push(text({ bold: say(language, "policy.few-approvers", { n: approvers }) }));
  return { title: say(language, changed.length > 0 ? "policy.set" : "policy.title"), tone: "calm", blocks };
}
