/** The page with the button. What comes from outside is shown as text, never as markup. */

export interface PageSettings {
  readonly sdkUrl: string;
  readonly appId: string;
  readonly version: string;
  readonly configId: string;
  readonly featureType: string;
}

/** As text of a script: nothing in it can end the script. */
const literal = (value: string): string => JSON.stringify(value).replaceAll('<', '\\u003c');

export const page = ({
  sdkUrl,
  appId,
  version,
  configId,
  featureType,
}: PageSettings): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Corner CRM</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}button{font:inherit;padding:.5rem 1rem}li{overflow-wrap:anywhere}</style>
</head>
<body>
<h1>Corner CRM</h1>
<button id="connect" type="button">Connect WhatsApp</button>
<p id="result" aria-live="polite">Not connected.</p>
<h2>Chats</h2>
<div id="chats"></div>
<script>
const result = document.getElementById('result');
const tell = (text) => { result.textContent = text; };
let wabaId;
let code;

window.fbAsyncInit = () => {
  FB.init({ appId: ${literal(appId)}, autoLogAppEvents: true, xfbml: true, version: ${literal(version)} });
};

// Session logging: the pop-up says what was done in it.
window.addEventListener('message', (event) => {
  if (!event.origin.endsWith('facebook.com')) return;
  let data;
  try { data = JSON.parse(event.data); } catch { return; }
  if (data.type !== 'WA_EMBEDDED_SIGNUP') return;
  if (data.event.startsWith('FINISH')) {
    wabaId = data.data.waba_id;
    goOn();
  } else if (data.data.error_message) tell('Error: ' + data.data.error_message);
  // A person may still finish after this, so it is told and nothing is given up.
  else tell('Cancelled at ' + data.data.current_step);
});

document.getElementById('connect').addEventListener('click', () => {
  FB.login((response) => {
    if (!response.authResponse) return;
    code = response.authResponse.code;
    goOn();
  }, {
    config_id: ${literal(configId)},
    response_type: 'code',
    override_default_response_type: true,
    extras: { setup: {}, featureType: ${literal(featureType)}, sessionInfoVersion: '3' },
  });
});

// Event and code come in either order.
async function goOn() {
  if (!wabaId || !code) return;
  tell('Connecting …');
  const response = await fetch('/signup', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, wabaId }),
  });
  const { number, error } = await response.json();
  tell(error ? 'Error: ' + error : 'Connected as ' + number);
}

async function showChats() {
  const list = await (await fetch('/chats')).json();
  document.getElementById('chats').replaceChildren(...list.map(({ name, note, messages }) => {
    const section = document.createElement('section');
    const heading = document.createElement('h3');
    heading.textContent = name;
    const lines = document.createElement('ul');
    lines.append(...messages.map(({ by, text }) => {
      const line = document.createElement('li');
      line.textContent = by + ': ' + text;
      return line;
    }));
    section.append(heading, note ? note : '', lines);
    return section;
  }));
}
setInterval(() => showChats().catch(() => undefined), 500);
</script>
<script async defer crossorigin="anonymous" src="${sdkUrl.replaceAll('"', '')}"></script>
</body>
</html>
`;
