import type { CfnDashboard } from 'aws-cdk-lib/aws-quicksight';
import type { DataSet } from './data-sets.ts';

/** The visuals of the dashboard, as the built-in one has them (docs/dashboard.md). */

type Visual = CfnDashboard.VisualProperty;
type DataSetName = DataSet['name'];

const column = (dataSet: DataSetName, name: string) => ({
  dataSetIdentifier: dataSet,
  columnName: name,
});
/** Groups by a column. */
const by = (id: string, dataSet: DataSetName, name: string) => ({
  categoricalDimensionField: { fieldId: `${id}-${name}`, column: column(dataSet, name) },
});
/** Each key once, also where it has several rows. */
const keys = (id: string, dataSet: DataSetName) => ({
  categoricalMeasureField: {
    fieldId: `${id}-keys`,
    column: column(dataSet, 'key_arn'),
    aggregationFunction: 'DISTINCT_COUNT',
  },
});
const titled = (text: string) => ({
  visibility: 'VISIBLE',
  formatText: { plainText: text },
});

const number = (id: string, title: string, dataSet: DataSetName): Visual => ({
  kpiVisual: {
    visualId: id,
    title: titled(title),
    chartConfiguration: { fieldWells: { values: [keys(id, dataSet)] } },
  },
});

const bars = (
  id: string,
  title: string,
  dataSet: DataSetName,
  category: string,
  colors?: string,
): Visual => ({
  barChartVisual: {
    visualId: id,
    title: titled(title),
    chartConfiguration: {
      orientation: 'HORIZONTAL',
      barsArrangement: colors === undefined ? 'CLUSTERED' : 'STACKED',
      fieldWells: {
        barChartAggregatedFieldWells: {
          category: [by(id, dataSet, category)],
          values: [keys(id, dataSet)],
          ...(colors === undefined ? {} : { colors: [by(id, dataSet, colors)] }),
        },
      },
    },
  },
});

const pie = (
  id: string,
  title: string,
  dataSet: DataSetName,
  category: string,
  shape: 'WHOLE' | 'MEDIUM',
): Visual => ({
  pieChartVisual: {
    visualId: id,
    title: titled(title),
    chartConfiguration: {
      donutOptions: { arcOptions: { arcThickness: shape } },
      fieldWells: {
        pieChartAggregatedFieldWells: {
          category: [by(id, dataSet, category)],
          values: [keys(id, dataSet)],
        },
      },
    },
  },
});

const table = (id: string, title: string, names: readonly string[]): Visual => ({
  tableVisual: {
    visualId: id,
    title: titled(title),
    chartConfiguration: {
      fieldWells: {
        tableUnaggregatedFieldWells: {
          values: names.map((name) => ({ fieldId: `${id}-${name}`, column: column('keys', name) })),
        },
      },
    },
  },
});

/** Keys of which no use is recorded. */
export const UNUSED = ['NEVER_USED', 'NO_RECORD'] as const;
export const UNUSED_VISUAL = 'unused';

export const visuals: readonly Visual[] = [
  number('total', 'Total keys', 'keys'),
  pie('managers', 'Type of keys', 'keys', 'key_manager', 'WHOLE'),
  bars('regions', 'Keys per Region', 'keys', 'region'),
  bars('accounts', 'Keys per account', 'keys', 'account_name'),
  bars('managers-by-region', 'Type of keys per Region', 'keys', 'region', 'key_manager'),
  pie('concerns', 'Keys by concern', 'concerns', 'label', 'MEDIUM'),
  number(UNUSED_VISUAL, 'Keys without a recorded use', 'keys'),
  table('all', 'All keys', [
    'account_id',
    'account_name',
    'region',
    'key_id',
    'alias',
    'key_manager',
    'key_state',
    'max_severity',
    'concern_codes',
    'usage_status',
    'last_used_at',
    'created_at',
    'monthly_cost_usd',
    'tags',
  ]),
];

/** What everything on the sheet can be narrowed by: a column of the keys, and what it is called. */
export const filters = [
  ['account_name', 'Account'],
  ['ou_path', 'Organizational unit'],
  ['region', 'Region'],
  ['key_manager', 'Manager'],
  ['concern_codes', 'Concerns'],
  ['max_severity', 'Highest severity'],
] as const;
