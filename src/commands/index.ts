import type { Command } from "./command.ts";
import { accrue } from "./verbs/accrue.ts";
import { ack } from "./verbs/ack.ts";
import { assign } from "./verbs/assign.ts";
import { authority } from "./verbs/authority.ts";
import { chart } from "./verbs/chart.ts";
import { cost } from "./verbs/cost.ts";
import { deadline } from "./verbs/deadline.ts";
import { digest } from "./verbs/digest.ts";
import { escalate } from "./verbs/escalate.ts";
import { eventVerbs } from "./verbs/events.ts";
import { feed } from "./verbs/feed.ts";
import { backup, exportRegister, restore, schema, serve } from "./verbs/files.ts";
import { form, record } from "./verbs/form.ts";
import { help } from "./verbs/help.ts";
import { history } from "./verbs/history.ts";
import { importFiles } from "./verbs/import.ts";
import { list } from "./verbs/list.ts";
import { mine } from "./verbs/mine.ts";
import { operations } from "./verbs/operations.ts";
import { register } from "./verbs/register.ts";
import { reviewed } from "./verbs/reviewed.ts";
import { settings } from "./verbs/settings.ts";
import { show } from "./verbs/show.ts";
import { simulate } from "./verbs/simulate.ts";
import { snooze } from "./verbs/snooze.ts";
import { undelivered } from "./verbs/undelivered.ts";
import { verify } from "./verbs/verify.ts";
import { unwatch, watch, watches } from "./verbs/watch.ts";
import { why } from "./verbs/why.ts";

/** Every command, in the order of help and of the README's table. */
export const COMMANDS: readonly Command[] = [
  list,
  show,
  why,
  chart,
  cost,
  history,
  digest,
  deadline,
  accrue,
  authority,
  feed,
  verify,
  help,
  form,
  register,
  record,
  assign,
  ...eventVerbs,
  reviewed,
  watch,
  watches,
  unwatch,
  settings,
  ack,
  snooze,
  mine,
  escalate,
  operations,
  undelivered,
  importFiles,
  simulate,
  exportRegister,
  backup,
  restore,
  serve,
  schema,
];
