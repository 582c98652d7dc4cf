import { render } from 'preact';
import { App } from './app.tsx';
import { applyTheme } from './theme.ts';

const root = document.getElementById('app');
if (!root) throw new Error('the page has no place for the application');
applyTheme();
render(<App />, root);
