import { parsePolicy, type Statement } from '../../../collector/policy/document.ts';
import { duplicateName } from '../../../collector/policy/json.ts';
import type { Analysis } from '../../../collector/policy/types.ts';
import { analyze } from '../../collector/policy/example.ts';

/** What this project says of a policy, question by question as the peers are asked. */
export interface Ours {
  readonly text: string;
  readonly malformed: boolean;
  readonly statements: readonly Statement[];
  readonly analysis: Analysis;
  /** Everyone is admitted. */
  readonly public: boolean;
  /** Everyone, or somebody outside the organization, is admitted. */
  readonly external: boolean;
  /** Somebody outside is named, by account id or ARN. */
  readonly namesOutsider: boolean;
  /** Every action is allowed to somebody. */
  readonly everyAction: boolean;
}

export function judge(text: string): Ours {
  const json: unknown = JSON.parse(text);
  const parsed = parsePolicy(json);
  const analysis = analyze({ policy: json, key: null });
  const found = (code: string) => analysis.concerns.some((c) => c.code === code);
  const isPublic = found('PUBLIC_ACCESS');
  return {
    text,
    malformed: !parsed.ok || duplicateName(text) !== null,
    statements: parsed.ok ? parsed.statements : [],
    analysis,
    public: isPublic,
    external: isPublic || found('EXTERNAL_ACCOUNT'),
    namesOutsider: analysis.concerns.some(
      (c) =>
        (c.code === 'EXTERNAL_ACCOUNT' || c.code === 'PUBLIC_ACCESS') &&
        /^(\d{12}$|arn:)/.test(c.principal ?? ''),
    ),
    everyAction: found('WILDCARD_ACTIONS'),
  };
}
