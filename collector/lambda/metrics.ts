/** The namespace of the metrics in Amazon CloudWatch. */
export const NAMESPACE = 'KMSInsights';

/**
 * A line of a function's log that CloudWatch takes for metrics, counts by name ("Embedded metric format
 * specification"). The function is their one dimension.
 */
export function metricLine(
  functionName: string,
  metrics: Readonly<Record<string, number>>,
  now: Date,
): string {
  return JSON.stringify({
    _aws: {
      Timestamp: now.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: NAMESPACE,
          Dimensions: [['FunctionName']],
          Metrics: Object.keys(metrics).map((Name) => ({ Name, Unit: 'Count' })),
        },
      ],
    },
    FunctionName: functionName,
    ...metrics,
  });
}
