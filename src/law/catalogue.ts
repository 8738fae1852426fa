import type { Zone } from "../time/instant.ts";

/** How money comes to be owed under an authority's daily penalties. */
export type Regime = "liquidated" | "forfeited" | "imposed" | "court-set";

/** An authority: what its matters take over where their file says nothing. */
export interface Authority {
  readonly code: string;
  /** English, then the own language where it is another. */
  readonly names: readonly string[];
  /** Other spellings that files use. */
  readonly aliases: readonly string[];
  readonly zone: Zone;
  readonly currency: string;
  readonly regime: Regime;
  /** Whether the regime was read in a source; where not, cards say that it is assumed. */
  readonly regimeRead: boolean;
  /** The holidays of its place; null where no table is known. */
  readonly calendar: string | null;
  /** The rule for a period to comply under its orders; null where it is not known: the file must name one. */
  readonly orderRule: string | null;
  /** Where that rule comes from, and whether it was read or inferred from how a case was decided. */
  readonly orderRuleSource: { readonly citation: string; readonly basis: "read" | "inferred" } | null;
  /** The legal ceiling of a daily penalty, in its currency. */
  readonly ceilingPerDay?: string;
  /** The time for observations after an announced liquidation. */
  readonly observations?: string;
  readonly source: string;
}

type Row = Partial<Authority> & Pick<Authority, "code" | "names" | "zone" | "currency" | "source">;

