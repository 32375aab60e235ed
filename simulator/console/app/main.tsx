/** The console. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import { follow } from './live.ts';
import { Shell } from './shell.tsx';
import { worldName } from './state.ts';
import './style.css';

effect(() => {
  // Read here, so that another choice runs this anew.
  if (worldName.value) void follow();
});

const place = document.getElementById('app');
if (place) render(<Shell />, place);
