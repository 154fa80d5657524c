import { createServer, type AddressInfo, type Server } from 'node:net';

/** Ports of 127.0.0.1 that nobody listens on. All are held until the last is found, so that no two are the same. */
export async function freePorts<const Name extends string>(names: readonly Name[]): Promise<Record<Name, number>> {
  const held = await Promise.all(names.map(async (name) => [name, await hold()] as const));
  const ports = held.map(([name, server]) => [name, (server.address() as AddressInfo).port]);
  await Promise.all(held.map(([, server]) => release(server)));
  return Object.fromEntries(ports) as Record<Name, number>;
}

function hold(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => resolve(server));
  });
}

function release(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