const ROWS: readonly Row[] = [
  {
    code: "CNIL",
    names: ["CNIL", "Commission nationale de l'informatique et des libertés"],
    zone: "Europe/Paris",
    currency: "EUR",
    regime: "liquidated",
    regimeRead: true,
    calendar: "FR",
    orderRule: "cure",
    orderRuleSource: { citation: "CNIL SAN-2023-018, SAN-2024-009 (Commune de Kourou)", basis: "inferred" },
    ceilingPerDay: "100000",
    observations: "P15D",
    source: "Loi 78-17, art. 20; décret 2019-536, art. 44",
  },
  {
    code: "ADLC",
    names: ["Autorité de la concurrence"],
    zone: "Europe/Paris",
    currency: "EUR",
    regime: "liquidated",
    regimeRead: true,
    calendar: "FR",
    source: "Code de commerce, art. L.464-2",
  },
  {
    code: "CE",
    names: ["Conseil d'État"],
    aliases: ["Conseil d'Etat"],
    zone: "Europe/Paris",
    currency: "EUR",
    regime: "liquidated",
    regimeRead: true,
    calendar: "FR",
    source: "CJA, art. L.911-7",
  },
  {
    code: "ICO",
    names: ["Information Commissioner's Office"],
    zone: "Europe/London",
    currency: "GBP",
    calendar: "GB-ENG",
    source: "Data Protection Act 2018",
  },
  {
    code: "OFCOM",
    names: ["Ofcom"],
    zone: "Europe/London",
    currency: "GBP",
    regime: "imposed",
    regimeRead: true,
    calendar: "GB-ENG",
    source: "Online Safety Act 2023",
  },
  {
    code: "AP",
    names: ["Dutch Data Protection Authority", "Autoriteit Persoonsgegevens"],
    zone: "Europe/Amsterdam",
    currency: "EUR",
    regime: "forfeited",
    regimeRead: true,
    calendar: "NL",
    orderRule: "cure",
    orderRuleSource: { citation: "Dutch practice: a compliance term under a penalty stands", basis: "read" },
    source: "Algemene wet bestuursrecht, art. 5:32–5:35",
  },
  {
    code: "ACM",
    names: ["Authority for Consumers and Markets", "Autoriteit Consument & Markt"],
    zone: "Europe/Amsterdam",
    currency: "EUR",
    regime: "forfeited",
    regimeRead: true,
    calendar: "NL",
    orderRule: "cure",
    orderRuleSource: { citation: "Dutch practice: a compliance term under a penalty stands", basis: "read" },
    source: "Algemene wet bestuursrecht, art. 5:32–5:35",
  },
  {
    code: "GARANTE",
    names: ["Italian Data Protection Authority", "Garante per la protezione dei dati personali"],
    zone: "Europe/Rome",
    currency: "EUR",
    calendar: "IT",
    source: "Codice privacy",
  },
  {
    code: "HDPA",
    names: ["Hellenic Data Protection Authority"],
    zone: "Europe/Athens",
    currency: "EUR",
    calendar: "GR",
    source: "Law 4624/2019",
  },
  {
    code: "DSB",
    names: ["Austrian Data Protection Authority", "Datenschutzbehörde"],
    zone: "Europe/Vienna",
    currency: "EUR",
    calendar: "AT",
    source: "Datenschutzgesetz",
  },
  {
    code: "BFDI",
    names: ["Federal Commissioner for Data Protection", "BfDI"],
    zone: "Europe/Berlin",
    currency: "EUR",
    calendar: "DE",
    source: "Bundesdatenschutzgesetz",
  },
  {
    code: "HMBBFDI",
    names: ["Hamburg Commissioner for Data Protection", "HmbBfDI"],
    zone: "Europe/Berlin",
    currency: "EUR",
    calendar: "DE-HH",
    source: "HmbDSG",
  },
  {
    code: "DPC",
    names: ["Data Protection Commission"],
    zone: "Europe/Dublin",
    currency: "EUR",
    calendar: "IE",
    source: "Data Protection Act 2018 (Ireland)",
  },
  {
    code: "AEPD",
    names: ["Spanish Data Protection Agency", "Agencia Española de Protección de Datos"],
    zone: "Europe/Madrid",
    currency: "EUR",
    calendar: "ES",
    source: "Ley Orgánica 3/2018",
  },
  {
    code: "APD",
    names: ["Belgian Data Protection Authority", "Autorité de protection des données"],
    aliases: ["GBA"],
    zone: "Europe/Brussels",
    currency: "EUR",
    calendar: "BE",
    source: "Loi du 3 décembre 2017",
  },
  {
    code: "DATATILSYNET-NO",
    names: ["Norwegian Data Protection Authority", "Datatilsynet (Norway)"],
    aliases: ["Datatilsynet (NO)", "Datatilsynet"],
    zone: "Europe/Oslo",
    currency: "NOK",
    regime: "imposed",
    regimeRead: true,
    calendar: "NO",
    source: "Personopplysningsloven § 29",
  },
  {
    code: "EC",
    names: ["European Commission"],
    aliases: ["Commission"],
    zone: "Europe/Brussels",
    currency: "EUR",
    regime: "liquidated",
    regimeRead: true,
    calendar: null,
    orderRule: "eu-1182-71",
    orderRuleSource: { citation: "Regulation (EEC, Euratom) 1182/71, art. 3", basis: "read" },
    source: "Regulation 1/2003, art. 24; Regulation 1182/71",
  },
  {
    code: "CJEU",
    names: ["Court of Justice of the European Union"],
    zone: "Europe/Luxembourg",
    currency: "EUR",
    regime: "court-set",
    regimeRead: true,
    calendar: null,
    source: "TFEU, art. 260",
  },
  {
    code: "FTC",
    names: ["Federal Trade Commission"],
    zone: "America/New_York",
    currency: "USD",
    calendar: "US",
    source: "FTC Act, 15 U.S.C. § 45",
  },
  {
    code: "OAIC",
    names: ["Office of the Australian Information Commissioner"],
    zone: "Australia/Sydney",
    currency: "AUD",
    calendar: "AU",
    source: "Privacy Act 1988",
  },
  {
    code: "OPC",
    names: ["Office of the Privacy Commissioner of Canada"],
    zone: "America/Toronto",
    currency: "CAD",
    calendar: "CA",
    source: "PIPEDA",
  },
  {
    code: "ANPD",
    names: ["Brazilian Data Protection Authority", "Autoridade Nacional de Proteção de Dados"],
    zone: "America/Sao_Paulo",
    currency: "BRL",
    calendar: "BR",
    source: "LGPD, art. 52",
  },
];

/** Every authority that matters can name. A regime that was not read in a source stands as court-set and is shown as assumed. */
export const AUTHORITIES: readonly Authority[] = ROWS.map((row) => ({
  aliases: [],
  regime: "court-set",
  regimeRead: false,
  calendar: null,
  orderRule: null,
  orderRuleSource: null,
  ...row,
}));

const BY_NAME = new Map<string, Authority>();
for (const authority of AUTHORITIES) {
  for (const name of [authority.code, ...authority.names, ...authority.aliases]) BY_NAME.set(name.toLowerCase(), authority);
}

/** By code, name or alias, case ignored; null for one that the catalogue does not hold. */
export function authorityOf(name: string): Authority | null {
  return BY_NAME.get(name.trim().toLowerCase()) ?? null;
}
