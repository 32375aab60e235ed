/** Embedded Signup as a person goes through it: a page of an integrator's, the pop-up, the phone; in a real browser. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../../contracts/catalogue.ts';
import { launch, newContext, picture, scenarioOf } from '../../../simulator/console/console.test.setup.ts';
import { control } from '../../../simulator/control/index.ts';
import { createSimulator, type Behaviour, type Cast, type Simulator } from '../../../simulator/index.ts';
import { findFreePort } from '../../drive/free-port.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
}, 600_000);
afterAll(() => browser.close());

let simulator: Simulator;
let sut: ChildProcess;
let context: BrowserContext | undefined;
let page: Page;
let cast: Cast;
let errors: string[];
afterEach(async () => {
  // Where a scenario is run by a process of its own, nothing was opened here.
  if (!context) return;
  await context.close();
  context = undefined;
  sut.kill();
  await simulator.close();
  expect(errors).toEqual([]);
});

const opening = `
scenario: A phone with a past
number: { state: app-only, name: Padaria Aurora }
customers: { ana: { name: Ana Lopez } }
contacts: [{ name: Ana from the corner, of: ana }]
history: { messages: 40, threads: 3, days: 30 }
steps: [app.opens]
`;

/** @param featureType - what the page asks the pop-up for */
async function open(featureType?: string, behaviour: Partial<Behaviour> = {}): Promise<void> {
  const port = await findFreePort();
  simulator = await createSimulator({
    pace: 'live',
    behaviour,
    app: { callbackUrl: `http://127.0.0.1:${port}/webhook` },
    attach: control({ obligations: () => [] }),
  });
  cast = simulator.defaultWorld.stage(scenarioOf(opening));
  sut = spawn(process.execPath, [path.join(packageRoot(), 'dist/runner/specimens/connect/main.js')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      GRAPH_API_BASE_URL: simulator.url,
      FACEBOOK_SDK_URL: `${simulator.url}/en_US/sdk.js`,
      COEX_APP_ID: simulator.app.id,
      WHATSAPP_APP_SECRET: simulator.app.secret,
      WHATSAPP_VERIFY_TOKEN: simulator.app.verifyToken,
      ...(featureType !== undefined && { SIGNUP_FEATURE_TYPE: featureType }),
    },
  });
  const url = `http://127.0.0.1:${port}/`;
  await expect
    .poll(
      () =>
        fetch(url).then(
          ({ ok }) => ok,
          () => false,
        ),
      { timeout: 10_000 },
    )
    .toBe(true);
  errors = [];
  context = await newContext(browser, errors);
  // What the page is told, as it is told; beside the page's own listener, and before it.
  await context.addInitScript(`
    globalThis.told = [];
    addEventListener('message', ({ origin, data }) => told.push({ origin, data }));
  `);
  page = await context.newPage();
  await page.goto(url);
}

interface Told {
  readonly origin: string;
  readonly data: unknown;
}
const told = (): Promise<Told[]> => page.evaluate<Told[]>('told');
const events = async (): Promise<{ event: string; data: Record<string, string> }[]> =>
  (await told()).map(
    ({ data }) => JSON.parse(String(data)) as { event: string; data: Record<string, string> },
  );

async function popUp(): Promise<Page> {
  const [opened] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('button', { name: 'Connect WhatsApp' }).click(),
  ]);
  await opened.getByRole('heading', { name: 'Choose your business portfolio' }).waitFor();
  return opened;
}

async function typeNumber(pop: Page): Promise<void> {
  await pop.getByRole('button', { name: 'Continue' }).click();
  await pop.getByRole('button', { name: 'Continue' }).click();
  await pop.getByLabel('Phone number').fill(cast.displayPhoneNumber);
  await pop.getByRole('button', { name: 'Next' }).click();
}

