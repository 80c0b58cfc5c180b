import fc from 'fast-check';

/**
 * Properties try the same inputs in every run, so that a change is judged by what it changed. `SEED`
 * tries others: `for i in $(seq 20); do SEED=$RANDOM npx vitest run test/collector/policy; done`.
 */
fc.configureGlobal({ seed: Number(process.env.SEED ?? 1) });
