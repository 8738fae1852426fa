import { type AuthorityFacts, read, unverified } from "../authority.ts";
import { AT } from "./places.ts";

export const dsb: AuthorityFacts = {
  code: "DSB",
  english: "Austrian Data Protection Authority",
  own: ["Datenschutzbehörde"],
  law: "Datenschutzgesetz",
  ...AT,
  calendar: "AT",
  regime: unverified("court-set"),
  ceiling: unverified(null),
  periods: {
    order: { note: "The decision sets the length. Whether AVG § 33 (at-avg), which rolls, holds for a time to comply was not read." },
    appeal: {
      length: read("P4W", "VwGVG § 7(4)", "https://linda.lindeverlag.at/Dokument/77464_7/?SprungMarke=ja_1"),
      rule: read("at-avg", "AVG §§ 32, 33", "https://jusline.at/gesetz/avg/paragraf/33"),
      note: "To the Federal Administrative Court, from service. It rolls, over Good Friday and 24 December too.",
    },
  },
};
