import { words } from '../../grammar/chart.ts';

/**
 * Words without a meaning of their own, wherever they stand. A word belongs here only if no question
 * changes its meaning without it. What tells keys apart, counts, denies, points back, looks ahead ("will",
 * "should", "if"), asks for more ("full", "whole") or for what is not recorded ("tried", "failed") never
 * does.
 */
export const fillers = words(
  ...`the a an please kindly our we us me i im my there here
  is are was were be been being am do does did have has had having got get
  of to on for with in at as into about whose
  so well actually currently presently now right basically simply simple still already yet ever really
  exactly somehow altogether anyway moment meanwhile today's
  ok okay hey hi hello dear thanks thank yes sorry um hmm fyi asap urgent urgently quick quickly
  know see tell would like look find out sure
  curious wondering wonder check verify confirm calculate compute determine asks asked asking
  some given far question info information details detail overview
  ciso auditor auditors
  sit sits sitting sat live lives living lying lain hold holds holding held carry carries carrying contain
  contains containing own owns owning owned belong belongs belonging located stored kept exist exists
  existing happen happened happens affected concerned involved individual standing stayed gone went
  name names id ids arn arns aws kms value values
  reference references referencing mention mentions mentioning  refer refers
  show shows bear bears feature features suffer suffers suffering anymore whatsoever`
    .split(/\s+/)
    .filter(Boolean),
);
