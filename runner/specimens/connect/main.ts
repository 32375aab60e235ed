/**
 * A small CRM with a “Connect WhatsApp” button, written after Meta's public instructions for Embedded Signup and for
 * onboarding users of the WhatsApp Business app. Where Meta's hosts are can be said by the environment, as an
 * integrator would for tests; nothing else here knows what it is tried with.
 */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { page } from './page.ts';
import { createOnboarding } from './onboarding.ts';
import { createChats } from './chats.ts';
import { isSigned, takeWebhook } from './webhook.ts';

const {
  PORT = '3000',
  GRAPH_API_BASE_URL = 'https://graph.facebook.com',
  GRAPH_API_VERSION = 'v23.0',
  FACEBOOK_SDK_URL = 'https://connect.facebook.net/en_US/sdk.js',
  META_APP_ID = '',
  META_APP_SECRET = '',
  WEBHOOK_VERIFY_TOKEN = '',
  SIGNUP_CONFIG_ID = '1234567890',
  SIGNUP_FEATURE_TYPE = 'whatsapp_business_app_onboarding',
} = process.env;

const app = new Hono();
const chats = createChats();
const onboard = createOnboarding({
  graph: `${GRAPH_API_BASE_URL}/${GRAPH_API_VERSION}`,
  appId: META_APP_ID,
  appSecret: META_APP_SECRET,
});

app.get('/', (context) =>
  context.html(
    page({
      sdkUrl: FACEBOOK_SDK_URL,
      appId: META_APP_ID,
      version: GRAPH_API_VERSION,
      configId: SIGNUP_CONFIG_ID,
      featureType: SIGNUP_FEATURE_TYPE,
    }),
  ),
);
app.post('/signup', async (context) => {
  const { code, wabaId } = await context.req.json<{ code?: string; wabaId?: string }>();
  if (!code || !wabaId) return context.json({ error: 'Code and account are needed.' }, 400);
  return context.json(await onboard(code, wabaId));
});
app.get('/chats', (context) => context.json(chats.list()));

app.get('/webhook', (context) => {
  const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = context.req.query();
  if (mode !== 'subscribe' || token !== WEBHOOK_VERIFY_TOKEN) return context.text('', 403);
  return context.text(challenge ?? '');
});
app.post('/webhook', async (context) => {
  const body = Buffer.from(await context.req.arrayBuffer());
  if (!isSigned(body, context.req.header('x-hub-signature-256'), META_APP_SECRET))
    return context.text('', 401);
  takeWebhook(JSON.parse(body.toString()), chats);
  return context.text('');
});

serve({ fetch: app.fetch, port: Number(PORT), hostname: '127.0.0.1' });
