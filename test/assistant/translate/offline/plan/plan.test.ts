import { describe, expect, it } from 'vitest';
import {
  allOf,
  type Filter,
  noneOf,
} from '../../../../../assistant/translate/offline/plan/plan.ts';

const unit: Filter = { is: 'ou', paths: ['Root/Security'] };
const account: Filter = { is: 'value', column: 'account_id', values: ['123456789012'] };
const region: Filter = { is: 'value', column: 'region', values: ['eu-west-1'] };

describe('the opposite of several conditions', () => {
  it('leaves out a unit and an account, each of them', () => {
    expect(noneOf({ and: [unit, account] })).toEqual(allOf({ not: unit }, { not: account }));
  });

  it('leaves out an account only where both hold', () => {
    expect(noneOf({ and: [account, region] })).toEqual({ not: { and: [account, region] } });
  });
});

describe('conditions that hold together', () => {
  const valued: Filter = { is: 'tag', key: 'Owner', value: 'alice' };
  const spelled: Filter = {
    or: [
      { is: 'tag', key: 'OWNER', value: null },
      { is: 'tag', key: 'owner', value: null },
    ],
  };

  it('say a tag once, by its value', () => {
    expect(allOf(spelled, valued)).toEqual(valued);
  });

  it('say of other tags that there are any', () => {
    const team: Filter = { is: 'tag', key: 'team', value: null };
    expect(allOf(team, valued)).toEqual({ and: expect.arrayContaining([team, valued]) });
  });
});