/** On the simulated phone beside it. */
async function agree(pop: Page, choice: string): Promise<void> {
  await pop.getByRole('button', { name: 'Connect', exact: true }).click();
  await pop.getByLabel(choice, { exact: true }).check();
  await pop.getByRole('button', { name: 'Confirm' }).click();
  const code = await pop.locator('.code').textContent();
  await pop.getByLabel('Code').fill(code ?? '');
  await pop.getByRole('button', { name: 'Next' }).click();
  await pop.getByRole('heading', { name: 'You are connected' }).waitFor();
}

const result = (text: string | RegExp): Promise<void> => page.getByRole('status').getByText(text).waitFor();
const state = () => simulator.defaultWorld.world.phoneNumbers.get(cast.phoneNumberId)?.state;
const eventsSent = () =>
  simulator.defaultWorld.journal
    .since(0)
    .flatMap((one) => (one.kind === 'webhook' && one.field === 'account_update' ? [one.body] : []));

describe('a number of the app', () => {
  beforeEach(() => open());

  it('is connected, and its chats are there', async () => {
    const pop = await popUp();
    await picture(pop, 'signup-portfolio');
    await typeNumber(pop);
    await pop.getByRole('button', { name: 'Connect', exact: true }).waitFor();
    await picture(pop, 'signup-code');
    await agree(pop, 'Share chat history');
    await picture(pop, 'signup-done');
    await pop.getByRole('button', { name: 'Finish' }).click();
    await result(`connected as ${cast.displayPhoneNumber}`);
    await page.getByRole('heading', { name: /^Ana from the corner/ }).waitFor();
    await expect.poll(() => page.getByRole('listitem').count(), { timeout: 10_000 }).toBeGreaterThan(30);
    expect(await told()).toEqual([
      {
        origin: 'https://www.facebook.com',
        data: JSON.stringify({
          data: { waba_id: cast.wabaId },
          type: 'WA_EMBEDDED_SIGNUP',
          event: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING',
          version: 3,
        }),
      },
    ]);
    expect(state()).toBe('coexistence');
    await picture(page, 'signup-chats');
  });

  it('keeps its past to itself where the owner says so', async () => {
    const pop = await popUp();
    await typeNumber(pop);
    await agree(pop, 'Do not share chat history');
    await pop.getByRole('button', { name: 'Finish' }).click();
    await result(/connected as/);
    await page.getByText('history is not shared').waitFor();
  });

  it('is connected as well where the last screen is closed with the X', async () => {
    const pop = await popUp();
    await typeNumber(pop);
    await agree(pop, 'Share chat history');
    await pop.evaluate('window.close()');
    await result(/connected as/);
  });

  it('may have its code read in the console, and not a wrong one', async () => {
    const pop = await popUp();
    await typeNumber(pop);
    await pop.getByLabel('Code').fill('000000');
    await pop.getByRole('button', { name: 'Next' }).click();
    await pop.getByText('That is not the code.').waitFor();
    const owner = await context!.newPage();
    await owner.goto(simulator.url);
    await owner.getByRole('button', { name: 'Connect, share history' }).click();
    const code = await owner.locator('.consent .code').textContent();
    await pop.getByLabel('Code').fill(code ?? '');
    await pop.getByRole('button', { name: 'Next' }).click();
    await pop.getByRole('button', { name: 'Finish' }).click();
    await result(/connected as/);
  });

  it.each([
    ['at once', 0, 'BUSINESS_ACCOUNT_SELECTION'],
    ['at the choice of the way', 1, 'WABA_PHONE_PROFILE_PICKER'],
    ['at the number', 2, 'WHATSAPP_BUSINESS_APP_ONBOARDING_PHONE_CREATION'],
    ['at the code', 3, 'PHONE_NUMBER_VERIFICATION'],
  ])('is not where the pop-up is closed %s', async (_when, steps, screen) => {
    const pop = await popUp();
    if (steps === 3) await typeNumber(pop);
    else
      for (let step = 0; step < steps; step += 1) await pop.getByRole('button', { name: 'Continue' }).click();
    if (steps === 3) await pop.getByRole('heading', { name: 'Verify your number' }).waitFor();
    await pop.evaluate('window.close()');
    await result(`cancelled at ${screen}`);
    expect(await events()).toEqual([
      { type: 'WA_EMBEDDED_SIGNUP', event: 'CANCEL', version: 3, data: { current_step: screen } },
    ]);
    expect(state()).toBe('app-only');
  });

  it.each([
    ['app-version', 'version 2.24.17', '3441045'],
    ['account-type', 'could not be verified', '3441042'],
    ['other-partner', 'another partner', '2655093'],
    ['other-account', 'another WhatsApp Business account', '3441041'],
    ['activity', 'more WhatsApp Business app activity', '0'],
    ['country', 'not available in your country', '0'],
  ])('is refused for %s, and the page is told', async (by, text, code) => {
    await simulator.defaultWorld.play(
      scenarioOf(`scenario: x\nsteps:\n  - signup.blocks: { by: ${by} }\n`).steps[0] as never,
      cast,
    );
    const pop = await popUp();
    await typeNumber(pop);
    await pop.getByRole('alert').getByText(text).waitFor();
    if (by === 'app-version') await picture(pop, 'signup-refused');
    await pop.getByRole('button', { name: 'Report and close' }).click();
    await result(/^error /);
    const [{ event, data } = { event: '', data: {} }] = await events();
    expect([event, data['error_code']]).toEqual(['CANCEL', code]);
    expect(data['error_message']).toContain(text);
    expect(data['session_id']).toMatch(/^[\da-f-]{36}$/);
    expect(state()).toBe('app-only');
  });

  it('tells the partner that the account was shared and the app installed', async () => {
    const pop = await popUp();
    await typeNumber(pop);
    await agree(pop, 'Share chat history');
    await pop.getByRole('button', { name: 'Finish' }).click();
    await result(/connected as/);
    await expect.poll(eventsSent).toHaveLength(2);
    expect(eventsSent()[0]).toContain('PARTNER_ADDED');
    expect(eventsSent()[1]).toContain('PARTNER_APP_INSTALLED');
  });
});

