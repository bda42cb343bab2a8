import { build } from "electron-builder";
import { packaging } from "./settings.ts";

/** `npm run package`: makes the installable packages of this platform in `dist/`. */
await build({ config: packaging, publish: "never" });
