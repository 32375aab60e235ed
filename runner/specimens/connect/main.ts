/**
 * A small CRM with a “Connect WhatsApp” button, written after Meta's public instructions for Embedded Signup and for
 * onboarding users of the WhatsApp Business app, without a look at what it is tried with. This file starts the server:
 * the page, the back end of the signup, the webhook and the list of chats.
 */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { object, text } from './json.ts';
import { page } from './page.ts';
import { createSignup } from './signup.ts';
import { Store } from './store.ts';
import { webhook } from './webhook.ts';

function setting(name: string, fallback?: string): string {
  const value = process.env[name] ?? fallback;
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

const version = setting('GRAPH_API_VERSION', 'v23.0');
const graphUrl = `${setting('GRAPH_API_BASE_URL', 'https://graph.facebook.com').replace(/\/+$/, '')}/${version}`;
const appId = setting('COEX_APP_ID');
const appSecret = setting('WHATSAPP_APP_SECRET');
const featureType = setting('SIGNUP_FEATURE_TYPE', 'whatsapp_business_app_onboarding');
const configId = setting('SIGNUP_CONFIG_ID', '1234567890');
const sdkUrl = setting('FACEBOOK_SDK_URL', 'https://connect.facebook.net/en_US/sdk.js');
const store = new Store();
const signup = createSignup(graphUrl, appId, appSecret);

const app = new Hono();
app.get('/', (c) => c.html(page(sdkUrl, { appId, version, configId, featureType })));
app.get('/chats', (c) => c.json(store.view()));
app.route('/webhook', webhook(store, appSecret, setting('WHATSAPP_VERIFY_TOKEN')));
app.post('/signup', async (c) => {
  // A page of another site can send a form, but not JSON without asking first.
  const type = c.req.header('content-type') ?? '';
  if (!type.startsWith('application/json')) return c.json({ error: 'send JSON' }, 415);
  const body = object(await c.req.json().catch(() => undefined));
  const data = object(object(body['session'])['data']);
  // Into the path of a Graph call goes nothing but an id.
  const id = (key: string) => /^\d+$/.exec(text(data[key]) ?? '')?.[0];
  const code = text(body['code']);
  if (code === undefined) return c.json({ error: 'the code is missing' }, 400);
  const result = await signup(code, id('waba_id'), id('phone_number_id'));
  return c.json(result, 'error' in result ? 502 : 200);
});

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(setting('PORT', '3000')) }, ({ port }) => {
  console.log(`Connect WhatsApp: http://127.0.0.1:${port}/`);
});
