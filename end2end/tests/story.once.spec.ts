// The whole story: from sign-up to work that is still there after server and database were killed.

import type { Locator, Page } from '@playwright/test';

import { otherBrowser } from '../support/browser.ts';
import { createOrganization, signIn, signUp, verify } from '../support/people.ts';
import { expect, testAlone } from '../support/test.ts';

/** A task's title is a field that can be edited in place. */
function task(page: Page, title: string): Locator {
  return page.locator(`input[name="title"][value="${title}"]`);
}

testAlone('a stranger signs up, works, and finds everything again after a crash', async ({ page, browser, server, person: ann, script }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Start free' }).first().click();
  await expect(page).toHaveURL(/\/sign-up/);
  await signUp(page, ann);
  await verify(page, ann);
  const slug = await createOrganization(page, ann);

  await page.getByRole('link', { name: 'New project' }).first().click();
  await page.getByLabel('Name', { exact: true }).fill('Launch');
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Launch');
  for (const title of ['Write the plan', 'Tell everybody']) {
    await page.getByLabel('New task').fill(title);
    await page.getByLabel('New task').press('Enter');
    await expect(task(page, title)).toHaveCount(1);
  }
  const project = page.url().split('?')[0]!;

  const second = await otherBrowser(browser, script, server.url);
  await signIn(second.page, ann);
  await expect(second.page).toHaveURL(new RegExp(`/o/${slug}/projects`));
  await expect(second.page.getByRole('link', { name: 'Launch' })).toBeVisible();

  await server.killEverything();
  await server.launch();

  for (const browserPage of [page, second.page]) {
    await browserPage.goto(project);
    await expect(task(browserPage, 'Write the plan')).toHaveCount(1);
    await expect(task(browserPage, 'Tell everybody')).toHaveCount(1);
  }
  await second.context.close();
});
