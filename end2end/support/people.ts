// People beside the one whose browser a spec begins with.

import type { Browser, BrowserContext, Page, TestInfo } from '@playwright/test';

import { awake, expect, mailTo, otherBrowser, type Person, signUp, somebody, verify } from './test.ts';

export interface Other extends Person {
  page: Page;
  context: BrowserContext;
}

/** Somebody with an account of their own, in a browser of their own. */
export async function another(browser: Browser, script: boolean, info: TestInfo): Promise<Other> {
  const { page, context } = await otherBrowser(browser, script);
  const person = somebody(info.testId);
  await signUp(page, person);
  await verify(page, person);
  return { ...person, page, context };
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

/** Where the mail to somebody leads. */
export async function invitationOf(page: Page, person: Person): Promise<string> {
  const mail = await mailTo(page, person, /invites you/);
  const found = mail.text.match(/https?:\/\/[^/\s]+(\/accept-invite\?code=[\w-]+)/);
  if (!found) throw new Error(`no invitation in:\n${mail.text}`);
  return found[1]!;
}

/** Somebody with an account comes in by the invitation in their mail. */
export async function join(owner: Page, script: boolean, slug: string, other: Other): Promise<void> {
  await other.page.goto(await invitationOf(owner, other));
  await awake(other.page, script);
  await other.page.getByRole('main').getByRole('button', { name: /^Join/ }).click();
  await expect(other.page).toHaveURL(new RegExp(`/o/${slug}/`));
}

/** Invites them and lets them accept. */
export async function bring(owner: Page, script: boolean, slug: string, other: Other, role = 'Member'): Promise<void> {
  await invite(owner, script, slug, other.email, role);
  await join(owner, script, slug, other);
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
