import { setTimeout as sleep } from "node:timers/promises";
import type { AdapterState } from "../../../src/ports/chat.ts";
import { shortDigest } from "../shared/digest.ts";

/** What came with which triggers: what Slack delivers twice brings the same one, to this process or to another of the same register. */
export interface Triggers {
  /** Whether such a thing came with it before, here: it was answered, or is being answered. From then on it has come. */
  isHeard(what: string, trigger: Trigger): boolean;
  /** Its answer failed: it has not come. */
  forget(what: string, trigger: Trigger): void;
  /** Slack has opened its form, or it was said why not: the others are told. It waits for nobody, and where it cannot be told, they say more. */
  answered(trigger: Trigger): void;
  /** Whether another process has told so. It may be about to: Slack answers the first before it refuses the second. */
  isAnsweredElsewhere(trigger: Trigger): Promise<boolean>;
}

/** A trigger, and whose: what somebody else does by the same one, in whatever workspace, is another thing. */
interface Trigger {
  readonly team: string;
  readonly user: string;
  readonly trigger?: string;
}

/** More than come while Slack may deliver something again. */
const REMEMBERED = 2_000;
/** A trigger serves three seconds, and Slack delivers again within minutes. */
const TOLD = 3_600_000;
/** How often it is looked for, and how long after each look, in milliseconds. */
const LOOKS = 4;
const PAUSE = 250;

export function triggersIn(state: AdapterState): Triggers {
  const heard = new Set<string>();
  return {
    isHeard(what, trigger) {
      const one = `${what} ${nameOf(trigger)}`;
      if (heard.has(one)) return true;
      heard.add(one);
      if (heard.size > REMEMBERED) heard.delete(heard.values().next().value!);
      return false;
    },
    forget: (what, trigger) => void heard.delete(`${what} ${nameOf(trigger)}`),
    answered: (trigger) => void Promise.resolve(state.set(noteOf(trigger), true, TOLD)).catch(() => undefined),
    async isAnsweredElsewhere(trigger) {
      for (let looks = 0; looks < LOOKS; looks++) {
        if (looks > 0) await sleep(PAUSE);
        if ((await state.get(noteOf(trigger))) !== undefined) return true;
      }
      return false;
    },
  };
}

/** A trigger is good for what Slack lets an app do with it: it is not kept as it is. */
function noteOf(trigger: Trigger): string {
  return `slack/trigger/${shortDigest(nameOf(trigger))}`;
}

function nameOf({ team, user, trigger = "" }: Trigger): string {
  return `${team}/${user} ${trigger}`;
}
