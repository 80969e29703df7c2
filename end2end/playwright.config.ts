import { defineConfig } from "@playwright/test";

const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "stories",
  outputDir: "test-results/artifacts",
  workers: 2,
  // A story that passes only at the second try has found a fault.
  retries: 0,
  forbidOnly: true,
  // Patient: a disk that pauses for some seconds is no fault of the program. Whoever waits for nothing loses nothing.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/report.json" }]],
  use: {
    browserName: "chromium",
    locale: "en-US",
    timezoneId: "America/New_York",
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    screenshot: "only-on-failure",
    // Where nobody looks at a trace it is not written: it takes a third of the time.
    trace: process.env.CI ? "off" : "retain-on-failure",
    launchOptions: {
      // Empty: Playwright's own.
      executablePath: process.env.OKTEXT_CHROMIUM || undefined,
      args: [
        "--disable-background-networking",
        "--disable-component-update",
        // Chromium's sandbox refuses to run as root.
        ...(isRoot ? ["--no-sandbox"] : []),
      ],
    },
  },
});
