/** A TCP port of 127.0.0.1 that nobody listens on. */
import { createServer, type AddressInfo } from 'node:net';

/** Another process may take it before it is used; the system under test then says so itself. */
export const findFreePort = (): Promise<number> => takePort(0);

/** Takes a port of 127.0.0.1 and gives it back. @throws the system's error, with its code, where it cannot be had */
export function takePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
