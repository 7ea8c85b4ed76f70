// The test of this suite: pages that fail on any console error, and people who can be made on the spot.

import AxeBuilder from '@axe-core/playwright';
import { type Browser, type BrowserContext, type Page, test as base, expect } from '@playwright/test';

export { expect };

export const PASSWORD = 'correct horse battery staple 42';

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

export interface Person {
  name: string;
  email: string;
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

interface Fixtures {
  /** Whether this run has JavaScript. */
  script: boolean;
  /** A name and an address that nobody had before. */
  person: Person;
  quiet: void;
  /** Signed up, verified, and in an organization of their own; `page` is signed in. */
  member: Person & { slug: string };
}

export const test = base.extend<Fixtures>({
  baseURL: async ({}, use) => use(process.env.PLINTH_TEST_URL),

  extraHTTPHeaders: async ({}, use) => use(fromElsewhere()),

  script: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled !== false),

  person: async ({}, use, info) => use(somebody(info.testId)),

  page: async ({ page }, use) => {
    watch(page);
    await use(page);
  },

  // Whether a spec's own browser complained or another one that it opened.
  quiet: [
    async ({}, use) => {
      complaints = [];
      await use();
      expect(complaints, 'console errors').toEqual([]);
    },
    { auto: true },
  ],

  member: async ({ page, person }, use) => {
    await signUp(page, person);
    await verify(page, person);
    const slug = await createOrganization(page, person);
    await use({ ...person, slug });
  },
});

let made = 0;

export function somebody(seed: string): Person {
  made += 1;
  const unique = `${seed.replace(/[^a-z0-9]/g, '').slice(-12)}${process.pid}n${made}`;
  return { name: `Person ${made}`, email: `p${unique}@example.test` };
}

let complaints: string[] = [];

/** Collects what a browser complains about: script errors, refused content, missing files. */
function watch(page: Page): void {
  page.on('console', (message) => {
    // A refused form is an answer that the browser reports as a failed load; pages are told apart by their status.
    const expected = /Failed to load resource: the server responded with a status of 4(01|03|04|09|22|29)/;
    // axe measures with a style of its own, which the policy of our pages refuses.
    const axe = message.location().url === '' && message.text().includes('inline style');
    if (message.type() === 'error' && !expected.test(message.text()) && !axe) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
}

/** Waits until the islands of the page are awake. Nothing to wait for without JavaScript. */
export async function awake(page: Page, script: boolean): Promise<void> {
  if (script) await page.locator('html[data-hydrated="true"]').waitFor({ state: 'attached' });
}

/** No finding of axe, no sideways scrolling, one main heading. */
export async function expectSound(page: Page, script: boolean): Promise<void> {
  await expect(page.locator('h1')).toHaveCount(1);
  if (!script) return;
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(widths[0], 'the page scrolls sideways').toBeLessThanOrEqual(widths[1]!);
  await expectNothingFrom(new AxeBuilder({ page }));
}

/** What of that can differ between light and dark. */
export async function expectContrast(page: Page, script: boolean): Promise<void> {
  if (script) await expectNothingFrom(new AxeBuilder({ page }).withRules(['color-contrast']));
}

async function expectNothingFrom(axe: AxeBuilder): Promise<void> {
  const { violations } = await axe.analyze();
  const findings = violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' ')}`);
  expect(findings).toEqual([]);
}

export async function signUp(page: Page, person: Person): Promise<void> {
  await page.goto('/sign-up');
  await page.getByLabel('Your name').fill(person.name);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page).toHaveURL(/\/verify-email/);
}

export async function signIn(page: Page, person: Person, password = PASSWORD): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** The newest mail to somebody whose subject matches, as soon as the worker has sent it. */
export async function mailTo(page: Page, person: Person, subject: RegExp): Promise<Mail> {
  let found: Mail | undefined;
  await expect
    .poll(async () => {
      const answer = await page.request.get('/dev/mailbox.json');
      const mails = (await answer.json()) as Mail[];
      found = mails.find((mail) => mail.to.includes(person.email) && subject.test(mail.subject));
      return found !== undefined;
    }, { message: `a mail to ${person.email} about ${subject}` })
    .toBe(true);
  return found!;
}

/** The path of the one link in a mail that leads to this page. */
export function linkIn(mail: Mail, path: string): string {
  const found = mail.text.match(new RegExp(`https?://\\S+(${path}\\?token=[\\w-]+)`));
  if (!found) throw new Error(`no link to ${path} in:\n${mail.text}`);
  return found[1]!;
}

export async function verify(page: Page, person: Person): Promise<void> {
  const mail = await mailTo(page, person, /verify|confirm/i);
  await page.goto(linkIn(mail, '/verify-email'));
  await page.getByRole('main').getByRole('button', { name: /verify/i }).click();
  await expect(page).toHaveURL(/\/welcome/);
}

export async function createOrganization(page: Page, person: Person): Promise<string> {
  const slug = person.email.split('@')[0]!;
  await page.goto('/welcome');
  await page.getByLabel('Name', { exact: true }).fill(`Organization of ${person.name}`);
  await page.locator('input[name="slug"]').fill(slug);
  await page.getByRole('main').getByRole('button', { name: /create/i }).click();
  await expect(page).toHaveURL(new RegExp(`/o/${slug}/projects`));
  return slug;
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
