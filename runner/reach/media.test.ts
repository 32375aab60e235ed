/** Files, as a system fetches them that follows the address which Meta gives: from the look-aside host. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseScenario } from '../../scenarios/language/parse.ts';
import { createSimulator, type Simulator } from '../../simulator/index.ts';
import { isThere, run, type Ended } from './programs.test.setup.ts';
import { openMetaStandIn, type MetaStandIn } from './stand-in.ts';

let simulator: Simulator;
let standIn: MetaStandIn;
let phoneNumberId: string;

beforeAll(async () => {
  simulator = await createSimulator({ behaviour: { mediaHost: 'lookaside' } });
  standIn = await openMetaStandIn({ graphUrl: simulator.url });
  const opening = 'scenario: A number\nnumber: coexistence\nsteps: [time.passes: 1s]';
  const parsed = parseScenario(opening, 'x', 'x', { obligations: new Set() });
  if (!('scenario' in parsed)) throw new Error(JSON.stringify(parsed.diagnostics));
  ({ phoneNumberId } = simulator.defaultWorld.stage(parsed.scenario));
});
afterAll(async () => {
  await standIn.close();
  await simulator.close();
});

const fetchFile = `
import json, sys, urllib.error, urllib.request
graph, phone_number_id, token = 'https://graph.facebook.com/v23.0', sys.argv[1], sys.argv[2]
def ask(url, token, data=None, **headers):
    request = urllib.request.Request(url, data=data, headers={'Authorization': 'Bearer ' + token, **headers})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.headers.get_content_type(), answer.read()
form = b'--b\\r\\ncontent-disposition: form-data; name="messaging_product"\\r\\n\\r\\nwhatsapp\\r\\n' \\
    b'--b\\r\\ncontent-disposition: form-data; name="file"; filename="a.png"\\r\\ncontent-type: image/png\\r\\n\\r\\n' \\
    + bytes(range(256)) + b'\\r\\n--b--\\r\\n'
media = json.loads(ask(f'{graph}/{phone_number_id}/media', token, form, **{'Content-Type': 'multipart/form-data; boundary=b'})[1])['id']
url = json.loads(ask(f'{graph}/{media}', token)[1])['url']
print(url.split('?')[0])
print(*ask(url, token))
try:
    ask(url, 'nobody')
except urllib.error.HTTPError as refused:
    print(refused.code)
`;

test.skipIf(!(await isThere('python3', '--version')))(
  'a file is uploaded, looked up and fetched',
  async () => {
    const args = ['-c', fetchFile, phoneNumberId, simulator.app.token];
    const { stdout, stderr }: Ended = await run('python3', args, standIn.environment);
    expect(stderr).toBe('');
    const [address, file, stranger] = stdout.trim().split('\n');
    expect(address).toBe('https://lookaside.fbsbx.com/whatsapp_business/attachments/');
    expect(file).toMatch(/^image\/png b'\\x00\\x01\\x02.*\\xff'$/);
    expect(Number(stranger)).toBeGreaterThanOrEqual(400);
  },
);
