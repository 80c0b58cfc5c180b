import { DATABASE } from './relations.ts';

/**
 * The SQL of the views. The two engines differ in three functions only, so the text is made once
 * and those three are passed in.
 */
export interface ViewDialect {
  /** The elements of an array of text, joined. */
  readonly joinArray: (array: string, separator: string) => string;
  /** A map as name=value pairs in order of name, joined by ';'. */
  readonly joinMap: (map: string) => string;
  /** Aggregates distinct texts in their order, joined by ';'. */
  readonly joinRows: (text: string) => string;
}

export const trinoViews: ViewDialect = {
  joinArray: (array, separator) => `array_join(${array}, '${separator}')`,
  joinMap: (map) =>
    `array_join(array_sort(transform(map_keys(${map}), e -> e || '=' || element_at(${map}, e))), ';')`,
  joinRows: (value) => `array_join(array_sort(array_agg(DISTINCT ${value})), ';')`,
};

export const duckdbViews: ViewDialect = {
  joinArray: (array, separator) => `array_to_string(${array}, '${separator}')`,
  joinMap: (map) =>
    `array_to_string(list_sort(list_transform(map_entries(${map}), lambda e: e.key || '=' || e.value)), ';')`,
  joinRows: (value) => `array_to_string(list_sort(list(DISTINCT ${value})), ';')`,
};

/** The views in the order in which they must be created, as name and SELECT text. */
export function viewDefinitions(d: ViewDialect): readonly { name: string; sql: string }[] {
  const db = DATABASE;
  const permissionColumns = `k.account_id AS accountnumber, k.account_name AS accountname, k.region AS region, k.key_id AS keyid, k.alias AS alias`;
  const last = `l.eventtime, l.username, l.eventname, l.encryptioncontext, l.eventsource, l.useridentitytype, l.sourceipaddress`;
  return [
    {
      name: 'kms_keys_table',
      // Concerns are matched by statement position as well as principal: a policy may have several
      // statements without a Sid that name the same principal.
      sql: `SELECT CAST(k.collected_at AS DATE) AS date, ${permissionColumns},
  p.sid AS sid, p.effect AS effect, p.principal AS principal,
  CASE WHEN p.principal_type = 'SERVICE' THEN p.principal END AS principalservice,
  ${d.joinArray('p.actions', ',')} AS action, p.condition_json AS condition,
  CASE WHEN k.policy_readable THEN c.concern ELSE u.concern END AS concern,
  ${d.joinArray('p.resources', ',')} AS resource, ${d.joinMap('k.tags')} AS tags,
  k.created_at AS creationdate
FROM ${db}.kms_keys k
LEFT JOIN ${db}.key_permissions p ON p.key_arn = k.key_arn AND p.source = 'POLICY'
LEFT JOIN (
  SELECT key_arn, statement_index, principal, ${d.joinRows('label')} AS concern
  FROM ${db}.key_concerns WHERE principal IS NOT NULL AND statement_index IS NOT NULL
  GROUP BY key_arn, statement_index, principal
) c ON c.key_arn = k.key_arn AND c.statement_index = p.statement_index AND c.principal = p.principal
LEFT JOIN (
  SELECT key_arn, ${d.joinRows('label')} AS concern
  FROM ${db}.key_concerns WHERE code = 'UNREADABLE_KEY' GROUP BY key_arn
) u ON u.key_arn = k.key_arn`,
    },
    {
      name: 'kms_key_last_used_table',
      sql: `SELECT keyid, eventtime, username, eventname, encryptioncontext, eventsource, useridentitytype, sourceipaddress
FROM (
  SELECT key_id AS keyid, last_event_at AS eventtime, username, operation AS eventname,
    ${d.joinMap('encryption_context')} AS encryptioncontext, 'kms.amazonaws.com' AS eventsource,
    user_identity_type AS useridentitytype, source_ip AS sourceipaddress,
    row_number() OVER (PARTITION BY key_id ORDER BY last_event_at DESC, event_id, key_arn, operation, principal_arn) AS nth
  FROM ${db}.key_usage WHERE category = 'CRYPTO'
) ranked WHERE nth = 1`,
    },
    ...['view_kms_insights_data', 'kms_insights_view'].map((name) => ({
      name,
      sql: `SELECT k.date, k.accountnumber, k.accountname, k.region, k.keyid, k.alias, k.sid, k.effect, k.principal,
  k.principalservice, k.action, k.condition, k.concern, k.resource, k.tags, k.creationdate, ${last}
FROM ${db}.kms_keys_table k LEFT JOIN ${db}.kms_key_last_used_table l ON k.keyid = l.keyid`,
    })),
  ];
}