describe('a page that asks for another flow', () => {
  it('cannot connect a number of the app: 3441030', async () => {
    await open('coexistence');
    const pop = await popUp();
    await pop.getByRole('button', { name: 'Continue' }).click();
    await pop.getByLabel('Display name').fill('Padaria');
    await pop.getByLabel('Phone number').fill(cast.displayPhoneNumber);
    await pop.getByRole('button', { name: 'Next' }).click();
    await pop.getByRole('alert').getByText('3441030').waitFor();
  });

  it('gets a new number, which is nobody’s phone', async () => {
    await open('');
    const pop = await popUp();
    await pop.getByRole('button', { name: 'Continue' }).click();
    await pop.getByLabel('Display name').fill('Padaria Nova');
    await pop.getByLabel('Phone number').fill('+1 555 010 0199');
    await pop.getByRole('button', { name: 'Next' }).click();
    const code = await pop.locator('.code').textContent();
    await pop.getByLabel('Code').fill(code ?? '');
    await pop.getByRole('button', { name: 'Next' }).click();
    await pop.getByRole('button', { name: 'Finish' }).click();
    await expect.poll(async () => (await told()).length).toBe(1);
    const [{ event, data } = { event: '', data: {} }] = await events();
    expect(event).toBe('FINISH');
    const number = simulator.defaultWorld.world.phoneNumbers.get(data['phone_number_id'] as never);
    expect(number).toMatchObject({ state: 'fresh', waId: '15550100199', verifiedName: 'Padaria Nova' });
    expect(data).toEqual({
      phone_number_id: number?.id,
      waba_id: number?.wabaId,
      business_id: simulator.defaultWorld.world.wabas.get(number!.wabaId)?.ownerBusinessId,
    });
  });
});

describe('an account without a number', () => {
  it('is shared as well: FINISH_ONLY_WABA', async () => {
    await open('');
    const pop = await popUp();
    await pop.getByRole('button', { name: 'Continue' }).click();
    await pop.getByRole('button', { name: 'Add a number later' }).click();
    await expect.poll(async () => (await told()).length).toBe(1);
    const [{ event, data } = { event: '', data: {} }] = await events();
    expect(event).toBe('FINISH_ONLY_WABA');
    expect(data).toEqual({
      waba_id: cast.wabaId,
      business_id: simulator.defaultWorld.world.wabas.get(cast.wabaId)?.ownerBusinessId,
    });
    await expect.poll(eventsSent).toHaveLength(2);
  });
});

