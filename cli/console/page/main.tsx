import { render } from 'preact';
import './theme.css';
import './base.css';
import './parts/parts.css';
import './parts/controls.css';
import './shell/shell.css';
import { listenToKeys } from './keys/keyboard';
import { followLinks } from './routing/location';
import { App } from './shell/app';
import { applyTheme, chosenTheme } from './shell/theme';

applyTheme(chosenTheme());
followLinks();
listenToKeys();
render(<App />, document.body);
