// What the server has written to somebody, as its mailbox shows it.

import { expect, type Page } from '@playwright/test';

import type { Person } from './person.ts';

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** The newest mail to somebody whose subject matches, as soon as the worker has sent it. A new server's demo is before it. */
export async function mailTo(page: Page, person: Person, subject: RegExp): Promise<Mail> {
  let found: Mail | undefined;
  await expect
    .poll(async () => {
      const answer = await page.request.get('/dev/mailbox.json');
      const mails = (await answer.json()) as Mail[];
      found = mails.find((mail) => mail.to.includes(person.email) && subject.test(mail.subject));
      return found !== undefined;
    }, { message: `a mail to ${person.email} about ${subject}`, timeout: 60_000 })
    .toBe(true);
  return found!;
}

/** The path of the one link in a mail that leads to this page. */
export function linkIn(mail: Mail, path: string): string {
  const found = mail.text.match(new RegExp(`https?://\\S+(${path}\\?token=\\S+)`));
  if (!found) throw new Error(`no link to ${path} in:\n${mail.text}`);
  return found[1]!;
}

/** Where the mail to somebody leads. */
export async function invitationOf(page: Page, person: Person): Promise<string> {
  const mail = await mailTo(page, person, /invites you/);
  const found = mail.text.match(/https?:\/\/[^/\s]+(\/accept-invite\?code=[\w-]+)/);
  if (!found) throw new Error(`no invitation in:\n${mail.text}`);
  return found[1]!;
}
