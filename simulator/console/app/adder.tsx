/** Something more: a button that becomes a form, and a button again when it was added or given up. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { t, type TextKey } from './i18n.ts';

export function Adder({
  label,
  children,
  onAdd,
}: {
  readonly label: TextKey;
  readonly children: ComponentChildren;
  /** @returns whether it was added; if not, the form stays as it is */
  readonly onAdd: () => Promise<boolean>;
}) {
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <button type="button" class="plain" onClick={() => setOpen(true)}>
        {t(label)}
      </button>
    );
  return (
    <form
      class="inline"
      onSubmit={(event) => {
        event.preventDefault();
        void onAdd().then((added) => setOpen(!added));
      }}
    >
      {children}
      <button type="submit">{t('add')}</button>
      <button type="button" class="plain" onClick={() => setOpen(false)}>
        {t('cancel')}
      </button>
    </form>
  );
}
