// An authenticator app: what it takes in from a page, and the codes that it shows (RFC 6238).

import { createHmac } from 'node:crypto';

import { expect, type Page } from '@playwright/test';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function bytes(base32: string): Buffer {
  const bits = [...base32].map((digit) => DIGITS.indexOf(digit).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
}

export class Authenticator {
  private used = 0;

  constructor(private readonly secret: string) {}

  /** A code that was not used. Of a step ahead, when the present one was: a clock may differ by one. */
  code(): string {
    const step = Math.max(Math.floor(Date.now() / 30_000), this.used + 1);
    this.used = step;
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const mac = createHmac('sha1', bytes(this.secret)).update(counter).digest();
    const offset = mac.at(-1)! & 0xf;
    return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
  }
}

/** Takes in the key that the page shows, and types the first code. */
export async function confirmApp(page: Page): Promise<Authenticator> {
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
  const address = await page.getByRole('link', { name: 'Open an app on this device' }).getAttribute('href');
  const app = new Authenticator(new URL(address!).searchParams.get('secret')!);
  await page.getByLabel('Code from your app').fill(app.code());
  await page.getByRole('button', { name: 'Turn on' }).click();
  return app;
}

/** Sets one up, from the page that begins it, and keeps the recovery codes. */
export async function setUpApp(page: Page): Promise<{ app: Authenticator; codes: string[] }> {
  await page.getByRole('button', { name: 'Begin' }).click();
  const app = await confirmApp(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Keep your recovery codes');
  const codes = (await page.locator('pre code').innerText()).trim().split('\n');
  expect(codes).toHaveLength(10);
  return { app, codes };
}

export async function keepCodes(page: Page): Promise<void> {
  await page.getByLabel('I have kept these codes in a safe place').check();
  await page.getByRole('button', { name: 'Continue' }).click();
}
