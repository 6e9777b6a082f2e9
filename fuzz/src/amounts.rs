use live_rewards_core::{Money, Points};
use live_rewards_http::wire;

use crate::{
    decimal::Decimal,
    json::{is_bare, is_canonical, quoted, read, whole},
};

/// An amount is exactly what its characters say, printed it says the same again, and it makes no difference whether it came as a
/// JSON number or as text.
pub fn amounts(text: &str) {
    money(text);
    points(text);
    if let Some(number) = read(text, |json| wire::decimal(json)).filter(|_| is_bare(text)) {
        assert_eq!(number, text);
    }
}

fn money(text: &str) {
    let decimal = Decimal::parse(text);
    let expected = decimal.as_ref().and_then(|decimal| decimal.fen(2));
    let reading = Money::parse_yuan(text).ok();
    let found = reading.map(|reading| (reading.money.fen(), reading.exact));
    assert_eq!(found, expected, "yuan {text:?}");
    let yuan = reading.map(|reading| reading.money);
    if let Some(reading) = reading.filter(|reading| reading.exact) {
        assert_eq!(Decimal::parse(&reading.money.to_string()), decimal, "yuan {text:?}");
    }

    let expected = decimal.and_then(|decimal| decimal.fen(0)).filter(|(_, exact)| *exact);
    let fen = Money::parse_fen(text).ok();
    assert_eq!(fen, expected.map(|(fen, _)| Money::from_fen(fen)), "fen {text:?}");

    let quoted = quoted(text);
    assert_eq!(read(&quoted, |json| wire::yuan(json)), yuan, "yuan {quoted}");
    assert_eq!(read(&quoted, |json| wire::fen(json)), fen, "fen {quoted}");
    if is_bare(text) {
        assert_eq!(read(text, |json| wire::yuan(json)), yuan, "yuan {text}");
        assert_eq!(read(text, |json| wire::fen(json)), fen, "fen {text}");
    }
}

fn points(text: &str) {
    let number = whole(text);
    let quoted = quoted(text);
    assert_eq!(read(&quoted, |json| wire::points(json)), number.map(Points::new), "{quoted}");
    if is_bare(text) {
        let number = number.filter(|number| is_canonical(*number, text));
        assert_eq!(read(text, |json| wire::points(json)), number.map(Points::new), "{text}");
    }
}
