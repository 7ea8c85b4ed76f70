// How a page becomes pictures: target/screenshots/<scene>-<width>-<light or dark>.png. Each scene is set up once for each kind
// of pointer and then looked at in its widths, in light and in dark.

import { type Page } from '@playwright/test';
import { join } from 'node:path';

import { type DemoPerson, enterDemo } from '../support/people.ts';
import { awake } from '../support/sound.ts';
import { test as base } from '../support/test.ts';

const FOLDER = process.env.PLINTH_SCREENSHOTS ?? join(import.meta.dirname, '../../target/screenshots');
const WIDTHS = { mouse: [1440, 768], finger: [390] };

export interface Scene {
  name: string;
  path: string;
  /** Who of the demo looks at the page; nobody when it is absent. */
  who?: DemoPerson;
  /** What makes the scene once the page is there. */
  act?: (page: Page) => Promise<void>;
  /** Only what the window shows, for what lies over the page. */
  window?: boolean;
}

export const test = base.extend<{ shoot: (name: string, window?: boolean) => Promise<void> }>({
  shoot: async ({ page }, use, info) => {
    await use(async (name, window = false) => {
      for (const width of WIDTHS[info.project.name as keyof typeof WIDTHS]) {
        await page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          await page.evaluate(restyle);
          await page.screenshot({ path: join(FOLDER, `${name}-${width}-${colorScheme}.png`), fullPage: !window });
        }
      }
    });
  },
});

/** A test for each scene. */
export function take(scenes: Scene[]): void {
  for (const scene of scenes) {
    test(scene.name, async ({ page, shoot }) => {
      if (scene.who) await enterDemo(page, scene.who);
      await page.goto(scene.path);
      await ready(page);
      await scene.act?.(page);
      await ready(page);
      await shoot(scene.name, scene.window);
    });
  }
}

/** Colours that hang on the scheme are worked out anew, and what sticks to the window stands where the page begins. */
function restyle(): void {
  const root = document.documentElement;
  root.hidden = true;
  void root.offsetHeight;
  root.hidden = false;
  window.scrollTo({ top: 0, behavior: 'instant' });
}

/** Fonts are there, and islands are awake where the page has any. */
export async function ready(page: Page): Promise<void> {
  await page.evaluate(async () => document.fonts.ready);
  const islands = await page.locator('leptos-island').count();
  await awake(page, islands > 0);
}

/** Ahead by hours, or back with `reset`. */
export async function moveClock(page: Page, hours: string): Promise<void> {
  await page.goto('/dev/clock');
  await page.locator(`button[value="${hours}"]`).click();
  await page.waitForURL('/dev/clock');
}
