/** Time: virtual now, how fast it passes, jumps, and what is due. */
import { call, inWorld } from './api.ts';
import { dateTime, t } from './i18n.ts';
import { attempt, world, worldName } from './state.ts';
import { Card } from './shell.tsx';

const jumps = ['1h', '1d', '13d', '14d'] as const;
const speeds = [0, 1, 60, 3_600] as const;

const set = (body: object): Promise<boolean> =>
  attempt(() => call('POST', inWorld(worldName.value, '/time'), body));

export function Time() {
  const seen = world.value;
  return (
    <div class="cards">
      <Card title="time.jump">
        <div class="row">
          {jumps.map((advance) => (
            <button key={advance} type="button" onClick={() => void set({ advance })}>
              {t(`time.jump.${advance}`)}
            </button>
          ))}
        </div>
        <p class="quiet">{t('time.jump.about')}</p>
      </Card>
      <Card title="time.pace">
        <div class="row" role="group" aria-label={t('time.pace')}>
          {speeds.map((speed) => (
            <button
              key={speed}
              type="button"
              aria-pressed={seen?.speed === speed}
              onClick={() => void set({ speed })}
            >
              {speed === 0 ? t('time.still') : speed === 1 ? t('time.real') : t('time.speed', { speed })}
            </button>
          ))}
        </div>
      </Card>
      <Card title="time.due">
        {seen && seen.due.length > 0 ? (
          <ol class="plain-list">
            {seen.due.map(({ atMs, what }, index) => (
              <li key={`${atMs} ${what} ${index}`} class="row spread">
                <code>{what}</code> <time>{dateTime(atMs)}</time>
              </li>
            ))}
          </ol>
        ) : (
          <p class="quiet">{t('time.due.none')}</p>
        )}
      </Card>
    </div>
  );
}
