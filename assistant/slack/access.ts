import { parse } from 'yaml';
import { z } from 'zod';
import type { AccountScope } from '../assistant.ts';

/**
 * Who may ask from Slack, and about which accounts: a list of rules, of which the first that fits a caller
 * counts. Who fits none is refused.
 */

/** Who asks, and from where, by the ids of Slack. */
export interface Caller {
  readonly team: string;
  readonly channel: string;
  readonly user: string;
}

const ids = (pattern: RegExp, what: string) =>
  z.array(z.string().regex(pattern, `is not the id of a ${what}`)).min(1);

const ruleSchema = z.strictObject({
  team: z.string().regex(/^[TE][A-Z0-9]{2,}$/, 'is not the id of a workspace'),
  /** Left out: every channel and conversation of the workspace. */
  channels: ids(/^[CGD][A-Z0-9]{2,}$/, 'channel').optional(),
  /** Left out: everyone in them. */
  users: ids(/^[UW][A-Z0-9]{2,}$/, 'user').optional(),
  accounts: z.union([
    z.literal('all').transform(() => null),
    z.array(z.string().regex(/^\d{12}$/, 'is not the id of an account')).min(1),
  ]),
});

export type AccessRule = z.infer<typeof ruleSchema>;

const rulesSchema = z.array(ruleSchema).min(1, 'has no rule, so nobody may ask');

export type AccessOutcome =
  | { readonly ok: true; readonly rules: readonly AccessRule[] }
  /** `message` names the place and what is wrong there. */
  | { readonly ok: false; readonly message: string };

/** Reads the rules from YAML (or JSON, which is YAML). */
export function readAccess(text: string): AccessOutcome {
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
  const parsed = rulesSchema.safeParse(document);
  if (parsed.success) return { ok: true, rules: parsed.data };
  const issue = parsed.error.issues[0];
  const [rule, ...path] = issue?.path ?? [];
  const place = rule === undefined ? 'the list' : `rule ${Number(rule) + 1}`;
  return { ok: false, message: `${[place, ...path].join('.')}: ${issue?.message}` };
}

const isThere = (rule: AccessRule, { team, channel }: Pick<Caller, 'team' | 'channel'>): boolean =>
  rule.team === team && (rule.channels?.includes(channel) ?? true);

/** The accounts that a caller may ask about; undefined when they may not ask at all. */
export function scopeOf(rules: readonly AccessRule[], caller: Caller): AccountScope | undefined {
  const fits = (rule: AccessRule) =>
    isThere(rule, caller) && (rule.users?.includes(caller.user) ?? true);
  return rules.find(fits)?.accounts;
}

/**
 * The scopes of all who may be in a channel: what is shown there must be within each of them. Undefined
 * when someone in it may not ask at all.
 */
export function audienceScopes(
  rules: readonly AccessRule[],
  place: Pick<Caller, 'team' | 'channel'>,
): readonly AccountScope[] | undefined {
  const there = rules.filter((rule) => isThere(rule, place));
  const forEveryone = there.findIndex((rule) => rule.users === undefined);
  if (forEveryone < 0) return undefined;
  return there.slice(0, forEveryone + 1).map((rule) => rule.accounts);
}
