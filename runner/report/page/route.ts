/** Which cell is open: kept in the address, so that it can be sent to somebody, and “back” closes it. */
import { signal } from '@preact/signals';

export interface Cell {
  readonly scenario: string;
  /** Id of the obligation, or {@link asAWhole}. */
  readonly row: string;
}

const read = (): Cell | undefined => {
  const [scenario, row] = location.hash.slice(1).split('&').map(decodeURIComponent);
  return scenario !== undefined && scenario !== '' && row !== undefined ? { scenario, row } : undefined;
};

export const openCell = signal(read());

addEventListener('hashchange', () => (openCell.value = read()));

export const open = ({ scenario, row }: Cell): void => {
  location.hash = `${encodeURIComponent(scenario)}&${encodeURIComponent(row)}`;
};

export const close = (): void => {
  // Without this, an empty hash would be one more page to go back over.
  history.pushState(null, '', location.pathname + location.search);
  openCell.value = undefined;
};
