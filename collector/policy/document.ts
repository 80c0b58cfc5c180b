/**
 * Reads a key policy document into typed statements. AWS accepts one value or an array nearly
 * everywhere; after this file there are only arrays.
 * Source of the grammar: IAM User Guide, "Grammar of the IAM JSON policy language"; KMS Developer
 * Guide, "Creating a key policy".
 */

/** The key under which a principal is written; `*` for the plain string `"*"`. */
export type PrincipalKind = '*' | 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';

export interface WrittenPrincipal {
  readonly kind: PrincipalKind;
  readonly text: string;
}

/** One operator applied to one condition key: `StringEquals`, `aws:PrincipalOrgID`, its values. */
export interface ConditionTest {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

export interface Statement {
  /** The position in the document, from 0. */
  readonly index: number;
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  readonly principals: readonly WrittenPrincipal[];
  /** True when the principals come from NotPrincipal. */
  readonly exceptPrincipals: boolean;
  readonly actions: readonly string[];
  /** True when the actions come from NotAction. */
  readonly exceptActions: boolean;
  /** Empty when the statement names no resource, which KMS stores but which has no effect. */
  readonly resources: readonly string[];
  /** True when the resources come from NotResource. */
  readonly exceptResources: boolean;
  readonly tests: readonly ConditionTest[];
  /** The Condition element as JSON text; null without one. */
  readonly conditionJson: string | null;
  /** True for Version 2012-10-17, where `${…}` is a variable; in older versions it is plain text. */
  readonly hasVariables: boolean;
}

export type ParsedPolicy =
  | { readonly ok: true; readonly statements: readonly Statement[] }
  | {
      readonly ok: false;
      /** Where in the document, such as `Statement[1].Principal.AWS[0]`; empty for the document itself. */
      readonly path: string;
      /** What is wrong and how to mend it, one sentence. */
      readonly message: string;
    };

/**
 * The longest document that is read, in characters of its names and values. KMS allows 32,768 bytes with
 * all punctuation, so nothing that KMS stores is refused; the bound keeps the analysis of anything else
 * from taking long.
 */
const MAX_CHARACTERS = 40_000;

const PRINCIPAL_KINDS: ReadonlySet<string> = new Set([
  'AWS',
  'Service',
  'Federated',
  'CanonicalUser',
]);

class Malformed extends Error {
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/**
 * Reads a parsed JSON value as a key policy. Never throws: what is not a policy comes back as
 * `ok: false` with the place and the reason.
 */
export function parsePolicy(json: unknown): ParsedPolicy {
  try {
    return { ok: true, statements: readDocument(json) };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, path: error.path, message: error.message };
    throw error;
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** Counts the characters read, so that a huge document is refused before any work is done on it. */
interface Budget {
  left: number;
}

function readDocument(json: unknown): readonly Statement[] {
  const document = asFields(json, '', 'a policy document is a JSON object with a Statement');
  const statement = own(document, 'Statement');
  if (statement === undefined) {
    throw new Malformed('Statement', 'the document has no Statement; add at least one');
  }
  const hasVariables = own(document, 'Version') === '2012-10-17';
  const budget = { left: MAX_CHARACTERS };
  if (!Array.isArray(statement))
    return [readStatement(statement, 0, 'Statement', hasVariables, budget)];
  return statement.map((s: unknown, i) =>
    readStatement(s, i, `Statement[${i}]`, hasVariables, budget),
  );
}

function readStatement(
  json: unknown,
  index: number,
  path: string,
  hasVariables: boolean,
  budget: Budget,
): Statement {
  const fields = asFields(json, path, 'a statement is a JSON object');
  spend(budget, 20, path);
  const effect = own(fields, 'Effect');
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw new Malformed(`${path}.Effect`, 'Effect must be "Allow" or "Deny", spelled exactly so');
  }
  const sid = own(fields, 'Sid');
  if (sid !== undefined && typeof sid !== 'string') {
    throw new Malformed(`${path}.Sid`, 'Sid must be a string');
  }
  if (sid !== undefined) spend(budget, sid.length, `${path}.Sid`);
  const principal = oneOfTwo(fields, 'Principal', path);
  if (principal === null) {
    throw new Malformed(path, 'the statement has no Principal; a key policy must say who');
  }
  const action = oneOfTwo(fields, 'Action', path);
  if (action === null) throw new Malformed(path, 'the statement has no Action');
  const resource = oneOfTwo(fields, 'Resource', path);
  const condition = own(fields, 'Condition');
  const tests =
    condition === undefined ? [] : readCondition(condition, `${path}.Condition`, budget);
  const principals = readPrincipals(principal.value, principal.path, budget);
  if (principal.negated && principals.length === 0) {
    throw new Malformed(principal.path, 'NotPrincipal names nobody');
  }
  return {
    index,
    sid: sid ?? null,
    effect,
    principals,
    exceptPrincipals: principal.negated,
    actions: readTexts(action.value, action.path, budget),
    exceptActions: action.negated,
    resources: resource === null ? [] : readTexts(resource.value, resource.path, budget),
    exceptResources: resource?.negated ?? false,
    tests,
    conditionJson: tests.length === 0 ? null : JSON.stringify(condition),
    hasVariables,
  };
}

/** Reads `Name` or `NotName`; null when neither is there. */
function oneOfTwo(
  fields: Fields,
  name: string,
  path: string,
): { readonly value: unknown; readonly negated: boolean; readonly path: string } | null {
  const plain = own(fields, name);
  const negated = own(fields, `Not${name}`);
  if (plain !== undefined && negated !== undefined) {
    throw new Malformed(path, `the statement has both ${name} and Not${name}; keep one of them`);
  }
  if (plain !== undefined) return { value: plain, negated: false, path: `${path}.${name}` };
  if (negated !== undefined) return { value: negated, negated: true, path: `${path}.Not${name}` };
  return null;
}

function readPrincipals(json: unknown, path: string, budget: Budget): readonly WrittenPrincipal[] {
  if (json === '*') return [{ kind: '*', text: '*' }];
  if (typeof json === 'string') {
    throw new Malformed(path, 'a principal as a plain string can only be "*"; write {"AWS": "…"}');
  }
  const kinds = asFields(json, path, 'a principal is "*" or an object such as {"AWS": "…"}');
  const principals: WrittenPrincipal[] = [];
  const seen = new Set<string>();
  for (const [kind, value] of Object.entries(kinds)) {
    if (!isPrincipalKind(kind)) {
      throw new Malformed(path, 'a principal is of kind AWS, Service, Federated or CanonicalUser');
    }
    for (const text of readTexts(value, `${path}.${kind}`, budget)) {
      const key = `${kind} ${text}`;
      if (!seen.has(key)) principals.push({ kind, text });
      seen.add(key);
    }
  }
  return principals;
}

function isPrincipalKind(kind: string): kind is PrincipalKind {
  return PRINCIPAL_KINDS.has(kind);
}

function readCondition(json: unknown, path: string, budget: Budget): readonly ConditionTest[] {
  const operators = asFields(json, path, 'Condition is an object of operators');
  const tests: ConditionTest[] = [];
  for (const [operator, block] of Object.entries(operators)) {
    const at = `${path}.${cut(operator)}`;
    spend(budget, operator.length, at);
    const keys = asFields(block, at, 'an operator holds an object of condition keys');
    for (const [key, value] of Object.entries(keys)) {
      spend(budget, key.length, at);
      tests.push({ operator, key, values: readScalars(value, `${at}.${cut(key)}`, budget) });
    }
  }
  return tests;
}

function readTexts(json: unknown, path: string, budget: Budget): readonly string[] {
  const list: readonly unknown[] = Array.isArray(json) ? json : [json];
  return list.map((value, i) => {
    if (typeof value !== 'string') {
      throw new Malformed(Array.isArray(json) ? `${path}[${i}]` : path, 'expected a string');
    }
    spend(budget, value.length + 2, path);
    return value;
  });
}

function readScalars(json: unknown, path: string, budget: Budget): readonly string[] {
  const list: readonly unknown[] = Array.isArray(json) ? json : [json];
  return list.map((value, i) => {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      throw new Malformed(
        Array.isArray(json) ? `${path}[${i}]` : path,
        'a condition value is a string, a number or a boolean',
      );
    }
    const text = String(value);
    spend(budget, text.length + 2, path);
    return text;
  });
}

function asFields(json: unknown, path: string, message: string): Fields {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new Malformed(path, message);
  }
  return json as Fields;
}

function own(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function spend(budget: Budget, characters: number, path: string): void {
  budget.left -= characters;
  if (budget.left < 0) {
    throw new Malformed(path, `the document is longer than ${MAX_CHARACTERS} characters`);
  }
}

/** Names chosen by whoever wrote the policy are kept short in paths. */
function cut(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}
