// A device that keeps passkeys, as Chromium plays one.

import type { CDPSession, Page } from '@playwright/test';

export class Device {
  private constructor(
    private readonly session: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  /** One that is built into the machine of this page, and at whose sensor its owner sits. */
  static async in(page: Page): Promise<Device> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return new Device(session, authenticatorId);
  }

  /** Whether it recognizes who touches it. */
  async recognizes(isUserVerified: boolean): Promise<void> {
    await this.session.send('WebAuthn.setUserVerified', { authenticatorId: this.authenticatorId, isUserVerified });
  }

  /** What it keeps: whether it can say whose a passkey is, and how often that one has signed. */
  async passkeys(): Promise<{ discoverable: boolean; count: number }[]> {
    const { credentials } = await this.session.send('WebAuthn.getCredentials', { authenticatorId: this.authenticatorId });
    return credentials.map(({ isResidentCredential, signCount }) => ({ discoverable: isResidentCredential, count: signCount }));
  }
}
