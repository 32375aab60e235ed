/** Reads `coex.config.yaml`: a text into a checked {@link Config}, or a mistake with its place. Pure. */
import { readDuration } from '../../scenarios/language/durations.ts';
import { Mistake, type MistakeNote } from './mistake.ts';
import {
  fill,
  fillVariables,
  probePlaceholders,
  sutPlaceholders,
  unknownPlaceholders,
} from './placeholders.ts';
import { schemaNotes, type SchemaFinding } from './schema-notes.ts';
import { readPlacedYaml, type PlacedYaml } from './yaml-places.ts';

/** What a system under test does, as it declares it. */
export const profiles = ['receiver', 'sender', 'automation', 'inbox', 'onboarder'] as const;
export type Profile = (typeof profiles)[number];

/** How to reach, and perhaps start, the system under test. Texts may still hold `{placeholders}`. */
export interface SutConfig {
  /** Shell command that starts it; missing: it runs already. */
  readonly command?: string;
  /** Relative to the config's folder. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** `auto`: a free one is chosen. */
  readonly port?: number | 'auto';
  readonly webhook: string;
  /** Any answer below 500 means ready; missing: the webhook's port accepts a connection. */
  readonly ready?: string;
  readonly verifyToken?: string;
  readonly appSecret?: string;
  /** `one`: it knows a single fixed number, so scenarios run one after another. */
  readonly numbers: 'many' | 'one';
  /** Gets `{code, event}` when a signup completes; or the page on which a browser goes through it. */
  readonly signup?: string | { readonly page: string; readonly button: string };
  /** Called between scenarios where `numbers` is `one`. */
  readonly reset?: string | { readonly command: string };
  /** How it comes to our Graph: by its own setting, or although Meta's host is written into it. */
  readonly reach: Reach;
}

export type Reach = 'base-url' | 'redirect' | 'proxy' | 'hosts';

/** How the system's own clock follows: libfaketime, or a hook that is told the time. */
export type ClockConfig = 'faketime' | { readonly http: string } | { readonly command: string };

export const probeNames = ['conversation', 'connection', 'contact', 'sync'] as const;
export type ProbeName = (typeof probeNames)[number];

/** How to ask the system under test what it shows: an HTTP GET, a command or a page, then JSONata. */
export type Probe = { readonly select?: string } & (
  | { readonly http: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly command: string }
  | { readonly browser: BrowserProbe }
);

/** A page that is read as a person reads it; selectors are Playwright's. */
export interface BrowserProbe {
  readonly page: string;
  readonly steps?: readonly BrowserStep[];
  /** What is one result; missing: the whole page is. */
  readonly each?: string;
  /** Parts of a result by name: a selector within it, `@attribute` behind it; missing: its text, as `text`. */
  readonly read?: Readonly<Record<string, string>>;
}

export type BrowserStep =
  | { readonly click: string }
  | { readonly fill: { readonly field: string; readonly text: string } }
  | { readonly press: string }
  | { readonly waitFor: string }
  | { readonly goto: string };

export interface Config {
  /** As it was given. */
  readonly file: string;
  readonly sut: SutConfig;
  readonly profiles: readonly Profile[];
  readonly probes: Readonly<Partial<Record<ProbeName, Probe>>>;
  /** The baseline file, relative to the config's folder; missing: the usual one, where it is there. */
  readonly baseline?: string;
  /** What is no mistake and still unwise. */
  readonly warnings: readonly MistakeNote[];
  /** Port of the Graph API; 0: any free one. */
  readonly graphPort: number;
  /** Patterns relative to the config's folder; missing: the built-in library. */
  readonly scenarios?: readonly string[];
  /** Missing: the system has its own time, whatever a scenario's. */
  readonly clock?: ClockConfig;
  /** Longest waits, milliseconds: for readiness, the answer to a webhook, one look by a probe, one scenario. */
  readonly limits: {
    readonly readyMs: number;
    readonly webhookMs: number;
    readonly probeMs: number;
    readonly scenarioMs: number;
  };
  /** `file:line:column` of a key, for mistakes that show later; of the nearest key above where it is absent. */
  readonly place: (...path: readonly string[]) => string;
}

