import type { Command } from "./command.ts";
import { about } from "./verbs/about.ts";
import { accrue } from "./verbs/accrue.ts";
import { ack } from "./verbs/ack.ts";
import { admit, dismiss } from "./verbs/admit.ts";
import { approve } from "./verbs/approve.ts";
import { assign } from "./verbs/assign.ts";
import { audit } from "./verbs/audit.ts";
import { authority } from "./verbs/authority.ts";
import { chart } from "./verbs/chart.ts";
import { confirm } from "./verbs/confirm.ts";
import { cost } from "./verbs/cost.ts";
import { deadline } from "./verbs/deadline.ts";
import { decline } from "./verbs/decline.ts";
import { desk } from "./verbs/desk.ts";
import { digest } from "./verbs/digest.ts";
import { erase } from "./verbs/erase.ts";
import { escalate } from "./verbs/escalate.ts";
import { eventVerbs } from "./verbs/events.ts";
import { exportRegister } from "./verbs/export.ts";
import { feed } from "./verbs/feed.ts";
import { backup, restore, schema, serve } from "./verbs/files.ts";
import { form, record } from "./verbs/form.ts";
import { help } from "./verbs/help.ts";
import { history } from "./verbs/history.ts";
import { hold, release } from "./verbs/hold.ts";
import { importFiles } from "./verbs/import.ts";
import { list } from "./verbs/list.ts";
import { mine } from "./verbs/mine.ts";
import { erasures, move, restored } from "./verbs/moving.ts";
import { operations } from "./verbs/operations.ts";
import { policy } from "./verbs/policy.ts";
import { proposals } from "./verbs/proposals.ts";
import { register } from "./verbs/register.ts";
import { retain } from "./verbs/retain.ts";
import { reviewed } from "./verbs/reviewed.ts";
import { role } from "./verbs/role.ts";
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
  retain,
  help,
  form,
  register,
  record,
  assign,
  ...eventVerbs,
  erase,
  hold,
  release,
  admit,
  dismiss,
  proposals,
  approve,
  decline,
  confirm,
  audit,
  reviewed,
  about,
  watch,
  watches,
  unwatch,
  settings,
  ack,
  snooze,
  mine,
  escalate,
  operations,
  role,
  policy,
  undelivered,
  importFiles,
  simulate,
  exportRegister,
  backup,
  restore,
  restored,
  erasures,
  move,
  desk,
  serve,
  schema,
];
