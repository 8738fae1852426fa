import type { AuthorityFacts } from "../authority.ts";
import { acLu } from "./ac-lu.ts";
import { acm } from "./acm.ts";
import { adlc } from "./adlc.ts";
import { aepd } from "./aepd.ts";
import { anpd } from "./anpd.ts";
import { ap } from "./ap.ts";
import { apd } from "./apd.ts";
import { bfdi } from "./bfdi.ts";
import { bkarta } from "./bkarta.ts";
import { ce } from "./ce.ts";
import { cjeu } from "./cjeu.ts";
import { cnam } from "./cnam.ts";
import { cnil } from "./cnil.ts";
import { cnpdLu } from "./cnpd-lu.ts";
import { datatilsynetNo } from "./datatilsynet-no.ts";
import { dgccrf } from "./dgccrf.ts";
import { dpc } from "./dpc.ts";
import { dsb } from "./dsb.ts";
import { ec } from "./ec.ts";
import { ftc } from "./ftc.ts";
import { garante } from "./garante.ts";
import { hdpa } from "./hdpa.ts";
import { hmbbfdi } from "./hmbbfdi.ts";
import { ico } from "./ico.ts";
import { konkurransetilsynet } from "./konkurransetilsynet.ts";
import { oaic } from "./oaic.ts";
import { ofcom } from "./ofcom.ts";
import { opc } from "./opc.ts";

/** Every authority that matters can name, in the order in which they are offered. */
export const AUTHORITY_FACTS: readonly AuthorityFacts[] = [
  cnil,
  adlc,
  ce,
  ico,
  ofcom,
  ap,
  acm,
  garante,
  hdpa,
  dsb,
  bfdi,
  hmbbfdi,
  dpc,
  aepd,
  apd,
  datatilsynetNo,
  ec,
  cjeu,
  ftc,
  oaic,
  opc,
  anpd,
  dgccrf,
  bkarta,
  cnam,
  konkurransetilsynet,
  cnpdLu,
  acLu,
];