describe('a scenario', () => {
  const root = packageRoot();
  const config = `
sut:
  command: node dist/runner/specimens/connect/main.js
  cwd: ${root}
  port: auto
  webhook: http://127.0.0.1:{port}/webhook
  ready: http://127.0.0.1:{port}/
  signup: { page: 'http://127.0.0.1:{port}/' }
  env:
    FACEBOOK_SDK_URL: '{graph}/en_US/sdk.js'
profiles: [onboarder]
probes:
  sync:
    http: http://127.0.0.1:{port}/chats
    select: '{ "history": $contains(history, "not shared") ? "declined" : "none" }'
`;
  const scenario = (history: string, more: string): string => `
scenario: The number is connected in a browser
number: app-only
history: { messages: 20, threads: 2, days: 10 }
steps:
  - signup.completes: { history: ${history} }
  - expect.call: { edge: oauth-access-token, method: GET, answered: { status: 200 }, within: 5s }
  - expect.call: { edge: subscribed-apps, method: POST, answered: { status: 200 }, within: 5s }
  - expect.call: { edge: smb-app-data, body: { sync_type: history }, answered: { status: 200 }, within: 5s }
${more}`;

  it.each([
    ['shared', '  - expect.acknowledged: { field: history, within: 10s }\n'],
    ['declined', '  - expect.sync: { of: history, is: declined, within: 10s }\n'],
  ])('goes through the system’s own page: history %s', async (history, more) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'coex-connect-'));
    writeFileSync(path.join(folder, 'coex.config.yaml'), config);
    writeFileSync(path.join(folder, 'connected.yaml'), scenario(history, more));
    const run = promisify(execFile)(
      process.execPath,
      [path.join(root, 'dist/runner/cli/main.js'), 'run', 'connected.yaml'],
      { cwd: folder },
    );
    const { stdout } = await run.finally(() => rmSync(folder, { recursive: true }));
    expect(stdout).toContain('1 scenario');
    expect(stdout).not.toContain('inconclusive');
  });
});

describe('where Meta is known to vary', () => {
  it.each<[Partial<Behaviour>, string[]]>([
    [{ signupCancelsFirst: true }, ['CANCEL', 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING']],
    [{ signupEvent: 'finish' }, ['FINISH']],
    [{ signupEvent: 'with-ids' }, ['FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING']],
  ])('%o: the page still connects', async (behaviour, wanted) => {
    await open(undefined, behaviour);
    const pop = await popUp();
    await typeNumber(pop);
    await agree(pop, 'Share chat history');
    await pop.getByRole('button', { name: 'Finish' }).click();
    await result(/connected as/);
    expect((await events()).map(({ event }) => event)).toEqual(wanted);
    const { data } = (await events()).at(-1)!;
    expect('phone_number_id' in data).toBe(behaviour.signupEvent !== undefined);
  });

  it.each<[Partial<Behaviour>, string, string]>([
    [{ signupErrorEvent: 'error-id' }, 'CANCEL', 'error_id'],
    [{ signupErrorEvent: 'error-event' }, 'ERROR', 'error_code'],
  ])('%o', async (behaviour, event, key) => {
    await open(undefined, behaviour);
    const pop = await popUp();
    await pop.getByRole('button', { name: 'Continue' }).click();
    await pop.getByRole('button', { name: 'Continue' }).click();
    await pop.getByLabel('Phone number').fill('+1 555 999 0000');
    await pop.getByRole('button', { name: 'Next' }).click();
    await pop.getByRole('button', { name: 'Report and close' }).click();
    await result(/^error /);
    const [seen] = await events();
    expect([seen?.event, seen?.data[key]]).toEqual([event, '3441042']);
  });
});
