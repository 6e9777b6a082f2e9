use std::io::{self, Write};

use live_rewards_core::{
    Claim, Gift, GiftItem, Money, Points, PointsAccount, RedPacket, RoomKind, RoomRef, Timestamp,
    UserIdKind, UserRef, Vendor,
};
use live_rewards_export::CsvTable;
use live_rewards_ledger::{CLAIMS, POINTS_ACCOUNTS, Record, TABLES, Table};

const CLAIMS_HEADER: &str = "schema_version,vendor,red_packet_id,user_id,claimed_at,ordinal,room_id,room_kind,\
    session_id,user_id_kind,user_nickname,amount_fen,best_luck,order_id\n";

/// The file of these records of Polyv.
fn csv<R: Record>(records: &[R]) -> String {
    let mut table = CsvTable::new(Vec::new(), R::TABLE).unwrap();
    for record in records {
        table.write(Vendor::Polyv, record).unwrap();
    }
    String::from_utf8(table.finish().unwrap()).unwrap()
}

fn header(table: &Table) -> String {
    String::from_utf8(CsvTable::new(Vec::new(), table).unwrap().finish().unwrap()).unwrap()
}

fn at() -> Timestamp {
    "2017-06-16T08:33:09Z".parse().unwrap()
}

fn room() -> RoomRef {
    RoomRef::new("1", RoomKind::Channel)
}

fn user() -> UserRef {
    UserRef::new("u", UserIdKind::OpenId)
}

fn claim(nickname: Option<&str>) -> Claim {
    let user = user().with_nickname(nickname.map(str::to_owned));
    Claim::new("p".into(), room(), user, Money::from_fen(5), at())
}

#[test]
fn a_header_is_the_schema_version_and_the_columns() {
    assert_eq!(header(&CLAIMS), CLAIMS_HEADER);
    assert_eq!(
        header(&POINTS_ACCOUNTS),
        "schema_version,vendor,user_id,user_id_kind,user_nickname,available,frozen,reported_total,first_earned_at\n"
    );
    for table in TABLES {
        let names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
        assert_eq!(header(table), format!("schema_version,{}\n", names.join(",")));
    }
}

#[test]
fn what_the_vendor_does_not_say_is_empty() {
    assert_eq!(
        csv(&[claim(None)]),
        format!("{CLAIMS_HEADER}1,polyv,p,u,2017-06-16T08:33:09Z,0,1,channel,,open_id,,5,,\n")
    );
}

#[test]
fn flags_are_words() {
    let flagged = [true, false].map(|flag| {
        let mut claim = claim(None);
        claim.best_luck = Some(flag);
        claim
    });
    assert_eq!(
        csv(&flagged),
        format!(
            "{CLAIMS_HEADER}\
             1,polyv,p,u,2017-06-16T08:33:09Z,0,1,channel,,open_id,,5,true,\n\
             1,polyv,p,u,2017-06-16T08:33:09Z,0,1,channel,,open_id,,5,false,\n"
        )
    );
}

#[test]
fn text_comes_back_as_it_was_whatever_it_holds() {
    for (text, field) in [
        ("小鱼 🐟", "小鱼 🐟"),
        ("a,b", "\"a,b\""),
        ("say \"hi\"", "\"say \"\"hi\"\"\""),
        ("two\nlines", "\"two\nlines\""),
        ("two\r\nlines", "\"two\r\nlines\""),
        (" blanks ", " blanks "),
        ("a;b\tc'd", "a;b\tc'd"),
    ] {
        assert_eq!(
            csv(&[claim(Some(text))]),
            format!(
                "{CLAIMS_HEADER}1,polyv,p,u,2017-06-16T08:33:09Z,0,1,channel,,open_id,{field},5,,\n"
            )
        );
    }
}

#[test]
fn money_is_whole_fen_and_times_are_utc() {
    let mut packet = RedPacket::new("p".into(), room(), Money::from_fen(123_456), at());
    packet.remaining = Some(Money::ZERO);
    packet.created_at = "2017-06-16T16:33:09.5+08:00".parse().unwrap();
    let file = csv(&[packet]);
    assert_eq!(
        file.lines().nth(1),
        Some("1,polyv,p,1,channel,,,,,,,,,,123456,,0,,,,,,,2017-06-16T08:33:09.5Z")
    );
}

#[test]
fn gifts_and_points_have_their_values_in_their_own_units() {
    let mut gift = Gift::new(user(), GiftItem::new(None, Some("火箭".to_owned())), at());
    gift.charged = Some(live_rewards_core::Amount::Money(Money::from_fen(990)));
    let file = csv(&[gift]);
    assert_eq!(
        file.lines().nth(1),
        Some(
            "1,polyv,facts|||u|1497601989000|cny|火箭|9.90|0,,,,,u,open_id,,,,火箭,,,,,,,,990,,,,2017-06-16T08:33:09Z,0"
        )
    );
    let file = csv(&[PointsAccount::new(user(), Points::new(-7))]);
    assert_eq!(file.lines().nth(1), Some("1,polyv,u,open_id,,-7,,,"));
}

/// A disk without room.
#[derive(Debug)]
struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn what_the_writer_fails_with_is_told_as_it_is() {
    // So long that it doesn't stay in a buffer.
    let long = claim(Some(&"x".repeat(1 << 20)));
    let mut table = CsvTable::new(Full, &CLAIMS).unwrap();
    let error = table.write(Vendor::Polyv, &long).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::StorageFull);
    let error = CsvTable::new(Full, &CLAIMS).unwrap().finish().unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::StorageFull);
}
