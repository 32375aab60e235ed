/** The "Connect WhatsApp" page: Facebook's SDK, the button, the result, and the chats that were imported. */
const script = `
const byId = (id) => document.getElementById(id);
const say = (words) => { byId('status').textContent = words; };
let session, code;
let sessionCame = () => {};

window.fbAsyncInit = function () {
  FB.init({ appId: settings.appId, autoLogAppEvents: true, xfbml: true, version: settings.version });
  byId('connect').disabled = false;
  say('Ready.');
};

// Meta's own listener, with Meta's own (loose) test of the origin. The back end need not trust what comes in:
// an account id is of use only together with a code that gives access to it.
window.addEventListener('message', (event) => {
  if (!event.origin.endsWith('facebook.com')) return;
  try {
    const data = JSON.parse(event.data);
    if (data.type === 'WA_EMBEDDED_SIGNUP') onSession(data);
  } catch {} // The SDK's other messages are no JSON.
});

function onSession(message) {
  const data = message.data || {};
  if (String(message.event).startsWith('FINISH')) {
    session = message;
    sessionCame();
  } else if (!code && data.error_message) {
    say('error ' + [data.error_code || data.error_id, data.error_message].filter(Boolean).join(': '));
  } else if (!code && message.event === 'CANCEL') {
    // Not the end: coexistence was seen to send a good code after its CANCEL.
    say('cancelled at ' + data.current_step);
  }
}

byId('connect').addEventListener('click', () => {
  session = code = undefined;
  say('Continue in the window of Facebook…');
  const extras = { setup: {}, featureType: settings.featureType, sessionInfoVersion: '3' };
  const config_id = settings.configId;
  FB.login(onLogin, { config_id, response_type: 'code', override_default_response_type: true, extras });
});

// Not async: the SDK refuses an async function as callback.
function onLogin(response) {
  code = response.authResponse && response.authResponse.code;
  if (code) connect();
  else if (!/^(cancelled|error)/.test(byId('status').textContent)) say('cancelled: Facebook gave no code');
}

async function connect() {
  say('Connecting…');
  byId('connect').disabled = true;
  try {
    // The session event may be a little later than the code, which lives 30 seconds.
    if (!session) await new Promise((resolve) => { sessionCame = resolve; setTimeout(resolve, 1000); });
    const json = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const result = await (await fetch('/signup', { ...json, body: JSON.stringify({ code, session }) })).json();
    if (result.connected) say(['connected as ' + result.connected].concat(result.problems).join('; error '));
    else say('error ' + result.error);
  } catch (error) {
    say('error ' + error.message);
  }
  byId('connect').disabled = false;
}

function element(name, words, ...children) {
  const made = Object.assign(document.createElement(name), { textContent: words });
  made.append(...children);
  return made;
}

function chat({ name, customer, messages }) {
  const words = ({ kind, text }) => (kind === 'text' ? text : [kind, text].filter(Boolean).join(': '));
  const line = (message) => element('li', (message.direction === 'in' ? 'Customer: ' : 'Business: ') + words(message));
  const title = name === customer ? customer : name + ' (' + customer + ')';
  return element('article', '', element('h3', title), element('ul', '', ...messages.map(line)));
}

let shown;
async function poll() {
  try {
    const answer = await (await fetch('/chats')).text();
    // Drawn only when it differs, so that a reader or a selection is not disturbed twice a second.
    if (answer !== shown) {
      const { history, notice, chats } = JSON.parse(answer);
      byId('import').textContent = [history, notice].filter(Boolean).join('; ');
      byId('chats').replaceChildren(...chats.map(chat));
      shown = answer;
    }
  } catch {} // The server is away for a moment: the next turn tries again.
  setTimeout(poll, 500);
}
poll();
`;

export const page = (sdkUrl: string, settings: Record<string, string>): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Connect WhatsApp</title>
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere }
button { font: inherit; padding: .6rem 1.2rem }
</style>
<main>
<h1>Connect WhatsApp</h1>
<p>Connect the number of your WhatsApp Business app. You keep using the app on your phone.</p>
<button id="connect" type="button" disabled>Connect WhatsApp</button>
<p id="status" role="status" aria-live="polite">Loading Facebook…</p>
<h2>Chats</h2>
<p id="import"></p>
<div id="chats"></div>
</main>
<script>
const settings = ${JSON.stringify(settings).replaceAll('<', '\\u003c')};
${script}</script>
<script async defer crossorigin="anonymous" src="${sdkUrl.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"
  onerror="say('error: Facebook could not be loaded')"></script>
`;
