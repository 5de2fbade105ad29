// Copies what the pages use of nhsuk-frontend into wwwroot/lib, after `npm ci`. Two changes on the way:
// the font faces go (Frutiger is licensed for NHS services only and would be fetched from another host; Arial stands in),
// and addresses of images become relative, so that the site may live under any path.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";

const from = "node_modules/nhsuk-frontend/dist/nhsuk/";
const to = "wwwroot/lib/nhsuk/";

rmSync(to, { recursive: true, force: true });
mkdirSync(to + "images", { recursive: true });

const css = readFileSync(from + "nhsuk-frontend.min.css", "utf8")
  .replace(/@font-face\s*\{[^}]*\}/g, "")
  .replaceAll("url(/assets/images/", "url(images/")
  .replace(/\/\*# sourceMappingURL=[^*]*\*\//, "");
if (/url\((?!images\/|"?data:)/.test(css)) throw new Error("nhsuk-frontend's CSS fetches something that is not copied");
writeFileSync(to + "nhsuk-frontend.min.css", css);

const js = readFileSync(from + "nhsuk-frontend.min.js", "utf8").replace(/\/\/# sourceMappingURL=.*$/m, "");
writeFileSync(to + "nhsuk-frontend.min.js", js);

for (const name of readdirSync(from + "assets/images"))
  if (/^(nhsuk-icon-(arrow-(up|down|up-down)|cross)\.svg|favicon\.(ico|svg))$/.test(name))
    cpSync(from + "assets/images/" + name, to + "images/" + name);
