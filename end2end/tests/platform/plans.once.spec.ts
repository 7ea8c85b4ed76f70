// The catalogue as staff change it: reviewed, saved, sold at the provider, and read by whoever buys. On a server of its own, because
// everybody buys from the same catalogue.

import { organization } from '../../support/arrange.ts';
import { billing, choose, subscribed } from '../../support/billing.ts';
import { otherBrowser } from '../../support/browser.ts';
import { enterDemo } from '../../support/people.ts';
import { somebody } from '../../support/person.ts';
import { awake, expectSound } from '../../support/sound.ts';
import { expect, testAlone as test } from '../../support/test.ts';

test('a plan is changed, sold for its new price, and not overwritten by who read it before', async ({ page, browser, member, server, script }, info) => {
  test.slow();
  await subscribed(page, member.slug, { plan: 'team', seats: 2 });
  const { page: staff, context } = await otherBrowser(browser, script, server.url);
  await enterDemo(staff, 'staff');
  const main = staff.getByRole('main');
  await staff.goto('/platform');
  await staff.getByRole('navigation').getByRole('link', { name: 'Plans', exact: true }).click();
  await awake(staff, script);
  const row = main.getByRole('table', { name: 'Plans' }).getByRole('row').filter({ hasText: 'Team' });
  await expect(row).toContainText('$19.00 a month');
  await expectSound(staff, script);
  const late = await context.newPage();
  await late.goto('/platform/plans/team');

  // What is wrong is said at its field, and nothing that was typed is lost.
  await row.getByRole('link', { name: 'Team' }).click();
  await awake(staff, script);
  await expectSound(staff, script);
  await main.getByLabel('Name', { exact: true }).fill('Teams');
  await main.getByLabel('Price a month').fill('twenty');
  await main.getByRole('button', { name: 'Review the change' }).click();
  await expect(main.getByLabel('Price a month')).toHaveAccessibleDescription(/does not look right/);
  await expect(main.getByLabel('Name', { exact: true })).toHaveValue('Teams');
  await main.getByLabel('Price a month').fill('21');
  await main.getByLabel('Projects', { exact: true }).fill('1');
  await main.getByRole('button', { name: 'Review the change' }).click();
  const differences = main.getByRole('table', { name: 'Nothing is saved yet.' });
  await expect(differences.getByRole('row').filter({ hasText: 'Price a month' })).toContainText('$19.00');
  await expect(differences.getByRole('row').filter({ hasText: 'Price a month' })).toContainText('$21.00');
  await expect(main).toContainText('A price that is paid is replaced');
  await expect(main).toContainText(/organizations? (has|have) more projects/);
  await expectSound(staff, script);

  // Back to the form with what was typed, and on.
  await main.getByRole('link', { name: 'Back to the form' }).click();
  await expect(main.getByLabel('Price a month')).toHaveValue('21');
  await main.getByLabel('Projects', { exact: true }).fill('40');
  await main.getByRole('button', { name: 'Review the change' }).click();
  await main.getByRole('button', { name: 'Save the plan' }).click();
  await expect(staff).toHaveURL(/\/platform\/plans$/);
  const changed = main.getByRole('table', { name: 'Plans' }).getByRole('row').filter({ hasText: 'Teams' });
  await expect(changed).toContainText('$21.00 a month');
  await expect(changed).toContainText('changed Name, Projects, Price a month');
  await expect
    .poll(async () => {
      await staff.goto('/platform/plans');
      return main.getByText('Not at the provider yet').count();
    })
    .toBe(0);

  // Whoever read it before saves nothing over it.
  await late.getByLabel('Members', { exact: true }).fill('60');
  await late.getByRole('button', { name: 'Review the change' }).click();
  await expect(late.getByRole('main')).toContainText('Somebody else changed this plan meanwhile');
  await expect(late.getByRole('button', { name: 'Save the plan' })).toHaveCount(0);
  await late.getByRole('link', { name: 'Begin again' }).click();
  await expect(late.getByLabel('Price a month')).toHaveValue('21.00');

  // Who has paid all along goes on with the former price, and who comes now pays the new one.
  await page.goto(billing(member.slug));
  await expect(page.getByRole('main')).toContainText('$38.00');
  await page.goto('/pricing?interval=month');
  await expect(page.getByRole('main')).toContainText('Teams');
  await expect(page.getByRole('main')).toContainText('$21');
  const other = await organization(page, somebody(info.testId));
  await page.goto(`${billing(other)}/plans?interval=month&seats=2`);
  await expect(page.getByRole('main')).toContainText('$42.00 a month for 2 seats');
  await choose(page, 'Teams');
  await page.getByRole('button', { name: 'Pay with a good card' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are on the Teams plan');
  await context.close();
});
