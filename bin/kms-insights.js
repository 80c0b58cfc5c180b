#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../dist/main.js', import.meta.url);
if (!existsSync(built)) {
  console.error('kms-insights is not built yet. Run: npm run build');
  process.exit(1);
}
// The SDK's advice on Node is for whoever maintains this program, not for whoever runs it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
const { main } = await import(built.href);
process.exitCode = await main(process.argv.slice(2));
