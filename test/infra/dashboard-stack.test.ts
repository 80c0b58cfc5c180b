import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { kmsKeys } from '../../collector/schema/tables.ts';
import { dataSets } from '../../infra/dashboard/data-sets.ts';
import { exampleWith, synthesized } from './synthesized.ts';

/** The dashboard in QuickSight, held against the contract and against itself. */

const USER = 'arn:aws:quicksight:eu-central-1:111122223333:user/default/kms';
let template: Template;
let assistant: Template;
beforeAll(() => {
  const stacks = synthesized(exampleWith({ 'dashboard.quickSight': USER }));
  template = stacks('dashboard');
  assistant = stacks('assistant');
}, 120_000);

const only = (type: string) =>
  Object.values(template.findResources(`AWS::QuickSight::${type}`)).map((r) => r.Properties);

describe('the data sets', () => {
  it('have the columns of the contract, but for documents', () => {
    const columns = dataSets.find(({ name }) => name === 'keys')?.columns.map(({ name }) => name);
    const shown = Object.entries(kmsKeys.columns)
      .filter(([, { role }]) => role !== 'document')
      .map(([name]) => name);
    expect(columns).toEqual(shown);
    expect(columns).not.toContain('policy_json');
  });

  it('read through the workgroup, into SPICE, each with a refresh', () => {
    expect(only('DataSource')[0]).toMatchObject({
      Type: 'ATHENA',
      DataSourceParameters: { AthenaParameters: { WorkGroup: 'kms-insights' } },
    });
    expect(only('DataSet').map(({ ImportMode }) => ImportMode)).toEqual(['SPICE', 'SPICE']);
    template.resourceCountIs('AWS::QuickSight::RefreshSchedule', 2);
  });
});

describe('the dashboard', () => {
  const definition = () => only('Dashboard')[0]?.Definition;
  interface Referred {
    readonly ColumnName: string;
    readonly DataSetIdentifier: string;
  }
  const referred = (value: unknown): Referred[] =>
    typeof value !== 'object' || value === null
      ? []
      : 'ColumnName' in value
        ? [value as Referred]
        : Object.values(value).flatMap(referred);

  it('has the visuals and the filters of the built-in one', () => {
    const [sheet] = definition().Sheets;
    expect(sheet.Visuals).toHaveLength(8);
    expect(
      sheet.FilterControls.map((c: { Dropdown: { Title: string } }) => c.Dropdown.Title),
    ).toEqual([
      'Account',
      'Organizational unit',
      'Region',
      'Manager',
      'Concerns',
      'Highest severity',
    ]);
  });

  it('refers to columns that its data sets have', () => {
    const known = new Map(
      dataSets.map(({ name, columns }) => [name as string, columns.map((c) => c.name)]),
    );
    const columns = referred(definition());
    expect(columns.length).toBeGreaterThan(20);
    for (const { ColumnName, DataSetIdentifier } of columns) {
      expect(known.get(DataSetIdentifier)).toContain(ColumnName);
    }
  });

  it('has ids that are used once, and controls of filters that there are', () => {
    const text = JSON.stringify(definition());
    const ids = [...text.matchAll(/"(?:VisualId|FieldId|FilterId|FilterGroupId)":"([^"]+)"/g)];
    expect(new Set(ids.map(([all]) => all)).size).toBe(ids.length);
    const filters = new Set([...text.matchAll(/"FilterId":"([^"]+)"/g)].map((m) => m[1]));
    for (const [, source] of text.matchAll(/"SourceFilterId":"([^"]+)"/g)) {
      expect(filters).toContain(source);
    }
  });

  it('may be embedded by the function behind the page, as that user and no other', () => {
    const statements = Object.values(assistant.findResources('AWS::IAM::Policy')).flatMap(
      (p) => p.Properties.PolicyDocument.Statement as { Sid: string; Resource: unknown }[],
    );
    const embed = statements.filter(({ Sid }) => Sid === 'EmbedDashboard');
    expect(embed).toHaveLength(1);
    expect(JSON.stringify(embed)).toContain(USER);
  });
});
