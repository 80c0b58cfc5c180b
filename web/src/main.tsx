import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './page/App.tsx';
import { returnToPlace } from './session/visit.ts';
import { showTheme, storedTheme } from './settings/theme.ts';
import './styles/base.css';
import './styles/page.css';
import './styles/turn.css';
import './styles/table.css';
import './styles/evidence.css';

showTheme(storedTheme());
returnToPlace();

const page = document.getElementById('page');
if (page) {
  createRoot(page).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
