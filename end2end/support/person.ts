// Who the specs are about.

export const PASSWORD = 'correct horse battery staple 42';

export interface Person {
  name: string;
  email: string;
}

let made = 0;

export function somebody(seed: string): Person {
  made += 1;
  const unique = `${seed.replace(/[^a-z0-9]/g, '').slice(-12)}${process.pid}n${made}`;
  return { name: `Person ${made}`, email: `p${unique}@example.test` };
}
