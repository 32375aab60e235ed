/** A simulator with one number and no limit on sends. */
import { createSimulator } from '../../../simulator/index.ts';
import { report } from '../child.ts';
import { plainScenario } from '../plain-scenario.ts';

const simulator = await createSimulator({
  pace: 'live',
  behaviour: { throughputMps: 1e9, pairBurst: 1e9 },
});
const { phoneNumberId, customers } = simulator.defaultWorld.stage(plainScenario({ customers: 1 }));
report({
  url: `${simulator.url}/v23.0/${phoneNumberId}/messages`,
  token: simulator.app.token,
  to: Object.values(customers)[0]?.waId,
});
