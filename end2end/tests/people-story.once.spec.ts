// The story of an organization's people: twelve addresses, a role, a guest, a new owner, and what the log tells of it.

import { another, project } from '../support/arrange.ts';
import { mailTo } from '../support/mail.ts';
import { handOver, invite, join, openPerson } from '../support/people.ts';
import { somebody } from '../support/person.ts';
import { awake } from '../support/sound.ts';
import { expect, test } from '../support/test.ts';

test('people come, change and take over, and the log knows who did what', async ({ page, browser, member, script }, info) => {
  test.slow();
  const { slug } = member;
  const organization = `Organization of ${member.name}`;
  const [clerk, contractor] = [await another(browser, script, info), await another(browser, script, info)];
  await project(page, slug, 'Harbour');
  const bridge = await project(page, slug, 'Bridge');

  // Twelve addresses, and what became of each.
  const strangers = Array.from({ length: 8 }, () => somebody(info.testId).email);
  await invite(page, script, slug, [clerk.email, contractor.email, ...strangers, 'nonsense', member.email].join('\n'));
  const rows = page.locator('#result').getByRole('listitem');
  const outcomes = [...Array(4).fill('Invited'), ...Array(6).fill('No seat'), 'Not an address', 'Already in'];
  await expect(rows).toHaveCount(outcomes.length);
  for (const [index, word] of outcomes.entries()) await expect(rows.nth(index)).toContainText(word);

  // They arrive.
  const row = (text: string) => page.getByRole('main').getByRole('row').filter({ hasText: text });
  await page.goto(`/o/${slug}/people`);
  await expect(row(clerk.email)).toContainText('Invited');
  for (const one of [clerk, contractor]) {
    await join(page, script, slug, one);
    await mailTo(page, member, new RegExp(`${one.name} joined`));
  }
  await page.goto(`/o/${slug}/people`);
  for (const one of [clerk, contractor]) {
    await expect(row(one.email).getByText('Invited', { exact: true })).toHaveCount(0);
    await expect(row(one.email)).toContainText('Member');
  }

  // A role made for one of them.
  await page.goto(`/o/${slug}/settings/roles/new`);
  await page.getByLabel('Name', { exact: true }).fill('Clerk');
  for (const right of ['See projects', 'Add tasks']) await page.getByLabel(right, { exact: true }).check();
  await page.getByRole('button', { name: 'Create role' }).click();
  await expect(page.getByText('The role is made.')).toBeVisible();
  await openPerson(page, script, slug, clerk);
  await page.getByLabel('New role').selectOption({ label: 'Clerk' });
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Make Clerk' }).click();
  await expect(page.getByText('The role is changed.')).toBeVisible();
  await mailTo(page, clerk, /role at .* has changed/i);

  // A contractor becomes a guest who sees one project.
  await openPerson(page, script, slug, contractor);
  await page.getByRole('main').getByRole('link', { name: 'Make a guest' }).click();
  await page.getByRole('main').getByRole('button', { name: 'Make a guest' }).click();
  await expect(page.getByText('The type is changed.')).toBeVisible();
  await contractor.page.goto(`/o/${slug}/projects`);
  await expect(contractor.page.getByText('Nothing is shared with you yet')).toBeVisible();
  await page.goto(`${bridge}/access`);
  await awake(page, script);
  await page.getByLabel('Give it to a guest').selectOption({ label: `${contractor.name} (${contractor.email}) · guest` });
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('The guest can see the project now.')).toBeVisible();
  await contractor.page.goto(`/o/${slug}/projects`);
  await expect(contractor.page.getByRole('main').getByRole('link', { name: 'Bridge' })).toBeVisible();
  await expect(contractor.page.getByRole('main').getByRole('link', { name: 'Harbour' })).toHaveCount(0);

  // The organization is handed over, and the new owner reads who did what.
  await handOver(page, script, slug, organization, clerk);
  await clerk.page.goto(`/o/${slug}/settings/audit`);
  await awake(clerk.page, script);
  const entries = clerk.page.getByRole('main').locator('tbody tr');
  const told = [
    [clerk, 'Took the organization over'],
    [member, 'Offered the organization to a member'],
    [member, 'Changed who can see a project'],
    [member, 'Made a guest a member, or a member a guest'],
    [member, 'Gave a member another role'],
    [member, 'Made a role'],
    [contractor, 'Joined'],
    [clerk, 'Joined'],
  ] as const;
  for (const [who, what] of told) {
    await expect(entries.filter({ hasText: what }).filter({ hasText: who.name }), `${who.name}: ${what}`).not.toHaveCount(0);
  }
  await expect(entries.filter({ hasText: 'Invited somebody' })).toHaveCount(4);
  const refused = await contractor.page.goto(`/o/${slug}/settings/audit`);
  expect(refused?.status()).toBe(403);
  await clerk.context.close();
  await contractor.context.close();
});
