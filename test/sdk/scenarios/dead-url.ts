import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** The address of a port on which nobody listens (any more). */
export async function deadUrl(): Promise<string> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return `http://127.0.0.1:${port}`;
}
