// A mail server on this machine, for specs about mail that is refused. It takes everything else, and remembers for whom.

import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

export class PostOffice {
  /** Whom mail was taken for, once for each. */
  readonly delivered: string[] = [];
  private readonly refused = new Set<string>();
  private readonly open = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static start(): Promise<PostOffice> {
    return new Promise((resolve) => {
      const server = createServer((socket) => office.serve(socket));
      let office: PostOffice;
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        const port = typeof address === 'object' && address ? address.port : 0;
        office = new PostOffice(server, `smtp://127.0.0.1:${port}`);
        resolve(office);
      });
    });
  }

  /** From now on there is nobody at this address. */
  refuse(email: string): void {
    this.refused.add(email);
  }

  deliverTo(email: string): void {
    this.refused.delete(email);
  }

  stop(): void {
    for (const socket of this.open) socket.destroy();
    this.server.close();
  }

  private serve(socket: Socket): void {
    this.open.add(socket);
    socket.on('close', () => this.open.delete(socket));
    socket.on('error', () => socket.destroy());
    let letter = false;
    socket.write('220 test\r\n');
    createInterface({ input: socket }).on('line', (line) => {
      if (letter && line !== '.') return;
      letter = line === 'DATA';
      socket.write(`${letter ? '354 go on' : this.answer(line)}\r\n`);
    });
  }

  private answer(line: string): string {
    if (line === 'QUIT') return '221 bye';
    const recipient = /^RCPT TO:<(.+)>/i.exec(line)?.[1];
    if (recipient && this.refused.has(recipient)) return '550 5.1.1 no such user';
    if (recipient) this.delivered.push(recipient);
    return '250 ok';
  }
}
