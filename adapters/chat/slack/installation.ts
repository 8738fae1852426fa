/** What is kept of one installation: the bot's, and of the people nobody's token. */
export interface Installed {
  /** The workspace; null for an installation in a whole organisation (Enterprise Grid). */
  readonly team: string | null;
  readonly enterprise: string | null;
  readonly bot: Bot;
  /** The second since 1970 at which it was made. */
  readonly madeAt?: number;
}

export interface Bot {
  readonly token: string;
  readonly id: string;
  readonly user: string;
  readonly scopes: readonly string[];
  /** Both where the app's tokens are rotated: what a new one is got with, and the second at which this one ends. */
  readonly refreshToken?: string;
  readonly expiresAt?: number;
}

/** Which installation is meant: an organisation's where Slack says so, else the workspace's own. */
export interface Query {
  readonly team: string | null;
  readonly enterprise: string | null;
  readonly ofOrganisation: boolean;
}

/** An installation that is no more. */
export interface Removal extends Query {
  /** The second since 1970 at which it ended; one that was made later is another and stays. */
  readonly at?: number;
  /** The bots' users whose tokens were revoked: an installation of another bot stays. */
  readonly bots?: readonly string[];
  /** The organisation's installation stands, and serves these workspaces no more; an installation of their own stays. */
  readonly left?: readonly string[];
}

/** An organisation's installation serves these workspaces, at that second. */
export interface Grant {
  readonly enterprise: string | null;
  readonly teams: readonly string[];
  readonly at?: number;
}

/** Null where there is none; "sealed" where there is one that no key of this process opens. */
export type Found = Installed | "sealed" | null;

/** A workspace in which the app is installed. */
export interface Team {
  readonly team: string;
  /** Whether a key of this process opens the installation: where none does, another process may have the key, and nothing is said from here. */
  readonly isOpen: boolean;
}
