import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import {
  CfnDashboard,
  CfnDataSet,
  CfnDataSource,
  CfnRefreshSchedule,
} from 'aws-cdk-lib/aws-quicksight';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { Data } from '../data/data-stack.ts';
import { type DataSet, dataSets } from './data-sets.ts';
import { filters, UNUSED, UNUSED_VISUAL, visuals } from './visuals.ts';

const SHEET = 'keys';

/** The dashboard in Amazon QuickSight: a data source, the data sets, and the visuals of the built-in one. */
export class DashboardStack extends Stack {
  /** Its id. */
  readonly dashboard: string;

  constructor(
    scope: Construct,
    id: string,
    config: Config,
    data: Data,
    owner: string,
    props: StackProps,
  ) {
    super(scope, id, props);
    const { prefix } = config.deployment;
    const source = new CfnDataSource(this, 'Source', {
      awsAccountId: this.account,
      dataSourceId: prefix,
      name: 'KMS Insights',
      type: 'ATHENA',
      dataSourceParameters: { athenaParameters: { workGroup: data.workgroup } },
      sslProperties: { disableSsl: false },
      permissions: [{ principal: owner, actions: [...actions.dataSource] }],
    });
    const sets = dataSets.map((set) => this.makeDataSet(set, prefix, source, owner));
    this.dashboard = `${prefix}-keys`;
    const dashboard = new CfnDashboard(this, 'Dashboard', {
      awsAccountId: this.account,
      dashboardId: this.dashboard,
      name: 'KMS Insights',
      permissions: [{ principal: owner, actions: [...actions.dashboard] }],
      dashboardPublishOptions: {
        adHocFilteringOption: { availabilityStatus: 'ENABLED' },
        exportToCsvOption: { availabilityStatus: 'ENABLED' },
        sheetControlsOption: { visibilityState: 'EXPANDED' },
      },
      definition: definitionOf(sets),
    });
    new CfnOutput(this, 'DashboardId', { value: dashboard.dashboardId });
  }

  private makeDataSet(set: DataSet, prefix: string, source: CfnDataSource, owner: string) {
    const columns = set.columns.map(({ name, type }) => ({ name, type }));
    const dataSetId = `${prefix}-${set.name}`;
    const made = new CfnDataSet(this, `DataSet-${set.name}`, {
      awsAccountId: this.account,
      dataSetId,
      name: `KMS Insights: ${set.name}`,
      importMode: 'SPICE',
      physicalTableMap: {
        [set.name]: {
          customSql: {
            dataSourceArn: source.attrArn,
            name: set.name,
            sqlQuery: set.sql,
            columns,
          },
        },
      },
      permissions: [{ principal: owner, actions: [...actions.dataSet] }],
    });
    // By then a collection of the night, as the example of the configuration has it, has ended.
    const schedule = new CfnRefreshSchedule(this, `Refresh-${set.name}`, {
      awsAccountId: this.account,
      dataSetId,
      schedule: {
        scheduleId: 'daily',
        refreshType: 'FULL_REFRESH',
        scheduleFrequency: { interval: 'DAILY', timeOfTheDay: '09:00', timeZone: 'UTC' },
      },
    });
    schedule.addResourceDependency(made);
    return { name: set.name, arn: made.attrArn };
  }
}

/** What its owner may do ("Granting permissions on dashboards, data sets and data sources"). */
const actions = {
  dataSource: [
    'quicksight:DescribeDataSource',
    'quicksight:DescribeDataSourcePermissions',
    'quicksight:PassDataSource',
  ],
  dataSet: [
    'quicksight:DescribeDataSet',
    'quicksight:DescribeDataSetPermissions',
    'quicksight:DescribeIngestion',
    'quicksight:ListIngestions',
    'quicksight:PassDataSet',
  ],
  dashboard: [
    'quicksight:DescribeDashboard',
    'quicksight:ListDashboardVersions',
    'quicksight:QueryDashboard',
  ],
} as const;

function definitionOf(
  sets: readonly { readonly name: DataSet['name']; readonly arn: string }[],
): CfnDashboard.DashboardVersionDefinitionProperty {
  const filterGroups = filters.map(([name]) => filterOn(name));
  return {
    dataSetIdentifierDeclarations: sets.map(({ name, arn }) => ({
      identifier: name,
      dataSetArn: arn,
    })),
    sheets: [
      {
        sheetId: SHEET,
        name: 'Keys',
        visuals: [...visuals],
        filterControls: filters.map(([name, title]) => ({
          dropdown: {
            filterControlId: `control-${name}`,
            sourceFilterId: `filter-${name}`,
            title,
            type: 'MULTI_SELECT',
          },
        })),
      },
    ],
    filterGroups: [...filterGroups, unusedOnly],
  };
}

/** Every visual that has the column is narrowed by it; all of its values at first. */
function filterOn(name: string): CfnDashboard.FilterGroupProperty {
  return {
    filterGroupId: `group-${name}`,
    crossDataset: 'ALL_DATASETS',
    status: 'ENABLED',
    scopeConfiguration: {
      selectedSheets: {
        sheetVisualScopingConfigurations: [{ sheetId: SHEET, scope: 'ALL_VISUALS' }],
      },
    },
    filters: [
      {
        categoryFilter: {
          filterId: `filter-${name}`,
          column: { dataSetIdentifier: 'keys', columnName: name },
          configuration: {
            filterListConfiguration: {
              matchOperator: 'CONTAINS',
              selectAllOptions: 'FILTER_ALL_VALUES',
              nullOption: 'ALL_VALUES',
            },
          },
        },
      },
    ],
  };
}

const unusedOnly: CfnDashboard.FilterGroupProperty = {
  filterGroupId: 'group-unused',
  crossDataset: 'SINGLE_DATASET',
  status: 'ENABLED',
  scopeConfiguration: {
    selectedSheets: {
      sheetVisualScopingConfigurations: [
        { sheetId: SHEET, scope: 'SELECTED_VISUALS', visualIds: [UNUSED_VISUAL] },
      ],
    },
  },
  filters: [
    {
      categoryFilter: {
        filterId: 'filter-unused',
        column: { dataSetIdentifier: 'keys', columnName: 'usage_status' },
        configuration: {
          filterListConfiguration: {
            matchOperator: 'CONTAINS',
            categoryValues: [...UNUSED],
            nullOption: 'NON_NULLS_ONLY',
          },
        },
      },
    },
  ],
};
