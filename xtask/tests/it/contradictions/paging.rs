use super::{Case, assert_found, case};
use crate::support::{CLEAR, LOG, SPEC, USERS};

const POSITION: &str = "position = \"page\"";
const SIZE: &str = "size = \"size\"";
const ROWS: &str = "rows = \"gifts\"";

const CASES: &[Case] = &[
    case(
        SPEC,
        [POSITION, "position = \"nowhere\""],
        "nowhere",
        "`nowhere` is no parameter that this style of paging can set",
    ),
    case(
        SPEC,
        [SIZE, "size = \"roomId\""],
        "size = \"roomId\"",
        "`roomId` is no parameter that this style of paging can set",
    ),
    case(
        SPEC,
        ["\"page_with_total\"", "\"offset\""],
        POSITION,
        "`page` is no parameter that this style of paging can set",
    ),
    case(SPEC, ["ask_size = 20", "ask_size = 0"], SIZE, "`ask_size` must be from 1 to `max_size`"),
    case(
        SPEC,
        ["ask_size = 20", "max_size = 10\nask_size = 20"],
        SIZE,
        "`ask_size` must be from 1 to `max_size`",
    ),
    case(
        SPEC,
        ["ask_size = 20", "ask_size = 20\nlast_page = 0"],
        POSITION,
        "only numbered pages have a `last_page`, from 1 on",
    ),
    case(
        USERS,
        ["ask_size = 50", "ask_size = 50\nlast_page = 9"],
        "position = \"after\"",
        "only numbered pages have a `last_page`, from 1 on",
    ),
    case(
        SPEC,
        ["paging.total", "paging.sum"],
        "paging.sum",
        "`paging.sum` is no count of the output, nor of an object in it",
    ),
    case(
        SPEC,
        ["paging.total", "gifts"],
        "total_items",
        "`gifts` is no count of the output, nor of an object in it",
    ),
    case(
        SPEC,
        ["total_items = \"paging.total\"\n", ""],
        POSITION,
        "a style with a total needs `total_items` or `total_pages`",
    ),
    case(
        SPEC,
        ["type = \"GiftPage\"", "type = \"rows<Gift>\""],
        ROWS,
        "the output is the rows: leave `rows` out",
    ),
    case(SPEC, ["rows = \"gifts\"\n", ""], POSITION, "`rows` must say which field holds the rows"),
    case(
        SPEC,
        [ROWS, "rows = \"paging\""],
        "rows = \"paging\"",
        "`paging` is no field of the output with type `rows<…>`",
    ),
    case(
        SPEC,
        ["\"rows<Gift>\",", "\"rows<Gift>\", optional = true,"],
        ROWS,
        "the rows of a page can't be `optional`",
    ),
    case(
        CLEAR,
        [
            "[output]",
            "[paging]\nstyle = \"page\"\nposition = \"page\"\nsize = \"size\"\nask_size = 1\n\n[output]",
        ],
        POSITION,
        "an output that is `nothing` has no pages",
    ),
    case(LOG, ["month = \"month\"\n", ""], POSITION, "paging by calendar month needs `month`"),
    case(
        LOG,
        ["month = \"month\"", "month = \"day\""],
        "month = \"day\"",
        "`day` is no optional `china_month`",
    ),
    case(
        LOG,
        ["type = \"china_month\"\n", "type = \"china_month\"\nrequired = true\n"],
        "month = \"month\"",
        "`month` is no optional `china_month`",
    ),
    case(
        SPEC,
        [POSITION, "position = \"page\"\nmonth = \"since\""],
        "month =",
        "only paging by calendar month has a `month`",
    ),
    case(
        USERS,
        ["type = \"cursor\"\n", "type = \"text\"\n"],
        "position = \"after\"",
        "`after` is no parameter that this style of paging can set",
    ),
    case(
        USERS,
        ["cursor = \"next\"\n", ""],
        "position = \"after\"",
        "paging by cursor needs `cursor`",
    ),
    case(
        USERS,
        ["cursor = \"next\"", "cursor = \"total\""],
        "cursor = \"total\"",
        "`total` is no `json` of a row",
    ),
    case(
        LOG,
        ["month = \"month\"", "month = \"month\"\ncursor = \"kind\""],
        "cursor =",
        "only paging by cursor has a `cursor`",
    ),
];

#[test]
fn of_paging() {
    assert_found(CASES);
}
