"""Of the policy nobody takes anything away: it is written for everybody, and everybody reads it."""

LEFT_OUT = {
    "policy_policyversion": "written in the name of the organisation, published with its author, and read by everybody",
}
