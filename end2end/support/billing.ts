// Bills: the payment sandbox beside the server, and what people do with it.

import { expect, type Page } from '@playwright/test';

import { ahead } from './clock.ts';
import { signIn } from './people.ts';
import type { Person } from './person.ts';

/** As far as specs look at it. */
interface Sandbox {
  members: { customer_id: string; email: string }[];
  checkouts: { status: string; customer_id: string | null }[];
  subscriptions: { id: string; status: string; customer_id: string; seats: number | null }[];
  events: { state: string }[];
}

/** What goes wrong on purpose. What is not named is off. */
interface Faults {
  failing_status?: number;
  portal_is_down?: boolean;
  lose_webhooks?: number;
}

/** A plan by the month, as the forms ask for it. */
export interface Purchase {
  plan: string;
  seats: number;
  interval?: 'month' | 'year';
}

export const billing = (slug: string): string => `/o/${slug}/settings/billing`;

export async function sandboxUrl(page: Page): Promise<string> {
  const answer = await page.request.get('/dev/sandbox.json');
  expect(answer.status()).toBe(200);
  return ((await answer.json()) as { url: string }).url;
}

export async function sandbox(page: Page): Promise<Sandbox> {
  const answer = await page.request.get(`${await sandboxUrl(page)}/sandbox/state.json`);
  return (await answer.json()) as Sandbox;
}

/** For a server of one's own: the others' purchases go through the same sandbox. */
export async function setFaults(page: Page, faults: Faults): Promise<void> {
  const set = await page.request.post(`${await sandboxUrl(page)}/sandbox/faults`, { data: faults });
  expect(set.ok()).toBe(true);
}

async function customerOf(page: Page, person: Person): Promise<string> {
  const { members } = await sandbox(page);
  return members.find(({ email }) => email === person.email)!.customer_id;
}

/** What becomes of charges while nobody is there to pay. */
export async function setCard(page: Page, person: Person, card: 'pays' | 'declines'): Promise<void> {
  const form = { customer_id: await customerOf(page, person), card };
  const set = await page.request.post(`${await sandboxUrl(page)}/sandbox/cards`, { data: form });
  expect(set.ok()).toBe(true);
}

/** What an organization has at the provider. */
export async function bought(page: Page, person: Person): Promise<Pick<Sandbox, 'checkouts' | 'subscriptions'>> {
  const { members, checkouts, subscriptions } = await sandbox(page);
  const mine = new Set(members.filter(({ email }) => email === person.email).map(({ customer_id }) => customer_id));
  return {
    checkouts: checkouts.filter(({ customer_id }) => customer_id !== null && mine.has(customer_id)),
    subscriptions: subscriptions.filter(({ customer_id }) => mine.has(customer_id)),
  };
}

/** Every message of the provider is delivered, given up or lost. A new server first hears of all that happened to its demo. */
export async function told(page: Page): Promise<void> {
  await expect
    .poll(async () => (await sandbox(page)).events.filter(({ state }) => state === 'pending').length, { timeout: 60_000 })
    .toBe(0);
}

/** Where the pay page is that the press of a button opens. */
export async function payPage(page: Page, slug: string, { plan, seats, interval = 'month' }: Purchase): Promise<string> {
  const answer = await page.request.post('/api/app/org/billing/start_checkout/start_checkout', {
    form: { org: slug, plan, interval, seats: String(seats) },
    headers: { accept: 'text/html' },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(302);
  return answer.headers().location!;
}

/** Pays there, and says where that leads. */
export async function pay(page: Page, url: string): Promise<string> {
  const paid = await page.request.post(url, { form: { card: 'pays' }, maxRedirects: 0 });
  expect(paid.status()).toBe(303);
  return paid.headers().location!;
}

/** A plan that is paid for and known. */
export async function subscribed(page: Page, slug: string, purchase: Purchase): Promise<void> {
  await page.goto(await pay(page, await payPage(page, slug, purchase)));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^You are on the /);
}

/** Presses a button of the chooser, and waits for the provider's page. */
export async function choose(page: Page, plan: string): Promise<void> {
  await page.getByRole('button', { name: `Choose ${plan}`, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(new RegExp(`^${plan}`));
  expect(new URL(page.url()).pathname).toMatch(/^\/checkout\//);
}

/** Time passes, in which the session ends, and they come back. For a server of one's own. */
export async function later(page: Page, person: Person, days: number): Promise<void> {
  await ahead(page, days * 24);
  await signIn(page, person);
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/** What follows from the provider's messages is there a moment later: the page is asked again until it is. */
export async function eventually(page: Page, path: string, look: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.goto(path);
    await look();
  }).toPass();
}
