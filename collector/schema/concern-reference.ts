import { type ConcernKind, concernKinds } from './concerns.ts';
import { type Control, controls } from './controls.ts';
import { severities } from './enums.ts';

/** The catalogue of concerns as a Markdown page: `docs/concerns.md`, and what `schema --concerns` prints. */
export function concernsMarkdown(): string {
  return [
    '# Concerns',
    'What the analysis of a key, its policy and its grants can find. A rule may raise or lower the severity for a case; the detail of the concern then says why.',
    'The severities:',
    severities.map((s) => `- **${s.value}**: ${s.description}`).join('\n'),
    table(
      ['concern', 'label', 'severity', 'about'],
      concernKinds.map((k) => [
        `[\`${k.code}\`](#${k.code.toLowerCase()})`,
        k.label,
        k.severity,
        k.scope === 'key' ? 'the key' : 'one principal of a statement or grant',
      ]),
    ),
    ...concernKinds.map(section),
    '## Controls',
    'A control is named only where a public source ties it to KMS keys or, for NIST, where its statement plainly covers the concern. "Same check" means that the control asks for just what the concern reports; "bears on" means that the concern is evidence for whoever assesses the control.',
    table(
      ['control', 'title', 'basis', 'source'],
      (Object.entries(controls) as readonly (readonly [string, Control])[]).map(([id, c]) => [
        id,
        c.title,
        c.basis,
        c.source,
      ]),
    ),
  ].join('\n\n');
}

function section(kind: ConcernKind): string {
  return [
    `## ${kind.code}`,
    `**${kind.label}** · ${kind.severity}`,
    `${kind.why}`,
    `- **Why ${kind.severity}:** ${kind.severityReason}`,
  ]
    .join('\n\n')
    .concat(`\n- **Fix:** ${kind.fix}`)
    .concat(`\n- **Controls:** ${kind.controls.length === 0 ? 'none' : kind.controls.join(', ')}`);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
