"""Judges key policies as other tools do.

Reads a JSON array of [id, policy text] from standard input, and writes one JSON object: for each id and
each question the peer's answer, or {"error": "<type>"} where the peer failed on the policy.
"""

import copy
import json
import logging
import sys
import types
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

OWN, SIBLING = "111122223333", "444455556666"

# The policy functions need one helper of Prowler's AWS session module, which brings the whole SDK along.
# None of the functions that are called here uses it.
provider = types.ModuleType("prowler.providers.aws.aws_provider")
provider.read_aws_regions_file = lambda: {}
sys.modules["prowler.providers.aws.aws_provider"] = provider

import parliament  # noqa: E402
from policyuniverse.arn import ARN  # noqa: E402
from policyuniverse.policy import Policy  # noqa: E402
from prowler.providers.aws.services.iam.lib.policy import (  # noqa: E402
    check_full_service_access,
    is_policy_public,
)


def attempt(judge, text):
    try:
        return judge(text)
    except Exception as error:  # a peer may fail in any way
        return {"error": type(error).__name__}


def document(text):
    # Prowler changes what it is given.
    return copy.deepcopy(json.loads(text))


def policyuniverse_external(text):
    for statement in Policy(document(text)).statements:
        if statement.effect != "Allow":
            continue
        for principal in statement.principals:
            account = ARN(principal).account_number
            if account and account not in (OWN, SIBLING):
                return True
    return False


def parliament_malformed(text):
    found = parliament.analyze_policy_string(text, ignore_private_auditors=True).findings
    issues = {finding.issue for finding in found}
    return bool(issues & {"MALFORMED", "MALFORMED_JSON", "EXCEPTION"})


JUDGES = {
    # The call of the check kms_key_not_publicly_accessible.
    "prowler public": lambda t: is_policy_public(document(t), OWN, not_allowed_actions=[]),
    "prowler external": lambda t: is_policy_public(
        document(t), OWN, is_cross_account_allowed=False, trusted_account_ids=[SIBLING]
    ),
    "prowler every action": lambda t: check_full_service_access("kms", document(t)),
    "policyuniverse public": lambda t: Policy(document(t)).is_internet_accessible(),
    "policyuniverse external": policyuniverse_external,
    "parliament malformed": parliament_malformed,
}

answers = {
    key: {name: attempt(judge, text) for name, judge in JUDGES.items()}
    for key, text in json.load(sys.stdin)
}
json.dump(answers, sys.stdout)
