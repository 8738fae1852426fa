import type { Command } from "./command.ts";
import { accrue } from "./verbs/accrue.ts";
import { cost } from "./verbs/cost.ts";
import { deadline } from "./verbs/deadline.ts";
import { digest } from "./verbs/digest.ts";
import { eventVerbs } from "./verbs/events.ts";
import { backup, exportRegister, restore, schema, serve } from "./verbs/files.ts";
import { help } from "./verbs/help.ts";
import { history } from "./verbs/history.ts";
import { importFiles } from "./verbs/import.ts";
import { list } from "./verbs/list.ts";
import { register } from "./verbs/register.ts";
import { show } from "./verbs/show.ts";
import { simulate } from "./verbs/simulate.ts";
import { verify } from "./verbs/verify.ts";
import { unwatch, watch } from "./verbs/watch.ts";
import { why } from "./verbs/why.ts";

/** Every command, in the order of help and of the README's table. */
export const COMMANDS: readonly Command[] = [
  list,
  show,
  why,
  cost,
  history,
  digest,
  deadline,
  accrue,
  verify,
  help,
  register,
  ...eventVerbs,
  watch,
  unwatch,
  importFiles,
  simulate,
  exportRegister,
  backup,
  restore,
  serve,
  schema,
];
