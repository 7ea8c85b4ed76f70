import { defineConfig, devices } from '@playwright/test';

import suite from '../playwright.config.ts';

// Two kinds of pointer; the widths are in `shoot.ts`. One worker, because a scene moves the clock.
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results/screenshots',
  globalSetup: '../support/global-setup.ts',
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'line',
  use: { launchOptions: suite.use?.launchOptions, contextOptions: { reducedMotion: 'reduce' } },
  projects: [
    { name: 'mouse', use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } } },
    { name: 'finger', use: { ...devices['Desktop Chrome'], viewport: { width: 390, height: 844 }, hasTouch: true } },
  ],
});
