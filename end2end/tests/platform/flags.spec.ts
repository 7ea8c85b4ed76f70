// A flag for one organization: set by staff, seen by its people, taken back.

import { otherBrowser } from '../../support/browser.ts';
import { enterDemo } from '../../support/people.ts';
import { awake, expectSound } from '../../support/sound.ts';
import { expect, test } from '../../support/test.ts';

test('staff switch a flag for one organization, and only its people see it', async ({ page, browser, member, script }) => {
  const { page: staff, context } = await otherBrowser(browser, script);
  await enterDemo(staff, 'staff');
  await staff.goto('/platform/flags');
  await awake(staff, script);
  await expectSound(staff, script);
  await staff.getByRole('link', { name: 'palette.projects' }).click();
  await awake(staff, script);
  await expectSound(staff, script);
  await staff.getByLabel('For whom').fill(member.slug);
  await staff.getByLabel('Value').selectOption('off');
  await staff.getByRole('button', { name: 'Say so' }).click();
  await expect(staff.getByRole('table', { name: 'Otherwise for' })).toContainText('Organization');
  await staff.getByLabel('Address of an organization').fill(member.slug);
  await staff.getByRole('button', { name: 'Look' }).click();
  await expect(staff.getByText('Off: it was said for this organization.')).toBeVisible();

  const search = async () =>
    (await page.request.get(`/api/app/org/projects/search_projects/search_projects?org=${member.slug}&text=a`)).status();
  expect(await search()).toBe(404);
  await staff.getByRole('row', { name: new RegExp(member.name) }).getByRole('button', { name: /Take back/ }).click();
  await expect(staff.getByText(`Organization of ${member.name}`)).toHaveCount(0);
  expect(await search()).toBe(200);
  await context.close();
});
