import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { chromium } from "@playwright/test";

/** A browser for the tests, and how it must be started. */
export type Browser = {
  name: string;
  executablePath: string;
  args: string[];
  env: Record<string, string>;
};

const installed = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/microsoft-edge",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/**
 * Finds a browser: Playwright's own, else one that is installed, else the one that came with the dev packages.
 * `ISOCHART_BROWSER=own|installed|carried` asks for one of them.
 */
export function findBrowser(): Browser {
  const wanted = process.env["ISOCHART_BROWSER"];
  const plain = { args: [], env: {} };
  const own = chromium.executablePath();
  if ((wanted ?? "own") === "own" && existsSync(own)) {
    return { ...plain, name: "Playwright's Chromium", executablePath: own };
  }
  const found = installed.find((path) => existsSync(path));
  if ((wanted ?? "installed") === "installed" && found !== undefined) {
    return { ...plain, name: found, executablePath: found };
  }
  if ((wanted ?? "carried") === "carried" && process.platform === "linux" && process.arch === "x64") {
    return carriedBrowser();
  }
  throw new Error(
    "No browser was found: install Chromium or Chrome, or run `npx playwright install chromium`.",
  );
}

/** A headless Chromium inside an npm package, with the libraries and fonts that a bare machine lacks. */
function carriedBrowser(): Browser {
  const home = resolve(import.meta.dirname, "..", "..", "node_modules", "@sparticuz", "chromium");
  const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { version: string };
  const folder = resolve(import.meta.dirname, "..", "..", "node_modules", ".cache", `chromium-${version}`);
  if (!existsSync(folder)) unpackCarried(join(home, "bin"), folder);
  return {
    name: `the carried Chromium (${version})`,
    executablePath: join(folder, "chromium"),
    args: ["--no-zygote", "--disable-gpu", "--font-render-hinting=none"],
    env: {
      LD_LIBRARY_PATH: [join(folder, "al2023", "lib"), join(folder, "lib"), process.env["LD_LIBRARY_PATH"]]
        .filter(Boolean)
        .join(":"),
      FONTCONFIG_PATH: join(folder, "fonts"),
    },
  };
}

function unpackCarried(from: string, folder: string): void {
  // Unpacked beside and then renamed, so that two runs at once, or one that was interrupted, do no harm.
  const beside = `${folder}.${process.pid}`;
  mkdirSync(beside, { recursive: true });
  writeFileSync(join(beside, "chromium"), brotliDecompressSync(readFileSync(join(from, "chromium.br"))));
  chmodSync(join(beside, "chromium"), 0o755);
  for (const archive of ["al2023.tar.br", "fonts.tar.br", "swiftshader.tar.br"]) {
    const input = brotliDecompressSync(readFileSync(join(from, archive)));
    execFileSync("tar", ["-x", "-f", "-", "-C", beside], { input });
  }
  try {
    renameSync(beside, folder);
  } catch {
    rmSync(beside, { recursive: true, force: true });
  }
}
