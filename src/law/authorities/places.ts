import { type AuthorityFacts, inferred, read } from "../authority.ts";

type Place = Pick<AuthorityFacts, "zone" | "currency">;

const TZ = "https://data.iana.org/time-zones/tzdb/zone.tab";

function placeOf(country: string, zone: AuthorityFacts["zone"]["value"], currency: AuthorityFacts["currency"]): Place {
  return { zone: read(zone, `tz database 2025b, zone.tab, ${country}`, TZ), currency };
}

/** Zone and currency by State: the zone as the tz database has it, the currency as a text or decision of that State writes its sums. */
export const FR = placeOf(
  "FR",
  "Europe/Paris",
  read("EUR", "Code de la consommation, art. L.521-1", "https://www.legifrance.gouv.fr/codes/id/LEGITEXT000006069565"),
);
export const NL = placeOf(
  "NL",
  "Europe/Amsterdam",
  read("EUR", "Algemene wet bestuursrecht, art. 8:41", "https://wetten.overheid.nl/BWBR0005537"),
);
export const GB = placeOf(
  "GB",
  "Europe/London",
  read(
    "GBP",
    "Online Safety Act 2023, s. 139",
    "https://legislation.gov.uk/ukpga/2023/50/part/7/chapter/6/crossheading/penalty-notices-etc/2024-01-31",
  ),
);
export const IE = placeOf(
  "IE",
  "Europe/Dublin",
  read("EUR", "Data Protection Act 2018, s. 142(5)", "http://www.irishstatutebook.ie/eli/2018/act/7"),
);
export const DE = placeOf("DE", "Europe/Berlin", read("EUR", "VwVG § 11(3)", "https://www.gesetze-im-internet.de/vwvg/"));
export const AT = placeOf(
  "AT",
  "Europe/Vienna",
  read("EUR", "VwGH Ro 2021/04/0027", "https://gesetzefinden.at/judikatur/vwgh/jwt_2021040027_20240306j00"),
);
export const IT = placeOf(
  "IT",
  "Europe/Rome",
  read("EUR", "Garante, 2 July 2020, no. 125", "https://allprivacy.it/ita/allprivacy-regolamento-gdpr.php?aid=5036&cid=113"),
);
export const ES = placeOf("ES", "Europe/Madrid", read("EUR", "AEPD PS/00076/2019", "https://lawinsider.com/es/contracts/3fNRW63UBty"));
export const BE = placeOf(
  "BE",
  "Europe/Brussels",
  read(
    "EUR",
    "Litigation Chamber, policy on penalty payments of 23 December 2020",
    "https://www.lexgo.be/fr/articles/ip-it-telecom/droit-de-l-informatique/a-christmas-present-say-hello-to-penalty-fines-in-belgium-for-gdpr-infringements,140987.html",
  ),
);
export const NO = placeOf(
  "NO",
  "Europe/Oslo",
  read("NOK", "Prop. 56 LS (2017–2018), ch. 20.1", "https://www.regjeringen.no/no/dokumenter/prop.-56-ls-20172018/id2594627/?ch=20"),
);
export const LU = placeOf(
  "LU",
  "Europe/Luxembourg",
  read("EUR", "Loi du 1er août 2018 (CNPD), art. 51", "http://data.legilux.public.lu/eli/etat/leg/loi/2018/08/01/a686/jo"),
);
export const US = placeOf("US", "America/New_York", read("USD", "15 U.S.C. § 45(l)", "http://codes.lp.findlaw.com/uscode/15/2/I/45"));
export const BR = placeOf(
  "BR",
  "America/Sao_Paulo",
  read(
    "BRL",
    "Resolução CD/ANPD 4/2023",
    "https://www.fblaw.com.br/anpd-define-diretrizes-para-aplicacao-de-sancoes-em-casos-de-violacao-a-lgpd",
  ),
);
export const GR = placeOf("GR", "Europe/Athens", inferred("EUR", "the currency of the State"));
export const AU = placeOf("AU", "Australia/Sydney", inferred("AUD", "the currency of the State"));
export const CA = placeOf("CA", "America/Toronto", inferred("CAD", "the currency of the State"));
/** The Commission sits in Brussels, the Court in Luxembourg. */
const EURO = read("EUR", "Opinion in Case C-543/17, point 2", "https://eur-lex.europa.eu/legal-content/GA/TXT/?uri=CELEX%3A62017CC0543");
export const EU_BRUSSELS: Place = { ...BE, currency: EURO };
export const EU_LUXEMBOURG: Place = { ...LU, currency: EURO };
