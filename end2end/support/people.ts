// What people do through the pages, for specs that want it done.

import { expect, type Page } from '@playwright/test';

import type { Other } from './browser.ts';
import { invitationOf, linkIn, mailTo } from './mail.ts';
import { PASSWORD, type Person } from './person.ts';
import { awake } from './sound.ts';

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

/** Who of the demo comes in by one press. */
export type DemoPerson = 'owner' | 'admin' | 'member' | 'guest' | 'owner at the limit' | 'unverified' | 'staff' | 'support';

export async function enterDemo(page: Page, who: DemoPerson): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: `Enter as ${who}`, exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/');
}

/** Sends invitations to what is pasted. */
export async function invite(owner: Page, script: boolean, slug: string, addresses: string, role = 'Member'): Promise<void> {
  await owner.goto(`/o/${slug}/people/invite`);
  await awake(owner, script);
  await owner.getByLabel('E-mail addresses').fill(addresses);
  await owner.getByLabel('Role', { exact: true }).selectOption({ label: role });
  await owner.getByRole('button', { name: 'Send invitations' }).click();
  await expect(owner).toHaveURL(/batch=/);
}

/** A sign-in by the link in the mail, which removes a password that was set before the address was proven. */
export async function signInByLink(page: Page, person: Person): Promise<void> {
  await page.goto('/magic-link');
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.goto(linkIn(await mailTo(page, person, /sign-in link/i), '/magic-link'));
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname !== '/magic-link');
}

/** Somebody with an account comes in by the invitation in their mail. */
export async function join(owner: Page, script: boolean, slug: string, other: Other): Promise<void> {
  await other.page.goto(await invitationOf(owner, other));
  await awake(other.page, script);
  await other.page.getByRole('main').getByRole('button', { name: /^Join/ }).click();
  await expect(other.page).toHaveURL(new RegExp(`/o/${slug}/`));
}

/** The page of somebody, from the list. */
export async function openPerson(page: Page, script: boolean, slug: string, who: Person): Promise<void> {
  await page.goto(`/o/${slug}/people?search=${encodeURIComponent(who.email)}`);
  await awake(page, script);
  await page.getByRole('main').getByRole('link', { name: who.name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: who.name })).toBeVisible();
}

/** Somebody is made owner by an offer that they accept. */
export async function handOver(owner: Page, script: boolean, slug: string, organization: string, other: Other): Promise<void> {
  await openPerson(owner, script, slug, other);
  await owner.getByRole('link', { name: 'Hand the organization over' }).click();
  await awake(owner, script);
  await owner.getByLabel(`Type ${organization} to confirm`).fill(organization);
  await owner.getByRole('button', { name: 'Offer the organization' }).click();
  await expect(owner.getByRole('heading', { level: 1 })).toHaveText(`Offered to ${other.name}`);
  const mail = await mailTo(owner, other, /offered the ownership/i);
  expect(mail.text).toContain(`/o/${slug}/ownership`);
  await other.page.goto(`/o/${slug}/projects`);
  await other.page.getByRole('link', { name: 'Look at the offer' }).click();
  await awake(other.page, script);
  await other.page.getByRole('button', { name: 'Accept and become the owner' }).click();
  await expect(other.page.getByText('The organization is yours.')).toBeVisible();
}
