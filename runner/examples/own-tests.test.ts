/** Your own tests, with a simulator for each of them. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Simulator } from 'coex';
import { expect, test as coexTest } from 'coex/vitest';

/** The code that is tested: answers a customer's message. */
function startBot({ url, app }: Simulator): Promise<Server> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      response.end();
      const { entry } = JSON.parse(Buffer.concat(parts).toString()) as Webhook;
      for (const { field, value } of entry.flatMap(({ changes }) => changes))
        for (const { from } of (field === 'messages' ? value.messages : undefined) ?? [])
          // A test may be over before the last answer is out.
          fetch(`${url}/v23.0/${value.metadata.phone_number_id}/messages`, {
            method: 'POST',
            headers: { authorization: `Bearer ${app.token}`, 'content-type': 'application/json' },
            body: JSON.stringify({
              messaging_product: 'whatsapp',
              to: from,
              type: 'text',
              text: { body: 'Hello!' },
            }),
          }).catch(() => undefined);
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

interface Webhook {
  readonly entry: readonly {
    readonly changes: readonly {
      readonly field: string;
      readonly value: {
        readonly metadata: { readonly phone_number_id: string };
        readonly messages?: readonly { readonly from: string }[];
      };
    }[];
  }[];
}

/** The bot is up before each test, and down after it. */
const test = coexTest.extend<{ bot: Server }>({
  bot: [
    async ({ simulator, number }, use) => {
      const bot = await startBot(simulator);
      const url = `http://127.0.0.1:${(bot.address() as AddressInfo).port}/`;
      simulator.defaultWorld.subscribeApp({
        callback: { url, verifyToken: simulator.app.verifyToken },
        fields: ['messages', 'smb_message_echoes'],
      });
      expect(number.displayPhoneNumber).toMatch(/^\+?[\d ()-]+$/);
      await use(bot);
      bot.close();
    },
    { auto: true },
  ],
});

test('a customer is answered', async ({ simulator, number }) => {
  await number.play('customer.sends: { from: ana, text: Oi }');
  await expect(simulator).toReceiveCall({ edge: 'messages', to: 'ana', body: { text: { body: 'Hello!' } } });
});

test('what the owner types on the phone is not', async ({ simulator, number }) => {
  await number.play('app.sends: { to: ana, text: Sou a Lu }');
  await expect(simulator).not.toReceiveCall({ edge: 'messages', withinMs: 300 });
});

test('what differs is told', async ({ simulator, number }) => {
  await number.play('customer.sends: { from: ana, text: Oi }');
  const expected = { edge: 'messages', to: 'ana', body: { text: { body: 'Goodbye!' } }, withinMs: 500 };
  await expect(expect(simulator).toReceiveCall(expected)).rejects.toThrow(
    '“text.body” is "Hello!", not "Goodbye!"',
  );
});

test('a step that is none is told, too', async ({ number }) => {
  await expect(number.play('customer.sneds: { from: ana, text: Oi }')).rejects.toThrow('customer.sends');
  await expect(number.play('expect.call: { edge: messages }')).rejects.toThrow('toReceiveCall');
});
