import { REMINDER_STAGES, REMINDER_TIME } from "../cards/next-reminder.ts";

/** What is said when, as long as no place says otherwise (docs/contract.md). */
export const POLICY = {
  /** The wall-clock time at the authority from which the day's reminders are said, and at a place from which its digest is. */
  at: REMINDER_TIME,
  /** Days before an expiry. */
  stages: REMINDER_STAGES,
  totalEveryDays: 7,
  draftEveryDays: 7,
  /** How far ahead the digest looks. */
  digestDays: 30,
  /** An expiry that near is to be acted on now. */
  actNowDays: 3,
  /** A deadline that near leaves no time to wait for a place's hours. */
  nearDays: 3,
} as const;
