import { kmsInsights } from './app.ts';
import { ConfigError, readConfig } from './config.ts';

/**
 * Writes the templates of a deployment to `cdk.out/`, without the network. `KMS_INSIGHTS_CONFIG` names
 * another configuration file than `infra/config.yaml`.
 */
try {
  const config = readConfig(process.env.KMS_INSIGHTS_CONFIG ?? 'infra/config.yaml');
  kmsInsights(config, { outdir: 'cdk.out' }).synth();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
