// What every page has to be.

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Waits until the islands of the page are awake. Nothing to wait for without JavaScript. */
export async function awake(page: Page, script: boolean): Promise<void> {
  if (script) await page.locator('html[data-hydrated="true"]').waitFor({ state: 'attached' });
}

/** No finding of axe, no sideways scrolling, one main heading. */
export async function expectSound(page: Page, script: boolean): Promise<void> {
  await expect(page.locator('h1')).toHaveCount(1);
  if (!script) return;
  await expectNoWider(page);
  await expectNothingFrom(new AxeBuilder({ page }));
}

/** No sideways scrolling. Measured by a script. */
export async function expectNoWider(page: Page): Promise<void> {
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(widths[0], 'the page scrolls sideways').toBeLessThanOrEqual(widths[1]!);
}

/** What of that can differ between light and dark. */
export async function expectContrast(page: Page, script: boolean): Promise<void> {
  if (script) await expectNothingFrom(new AxeBuilder({ page }).withRules(['color-contrast']));
}

async function expectNothingFrom(axe: AxeBuilder): Promise<void> {
  // No page has frames: what looks into them opens a page of its own at every look.
  const { violations } = await axe.setLegacyMode().analyze();
  const findings = violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' ')}`);
  expect(findings).toEqual([]);
}
