import { defineConfig, devices } from '@playwright/test';

const launchOptions = {
  executablePath: process.env.CHROMIUM_PATH || undefined,
  args: [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-quic',
  ],
};
const desktop = { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } };
const phone = { ...devices['Desktop Chrome'], viewport: { width: 390, height: 844 }, hasTouch: true };

// Every spec runs four times. What only JavaScript can do is in `*.hydrate.spec.ts`; what kills servers runs once for
// each of the two ways of working. Pages change with motion on the desktop with JavaScript; the others have asked for less.
const lessMotion = { contextOptions: { reducedMotion: 'reduce' as const } };
const withoutScript = { javaScriptEnabled: false, ...lessMotion };
const hydrated = /\.hydrate\.spec\.ts$/;
const once = /\.once\.spec\.ts$/;

export default defineConfig({
  testDir: 'tests',
  globalSetup: './support/global-setup.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['line'], ['json']],
  use: { launchOptions, screenshot: 'only-on-failure' },
  projects: [
    { name: 'desktop', use: desktop },
    { name: 'desktop-without-script', use: { ...desktop, ...withoutScript }, testIgnore: hydrated },
    { name: 'phone', use: { ...phone, ...lessMotion }, testIgnore: once },
    { name: 'phone-without-script', use: { ...phone, ...withoutScript }, testIgnore: [hydrated, once] },
  ],
});
