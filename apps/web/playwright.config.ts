import { defineConfig } from '@playwright/test';

/** Chromium flags: no sandbox for containers, and no chatter with anybody but the server under test. */
const args = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const executablePath = process.env['CHROMIUM_PATH'];

export default defineConfig({
  testDir: 'e2e',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 2,
  forbidOnly: true,
  reporter: [['list']],
  outputDir: 'test-results/browser',
  use: {
    launchOptions: { args, ...(executablePath && { executablePath }) },
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
  },
});
