import { allOf, type Filter, isEverything, listOf, type Plan } from './plan.ts';

/**
 * The resources that keys protect, each once, as far as uses of the keys name them. `use`: what is asked of
 * the uses, such as the service; `of`: of the keys; `withKeys`: each resource beside each of its keys.
 */
export const protectedResources = (use: Filter, of: Filter, withKeys = false): Plan => ({
  ...listOf(
    'usage',
    allOf(
      use,
      { is: 'present', column: 'resource_arn' },
      ...(isEverything(of) ? [] : [{ key: of }]),
    ),
  ),
  measure: { kind: 'count', keys: true },
  groupBy: withKeys
    ? [{ column: 'resource_arn' }, { column: 'key_arn' }]
    : [{ column: 'resource_arn' }],
});
