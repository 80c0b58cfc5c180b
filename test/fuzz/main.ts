import { type FuzzReport, fuzz } from './fuzz.ts';

/** `npm run fuzz -- --count N --seed S`; prints what was found and exits with 1 when anything was. */
const argument = (name: string, otherwise: number): number => {
  const i = process.argv.indexOf(name);
  const value = i < 0 ? otherwise : Number(process.argv[i + 1]);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${name} takes a whole number`);
  return value;
};

const count = argument('--count', 200_000);
const seed = argument('--seed', Number(new Date().toISOString().slice(0, 10).replaceAll('-', '')));
const started = performance.now();
console.log(`${count.toLocaleString('en-US')} texts from seed ${seed}`);
let told = 0;
const tell = (findings: FuzzReport['findings']): void => {
  for (const f of findings.slice(told))
    console.log(
      `\nFINDING ${f.property}\n  ${f.smallest}\n  ${f.detail}\n  made from: ${f.sql.slice(0, 600)}`,
    );
  told = findings.length;
};
const report = await fuzz({
  count,
  seed,
  onProgress: (done, r) => {
    tell(r.findings);
    if (done % 10_000 === 0)
      console.log(
        `${done} done, ${r.codes.accepted ?? 0} accepted, ${r.findings.length} kinds of findings, guard at most ${Math.round(r.slowest.ms)} ms, ${Math.round((performance.now() - started) / 1000)} s`,
      );
  },
});
const { codes, compared, slowest, slowestRun, findings } = report;
tell(findings);
console.log('\nby outcome:');
for (const [code, n] of Object.entries(codes).sort((a, b) => b[1] - a[1]))
  console.log(`  ${code.padEnd(22)} ${n.toLocaleString('en-US')}`);
console.log(`compared under a scope: ${compared.toLocaleString('en-US')}`);
console.log(`slowest to guard: ${Math.round(slowest.ms)} ms: ${slowest.sql.slice(0, 200)}`);
console.log(`slowest to run: ${Math.round(slowestRun.ms)} ms: ${slowestRun.sql.slice(0, 400)}`);
console.log(`memory at the end: ${Math.round(process.memoryUsage.rss() / 1e6)} MB`);
console.log(
  `\n${findings.length === 0 ? 'Nothing was found' : `${findings.length} kinds of findings`} in ${Math.round((performance.now() - started) / 1000)} s.`,
);
process.exit(findings.length === 0 ? 0 : 1);
