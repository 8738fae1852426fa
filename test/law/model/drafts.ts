/** An event as a file would hold it. */
export type Fields = Record<string, unknown> & { readonly on: string; readonly type: string };

/** An event to be made once those before it are known; null where there is nothing to say. */
export interface Draft {
  readonly day: number;
  make(before: readonly Fields[]): Omit<Fields, "on"> | null;
}

/** What a story may go by. */
export interface Setting {
  readonly items: readonly { readonly id: string; readonly expiry: number; readonly per: string | null; readonly inHours: boolean }[];
  readonly fine: boolean;
  readonly notified: number;
  readonly isNotified: boolean;
  /** The time of day of the notification, where a period in hours starts with it. */
  readonly hour: string | null;
}

export function draft(day: number, fields: Omit<Fields, "on">): Draft {
  return { day, make: () => fields };
}
