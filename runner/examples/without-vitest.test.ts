/** With nothing but Node: what any test runner, or a script, can do. */
import assert from 'node:assert/strict';
import { createSimulator, openNumber } from 'coex';
import { test } from 'vitest';

test('a message to a customer who wrote first is delivered', async () => {
  const simulator = await createSimulator({ seed: 'example' });
  try {
    const world = simulator.defaultWorld;
    const { phoneNumberId, customers } = openNumber(world);
    const response = await fetch(`${simulator.url}/v23.0/${phoneNumberId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${simulator.app.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        messaging_product: 'whatsapp',
        to: customers['ana']?.waId,
        type: 'text',
        text: { body: 'Olá' },
      }),
    });
    assert.equal(response.status, 200);
    const [call] = world.journal.since(0);
    assert.equal(call?.kind, 'graph');
    // Two weeks pass at once.
    await world.advance(14 * 86_400_000);
    assert.equal(world.nowMs() > Date.now() + 13 * 86_400_000, true);
  } finally {
    await simulator.close();
  }
});
