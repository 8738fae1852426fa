/** Rows of the append-only tables are numbered 1, 2, 3 … within the desk; `by_person` and `person` are opaque ids. */
export interface RoleGrantTable {
  readonly desk: string;
  readonly number: number;
  readonly person: string;
  /** Null takes it back. */
  readonly role: string | null;
  readonly by_person: string;
  readonly given_at: string;
}

export interface AdmissionTable {
  readonly desk: string;
  readonly number: number;
  readonly stream: string;
  readonly person: string;
  /** 1 or 0. */
  readonly admitted: number;
  readonly by_person: string;
  readonly given_at: string;
}

export interface PlaceConfirmationTable {
  readonly desk: string;
  readonly number: number;
  readonly place: string;
  /** 1 or 0. */
  readonly internal: number;
  readonly by_person: string;
  readonly given_at: string;
}

export interface DeskPolicyTable {
  readonly desk: string;
  readonly number: number;
  /** JSON: what was changed, and to what. */
  readonly change: string;
  readonly by_person: string;
  readonly given_at: string;
}

export interface TrailTable {
  readonly desk: string;
  readonly number: number;
  readonly noted_at: string;
  readonly by_person: string;
  readonly from_place: string;
  readonly action: string;
  readonly stream: string | null;
  readonly verb: string;
  /** JSON. */
  readonly detail: string;
}
