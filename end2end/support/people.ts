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

/** Invites them and lets them accept. */
export async function bring(owner: Page, script: boolean, slug: string, other: Other, role = 'Member'): Promise<void> {
  await owner.goto(`/o/${slug}/people/invite`);
  await awake(owner, script);
  await owner.locator('textarea[name="addresses"]').fill(other.email);
  await owner.locator('select[name="role"]').selectOption({ label: role });
  await owner.getByRole('main').locator('form.invite-form button[type="submit"]').click();
  await expect(owner.getByRole('main')).toContainText(other.email);
  const mail = await mailTo(owner, other, /invite|join/i);
  const link = mail.text.match(/https?:\/\/\S+(\/accept-invite\?code=[\w-]+)/);
  await other.page.goto(link![1]!);
  await awake(other.page, script);
  await other.page.getByRole('main').getByRole('button', { name: /^join/i }).click();
  await expect(other.page).toHaveURL(new RegExp(`/o/${slug}/`));
}
