import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

const here = import.meta.dirname;

// better-sqlite3 ends an older Node without a word (a segmentation fault), so say it before it happens.
if (Number(process.versions.napi) < 10) {
  throw new Error(
    `These tests need Node 22.14 or newer; this is ${process.version}. ` +
      "Run them through `npm test` or `npx vitest run`, which use the Node that `npm ci` installs.",
  );
}

const electron = { electron: resolve(here, "electron/loopback/stand-in.ts") };
const nodeTests = "test/**/*.test.ts";
const screenTests = "test/**/*.test.tsx";
const browserTests = "test/e2e/**";

export default defineConfig({
  // Importing the real `electron` outside Electron would start a download.
  resolve: { alias: electron },
  test: {
    // A slow machine is not a failure: time is measured by the bench, never asserted in a test.
    testTimeout: 90_000,
    hookTimeout: 90_000,
    projects: [
      {
        extends: true,
        test: { name: "node", include: [nodeTests], exclude: [browserTests, "test/screens/**"] },
      },
      {
        extends: true,
        test: {
          name: "screens",
          environment: "happy-dom",
          include: [screenTests, "test/screens/**/*.test.ts"],
          exclude: [browserTests],
        },
      },
    ],
  },
});
