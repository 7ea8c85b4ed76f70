// The clock of a server of one's own.

import { expect, type Page } from '@playwright/test';

export async function ahead(page: Page, hours: number): Promise<void> {
  const moved = await page.request.post('/dev/clock', { form: { hours: String(hours) } });
  expect(moved.ok()).toBe(true);
}
