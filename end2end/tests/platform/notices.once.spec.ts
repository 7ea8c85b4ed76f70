// What everybody is told: an incident from the first word to the archive, and maintenance that locks people out and in again.
// On a server of its own, because both stand over every page there is.

import { keepCodes, setUpApp } from '../../support/authenticator.ts';
import { otherBrowser } from '../../support/browser.ts';
import { enterDemo } from '../../support/people.ts';
import { awake, expectSound } from '../../support/sound.ts';
import { expect, testAlone } from '../../support/test.ts';

testAlone('an incident is told of, put away, said more about, resolved and archived', async ({ page, browser, server, script }) => {
  testAlone.slow();
  await enterDemo(page, 'support');
  const { page: owner, context } = await otherBrowser(browser, script, server.url);
  await enterDemo(owner, 'owner');
  const projects = owner.url();

  await page.goto('/platform/incidents/new');
  await awake(page, script);
  await expectSound(page, script);
  await page.getByText('Outage', { exact: true }).click();
  await page.getByLabel('Title').fill('Files cannot be opened');
  await page.getByRole('button', { name: 'Tell everybody' }).click();
  // Nothing is told without a word about it, and what was typed is still there.
  await expect(page.getByLabel('Title')).toHaveValue('Files cannot be opened');
  await page.getByLabel('What is known').fill('Since this morning. We are looking into it.');
  await page.getByRole('button', { name: 'Tell everybody' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Files cannot be opened');
  const incident = page.url();
  await expectSound(page, script);

  // Over every surface, also where nobody is signed in.
  const { page: visitor, context: outside } = await otherBrowser(browser, script, server.url);
  for (const [who, path] of [[owner, projects], [owner, '/account/profile'], [page, '/platform'], [visitor, '/pricing'], [visitor, '/sign-in']] as const) {
    await who.goto(path);
    await expect(who.getByText('Files cannot be opened').first()).toBeVisible();
  }
  await visitor.goto('/status');
  await expect(visitor.getByRole('main')).toContainText('Something does not work');
  await expect(visitor.getByRole('main')).toContainText('Since this morning. We are looking into it.');
  await expectSound(visitor, script);

  await owner.goto(projects);
  await awake(owner, script);
  await expectSound(owner, script);
  await owner.getByRole('button', { name: 'Dismiss' }).click();
  await expect(owner.getByText('Files cannot be opened')).toHaveCount(0);
  await expect(owner).toHaveURL(projects);
  await owner.goto('/');
  await expect(owner.getByText('Files cannot be opened')).toHaveCount(0);
  await visitor.goto('/');
  await expect(visitor.getByText('Files cannot be opened')).toBeVisible();

  // More that is said comes back to who has put it away.
  await page.goto(incident);
  await awake(page, script);
  await page.getByLabel('State from now on').selectOption({ label: 'Monitoring' });
  await page.getByLabel('What is known').fill('A disk was replaced.');
  await page.getByRole('button', { name: 'Post update' }).click();
  await expect(page.getByRole('main')).toContainText('A disk was replaced.');
  await expect
    .poll(async () => {
      await owner.goto(projects);
      return owner.getByText('Outage: monitoring').count();
    })
    .toBe(1);

  // A title that says too much is corrected. With an end that lies behind it is refused, and what was typed is still there.
  await page.getByLabel('Title').fill('Files cannot be opened on phones');
  await page.locator('input[name="ends"]').fill('2001-01-01T00:00');
  await page.getByRole('button', { name: 'Save correction' }).click();
  await expect(page.locator('input[name="ends"]')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Title')).toHaveValue('Files cannot be opened on phones');
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('on phones');
  await expectSound(page, script);
  await page.locator('input[name="ends"]').fill('');
  await page.getByRole('button', { name: 'Save correction' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Files cannot be opened on phones');
  await visitor.goto('/status');
  await expect(visitor.getByRole('main')).toContainText('Files cannot be opened on phones');

  await page.getByLabel('State from now on').selectOption({ label: 'Resolved' });
  await page.getByLabel('What is known').fill('All files open again.');
  await page.getByRole('button', { name: 'Post update' }).click();
  await expect(page.getByRole('main')).toContainText('All files open again.');
  await owner.goto(projects);
  await expect(owner.getByText('Files cannot be opened')).toHaveCount(0);
  await visitor.goto('/status');
  await expect(visitor.getByRole('main')).toContainText('Everything works');
  await expect(visitor.getByRole('main')).toContainText('All files open again.');

  await page.getByRole('button', { name: 'Archive' }).click();
  await expect(page.getByText('Archived', { exact: true }).first()).toBeVisible();
  await visitor.goto('/status');
  await expect(visitor.getByText('Files cannot be opened')).toHaveCount(0);
  await context.close();
  await outside.close();
});

testAlone('maintenance makes the house read-only, closes it, lets staff in, and ends', async ({ page, browser, server, script }) => {
  testAlone.slow();
  await enterDemo(page, 'staff');
  const { page: owner, context } = await otherBrowser(browser, script, server.url);
  await enterDemo(owner, 'owner');
  const projects = owner.url();
  const order = async (level: string) => {
    await page.goto('/platform/maintenance');
    await awake(page, script);
    await page.getByText(level, { exact: true }).click();
    await page.getByLabel('Message').fill('We move to a larger house.');
    await page.getByRole('button', { name: 'Order maintenance' }).click();
    await expect(page.getByRole('main').getByRole('button', { name: 'End now' })).toBeVisible();
  };
  const end = async () => {
    await page.getByRole('main').getByRole('button', { name: 'End now' }).click();
    await expect(page.getByText('Nothing is closed.')).toBeVisible();
  };

  await owner.goto(`${projects}/new`);
  await order('Read-only');
  await expectSound(page, script);
  await owner.getByLabel('Name', { exact: true }).fill('A house');
  await owner.getByRole('button', { name: 'Create project' }).click();
  await expect(owner.getByText(/under maintenance/).first()).toBeVisible();
  await expect(owner.getByLabel('Name', { exact: true })).toHaveValue('A house');
  await owner.goto(projects);
  await expect(owner.getByText('You can read everything and change nothing.')).toBeVisible();
  await expectSound(owner, script);
  await page.goto('/platform/maintenance');
  await awake(page, script);
  await end();

  await order('Closed');
  const closed = await owner.request.get(projects, { headers: { accept: 'text/html' } });
  expect(closed.status()).toBe(503);
  expect(closed.headers()['retry-after']).toBe('300');
  expect(await closed.text()).toContain('We move to a larger house.');
  const { page: colleague, context: other } = await otherBrowser(browser, script, server.url);
  await colleague.goto('/sign-in');
  await expect(colleague.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await colleague.goto('/status');
  await expect(colleague.getByRole('heading', { name: 'Maintenance now' })).toBeVisible();
  await expect(colleague.getByRole('main')).toContainText('Something does not work');
  await expectSound(colleague, script);
  // With a password and an app, set up on the way, to the pages of staff and past what is closed.
  const signIn = async () => {
    await colleague.goto('/sign-in?next=/platform/incidents');
    await colleague.getByLabel('E-mail address').fill('support@demo.plinth.test');
    await colleague.getByLabel('Password', { exact: true }).fill('plinth demo, enter freely');
    await colleague.getByRole('button', { name: 'Sign in', exact: true }).click();
  };
  await signIn();
  await expect(colleague.getByRole('heading', { level: 1 })).toHaveText('Set up two-step sign-in');
  const { app } = await setUpApp(colleague);
  await keepCodes(colleague);
  await expect(colleague).toHaveURL(/\/platform\/incidents$/);
  await other.clearCookies();
  expect((await colleague.request.get('/pricing')).status()).toBe(503);
  await signIn();
  await colleague.getByLabel('Code from your app').fill(app.code());
  await colleague.getByRole('button', { name: 'Continue' }).click();
  await expect(colleague).toHaveURL(/\/platform\/incidents$/);
  for (const path of ['/platform', '/pricing']) expect((await colleague.goto(path))?.status()).toBe(200);
  for (const path of ['/healthz', '/readyz']) expect((await colleague.request.get(path)).status()).toBe(200);
  const webhook = await colleague.request.post('/webhooks/polar', { data: {} });
  expect(webhook.status(), 'what the payment provider tells is looked at').not.toBe(503);

  await page.goto('/platform/maintenance');
  await awake(page, script);
  await end();
  expect((await owner.request.get(projects)).status()).toBe(200);
  await context.close();
  await other.close();
});
