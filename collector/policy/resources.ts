import type { Statement } from './document.ts';
import { globMatches } from './glob.ts';

/**
 * Whether a statement speaks of this key. In a key policy `*` is the key itself; another ARN, or no
 * Resource at all, leaves the statement without effect (KMS Developer Guide, "Creating a key policy").
 *
 * `surely` is for a Deny that is to be counted on, `possibly` for an Allow that must not be missed:
 * they differ where the key's ARN is not known (empty, when a policy is analysed on its own) and where
 * the resource holds a policy variable.
 */
export function appliesToKey(
  statement: Pick<Statement, 'resources' | 'exceptResources'>,
  keyArn: string,
  doubt: 'surely' | 'possibly',
): boolean {
  const { resources, exceptResources } = statement;
  if (resources.length === 0) return false;
  const names = (inDoubt: boolean): boolean =>
    resources.some((r) => {
      if (/^\*+$/.test(r)) return true;
      if (keyArn === '' || r.includes('${')) return inDoubt;
      return globMatches(r, keyArn);
    });
  const possibly = doubt === 'possibly';
  return exceptResources ? !names(!possibly) : names(possibly);
}
