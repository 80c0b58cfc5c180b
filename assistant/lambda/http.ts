import { Hono } from 'hono';
import type { DeployedApp } from './deployed.ts';

/**
 * The app as a function serves it. What is asked comes by way of CloudFront and API Gateway, under the name
 * of the latter; the app is told of it under the address that people see.
 */
export function behindGateway(
  open: () => Promise<DeployedApp>,
  make: (options: DeployedApp['options']) => Hono<never>,
): Hono {
  let opened: Promise<{ readonly app: Hono<never>; readonly publicUrl: string }> | undefined;
  const outer = new Hono();
  outer.all('*', async (c) => {
    opened ??= open()
      .then(({ options, publicUrl }) => ({ app: make(options), publicUrl }))
      .catch((error: unknown) => {
        // The next request tries again: a table or a secret may have been out of reach for a moment.
        opened = undefined;
        throw error;
      });
    const { app, publicUrl } = await opened;
    const { pathname, search } = new URL(c.req.url);
    return app.fetch(new Request(`${publicUrl}${pathname}${search}`, c.req.raw));
  });
  return outer;
}