export interface ConfigOptions {
  readonly file: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The schema `contracts/config.schema.json` and what finds violations of it. */
  readonly schema: object;
  readonly validate: (data: unknown) => readonly SchemaFinding[];
}

/** The config as it stands in the file, once the schema accepted it. */
interface RawConfig {
  readonly sut: Partial<Omit<SutConfig, 'env' | 'signup'>> & {
    readonly webhook: string;
    readonly signup?: string | { readonly page: string; readonly button?: string };
    readonly env?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly profiles?: readonly Profile[];
  readonly probes?: Config['probes'];
  readonly baseline?: string;
  readonly clock?: ClockConfig;
  readonly graph?: { readonly port?: number };
  readonly scenarios?: readonly string[];
  readonly limits?: Readonly<Partial<Record<LimitName, string>>>;
}

type LimitName = 'ready' | 'webhook' | 'probe' | 'scenario';

/** @throws Mistake with every note at once, so that nobody mends a file one error at a time */
export function readConfig(text: string, options: ConfigOptions): Config {
  const yaml = readPlacedYaml(text, options.file);
  const notes: MistakeNote[] = [];
  // Variables first: a URL may come from one, and the schema wants to see a URL.
  const data = fillTexts(yaml.data ?? {}, [], yaml, options.environment, notes);
  notes.push(...schemaNotes(yaml, options.validate(data), options.schema));
  if (notes.length > 0) throw new Mistake(notes);
  const raw = data as RawConfig;
  notes.push(...addressNotes(raw, yaml), ...ownProcessNotes(raw, yaml));
  const config = toConfig(raw, yaml, options.file, notes);
  if (notes.length > 0) throw new Mistake(notes);
  return config;
}

const addresses = ['webhook', 'ready', 'signup', 'reset'] as const;

/** Addresses that could not be asked, whatever fills them. */
const addressNotes = ({ sut }: RawConfig, yaml: PlacedYaml): readonly MistakeNote[] =>
  addresses.flatMap((name): MistakeNote[] => {
    const given = sut[name];
    const text = typeof given === 'object' ? ('page' in given ? given.page : undefined) : given;
    const place = yaml.place(['sut', name]);
    if (text === undefined || URL.canParse(fill(text, { port: '1' }))) {
      return text?.includes('{port}') && sut.port === undefined
        ? [
            {
              message: '“{port}” stands here, and “sut.port” is missing.',
              place,
              hint: 'Write port: auto for any free one, or the number your system listens on.',
            },
          ]
        : [];
    }
    return [
      { message: `“sut.${name}” is no URL.`, place, hint: 'Write it like http://127.0.0.1:3000/webhook.' },
    ];
  });

/** What can be done only to a process that we start. */
function ownProcessNotes({ sut, clock }: RawConfig, yaml: PlacedYaml): readonly MistakeNote[] {
  if (sut.command !== undefined) return [];
  const wants = [
    ...(clock === 'faketime' ? [['clock', ['clock']] as const] : []),
    ...(sut.reach !== undefined && sut.reach !== 'base-url'
      ? [['sut.reach', ['sut', 'reach']] as const]
      : []),
  ];
  return wants.map(([name, path]) => ({
    message: `“${name}” works on a process that coex starts, and “sut.command” is missing.`,
    place: yaml.place(path),
    hint: 'Write how the system is started, or set it up by hand and leave this out.',
  }));
}

function toConfig(raw: RawConfig, yaml: PlacedYaml, file: string, notes: MistakeNote[]): Config {
  const limit = (name: LimitName, otherwise: string): number => {
    const reading = readDuration(raw.limits?.[name] ?? otherwise);
    if (reading.kind === 'read') return reading.durationMs;
    notes.push({
      message: `“limits.${name}” must be a duration with a unit, such as ${otherwise}.`,
      place: yaml.place(['limits', name]),
    });
    return 0;
  };
  const { signup, ...sut } = raw.sut;
  return {
    file,
    sut: {
      ...sut,
      cwd: raw.sut.cwd ?? '.',
      env: Object.fromEntries(
        Object.entries(raw.sut.env ?? {}).map(([name, value]) => [name, String(value)]),
      ),
      numbers: raw.sut.numbers ?? 'many',
      reach: raw.sut.reach ?? 'base-url',
      ...(signup !== undefined && {
        signup: typeof signup === 'string' ? signup : { button: usualButton, ...signup },
      }),
    },
    profiles: raw.profiles ?? profiles,
    probes: raw.probes ?? {},
    ...(raw.baseline !== undefined && { baseline: raw.baseline }),
    ...(raw.clock !== undefined && { clock: raw.clock }),
    warnings: secretNotes(yaml.data, [], yaml),
    graphPort: raw.graph?.port ?? 0,
    ...(raw.scenarios && { scenarios: raw.scenarios }),
    limits: {
      readyMs: limit('ready', '20s'),
      webhookMs: limit('webhook', '10s'),
      probeMs: limit('probe', '5s'),
      scenarioMs: limit('scenario', '60s'),
    },
    place: (...path) => yaml.place(path),
  };
}

/** A real app secret is 32 hexadecimal digits; a real token begins with EAA and is long. */
const realSecret = /^[0-9a-f]{32}$/i;
const realToken = /EAA[A-Za-z0-9]{20,}/;

/** Secrets that stand in the file itself, where everybody who reads the repository reads them. */
function secretNotes(data: unknown, path: Path, yaml: PlacedYaml): readonly MistakeNote[] {
  if (typeof data === 'object' && data !== null)
    return Object.entries(data).flatMap(([key, value]) =>
      secretNotes(value, [...path, Array.isArray(data) ? Number(key) : key], yaml),
    );
  if (typeof data !== 'string') return [];
  const name = String(path.at(-1) ?? '');
  const isSecret = realToken.test(data) || (/secret|token|password/i.test(name) && realSecret.test(data));
  if (!isSecret) return [];
  return [
    {
      message: `“${path.join('.')}” looks like a real secret, and whoever reads this file has it.`,
      place: yaml.place(path),
      hint: `Write \${WHATSAPP_${/token/i.test(name) ? 'TOKEN' : 'APP_SECRET'}} there and set it in the environment; for a test any made-up value will do.`,
    },
  ];
}

/** What Meta’s own examples write on it. */
const usualButton = 'Connect WhatsApp';

type Path = readonly (string | number)[];

/** Fills variables everywhere and checks placeholders, except in what has braces of its own. */
function fillTexts(
  data: unknown,
  path: Path,
  yaml: PlacedYaml,
  environment: ConfigOptions['environment'],
  notes: MistakeNote[],
): unknown {
  const under = (value: unknown, key: string | number): unknown =>
    fillTexts(value, [...path, key], yaml, environment, notes);
  if (Array.isArray(data)) return data.map(under);
  if (typeof data === 'object' && data !== null)
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, under(value, key)]));
  if (typeof data !== 'string' || hasItsOwnBraces(path)) return data;
  const place = yaml.place(path);
  for (const message of unknownPlaceholders(data, placeholdersAt(path))) notes.push({ message, place });
  return fillVariables(data, environment, (name) => {
    notes.push({
      message: `The environment variable ${name} is not set.`,
      place,
      hint: `Set it, or write \${${name}:-a value}.`,
    });
  });
}

const shell = new Set<string | number>(['command', 'select']);
// Patterns use braces for alternatives, shells for variables, JSONata for objects.
const hasItsOwnBraces = (path: Path): boolean => shell.has(path.at(-1) ?? '') || path[0] === 'scenarios';
const placeholdersAt = (path: Path): readonly string[] =>
  path[0] === 'probes' ? probePlaceholders : sutPlaceholders;
