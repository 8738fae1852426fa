import at from "./AT.json" with { type: "json" };
import au from "./AU.json" with { type: "json" };
import be from "./BE.json" with { type: "json" };
import br from "./BR.json" with { type: "json" };
import ca from "./CA.json" with { type: "json" };
import cjeu from "./CJEU.json" with { type: "json" };
import de from "./DE.json" with { type: "json" };
import deBb from "./DE-BB.json" with { type: "json" };
import deBe from "./DE-BE.json" with { type: "json" };
import deBw from "./DE-BW.json" with { type: "json" };
import deBy from "./DE-BY.json" with { type: "json" };
import deHb from "./DE-HB.json" with { type: "json" };
import deHe from "./DE-HE.json" with { type: "json" };
import deHh from "./DE-HH.json" with { type: "json" };
import deMv from "./DE-MV.json" with { type: "json" };
import deNi from "./DE-NI.json" with { type: "json" };
import deNw from "./DE-NW.json" with { type: "json" };
import deRp from "./DE-RP.json" with { type: "json" };
import deSh from "./DE-SH.json" with { type: "json" };
import deSl from "./DE-SL.json" with { type: "json" };
import deSn from "./DE-SN.json" with { type: "json" };
import deSt from "./DE-ST.json" with { type: "json" };
import deTh from "./DE-TH.json" with { type: "json" };
import es from "./ES.json" with { type: "json" };
import eu from "./EU.json" with { type: "json" };
import fr from "./FR.json" with { type: "json" };
import frAlsaceMoselle from "./FR-ALSACE-MOSELLE.json" with { type: "json" };
import frGf from "./FR-GF.json" with { type: "json" };
import frGp from "./FR-GP.json" with { type: "json" };
import frMq from "./FR-MQ.json" with { type: "json" };
import frRe from "./FR-RE.json" with { type: "json" };
import frYt from "./FR-YT.json" with { type: "json" };
import gbEng from "./GB-ENG.json" with { type: "json" };
import gbNir from "./GB-NIR.json" with { type: "json" };
import gbSct from "./GB-SCT.json" with { type: "json" };
import gr from "./GR.json" with { type: "json" };
import ie from "./IE.json" with { type: "json" };
import it from "./IT.json" with { type: "json" };
import lu from "./LU.json" with { type: "json" };
import nl from "./NL.json" with { type: "json" };
import no from "./NO.json" with { type: "json" };
import pl from "./PL.json" with { type: "json" };
import se from "./SE.json" with { type: "json" };
import us from "./US.json" with { type: "json" };

/** Every table of holidays, in the order of their ids: built by `npm run calendars`, never by hand. */
export const TABLES = [
  at,
  au,
  be,
  br,
  ca,
  cjeu,
  de,
  deBb,
  deBe,
  deBw,
  deBy,
  deHb,
  deHe,
  deHh,
  deMv,
  deNi,
  deNw,
  deRp,
  deSh,
  deSl,
  deSn,
  deSt,
  deTh,
  es,
  eu,
  fr,
  frAlsaceMoselle,
  frGf,
  frGp,
  frMq,
  frRe,
  frYt,
  gbEng,
  gbNir,
  gbSct,
  gr,
  ie,
  it,
  lu,
  nl,
  no,
  pl,
  se,
  us,
];
