import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that can be shut, as if the server were away. */
export interface Gate extends AsyncDisposable {
  /** The server's URL, through the gate. */
  readonly url: string;
  /** Refuses connections and ends those that there are. */
  shut(): void;
  open(): void;
}

/** Stands in front of a server of this machine, open at first. */
export async function openGate(serverUrl: string): Promise<Gate> {
  const sockets = new Set<Socket>();
  let isOpen = true;
  const server = createServer((client) => {
    if (!isOpen) return client.destroy();
    const target = connect(Number(new URL(serverUrl).port), '127.0.0.1');
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy()).on('close', () => sockets.delete(from));
      from.pipe(to);
    }
    return undefined;
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const endAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    shut() {
      isOpen = false;
      endAll();
    },
    open() {
      isOpen = true;
    },
    async [Symbol.asyncDispose]() {
      endAll();
      await once(server.close(), 'close');
    },
  };
}
