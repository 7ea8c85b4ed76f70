// What a spec finds in place, sent as the forms of the pages send it. Specs about these forms fill them in.

import { type Browser, expect, type Page, type TestInfo } from '@playwright/test';

import { type Other, otherBrowser } from './browser.ts';
import { invitationOf, linkIn, mailTo } from './mail.ts';
import { PASSWORD, type Person, somebody } from './person.ts';

/** What a form of a page sends. */
export async function send(page: Page, path: string, form: Record<string, string>): Promise<void> {
  const answer = await page.request.post(`/api/app/${path}`, { form, headers: { accept: 'application/json' } });
  expect(answer.status(), `${path}: ${await answer.text()}`).toBe(200);
}

/** An account with a proven address; the browser is signed in. */
export async function account(page: Page, person: Person): Promise<void> {
  const { name, email } = person;
  await send(page, 'auth/sign_up/sign_up', { name, email, password: PASSWORD, terms: 'on' });
  const link = linkIn(await mailTo(page, person, /verify|confirm/i), '/verify-email');
  await send(page, 'auth/verify_email/verify_email', { token: new URLSearchParams(link.split('?')[1]).get('token')! });
}

/** An organization of theirs, and its address. */
export async function organization(page: Page, person: Person): Promise<string> {
  const slug = person.email.split('@')[0]!;
  await send(page, 'org/create_organization/create_organization', { name: `Organization of ${person.name}`, slug });
  return slug;
}

/** Somebody with an account of their own, in a browser of their own. */
export async function another(browser: Browser, script: boolean, info: TestInfo): Promise<Other> {
  const { page, context } = await otherBrowser(browser, script);
  const person = somebody(info.testId);
  await account(page, person);
  return { ...person, page, context };
}

/** The id of a role that this person may give. */
export async function roleOf(page: Page, slug: string, roleName: string): Promise<string> {
  const answer = await page.request.get(`/api/app/org/people/invite_choices/invite_choices?org=${slug}`);
  const { roles } = (await answer.json()) as { roles: { id: string; name: string }[] };
  return roles.find(({ name }) => name === roleName)!.id;
}

/** Invites somebody who was not invited before, and says where their mail leads. */
export async function invited(inviter: Page, slug: string, person: Person, roleName = 'Member'): Promise<string> {
  const role = await roleOf(inviter, slug, roleName);
  const member_type = roleName === 'Guest' ? 'guest' : 'member';
  await send(inviter, 'org/people/invite_people/invite_people', { org: slug, addresses: person.email, role, member_type });
  return invitationOf(inviter, person);
}

/** Lets somebody with an account in. */
export async function bring(owner: Page, slug: string, other: Other, roleName = 'Member'): Promise<void> {
  const code = new URLSearchParams((await invited(owner, slug, other, roleName)).split('?')[1]).get('code')!;
  await send(other.page, 'invitation/accept_invitation/accept_invitation', { code });
}

/** A project of theirs, and its path. */
export async function project(page: Page, slug: string, name: string): Promise<string> {
  const path = '/api/app/org/projects/create_project/create_project';
  const asked = { form: { org: slug, name }, headers: { accept: 'text/html' }, maxRedirects: 0 };
  const answer = await page.request.post(path, asked);
  expect(answer.status()).toBe(302);
  return answer.headers().location!.split('?')[0]!;
}
