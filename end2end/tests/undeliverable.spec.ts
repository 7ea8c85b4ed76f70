// An invitation whose mail a server refuses for good.

import { type Locator, type Page } from '@playwright/test';

import { createOrganization, enterDemo, invite } from '../support/people.ts';
import { somebody } from '../support/person.ts';
import { awake, expectSound } from '../support/sound.ts';
import { expect, testWithPostOffice } from '../support/test.ts';

testWithPostOffice('a mail that cannot be delivered is told, sent again, and taken back', async ({ page, office, script }, info) => {
  const [typo, there] = [somebody(info.testId).email, somebody(info.testId).email];
  const main = page.getByRole('main');
  office.refuse(typo);
  await enterDemo(page, 'owner');
  const slug = await createOrganization(page, somebody(info.testId));
  await invite(page, script, slug, `${typo}\n${there}`);
  const report = page.url();
  const outcome = main.locator('#result').getByRole('listitem').filter({ hasText: typo });
  await untilRefused(page, report, outcome);
  await awake(page, script);
  await expectSound(page, script);
  await expect(main.locator('#result').getByRole('listitem').filter({ hasText: there })).toContainText('The mail is on its way.');

  // There is somebody after all: sent again, it is as any other.
  office.deliverTo(typo);
  await page.goto(`/o/${slug}/people?filter=invitations`);
  await awake(page, script);
  await expectSound(page, script);
  const row = main.getByRole('row').filter({ hasText: typo });
  await expect(row).toContainText('Mail not delivered');
  await expect(row).toContainText('Check the address');
  await row.locator('summary.menu-trigger').click();
  await row.getByRole('button', { name: 'Send again' }).click();
  await expect(page.getByText('The invitation is on its way again, for another seven days.')).toBeVisible();
  await expect(row.getByText('Invited', { exact: true })).toBeVisible();
  await expect(row).not.toContainText('not delivered');
  await expect.poll(() => office.delivered).toContain(typo);

  // Refused once more, it is taken back where the report tells of it, and the address stands in the box to be corrected.
  office.refuse(typo);
  await row.locator('summary.menu-trigger').click();
  await row.getByRole('button', { name: 'Send again' }).click();
  await untilRefused(page, report, outcome);
  await outcome.getByRole('button', { name: 'Take back' }).click();
  await expect(outcome.getByText('Taken back')).toBeVisible();
  await expect(page).toHaveURL(report);
  await expect(page.getByLabel('E-mail addresses')).toHaveValue(typo);
});

/** The worker tries in its own time; a page tells as much as was known when it was asked for. */
async function untilRefused(page: Page, report: string, outcome: Locator): Promise<void> {
  await expect
    .poll(async () => {
      await page.goto(report);
      return outcome.textContent();
    })
    .toContain('Not delivered');
}
