use super::{Case, assert_found, case};
use crate::support::{SHARED, SPEC};

const ROWS: &str = "\"rows<Gift>\",";

const CASES: &[Case] = &[
    case(SPEC, ["\"sentAt\"", "\"giftId\""], "epoch_ms", "there are two fields `giftId`"),
    case(SPEC, ["rows<Gift>", "heap<Gift>"], "heap", "`heap<Gift>` is no type of a field"),
    case(SPEC, ["rows<Gift>", "rows<Present>"], "rows<", "`gifts` has a type that isn't declared"),
    case(
        SPEC,
        ["label<GiftType>", "label<Kind>"],
        "label<Kind>",
        "`type` has a type that isn't declared",
    ),
    case(SPEC, ["rows<Gift>", "rows<Present>"], "name = \"Gift\"", "no call has a `Gift`"),
    case(SHARED, ["\"GiftType\"", "\"GiftList\""], "GiftList", "no call has a `GiftList`"),
    case(
        SPEC,
        [ROWS, "\"list<Gift>\", required = true,"],
        "list<Gift>",
        "a list is never `required`: a missing one is empty",
    ),
    case(
        SPEC,
        [ROWS, "\"rows<Gift>\", required = true,"],
        "rows<Gift>",
        "`rows<…>` are required without saying so: leave `required` out",
    ),
    case(
        SPEC,
        ["\"object<GiftTotal>\",", "\"row<GiftTotal>\", required = true,"],
        "row<GiftTotal>",
        "`row<…>` is never `required`",
    ),
    case(
        SPEC,
        ["\"epoch_ms\",", "\"epoch_ms\", optional = true,"],
        "epoch_ms",
        "only `rows<…>` and `list<Name>` say `optional`: leave `required` out instead",
    ),
    case(
        SPEC,
        ["type = \"id\",", "type = \"id\", secret = true,"],
        "giftId",
        "only a required `text` can be `secret`",
    ),
    case(SHARED, ["\"糖果\"", "\"1\""], "Sweet", "there are two labels `1`"),
    case(SHARED, ["\"Sweet\"", "\"Rocket\""], "糖果", "there are two variants `Rocket`"),
    case(SHARED, ["\"Sweet\"", "\"Unknown\""], "Unknown", "a variant can't be called `Unknown`"),
    case(SHARED, ["\"Sweet\"", "\"sweet\""], "sweet", "a variant can't be called `sweet`"),
    case(SHARED, ["\"Sweet\"", "\"Self\""], "Self", "a variant can't be called `Self`"),
    case(
        SPEC,
        ["name = \"GiftTotal\"", "name = \"GiftType\""],
        "name = \"GiftType\"",
        "another type of the vendor is called `GiftType`, too",
    ),
    case(
        SPEC,
        ["\"gift_list\"", "\"gift_total\""],
        "gift_total",
        "another type of the vendor is called `GiftTotal`, too",
    ),
    case(
        SPEC,
        ["name = \"GiftTotal\"", "name = \"gift_total\""],
        "gift_total",
        "`gift_total` is no name of a type",
    ),
];

#[test]
fn of_a_type() {
    assert_found(CASES);
}
