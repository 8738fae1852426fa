import type { PersonRef, Place } from "./chat.ts";

/** What the reader sees, before any platform: an adapter shows all of it, split where its limits say, and drops nothing. */
export interface Card {
  readonly title: string;
  readonly tone: "calm" | "soon" | "urgent" | "overdue" | "closed";
  readonly blocks: readonly Block[];
  /**
   * Said instead of everything else wherever a message is announced: notifications, previews, fallback texts, summaries. It names nothing. Only
   * where the message itself is opened does the card stand.
   */
  readonly discreet?: string;
}

/** A run of plain text is never markup: an adapter escapes it. */
export type Span =
  | string
  | { readonly bold: string }
  | { readonly link: string; readonly href: string }
  | { readonly person: PersonRef; readonly name: string }
  /** As the place is called where it is read, on a platform that shows places by reference; else the reference. */
  | { readonly place: Place };

export type Text = readonly Span[];

export type Block =
  /**
   * `heads` is what this and the blocks behind it are of, up to the next that says so or to buttons: a message that goes on with them begins with it.
   * Where the text is those very words, what it stands over is kept together where it fits one message.
   */
  | { readonly kind: "text"; readonly text: Text; readonly heads?: string }
  /** Label and value, in order. */
  | { readonly kind: "facts"; readonly facts: readonly { readonly label: string; readonly value: Text }[] }
  /** A heading and lines under it, such as a section of the digest or a table of matters. Cells of a row are shown in order. */
  | { readonly kind: "rows"; readonly heading: Text; readonly rows: readonly (readonly Text[])[] }
  /** Small print: assumptions, the register's head. */
  | { readonly kind: "note"; readonly text: Text }
  /**
   * A sum over time. A platform that draws it says `summary` for those who cannot see it; one that does not draw says the summary and the
   * values: nothing is lost.
   */
  | Chart
  | { readonly kind: "actions"; readonly actions: readonly Action[] };

export interface Chart {
  readonly kind: "chart";
  readonly title: string;
  /** What the drawing shows, in a sentence or two. */
  readonly summary: string;
  /** What the values are, such as EUR. */
  readonly unit: string;
  /** In order of time; at most 60. `label` is short (19 Feb), `shown` is the value as a text says it. */
  readonly points: readonly { readonly label: string; readonly value: number; readonly shown: string }[];
}

/** A button. It carries a command as a user would type it (without the leading /matter), and nothing else. */
export interface Action {
  readonly label: string;
  readonly command: string;
  readonly style?: "primary" | "danger";
  /** What is asked before anything is done. */
  readonly confirm?: string;
  /** Beside it, the words of the button that does nothing, where the platform asks with two. */
  readonly decline?: string;
}

/** What one message of a platform can hold; characters are UTF-16 code units. */
export interface CardLimits {
  readonly titleCharacters: number;
  readonly textCharacters: number;
  readonly blocks: number;
  readonly factsPerBlock: number;
  readonly actionsPerBlock: number;
  readonly labelCharacters: number;
  readonly commandCharacters: number;
  /** The whole message in bytes of UTF-8, where the platform counts so. */
  readonly bytes?: number;
}
