use super::{Case, assert_found, case};
use crate::support::SPEC;

const NO_DEFAULT: &str = "only a required parameter, and no time, can have a `default`";

const CASES: &[Case] = &[
    case(
        SPEC,
        ["name = \"since\"", "name = \"roomId\" # twice"],
        "# twice",
        "there are two parameters called `roomId`",
    ),
    case(
        SPEC,
        ["also = \"room\"", "also = \"page\""],
        "name = \"page\"",
        "there are two parameters called `page`",
    ),
    case(
        SPEC,
        ["\"roomId\"", "\"token\""],
        "\"token\"",
        "`token` is added by the authorisation: leave it out",
    ),
    case(SPEC, ["example = \"r1\"\n", ""], "roomId", "`roomId` is required and needs an `example`"),
    case(
        SPEC,
        ["example = \"r1\"", "example = 1"],
        "roomId",
        "an example or default of `roomId` isn't of its type",
    ),
    case(
        SPEC,
        ["type = \"count_text\"", "type = \"count_text\"\ndefault = \"one\""],
        "name = \"page\"",
        "an example or default of `page` isn't of its type",
    ),
    case(
        SPEC,
        ["required = true\nnullable = true", "nullable = true"],
        "givers",
        "only a `required` parameter can be `nullable`: others are left out",
    ),
    case(
        SPEC,
        ["type = \"count\"\n", "type = \"count\"\ndefault = 5\n"],
        "name = \"size\"",
        NO_DEFAULT,
    ),
    case(
        SPEC,
        [
            "type = \"china_time\"",
            "type = \"china_time\"\nrequired = true\ndefault = \"2021-04-28 15:53:12\"",
        ],
        "name = \"since\"",
        NO_DEFAULT,
    ),
    case(
        SPEC,
        ["required = true\nsecret = true", "secret = true"],
        "name = \"key\"",
        "only a required text can be `secret`",
    ),
    case(
        SPEC,
        ["secret = true", "secret = true\nalso = \"lock\""],
        "name = \"key\"",
        "a secret has neither a `default` nor a second name",
    ),
    case(
        SPEC,
        ["type = \"count\"\n", "type = \"count\"\nmax_items = 5\n"],
        "name = \"size\"",
        "only a `text_list` can have `max_items`",
    ),
];

#[test]
fn of_a_parameter() {
    assert_found(CASES);
}
