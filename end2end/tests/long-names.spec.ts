// Names as long as they may be, without a space to break at.

import { account, project, roleOf, send } from '../support/arrange.ts';
import { awake, expectNoWider, expectSound } from '../support/sound.ts';
import { expect, test } from '../support/test.ts';

test('a name of full length breaks where the page ends', async ({ page, person, script }, info) => {
  test.slow();
  // Tablets, without and with the sidebar.
  const narrower = info.project.name === 'desktop' ? [900, 768] : [];
  await account(page, { ...person, name: 'N'.repeat(100) });
  const slug = person.email.split('@')[0]!;
  await send(page, 'org/create_organization/create_organization', { name: 'O'.repeat(80), slug });
  await project(page, slug, 'P'.repeat(80));
  await send(page, 'org/workspaces/create_workspace/create_workspace', { org: slug, name: 'W'.repeat(80) });
  await send(page, 'org/roles/create_role/create_role', { org: slug, name: 'R'.repeat(60), 'permissions[]': 'projects.read' });
  const role = await roleOf(page, slug, 'R'.repeat(60));
  const addresses = `${'a'.repeat(60)}@${'b'.repeat(60)}.test`;
  await send(page, 'org/people/invite_people/invite_people', { org: slug, addresses, role });
  await page.goto(`/o/${slug}/people`);
  await page.getByRole('main').getByRole('link', { name: 'N'.repeat(100) }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('N'.repeat(100));
  const own = new URL(page.url()).pathname;
  await page.goto(`/o/${slug}/workspaces`);
  await page.getByRole('main').getByRole('link', { name: 'W'.repeat(80) }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('W'.repeat(80));
  const workspace = new URL(page.url()).pathname;
  for (const path of [
    own, `${own}/role`, workspace, `${workspace}/delete`, `/o/${slug}/people`, `/o/${slug}/people?filter=invitations`,
    `/o/${slug}/projects`, `/o/${slug}/settings/roles`, `/o/${slug}/settings/roles/${role}`,
    `/o/${slug}/settings/roles/${role}/delete`, `/o/${slug}/settings/danger`, `/o/${slug}/settings/audit`, `/o/${slug}/leave`,
    `/o/${slug}/settings/billing`, `/o/${slug}/settings/billing/plans`, '/choose-plan',
    '/account/organizations', '/account/close', '/account/activity',
  ]) {
    await test.step(path, async () => {
      await page.goto(path);
      await awake(page, script);
      await expectSound(page, script);
      const whole = page.viewportSize()!;
      for (const width of narrower) {
        await page.setViewportSize({ ...whole, width });
        await expectNoWider(page);
      }
      await page.setViewportSize(whole);
    });
  }
});
