import { AtriumProvider } from '@atrium/client/react';
import { followTheme } from '@atrium/ui';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createApp } from './app.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id root.');

followTheme();
const { client, queryClient, router } = createApp();
createRoot(root).render(
  <StrictMode>
    <AtriumProvider client={client} queryClient={queryClient}>
      <RouterProvider router={router} />
    </AtriumProvider>
  </StrictMode>,
);
