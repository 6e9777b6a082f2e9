use super::{Case, assert_found, case};
use crate::support::{LOG, SPEC, USERS, VENDOR};

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
    case(
        SPEC,
        ["type = \"count\"\n", "type = \"count\"\nleast = 1\n"],
        "name = \"size\"",
        "only a required `count` can have a `least`",
    ),
    case(
        LOG,
        ["\"china_date\"", "\"china_day\""],
        "china_day",
        "`china_day` is no type of a parameter",
    ),
    case(
        LOG,
        ["\"2025-05-06\"", "\"May\""],
        "name = \"day\"",
        "an example or default of `day` isn't of its type",
    ),
    case(
        LOG,
        ["\"2025_05\"", "\"2025-05\""],
        "name = \"month\"",
        "an example or default of `month` isn't of its type",
    ),
    case(
        LOG,
        ["label<Account>", "label<Purse>"],
        "name = \"account\"",
        "`account` has a type that isn't declared",
    ),
    case(
        LOG,
        ["default = \"P\"", "default = \"Q\""],
        "name = \"account\"",
        "`Account` has no label `Q`",
    ),
    case(
        LOG,
        ["number_label<ChangeKind>", "number_label<Account>"],
        "name = \"kind\"",
        "`Account` has labels that are no numbers",
    ),
    case(
        LOG,
        [
            "type = \"number_label<ChangeKind>\"\n",
            "type = \"number_label<ChangeKind>\"\nrequired = true\nnullable = true\n",
        ],
        "name = \"kind\"",
        "a `number_label<…>` can't be `nullable`",
    ),
    case(LOG, ["in = \"path\"\n", ""], "path = ", "`userId` is no parameter with `in = \"path\"`"),
    case(
        LOG,
        ["/users/{userId}/points", "/users/points"],
        "name = \"userId\"",
        "the path has no `{userId}`",
    ),
    case(
        LOG,
        ["/users/{userId}/points", "/users/u{userId}/points"],
        "path = ",
        "a parameter in a path is a whole part of it: `/{name}/`",
    ),
    case(
        LOG,
        ["in = \"path\"\n", "in = \"path\"\nalso = \"user\"\n"],
        "name = \"userId\"",
        "a part of the path is a required text, without default or second name",
    ),
    case(
        USERS,
        [
            "type = \"count\"\nrequired = true\n",
            "type = \"count\"\nrequired = true\nin = \"path\"\n",
        ],
        "name = \"size\"",
        "a part of the path is a required text, without default or second name",
    ),
    case(
        VENDOR,
        ["type = \"integer\"", "type = \"label<Account>\""],
        "headers",
        "the authorisation adds neither parts of the path nor labels",
    ),
];

#[test]
fn of_a_parameter() {
    assert_found(CASES);
}
