// The browsers of a spec: the one it begins with, and those it opens.

import type { Browser, BrowserContext, Page } from '@playwright/test';

import type { Person } from './person.ts';

/** Somebody beside the one whose browser a spec begins with. */
export interface Other extends Person {
  page: Page;
  context: BrowserContext;
}

/**
 * An address of the documentation range for each person: throttles count by address, and a suite is not one visitor.
 * The servers of this suite believe one proxy.
 */
export function fromElsewhere(): Record<string, string> {
  addresses += 1;
  return { 'x-forwarded-for': `2001:db8:${process.pid.toString(16).slice(-4)}:${addresses.toString(16)}::1` };
}

let addresses = 0;

/** What the browsers of the spec that runs have complained about. */
export const complaints: string[] = [];

/** Collects what a browser complains about: script errors, refused content, missing files. */
export function watch(page: Page): void {
  page.on('console', (message) => {
    // A refused form is an answer that the browser reports as a failed load; pages are told apart by their status.
    const expected = /Failed to load resource: the server responded with a status of 4(01|02|03|04|09|22|29)/;
    // axe measures with a style of its own, which the policy of our pages refuses.
    const axe = message.location().url === '' && message.text().includes('inline style');
    if (message.type() === 'error' && !expected.test(message.text()) && !axe) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
}

/** A second browser, that shares nothing with the first. */
export async function otherBrowser(
  browser: Browser,
  script: boolean,
  baseURL = process.env.PLINTH_TEST_URL!,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: script, extraHTTPHeaders: fromElsewhere() });
  const page = await context.newPage();
  watch(page);
  return { context, page };
}
