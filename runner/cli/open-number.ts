/** The number that a simulator begins with where no scenario says otherwise, and what a system is told of it. */
import type { Scenario } from '../../scenarios/language/scenario.ts';
import type { Cast, Simulator, WorldHandle } from '../../simulator/index.ts';

/** A number in coexistence to begin with, and somebody to write to it. */
const opening: Scenario = {
  id: 'serve',
  file: '',
  title: 'A number in coexistence',
  obligations: [],
  number: { state: 'coexistence', country: 'US', subscribed: true, onboardedAgoMs: 0 },
  customers: { ana: { name: 'Ana Lopez', country: 'US', hidesNumber: false, device: 'android' } },
  history: { messages: 0, threads: 0, days: 0, mediaPerMille: 0, sharing: 'shared' },
  contacts: [],
  behaviour: {},
  anchor: 'start',
  steps: [],
};

/** Sets it up. */
export function openNumber(world: WorldHandle): Cast {
  const cast = world.stage(opening);
  const { country, state } = opening.number;
  // As a scenario would write it, for whoever keeps what follows as one.
  world.remember({
    setup: { number: { state, country }, customers: { ana: { name: 'Ana Lopez', country } } },
  });
  return cast;
}

/** What a system under test wants to know, by the names that its environment has for it. */
export const environmentOf = (
  { url, app }: Pick<Simulator, 'url' | 'app'>,
  { phoneNumberId, wabaId }: Pick<Cast, 'phoneNumberId' | 'wabaId'>,
): Readonly<Record<string, string>> => ({
  GRAPH_API_BASE_URL: url,
  WHATSAPP_TOKEN: app.token,
  WHATSAPP_APP_SECRET: app.secret,
  WHATSAPP_VERIFY_TOKEN: app.verifyToken,
  COEX_APP_ID: app.id,
  COEX_PHONE_NUMBER_ID: phoneNumberId,
  COEX_WABA_ID: wabaId,
});
