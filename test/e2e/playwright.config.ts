import { defineConfig } from "@playwright/test";
import { findBrowser } from "./browser.ts";

const { executablePath, args, env } = findBrowser();

export default defineConfig({
  testDir: ".",
  // The tests of a real Electron window have a configuration of their own.
  testIgnore: "electron/**",
  outputDir: "../../test-results",
  workers: 2,
  fullyParallel: true,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: "en-US",
    timezoneId: "America/New_York",
    screenshot: "only-on-failure",
    // A trace costs every test a fifth of its time: ISOCHART_TRACE=1 keeps those of tests that fail.
    trace: process.env["ISOCHART_TRACE"] === "1" ? "retain-on-failure" : "off",
    launchOptions: { executablePath, args, env: { ...process.env, ...env } },
  },
});
