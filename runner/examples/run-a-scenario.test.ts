/** A scenario as a function, against a system in a process of its own. */
import { runScenario, type ConfigData } from 'coex';
import { describe } from 'vitest';
import { expect, test } from 'coex/vitest';

const config: ConfigData = {
  sut: {
    command: `"${process.execPath}" runner/examples/bot.mjs`,
    port: 'auto',
    webhook: 'http://127.0.0.1:{port}/webhook',
  },
  profiles: ['receiver', 'sender', 'automation'],
};

describe('the bot', () => {
  test('is told what it breaks of the library', async () => {
    const result = await runScenario('echoes/a-photo-from-the-phone-silences-the-bot', { config });
    // It answers customers whatever the owner does: the obligation that this scenario shows is broken, and told.
    expect(result.kept).toBe(false);
    expect(result.findings.map(({ obligation }) => obligation)).toEqual(['human-reply-silences-the-bot']);
    expect(String(result)).toContain('npx coex run');
    expect(() => expect(result).toBeKept()).toThrow('human-reply-silences-the-bot');
  });

  test('keeps one of our own, written on the spot', async () => {
    const result = await runScenario(
      `scenario: A customer is answered, the owner is not
obligations: [echo-is-not-answered]
customers: { ana: { name: Ana } }
steps:
  - customer.sends: { from: ana, text: Oi }
  - expect.call: { edge: messages, to: ana, within: 5s }
  - app.sends: { to: ana, text: Sou a Lu }
  - expect.noCall: { edge: messages, to: ana, for: 1s }
`,
      { config },
    );
    expect(result).toBeKept();
    expect(result.transcripts[0]?.entries.length).toBeGreaterThan(4);
  });

  test('cannot keep what is no scenario', async () => {
    await expect(runScenario('scenario: x\nstpes: []\n', { config })).rejects.toThrow('steps');
    await expect(runScenario('echos', { config })).rejects.toThrow('There is no such scenario');
    await expect(
      runScenario('echoes', { config: { sut: { webhook: 'http://127.0.0.1:3/', comand: 'x' } } }),
    ).rejects.toThrow('config:');
  });
});
