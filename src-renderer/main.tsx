import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter/wght.css';
import './ui/base.css';
import { App } from './app/App';
import { startFeed } from './stores/feed';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
startFeed();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
